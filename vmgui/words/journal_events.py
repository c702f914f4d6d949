"""What hosts tell by themselves, in words: by the entry's code and the event's detail.

Made anew for each language; a code that is not known (a newer libvirt or vmgui) is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from vmgui.model.alerts import AlertKind
from vmgui.words import alerts as alert_words

translate = QCoreApplication.translate

_LIFE = "domain_lifecycle"


# fmt: off
def _codes() -> dict[str, str]:
    return {
        f"{_LIFE}.defined": translate("Event", "Added"),
        f"{_LIFE}.undefined": translate("Event", "Removed"),
        f"{_LIFE}.started": translate("Event", "Started"),
        f"{_LIFE}.suspended": translate("Event", "Paused"),
        f"{_LIFE}.resumed": translate("Event", "Resumed"),
        f"{_LIFE}.stopped": translate("Event", "Stopped"),
        f"{_LIFE}.shutdown": translate("Event", "Shut down"),
        f"{_LIFE}.pm_suspended": translate("Event", "Asleep"),
        f"{_LIFE}.crashed": translate("Event", "The guest crashed"),
        "domain_reboot": translate("Event", "Rebooted"),
        "domain_watchdog": translate("Event", "The watchdog barked: the guest stopped answering"),
        "domain_io_error": translate("Event", "A disk could not be read or written"),
        "domain_control_error": translate("Event", "The hypervisor lost control of it"),
        "domain_graphics.connected": translate("Event", "A viewer connected to the screen"),
        "domain_graphics.left": translate("Event", "A viewer left the screen"),
        "domain_block_job": translate("Event", "A disk operation changed"),
        "domain_block_job.completed": translate("Event", "A disk operation is complete"),
        "domain_block_job.failed": translate("Event", "A disk operation failed"),
        "domain_block_job.canceled": translate("Event", "A disk operation was cancelled"),
        "domain_block_job.ready": translate("Event", "A disk copy is up to date"),
        "domain_block_threshold": translate("Event", "A disk has grown past its mark"),
        "domain_disk_change": translate("Event", "A medium was changed"),
        "domain_tray": translate("Event", "A drive's tray was opened or closed"),
        "domain_power": translate("Event", "The guest went to sleep or woke up"),
        "domain_memory": translate("Event", "A memory failure"),
        "domain_device_added": translate("Event", "A device was added"),
        "domain_device_removed": translate("Event", "A device was removed"),
        "domain_device_removal_failed": translate("Event", "The guest did not let go of a device"),
        "domain_tunable": translate("Event", "Limits were changed"),
        "domain_agent": translate("Event", "The guest agent changed"),
        "domain_agent.connected": translate("Event", "The guest agent is there"),
        "domain_agent.disconnected": translate("Event", "The guest agent is gone"),
        "domain_job_completed": translate("Event", "A move, backup or saving ended"),
        "domain_metadata": translate("Event", "Notes or tags were changed"),
        "network": translate("Event", "A network changed"),
        "network.defined": translate("Event", "Network added or changed"),
        "network.undefined": translate("Event", "Network removed"),
        "network.started": translate("Event", "Network started"),
        "network.stopped": translate("Event", "Network stopped"),
        "network.updated": translate("Event", "Network changed"),
        "pool": translate("Event", "A storage pool changed"),
        "pool.defined": translate("Event", "Storage pool added or changed"),
        "pool.undefined": translate("Event", "Storage pool removed"),
        "pool.started": translate("Event", "Storage pool started"),
        "pool.stopped": translate("Event", "Storage pool stopped"),
        "pool.created": translate("Event", "Storage pool built"),
        "pool.deleted": translate("Event", "Storage pool deleted"),
        "secret.defined": translate("Event", "A stored secret was added or changed"),
        "secret.undefined": translate("Event", "A stored secret was removed"),
        "secret.updated": translate("Event", "A stored secret got another value"),
        "lost": translate("Event", "Too many events at once: some are missing here"),
        "host.connected": translate("Event", "Connected"),
        "host.recovered": translate("Event", "Connected again"),
        "host.lost": translate("Event", "Connection lost"),
        "host.unreachable": translate("Event", "The host cannot be reached"),
        "host.refused": translate("Event", "The host refused the login"),
        "host.disconnected": translate("Event", "Disconnected"),
        "not_recorded": translate("Event", "Too much at once: entries are missing here"),
        "restarted": translate("Event", "The log's file was broken; a new one was begun"),
    }


def _reasons() -> dict[tuple[str, str], str]:
    """By libvirt's virDomainEvent*DetailType; what says nothing more than the event itself is left out."""
    return {
        (f"{_LIFE}.defined", "1"): translate("Event", "Configuration changed"),
        (f"{_LIFE}.defined", "2"): translate("Event", "Renamed"),
        (f"{_LIFE}.defined", "3"): translate("Event", "Configuration of a snapshot taken"),
        (f"{_LIFE}.undefined", "1"): translate("Event", "Old name given up"),
        (f"{_LIFE}.started", "1"): translate("Event", "Started: arrived from another host"),
        (f"{_LIFE}.started", "2"): translate("Event", "Started: saved state restored"),
        (f"{_LIFE}.started", "3"): translate("Event", "Started from a snapshot"),
        (f"{_LIFE}.started", "4"): translate("Event", "Woken up"),
        (f"{_LIFE}.suspended", "1"): translate("Event", "Paused to move to another host"),
        (f"{_LIFE}.suspended", "2"): translate("Event", "Paused: a disk could not be read or written"),
        (f"{_LIFE}.suspended", "3"): translate("Event", "Paused by its watchdog"),
        (f"{_LIFE}.suspended", "4"): translate("Event", "Paused after its saved state was restored"),
        (f"{_LIFE}.suspended", "5"): translate("Event", "Paused for a snapshot"),
        (f"{_LIFE}.suspended", "6"): translate("Event", "Paused by a failed call"),
        (f"{_LIFE}.suspended", "7"): translate("Event", "Paused: goes on at the other host"),
        (f"{_LIFE}.suspended", "8"): translate("Event", "Paused: its move failed half-way"),
        (f"{_LIFE}.resumed", "1"): translate("Event", "Resumed after a move"),
        (f"{_LIFE}.resumed", "2"): translate("Event", "Resumed from a snapshot"),
        (f"{_LIFE}.resumed", "3"): translate("Event", "Resumed while its memory still moves"),
        (f"{_LIFE}.resumed", "4"): translate("Event", "Resumed after its move failed half-way"),
        (f"{_LIFE}.stopped", "0"): translate("Event", "Stopped: it shut down"),
        (f"{_LIFE}.stopped", "1"): translate("Event", "Stopped: forced off"),
        (f"{_LIFE}.stopped", "2"): translate("Event", "Stopped: it crashed"),
        (f"{_LIFE}.stopped", "3"): translate("Event", "Stopped: moved to another host"),
        (f"{_LIFE}.stopped", "4"): translate("Event", "Stopped: state saved"),
        (f"{_LIFE}.stopped", "5"): translate("Event", "Stopped: the hypervisor failed"),
        (f"{_LIFE}.stopped", "6"): translate("Event", "Stopped to go back to a snapshot"),
        (f"{_LIFE}.shutdown", "1"): translate("Event", "Shut down from inside"),
        (f"{_LIFE}.shutdown", "2"): translate("Event", "Shut down from outside"),
        (f"{_LIFE}.pm_suspended", "1"): translate("Event", "Asleep, memory on disk"),
    }
