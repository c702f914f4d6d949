"""Questions say what will happen to how many, where, and who is left out."""

import pytest

from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.words.lifecycle import Affected, ask

pytestmark = pytest.mark.usefixtures("qapp")

MANY = tuple(f"vm-{number}" for number in range(12))


def test_a_few_are_named() -> None:
    question = ask(Affected(JobKind.FORCE_OFF, ("web", "db"), hosts=2))
    assert question.title == "Force off web and db?"
    assert question.danger


def test_many_are_counted_with_their_hosts_and_who_is_left_out() -> None:
    skipped = ((Refusal.NOT_RUNNING, 3), (Refusal.HOST_OFFLINE, 2))
    question = ask(Affected(JobKind.FORCE_OFF, MANY, hosts=3, skipped=skipped))
    assert question.title.startswith("Force off 12 virtual machine")
    assert question.title.endswith("on 3 hosts?")
    assert "vm-0, vm-1" in question.text
    assert "3 are off already and will be skipped." in question.text
    assert "2 are on hosts that are not connected and will be skipped." in question.text


def test_one_host_goes_without_saying() -> None:
    assert "host" not in ask(Affected(JobKind.START, MANY, hosts=1)).title


def test_not_running_means_off_only_where_off_is_wanted() -> None:
    skipped = ((Refusal.NOT_RUNNING, 1),)
    assert "not running" in ask(Affected(JobKind.PAUSE, ("a",), skipped=skipped)).text


@pytest.mark.parametrize(
    "kind",
    [
        JobKind.START,
        JobKind.SHUT_DOWN,
        JobKind.REBOOT,
        JobKind.RESET,
        JobKind.FORCE_OFF,
        JobKind.PAUSE,
        JobKind.RESUME,
        JobKind.SAVE,
        JobKind.DISCARD_SAVED,
        JobKind.START_AFRESH,
        JobKind.START_NEW_FIRMWARE,
    ],
)
@pytest.mark.parametrize("why", list(Refusal))
def test_every_question_has_its_words(kind: JobKind, why: Refusal) -> None:
    question = ask(Affected(kind, MANY, hosts=2, skipped=((why, 1),)))
    assert "{" not in question.title + question.text + question.consequence
    assert question.confirm_label
    assert "skipped" in question.text
