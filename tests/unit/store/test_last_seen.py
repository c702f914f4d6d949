"""The last inventory is kept as it was; what is broken is ignored, never fatal."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import HostInfo
from vmgui.model.last_seen import LastSeen
from vmgui.store import last_seen
from vmgui.store.last_seen import LastSeenStore

INFO = HostInfo("alpha", "QEMU", "x86_64", "EPYC", 8, 2000, 1024, 1, 4, 2, 1, (9, 0, 0), (7, 2, 0))


def machines(count: int, host_id: str = "h1") -> tuple[Domain, ...]:
    return tuple(
        Domain(DomainKey(host_id, f"uuid-{number}"), f"vm-{number}", DomainState.RUNNING, vcpus=2)
        for number in range(count)
    )


SEEN = LastSeen("qemu:///system", 1_700_000_000.5, INFO, machines(3), {"uuid-1": "<domain>ü\n</domain>"})


@pytest.fixture
def store(tmp_path: Path) -> LastSeenStore:
    return LastSeenStore(tmp_path / "last-seen")


def only_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "last-seen").iterdir()
    return path


@pytest.mark.parametrize("seen", [SEEN, replace(SEEN, info=None, domains=(), xmls={})])
def test_it_comes_back(store: LastSeenStore, tmp_path: Path, seen: LastSeen) -> None:
    assert store.load("h1") is None
    store.save("h1", replace(seen, uri="older"))
    store.save("h1", seen)
    assert store.load("h1") == seen
    # For the person's eyes: names of machines and hosts.
    assert only_file(tmp_path).stat().st_mode & 0o077 == 0


def test_the_same_machines_under_another_id_of_the_host(store: LastSeenStore) -> None:
    store.save("../../evil", replace(SEEN, domains=machines(1, "whatever")))
    found = store.load("../../evil")
    assert found is not None
    assert found.domains[0].key == DomainKey("../../evil", "uuid-0")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "\n",
        lambda text: "[]\n",
        lambda text: text.replace('"version":1', '"version":99'),
        lambda text: text.replace('"domains":3', '"domains":300'),
        lambda text: text.replace('"domains":3', '"domains":-1'),
        lambda text: text.replace('"domains":3', '"domains":"many"'),
        lambda text: text.replace('"running"', '"dancing"'),
        lambda text: text.replace('"vm-1"', "17"),
        lambda text: text.replace("uuid-1", "\x00"),
        lambda text: "[" * 100_000 + "\n",
    ],
)
def test_what_is_broken_is_ignored(
    store: LastSeenStore, tmp_path: Path, damage, caplog: pytest.LogCaptureFixture
) -> None:
    store.save("h1", SEEN)
    path = only_file(tmp_path)
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    with caplog.at_level(logging.WARNING):
        assert store.load("h1") is None
    assert "is ignored" in caplog.text
    # And the next one takes its place.
    store.save("h1", SEEN)
    assert store.load("h1") == SEEN


def test_bytes_that_are_no_text(store: LastSeenStore, tmp_path: Path) -> None:
    store.save("h1", SEEN)
    only_file(tmp_path).write_bytes(os.urandom(4096))
    assert store.load("h1") is None


def test_too_large(store: LastSeenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save("h1", SEEN)
    monkeypatch.setattr(last_seen, "MAX_BYTES", 10)
    assert store.load("h1") is None


def test_no_more_than_can_be_shown(store: LastSeenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_seen, "MAX_DOMAINS", 2)
    monkeypatch.setattr(last_seen, "MAX_XML_CHARS", 5)
    store.save("h1", SEEN)
    found = store.load("h1")
    assert found is not None
    assert len(found.domains) == 2
    assert not found.xmls


def test_hosts_that_are_gone_are_forgotten(store: LastSeenStore, tmp_path: Path) -> None:
    for host_id in ("h1", "h2", "h3"):
        store.save(host_id, SEEN)
    (tmp_path / "last-seen" / ".half.jsonl.x").write_text("half")
    store.forget("h3")
    store.forget("h3")
    store.forget_others(("h1",))
    assert store.load("h1") is not None
    assert store.load("h2") is None
    assert len(list((tmp_path / "last-seen").iterdir())) == 1


def test_a_place_that_cannot_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    store = LastSeenStore(tmp_path / "file")
    with caplog.at_level(logging.WARNING):
        store.save("h1", SEEN)
        assert store.load("h1") is None
        store.forget_others(())
    assert "cannot be written" in caplog.text