# fmt: on

_WITHOUT_NUMBERS = frozenset(
    {"domain_reboot", "domain_tray", "domain_tunable", "domain_metadata", "domain_watchdog"}
)


class EventWords:
    """The words in the language of when it was made; of no Qt object, so any thread may use it."""

    def __init__(self) -> None:
        self._codes: Mapping[str, str] = _codes()
        self._reasons: Mapping[tuple[str, str], str] = _reasons()
        self._alerts = {kind.value: alert_words.name(kind) for kind in AlertKind}
        self._over = translate("Event", "Over: {what}")

    def what(self, code: str, detail: str) -> str:
        """ "Stopped: it crashed"."""
        words = self._reasons.get((code, detail)) or self._codes.get(code)
        if words is None:
            words = self._alert(code)
            if not words:
                return code
        if detail and not code.startswith(_LIFE) and code not in _WITHOUT_NUMBERS:
            return f"{words}: {detail}"
        return words

    def codes_with(self, term: str) -> tuple[str, ...]:
        """The codes whose words have `term`, for a search in what is shown."""
        term = term.casefold()
        found = [code for code, words in self._codes.items() if term in words.casefold()]
        found += [code for (code, _), words in self._reasons.items() if term in words.casefold()]
        for kind in self._alerts:
            for code in (f"alert.{kind}", f"alert.{kind}.over"):
                if term in self._alert(code).casefold():
                    found.append(code)
        return tuple(dict.fromkeys(found))

    def _alert(self, code: str) -> str:
        first, _, kind = code.partition(".")
        kind, _, end = kind.partition(".")
        words = self._alerts.get(kind, "") if first == "alert" else ""
        return self._over.format(what=words) if words and end else words
