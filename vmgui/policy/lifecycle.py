"""What may be done with a virtual machine in the state it is in.

Used for greying out menu items with a reason, and by the jobs to skip what makes no sense: the hypervisor
has the last word.

| action         | running | paused | suspended | off | crashed | saved | transient | protected | rests on feature |
|----------------|---------|--------|-----------|-----|---------|-------|-----------|-----------|------------------|
| start          |         |        |           | x   | x       | x     |           | x         |                  |
| shut down      | x       |        |           |     |         |       | x         | x         |                  |
| reboot         | x       |        |           |     |         |       | x         | x         |                  |
| reset          | x       | x      |           |     |         |       | x         |           |                  |
| force off      | x       | x      | x         |     | x       |       | x         |           |                  |
| pause          | x       |        |           |     |         |       | x         | x         |                  |
| resume         |         | x      |           |     |         |       | x         | x         |                  |
| save           | x       | x      |           |     |         |       |           | x         | managed_save     |
| restore        |         |        |           |     |         | x     |           | x         |                  |
| discard saved  |         |        |           |     |         | x     |           |           |                  |
| start afresh   |         |        |           |     |         | x     |           |           |                  |
| rename         |         |        |           | x   | x       |       |           |           |                  |
| autostart      | x       | x      | x         | x   | x       | x     |           | x         |                  |
| notes          | x       | x      | x         | x   | x       | x     | x         | x         |                  |
| tags           | x       | x      | x         | x   | x       | x     | x         | x         |                  |
| protect        | x       | x      | x         | x   | x       | x     | x         | x         |                  |
| edit, media    | x       | x      | x         | x   | x       | x     | x         | x         |                  |
| define, undo   | x       | x      | x         | x   | x       | x     |           | x         |                  |
| delete         | x       | x      | x         | x   | x       | x     | x         |           |                  |

A protected machine (by a person, in its metadata) is refused what would lose something of it, and being called
otherwise: a script that knows it by its name would take another for it. Of two reasons the machine's state is told.
"""

from __future__ import annotations

from enum import Enum

from vmgui.model.domain import Domain, DomainState, PauseReason
from vmgui.model.errors import HostUnreachable, InvalidState, PermissionDenied, Unsupported, VmguiError
from vmgui.model.host import Host, HostState
from vmgui.model.job import JobKind


class Refusal(Enum):
    """Why an action is not possible now."""

    HOST_OFFLINE = "host_offline"
    READ_ONLY = "read_only"  # connected read-only
    UNSUPPORTED = "unsupported"  # this kind of host cannot do it
    ALREADY_RUNNING = "already_running"
    NOT_RUNNING = "not_running"
    PAUSED = "paused"  # the guest cannot react: resume it first
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    BUSY = "busy"  # being saved or migrated
    ASLEEP = "asleep"  # the guest suspended itself
    NOTHING_SAVED = "nothing_saved"
    MUST_BE_OFF = "must_be_off"
    HAS_SAVED_STATE = "has_saved_state"  # libvirt refuses: continue it or discard what was saved
    TRANSIENT = "transient"  # its definition is gone once it is off: nothing to keep a setting in
    PROTECTED = "protected"  # a person has said so, in its metadata


class ActionRefused(InvalidState):
    """The action makes no sense in the state the machine is in; `refusal` says why."""

    def __init__(self, reason: Refusal, *, subject: str = "") -> None:
        super().__init__(_SENTENCES.get(reason, reason.value), subject=subject)
        self.refusal = reason


_SENTENCES = {
    Refusal.ALREADY_RUNNING: "it is running already",
    Refusal.NOT_RUNNING: "it is not running",
    Refusal.PAUSED: "it is paused",
    Refusal.ALREADY_PAUSED: "it is paused already",
    Refusal.NOT_PAUSED: "it is not paused",
    Refusal.BUSY: "it is being saved or migrated",
    Refusal.ASLEEP: "the guest has suspended itself",
    Refusal.NOTHING_SAVED: "it has no saved state",
    Refusal.MUST_BE_OFF: "it has to be shut off",
    Refusal.HAS_SAVED_STATE: "it has a saved state",
    Refusal.TRANSIENT: "it has no permanent definition",
    Refusal.PROTECTED: "it is protected",
}

