"""The question before a deletion where no boxes can be ticked."""

from __future__ import annotations

from vmgui.model.deletion import TYPE_NAME_BYTES, DeletionPlan, DoomedFile, Doubt, KeepReason
from vmgui.model.domain import DomainKey
from vmgui.words.deletion import ask

PATH = "/images/web.qcow2"
HERE, THERE = DomainKey("a", "1"), DomainKey("b", "2")


def plan(key: DomainKey, *, is_doubtful: bool = False, size_bytes: int = 1024) -> DeletionPlan:
    doubts = (Doubt("db", "/images/db.qcow2"),) if is_doubtful else ()
    file = DoomedFile(PATH, "vda", size_bytes, KeepReason.NONE, doubts=doubts)
    return DeletionPlan(key, "web", active=False, files=(file,))


def test_a_path_of_two_hosts_is_two_files() -> None:
    question = ask(
        [plan(HERE), plan(THERE, is_doubtful=True)],
        ["web (a)", "web (b)"],
        {HERE: frozenset({PATH}), THERE: frozenset()},
    )
    here, _, there = question.text.partition("web (b)")
    assert f"Goes: Disk vda: {PATH}" in here
    assert "Stays" not in here
    assert f"Stays: Disk vda: {PATH}" in there
    assert "db" in there
    assert "1 file with 1 KiB" in question.consequence or "1 file(s) with 1 KiB" in question.consequence


def test_much_is_typed_and_little_is_not() -> None:
    for size_bytes, typed in ((TYPE_NAME_BYTES, ""), (TYPE_NAME_BYTES + 1, "web")):
        question = ask([plan(HERE, size_bytes=size_bytes)], ["web"], {HERE: frozenset({PATH})})
        assert question.typed_name == typed


def test_what_nobody_chose_is_left() -> None:
    question = ask([plan(HERE)], ["web"], {HERE: frozenset()})
    assert "as you asked" in question.text
    assert "No disk will be deleted" in question.consequence
