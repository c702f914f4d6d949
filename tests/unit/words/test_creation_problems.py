"""Every problem and every trouble with a file has words, without holes."""

from dataclasses import replace

import pytest

from vmgui.model.offer import Field, MediumIssue, MediumIssueKind, Problem, ProblemKind, Severity
from vmgui.words.creation_problems import issue_text, problem_text


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_each_kind_has_words(kind: ProblemKind) -> None:
    issue = MediumIssue(MediumIssueKind.MISSING, True, "/a.iso") if kind is ProblemKind.MEDIUM else None
    text = problem_text(Problem(Field.NAME, kind, name="web-01", actual=3 << 20, limit=2 << 20, issue=issue))
    assert text.endswith((".", "web-01"))
    assert "{" not in text
    assert "domain" not in text.lower()


@pytest.mark.parametrize("kind", list(MediumIssueKind))
@pytest.mark.parametrize("field", [Field.CDROM, Field.DISK_IMAGE, Field.KERNEL, Field.INITRD])
def test_each_issue_has_words(kind: MediumIssueKind, field: Field) -> None:
    text = issue_text(MediumIssue(kind, True, "/a/{b}.iso", "gzip"), field)
    assert len(text) > 10
    assert "{path}" not in text
    assert "{detail}" not in text


def test_sizes_are_written_in_units_that_fit_the_field() -> None:
    memory = Problem(Field.MEMORY, ProblemKind.MEMORY_OVER_HOST, actual=32 * 1024**2, limit=16 * 1024**2)
    assert problem_text(memory) == "32 GiB is more memory than the host has (16 GiB)."
    disk = Problem(
        Field.DISK_SIZE, ProblemKind.DISK_OVER_POOL, name="default", actual=20 << 30, limit=5 << 30
    )
    assert "“default” has 5 GiB free" in problem_text(disk)


def test_what_is_not_chosen_yet_is_named() -> None:
    words = {
        field: problem_text(Problem(field, ProblemKind.MEDIUM_NOT_CHOSEN))
        for field in (Field.CDROM, Field.KERNEL, Field.DISK_IMAGE)
    }
    assert words[Field.CDROM] == "Choose the installer CD."
    assert len(set(words.values())) == 3


@pytest.mark.parametrize(
    "kind", [ProblemKind.DISK_IN_USE, ProblemKind.DISK_IS_BASE, ProblemKind.DISK_BASE_IN_USE]
)
def test_who_uses_a_disk_is_named_and_what_to_do_while_it_runs(kind: ProblemKind) -> None:
    warning = Problem(Field.DISK_IMAGE, kind, Severity.WARNING, name="db", host="server")
    assert "“db” on server" in problem_text(warning)
    assert "destroy" in problem_text(warning)
    assert "shut it down" not in problem_text(warning)
    assert "shut it down" in problem_text(replace(warning, severity=Severity.ERROR))
