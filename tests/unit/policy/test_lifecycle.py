"""What may be done in which state: the table, and that it has no holes."""

from __future__ import annotations

import pytest

from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.errors import HostUnreachable, InvalidState, PermissionDenied, Unsupported
from vmgui.model.host import Host, HostConfig, HostFeatures, HostInfo, HostState
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import (
    ActionRefused,
    Refusal,
    allowed,
    is_as_wanted,
    refusal,
    refused,
)

ACTIONS = (
    JobKind.START,
    JobKind.SHUT_DOWN,
    JobKind.REBOOT,
    JobKind.RESET,
    JobKind.FORCE_OFF,
    JobKind.PAUSE,
    JobKind.RESUME,
    JobKind.SAVE,
    JobKind.RESTORE,
    JobKind.DISCARD_SAVED,
    JobKind.START_AFRESH,
    JobKind.START_NEW_FIRMWARE,
    JobKind.RENAME,
    JobKind.SET_AUTOSTART,
    JobKind.SET_NOTES,
    JobKind.SET_TAGS,
    JobKind.SET_PROTECTED,
    JobKind.DELETE,
)
ALWAYS = {"SET_AUTOSTART", "SET_NOTES", "SET_TAGS", "SET_PROTECTED", "DELETE"}
LOSING = {"RESET", "FORCE_OFF", "DISCARD_SAVED", "START_AFRESH", "START_NEW_FIRMWARE", "RENAME", "DELETE"}
ALLOWED = {
    DomainState.RUNNING: {"SHUT_DOWN", "REBOOT", "RESET", "FORCE_OFF", "PAUSE", "SAVE"},
    DomainState.BLOCKED: {"SHUT_DOWN", "REBOOT", "RESET", "FORCE_OFF", "PAUSE", "SAVE"},
    DomainState.SHUTTING_DOWN: {"SHUT_DOWN", "REBOOT", "RESET", "FORCE_OFF", "PAUSE", "SAVE"},
    DomainState.PAUSED: {"RESET", "FORCE_OFF", "RESUME", "SAVE"},
    DomainState.SUSPENDED: {"FORCE_OFF"},
    DomainState.OFF: {"START", "START_NEW_FIRMWARE", "RENAME"},
    DomainState.CRASHED: {"START", "START_NEW_FIRMWARE", "FORCE_OFF", "RENAME"},
    DomainState.SAVED: {"START", "RESTORE", "DISCARD_SAVED", "START_AFRESH"},
    DomainState.UNKNOWN: {action.name for action in ACTIONS} - ALWAYS,
}
FEATURES = HostFeatures(managed_save=True)


def host(
    state: HostState = HostState.CONNECTED, *, read_only: bool = False, features: HostFeatures = FEATURES
) -> Host:
    info = HostInfo("h", "QEMU", "x86_64", "", 1, 1, 1, 1, 1, 1, 1, (9, 0, 0), (7, 2, 0), features=features)
    return Host(HostConfig("h1", "h", "qemu:///system", read_only=read_only), state, info)


def machine(state: DomainState, *, persistent: bool = True, reason: PauseReason = PauseReason.NONE) -> Domain:
    return Domain(DomainKey("h1", "u"), "web", state, reason, persistent)


@pytest.mark.parametrize("state", DomainState)
def test_the_table(state: DomainState) -> None:
    found = {action.name for action in ACTIONS if allowed(machine(state), action, host())}
    assert found == ALLOWED[state] | ALWAYS


@pytest.mark.parametrize("state", DomainState)
def test_a_protected_one_loses_nothing_and_stays_usable(state: DomainState) -> None:
    found = {
        action.name
        for action in ACTIONS
        if refusal(machine(state), action, host(), is_protected=True) is None
    }
    assert found == (ALLOWED[state] | ALWAYS) - LOSING


