"""States of machines and hosts in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.domain import Domain, DomainState, PauseReason
from vmgui.model.host import Host, HostState

translate = QCoreApplication.translate


def state_words(state: DomainState) -> str:
    """ "Running"."""
    match state:
        case DomainState.RUNNING | DomainState.BLOCKED:
            return translate("State", "Running")
        case DomainState.PAUSED:
            return translate("State", "Paused")
        case DomainState.SHUTTING_DOWN:
            return translate("State", "Shutting down")
        case DomainState.OFF:
            return translate("State", "Off")
        case DomainState.CRASHED:
            return translate("State", "Crashed")
        case DomainState.SUSPENDED:
            return translate("State", "Asleep")
        case DomainState.SAVED:
            return translate("State", "Saved")
        case DomainState.UNKNOWN:
            return translate("State", "Unknown")


def reason_words(domain: Domain) -> str:
    """Why it is paused and what a person can do about it; empty where there is nothing to say."""
    if domain.state is not DomainState.PAUSED:
        return ""
    match domain.reason:
        case PauseReason.IO_ERROR:
            return translate(
                "State",
                "Paused by itself: a disk could not be read or written. Free space on the host, then resume.",
            )
        case PauseReason.WATCHDOG:
            return translate("State", "Paused by its watchdog: the guest stopped answering.")
        case PauseReason.CRASHED:
            return translate("State", "Paused because the guest crashed.")
        case PauseReason.SAVING:
            return translate("State", "Paused while its state is being saved.")
        case PauseReason.MIGRATING:
            return translate("State", "Paused while it moves to another host.")
        case PauseReason.SNAPSHOT:
            return translate("State", "Paused while a snapshot is taken.")
        case PauseReason.POSTCOPY_FAILED:
            return translate("State", "Paused because its move to another host failed half-way.")
        case PauseReason.NONE | PauseReason.USER | PauseReason.STARTING_UP:
            return ""


def host_state_words(host: Host) -> str:
    """ "Connected"."""
    match host.state:
        case HostState.DISCONNECTED:
            return translate("State", "Disconnected")
        case HostState.CONNECTING:
            return translate("State", "Connecting…")
        case HostState.CONNECTED:
            return translate("State", "Connected")
        case HostState.UNREACHABLE:
            return translate("State", "Unreachable")
        case HostState.REFUSED:
            return translate("State", "Login refused")


def protected_word() -> str:
    """What is said of a protected machine beside its state."""
    return translate("State", "protected")


def protection_words() -> str:
    """The same for who asks what that means."""
    return translate("State", "Protected from deletion and from being forced off")