_RUNNING = frozenset({DomainState.RUNNING, DomainState.BLOCKED, DomainState.SHUTTING_DOWN})
_OFF = frozenset({DomainState.OFF, DomainState.CRASHED, DomainState.SAVED})
_NEEDS_DEFINITION = frozenset({
    JobKind.SAVE,
    JobKind.RENAME,
    JobKind.SET_AUTOSTART,
    JobKind.DEFINE,
    JobKind.UNDO,
})  # fmt: skip
_ANY_STATE = frozenset({
    JobKind.SET_AUTOSTART,
    JobKind.SET_NOTES,
    JobKind.SET_TAGS,
    JobKind.SET_PROTECTED,
    JobKind.EDIT,
    JobKind.DEFINE,
    JobKind.UNDO,
    JobKind.INSERT_MEDIUM,
    JobKind.EJECT_MEDIUM,
    JobKind.DELETE,
})  # fmt: skip
NOT_IF_PROTECTED = frozenset({
    JobKind.RESET,
    JobKind.FORCE_OFF,
    JobKind.DISCARD_SAVED,
    JobKind.START_AFRESH,
    JobKind.START_NEW_FIRMWARE,
    JobKind.RENAME,
    JobKind.DELETE,
})  # fmt: skip
"""What a protected machine is refused; who carries it out asks the host once more (hypervisor/tags.py)."""
_HELD_BY = frozenset({PauseReason.SAVING, PauseReason.MIGRATING, PauseReason.SNAPSHOT})


def refusal(domain: Domain, action: JobKind, host: Host, *, is_protected: bool = False) -> Refusal | None:
    """Why `action` is not possible with `domain` now; None: it is.

    `is_protected`: as far as is known, by its Definition.
    """
    if host.state is not HostState.CONNECTED:
        return Refusal.HOST_OFFLINE
    if host.config.read_only or (host.info is not None and host.info.features.read_only):
        return Refusal.READ_ONLY
    if action in _NEEDS_DEFINITION and not domain.persistent:
        return Refusal.TRANSIENT
    if action is JobKind.SAVE and host.info is not None and not host.info.features.managed_save:
        return Refusal.UNSUPPORTED
    is_any = action in _ANY_STATE or domain.state is DomainState.UNKNOWN
    if (reason := None if is_any else _in_state(domain, action)) is not None:
        return reason
    return Refusal.PROTECTED if is_protected and action in NOT_IF_PROTECTED else None


def refused(reason: Refusal, *, subject: str) -> VmguiError:
    """The error that a refused action ends in."""
    match reason:
        case Refusal.HOST_OFFLINE:
            return HostUnreachable("not connected", subject=subject)
        case Refusal.READ_ONLY:
            return PermissionDenied("connected read-only", subject=subject)
        case Refusal.UNSUPPORTED:
            return Unsupported("the host cannot do this", subject=subject)
        case _:
            return ActionRefused(reason, subject=subject)


def allowed(domain: Domain, action: JobKind, host: Host) -> bool:
    """Whether `action` is possible with `domain` now."""
    return refusal(domain, action, host) is None


_WANTED_ALREADY = frozenset({
    (JobKind.START, Refusal.ALREADY_RUNNING),
    (JobKind.SHUT_DOWN, Refusal.NOT_RUNNING),
    (JobKind.FORCE_OFF, Refusal.NOT_RUNNING),
    (JobKind.PAUSE, Refusal.ALREADY_PAUSED),
    (JobKind.DISCARD_SAVED, Refusal.NOTHING_SAVED),
})  # fmt: skip


def is_as_wanted(action: JobKind, reason: Refusal) -> bool:
    """Whether the machine is refused the action because it is as the person wants it already."""
    return (action, reason) in _WANTED_ALREADY


def _in_state(domain: Domain, action: JobKind) -> Refusal | None:
    state = domain.state
    match action:
        case JobKind.START:
            return None if state in _OFF else Refusal.ALREADY_RUNNING
        case JobKind.SHUT_DOWN | JobKind.REBOOT:
            return _unless_running(state)
        case JobKind.PAUSE:
            return Refusal.ALREADY_PAUSED if state is DomainState.PAUSED else _unless_running(state)
        case JobKind.RESET | JobKind.SAVE:
            if state is DomainState.PAUSED:
                return Refusal.BUSY if domain.reason in _HELD_BY else None
            return _unless_running(state)
        case JobKind.FORCE_OFF:
            return None if state.is_active or state is DomainState.CRASHED else Refusal.NOT_RUNNING
        case JobKind.RESUME:
            if state is not DomainState.PAUSED:
                return Refusal.NOT_PAUSED
            return Refusal.BUSY if domain.reason in _HELD_BY else None
        case JobKind.RESTORE | JobKind.DISCARD_SAVED | JobKind.START_AFRESH:
            return None if state is DomainState.SAVED else Refusal.NOTHING_SAVED
        case JobKind.START_NEW_FIRMWARE:
            if state is DomainState.SAVED:
                return Refusal.HAS_SAVED_STATE
            return None if state in _OFF else Refusal.MUST_BE_OFF
        case JobKind.RENAME:
            if state is DomainState.SAVED:
                return Refusal.HAS_SAVED_STATE
            return None if state in _OFF else Refusal.MUST_BE_OFF
        case _:
            return None


def _unless_running(state: DomainState) -> Refusal | None:
    if state in _RUNNING:
        return None
    if state is DomainState.PAUSED:
        return Refusal.PAUSED
    if state is DomainState.SUSPENDED:
        return Refusal.ASLEEP
    return Refusal.NOT_RUNNING
