"""Every error has words of its own; names and codes of strangers stay what they are: text."""

import inspect

import pytest

from vmgui.model import errors
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.services.deletion import PlanChanged
from vmgui.words import errors as error_words
from vmgui.words.errors import explain
from vmgui.words.refusals import refusal_words

CLASSES = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, errors.VmguiError) and found not in (errors.VmguiError, errors.PartlyDone)
]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_its_own_words(kind: type[errors.VmguiError]) -> None:
    assert kind in error_words._all_words()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("subject", ["", "web-01"])
@pytest.mark.parametrize("host", ["", "host-a"])
def test_error_says_what_to_what_and_what_next(
    kind: type[errors.VmguiError], subject: str, host: str
) -> None:
    text = explain(kind("libvirt's own words", code=38), subject=subject, host=host)
    assert "{" not in text.what
    assert "domain" not in text.what.lower()
    if subject and kind not in (errors.HostUnreachable, errors.AuthFailed, errors.AuthCancelled, errors.HostKeyRejected, errors.TimedOut, errors.Unsupported):  # fmt: skip
        assert subject in text.what
    if host and kind in (errors.HostUnreachable, errors.TimedOut):
        assert host in text.what
    assert text.next_step or kind is errors.Aborted
    assert text.details.startswith("libvirt's own words")
    assert "38" in text.details


@pytest.mark.parametrize("kind", [errors.ConnectionLost, errors.TimedOut])
def test_what_never_left_is_said_to_be_so(kind: type[errors.VmguiError]) -> None:
    assert explain(kind().unsent()).next_step.startswith("Nothing was asked of the host.")
    assert "may" in explain(kind()).next_step


def test_braces_in_a_name_are_no_placeholders() -> None:
    text = explain(errors.NotFound(subject="{host}{0}{"), host="host-a")
    assert "{host}{0}{" in text.what


def test_what_the_error_knows_wins() -> None:
    text = explain(errors.NotFound(subject="mine"), subject="other")
    assert "mine" in text.what
    assert "other" not in text.what


def test_partly_done_lists_each_failure() -> None:
    error = errors.PartlyDone(
        done=("a",), failed=(("b", errors.Busy("locked")), ("c", errors.NoSpace("full")))
    )
    text = explain(error, host="host-a")
    assert "b and c" in text.what
    assert "locked" in text.details
    assert "full" in text.details
    assert "a: done" in text.details


def test_fault_of_the_program_is_owned() -> None:
    text = explain(ValueError("boom"))
    assert "vmgui" in text.what
    assert "boom" in text.details


@pytest.mark.parametrize("refusal", list(Refusal))
def test_refused_action_says_why(refusal: Refusal) -> None:
    text = explain(ActionRefused(refusal, subject="web-01"))
    assert refusal_words(refusal) in text.what
    assert "web-01" in text.what


def test_changed_plan_says_that_nothing_was_deleted() -> None:
    assert "Nothing was deleted" in explain(PlanChanged(subject="web-01")).what


def test_text_for_the_clipboard_has_all_of_it() -> None:
    text = explain(errors.NoSpace("cannot allocate"), subject="web-01", host="host-a")
    assert text.as_text().splitlines() == [text.what, text.next_step, text.details]
