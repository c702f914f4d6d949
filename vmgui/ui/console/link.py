"""Keeps a machine's console connected while it is wanted: finds the display, comes back, says why not.

When the guest restarts, or the connection breaks while the machine runs, it connects again with growing
pauses; what would end the same way again (a refused password, a broken server) waits for the person.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Connected, Disconnected, SessionEvent
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import FdTarget, RfbTarget, TcpTarget
from vmgui.model.changeset import ChangeSet
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.services.services import Services
from vmgui.store.settings import SettingsStore
from vmgui.ui.bridge.pane_scope import PaneScope

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 10.0
END_TIMEOUT_S = 2.0
_FOR_THE_PERSON = frozenset(
    {
        DisconnectReason.BAD_PASSWORD,
        DisconnectReason.UNSUPPORTED,
        DisconnectReason.CERTIFICATE,
        DisconnectReason.ENCRYPTION,
        DisconnectReason.PROTOCOL,
        DisconnectReason.TOO_LARGE,
        DisconnectReason.INTERNAL,
    }
)
_SOON_THERE = frozenset({NoConsole.NO_PORT, NoConsole.HOST_OFFLINE})


class _Relay(QObject):
    """Brings one session's events from its worker thread to the GUI thread."""

    arrived = Signal(object)


class ConsoleLink(QObject):
    """One machine's way to its screen; GUI thread only."""

    session_changed = Signal(object)  # RfbSession | None
    connecting = Signal()
    event_arrived = Signal(object)  # SessionEvent, in order, except Disconnected
    unavailable = Signal(object)  # NoConsole
    ended = Signal(object)  # Disconnected: waits for the person
    failed = Signal(object)  # VmguiError while finding the display

    def __init__(
        self, services: Services, key: DomainKey, settings: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._key = key
        self._settings = settings
        self._session: RfbSession | None = None
        self._relay: _Relay | None = None
        # Sessions told to stop whose last word is still to come: their relays must live until then.
        self._ending: set[_Relay] = set()
        self._all_ended = asyncio.Event()
        self._wanted = False
        self._waits_for_person = False
        self._opening = False
        # The password the host told us was given, and once it was refused: whoever set another one is asked.
        self._gave_password = False
        self._asks_person = False
        self._pause_s = FIRST_PAUSE_S
        self._scope = PaneScope("console", self)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._open)
        self._subscription = services.inventory.changes.subscribe(self._on_change)

    @property
    def session(self) -> RfbSession | None:
        """The session under way."""
        return self._session

    @property
    def is_active(self) -> bool:
        """Whether the machine runs (or is paused), as far as we know."""
        domain = self._services.inventory.domains.get(self._key)
        return domain is not None and domain.state.is_active

    def connect_now(self) -> None:
        """Connect, and from now on stay connected; also the person's answer to `ended`."""
        self._wanted = True
        self._waits_for_person = False
        self._pause_s = FIRST_PAUSE_S
        self._open()

    async def close(self) -> None:
        """End everything; nothing is told any more."""
        self._wanted = False
        self._subscription.cancel()
        self._retry.stop()
        self._end_session()
        if self._ending:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._all_ended.wait(), END_TIMEOUT_S)
        await self._scope.close()

    def _on_change(self, change: ChangeSet) -> None:
        ours = any(domain.key == self._key for domain in (*change.changed, *change.added))
        host = any(host.id == self._key.host_id for host in change.hosts_changed)
        if not self._wanted or not (ours or host) or self._session is not None or self._waits_for_person:
            return
        if ours:
            self._pause_s = FIRST_PAUSE_S
        if ours or not self._retry.isActive():
            self._open()

    @Slot()
    def _open(self) -> None:
        self._retry.stop()
        if not self._wanted or self._session is not None or self._opening:
            return
        if not self.is_active:
            self.unavailable.emit(NoConsole.NOT_RUNNING)
            return
        self._opening = True
        self.connecting.emit()
        self._scope.try_run(self._find_display())

    async def _find_display(self) -> None:
        try:
            target = await self._services.console.open(self._key)
        except VmguiError as error:
            log.info("console of %s: %s", self._key.uuid, error)
            self.failed.emit(error)
            self._open_later()
            return
        finally:
            self._opening = False
        if target.kind is ConsoleKind.NONE:
            self.unavailable.emit(target.reason)
            if target.reason in _SOON_THERE:
                self._open_later()
            return
        if not self._wanted:
            _close(target)
            return
        self._start_session(_rfb_target(target), "" if self._asks_person else target.password)

    def _start_session(self, target: RfbTarget, password: str) -> None:
        self._gave_password = bool(password)
        relay = _Relay(self)
        relay.arrived.connect(self._on_events, Qt.ConnectionType.QueuedConnection)
        options = RfbOptions(
            password=password or None, latency_nudge=self._settings.settings.console_low_latency
        )
        self._relay = relay
        self._session = RfbSession(target, options, relay.arrived.emit)
        self.session_changed.emit(self._session)
        self._session.start()

    def _end_session(self) -> None:
        session, relay = self._forget_session()
        if session is not None and relay is not None:
            self._ending.add(relay)
            self._all_ended.clear()
            session.stop()

    def _forget_session(self) -> tuple[RfbSession | None, _Relay | None]:
        session, self._session = self._session, None
        relay, self._relay = self._relay, None
        if session is not None:
            self.session_changed.emit(None)
        return session, relay

    def _open_later(self) -> None:
        if self._wanted:
            self._retry.start(int(self._pause_s * 1000))
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)

    @Slot(object)
    def _on_events(self, events: tuple[SessionEvent, ...]) -> None:
        relay = self.sender()
        if relay is not self._relay:
            self._on_last_words(relay, events)
            return
        for event in events:
            if isinstance(event, Disconnected):
                self._on_disconnected(event)
                return
            if isinstance(event, Connected):
                self._pause_s = FIRST_PAUSE_S
            self.event_arrived.emit(event)

    def _on_last_words(self, relay: QObject, events: tuple[SessionEvent, ...]) -> None:
        if any(isinstance(event, Disconnected) for event in events):
            self._ending = {other for other in self._ending if other is not relay}
            relay.deleteLater()
            if not self._ending:
                self._all_ended.set()

    def _on_disconnected(self, event: Disconnected) -> None:
        log.info("console of %s ended: %s (%s)", self._key.uuid, event.reason.name, event.text)
        _, relay = self._forget_session()
        if relay is not None:
            relay.deleteLater()
        if not self.is_active:
            self._asks_person = False
            self.unavailable.emit(NoConsole.NOT_RUNNING)
        elif event.reason is DisconnectReason.BAD_PASSWORD and self._gave_password:
            # Changed behind the definition's back, or expired.
            self._asks_person = True
            self._open()
        elif event.reason in _FOR_THE_PERSON:
            self._waits_for_person = True
            self.ended.emit(event)
        else:
            # The guest restarts, or the news of its end has not reached us yet: look again soon.
            self.connecting.emit()
            self._open_later()


def _rfb_target(target: ConsoleTarget) -> RfbTarget:
    if target.kind is ConsoleKind.FD:
        return FdTarget(target.fd)
    return TcpTarget(target.host, target.port)


def _close(target: ConsoleTarget) -> None:
    if target.fd >= 0:
        os.close(target.fd)