def test_why_a_protected_one_is_refused() -> None:
    def why(state: DomainState, action: JobKind) -> Refusal | None:
        return refusal(machine(state), action, host(), is_protected=True)

    assert why(DomainState.RUNNING, JobKind.FORCE_OFF) is Refusal.PROTECTED
    assert why(DomainState.OFF, JobKind.DELETE) is Refusal.PROTECTED
    # It is as wanted: that it is protected, too, is no news.
    assert why(DomainState.OFF, JobKind.FORCE_OFF) is Refusal.NOT_RUNNING
    offline = refusal(
        machine(DomainState.RUNNING), JobKind.DELETE, host(HostState.UNREACHABLE), is_protected=True
    )
    assert offline is Refusal.HOST_OFFLINE


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", [state for state in HostState if state is not HostState.CONNECTED])
def test_nothing_without_connection(action: JobKind, state: HostState) -> None:
    assert refusal(machine(DomainState.RUNNING), action, host(state)) is Refusal.HOST_OFFLINE


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_when_read_only(action: JobKind) -> None:
    assert refusal(machine(DomainState.RUNNING), action, host(read_only=True)) is Refusal.READ_ONLY
    told = host(features=HostFeatures(read_only=True))
    assert refusal(machine(DomainState.RUNNING), action, told) is Refusal.READ_ONLY


def test_a_transient_machine_has_nothing_to_keep_settings_in() -> None:
    transient = machine(DomainState.RUNNING, persistent=False)
    for action in (JobKind.SAVE, JobKind.RENAME, JobKind.SET_AUTOSTART):
        assert refusal(transient, action, host()) is Refusal.TRANSIENT
    assert allowed(transient, JobKind.FORCE_OFF, host())
    assert allowed(transient, JobKind.SET_NOTES, host())


def test_a_host_that_cannot_save() -> None:
    assert (
        refusal(machine(DomainState.RUNNING), JobKind.SAVE, host(features=HostFeatures()))
        is Refusal.UNSUPPORTED
    )


@pytest.mark.parametrize("reason", [PauseReason.SAVING, PauseReason.MIGRATING, PauseReason.SNAPSHOT])
def test_what_is_being_moved_is_left_alone(reason: PauseReason) -> None:
    held = machine(DomainState.PAUSED, reason=reason)
    assert refusal(held, JobKind.RESUME, host()) is Refusal.BUSY
    assert refusal(held, JobKind.SAVE, host()) is Refusal.BUSY
    assert allowed(held, JobKind.FORCE_OFF, host())


def test_reasons_tell_what_to_do_first() -> None:
    assert refusal(machine(DomainState.PAUSED), JobKind.SHUT_DOWN, host()) is Refusal.PAUSED
    assert refusal(machine(DomainState.SUSPENDED), JobKind.SHUT_DOWN, host()) is Refusal.ASLEEP
    assert refusal(machine(DomainState.RUNNING), JobKind.RENAME, host()) is Refusal.MUST_BE_OFF
    assert refusal(machine(DomainState.SAVED), JobKind.RENAME, host()) is Refusal.HAS_SAVED_STATE
    assert refusal(machine(DomainState.OFF), JobKind.RESTORE, host()) is Refusal.NOTHING_SAVED


def test_being_so_already_is_not_a_failure() -> None:
    assert is_as_wanted(JobKind.START, Refusal.ALREADY_RUNNING)
    assert is_as_wanted(JobKind.FORCE_OFF, Refusal.NOT_RUNNING)
    assert not is_as_wanted(JobKind.REBOOT, Refusal.NOT_RUNNING)
    assert not is_as_wanted(JobKind.START, Refusal.HOST_OFFLINE)


@pytest.mark.parametrize("reason", Refusal)
def test_every_refusal_is_an_error_with_a_sentence(reason: Refusal) -> None:
    error = refused(reason, subject="web")
    assert error.subject == "web"
    assert " " in error.detail
    kinds = {
        Refusal.HOST_OFFLINE: HostUnreachable,
        Refusal.READ_ONLY: PermissionDenied,
        Refusal.UNSUPPORTED: Unsupported,
    }
    assert type(error) is kinds.get(reason, ActionRefused)
    if isinstance(error, ActionRefused):
        assert isinstance(error, InvalidState)
        assert error.refusal is reason
