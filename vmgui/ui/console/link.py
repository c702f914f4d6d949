"""Keeps a machine's console connected while it is wanted: finds the display, comes back, says why not.

When the guest restarts, or the connection breaks while the machine runs, it connects again with growing
pauses; what would end the same way again (a refused password, a broken server) waits for the person.
Every end is told, with when the next try comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Connected, Disconnected, SessionEvent
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import FdTarget, RfbTarget, TcpTarget, TlsSettings
from vmgui.model.changeset import ChangeSet
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.host import HostState
from vmgui.policy.console import pause_s, was_steady
from vmgui.services.faults import ours
from vmgui.services.services import Services
from vmgui.store.settings import SettingsStore
from vmgui.ui.bridge.pane_scope import PaneScope

log = logging.getLogger(__name__)

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
_SOON_THERE = frozenset({NoConsole.NO_PORT, NoConsole.NO_WAY})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no picture, and what comes next."""

    why: NoConsole | Disconnected | VmguiError
    target: ConsoleTarget | None = None  # as far as one was found
    retry_at_s: float | None = (
        None  # time.monotonic() of the next try; None: none, or as soon as there is news
    )


class _Relay(QObject):
    """Brings one session's events from its worker thread to the GUI thread."""

    arrived = Signal(object)


class ConsoleLink(QObject):
    """One machine's way to its screen; GUI thread only."""

    session_changed = Signal(object)  # RfbSession | None
    connecting = Signal()
    event_arrived = Signal(object)  # SessionEvent, in order, except Disconnected
    troubled = Signal(object)  # Trouble

    def __init__(
        self,
        services: Services,
        key: DomainKey,
        settings: SettingsStore,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
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
        self._without_vencrypt = False
        self._clock = clock
        self._failed = 0
        self._connected_at_s: float | None = None
        self._target: ConsoleTarget | None = None
        self._could_connect = self._can_connect
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
    def is_private(self) -> bool:
        """Whether nobody on a network can listen on the way to the display that was found last."""
        return self._target is not None and self._target.is_private

    @property
    def is_active(self) -> bool:
        """Whether the machine runs (or is paused), as far as we know."""
        domain = self._services.inventory.domains.get(self._key)
        return domain is not None and domain.state.is_active

    @property
    def _can_connect(self) -> bool:
        host = self._services.inventory.hosts.get(self._key.host_id)
        return self.is_active and host is not None and host.state is HostState.CONNECTED

    def connect_now(self) -> None:
        """Connect, and from now on stay connected; also the person's answer to trouble."""
        self._wanted = True
        self._waits_for_person = False
        self._without_vencrypt = False
        self._failed = 0
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
        if not ours and not host:
            return
        could_connect, self._could_connect = self._could_connect, self._can_connect
        if not self._wanted or self._session is not None or self._waits_for_person:
            return
        if self._could_connect != could_connect:
            # It has started, or its host is back (or either has gone, which is told).
            self._failed = 0
            self._open()
        elif ours and not self._retry.isActive() and not self._opening and self.is_active:
            # Perhaps it has a display now; a machine has news all the time.
            self._open_later()

    @Slot()
    def _open(self) -> None:
        self._retry.stop()
        if not self._wanted or self._session is not None or self._opening:
            return
        if not self.is_active:
            self.troubled.emit(Trouble(NoConsole.NOT_RUNNING))
            return
        self._opening = True
        self.connecting.emit()
        self._scope.try_run(self._find_display())

    async def _find_display(self) -> None:
        try:
            target = await ours(self._services.console.open(self._key))
        except VmguiError as error:
            log.info("console of %s: %s", self._key.uuid, error)
            self._tell(error, retry=True)
            return
        finally:
            self._opening = False
        self._target = target
        if target.kind is ConsoleKind.NONE:
            self._tell(target.reason, retry=target.reason in _SOON_THERE)
            return
        if not self._wanted:
            _close(target)
            return
        self._start_session(target)

    def _tell(self, why: NoConsole | Disconnected | VmguiError, *, retry: bool) -> None:
        retry_at_s = self._open_later() if retry else None
        self.troubled.emit(Trouble(why, self._target, retry_at_s))

    def _start_session(self, target: ConsoleTarget) -> None:
        password = "" if self._asks_person else target.password
        self._gave_password = bool(password)
        self._connected_at_s = None
        relay = _Relay(self)
        relay.arrived.connect(self._on_events, Qt.ConnectionType.QueuedConnection)
        tls = target.tls
        options = RfbOptions(
            password=password or None,
            local=target.is_local,
            private=target.is_private,
            without_vencrypt=self._without_vencrypt,
            tls=TlsSettings(
                cert_file=tls.certificate,
                key_file=tls.key,
                server_name=target.server_name,
                more_authorities=tls.authorities,
            ),
            latency_nudge=self._settings.settings.console_low_latency,
        )
        self._relay = relay
        self._session = RfbSession(_rfb_target(target), options, relay.arrived.emit)
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

    def _open_later(self) -> float | None:
        """When that will be."""
        if not self._wanted:
            return None
        self._failed += 1
        wait_s = pause_s(self._failed)
        self._retry.start(int(wait_s * 1000))
        return self._clock() + wait_s

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
                self._connected_at_s = self._clock()
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
        if self._connected_at_s is not None and was_steady(self._clock() - self._connected_at_s):
            self._failed = 0
        if not self.is_active:
            self._asks_person = False
            self._tell(NoConsole.NOT_RUNNING, retry=False)
        elif event.reason is DisconnectReason.BAD_PASSWORD and self._gave_password:
            # Changed behind the definition's back, or expired.
            self._asks_person = True
            self._open()
        elif event.try_without_vencrypt and not self._without_vencrypt:
            self._without_vencrypt = True
            self._open()
        elif event.reason in _FOR_THE_PERSON:
            self._waits_for_person = True
            self._tell(event, retry=False)
        else:
            # The guest restarts, or the news of its end has not reached us yet: look again soon.
            self._tell(event, retry=True)


def _rfb_target(target: ConsoleTarget) -> RfbTarget:
    if target.kind is ConsoleKind.FD:
        return FdTarget(target.fd)
    return TcpTarget(target.host, target.port)


def _close(target: ConsoleTarget) -> None:
    if target.fd >= 0:
        os.close(target.fd)
