"""The worker thread between a socket and the protocol.

One thread per session waits in one place (a selector over the socket and a wake-up), reads into the
protocol's own buffer, decodes, and calls the listener. Nothing outside of it touches the socket or the
protocol: everybody else leaves a command in a queue and rings. Hence stopping is immediate in every state
(connecting, in a TLS handshake, in the middle of a rectangle) and no caller ever waits.

Flow control: the next update is asked for as soon as one begins, so that the server draws while we decode,
unless the painter has not yet shown the last one: then after it has (`frames`).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

from vmgui.console.rfb.commands import (
    Command,
    KeyInput,
    Painted,
    PointerInput,
    PointerMotion,
    ProvideCredentials,
    ReleaseKeys,
    ResizeDesktop,
    SendCutText,
    SetVisible,
)
from vmgui.console.rfb.connecting import connect, start_tls
from vmgui.console.rfb.encodings import preferred_encodings
from vmgui.console.rfb.errors import (
    BadPassword,
    ConnectionBroke,
    DeadlinePassed,
    DisconnectReason,
    NoDescriptor,
    NoThread,
    RfbError,
    ServerClosed,
    ServerRefused,
    TurnedAway,
    UnusableVeNCrypt,
)
from vmgui.console.rfb.events import (
    Connected,
    CredentialsNeeded,
    Disconnected,
    ProtocolEvent,
    Resized,
    SessionEvent,
    StartTls,
    UpdateFinished,
    UpdateStarted,
)
from vmgui.console.rfb.frames import FrameFlow
from vmgui.console.rfb.input import InputState
from vmgui.console.rfb.limits import MAX_OUTGOING_BYTES
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.protocol import RfbProtocol
from vmgui.console.rfb.security import Negotiation
from vmgui.console.rfb.surface import Surface
from vmgui.console.rfb.transport import FdTarget, RfbTarget, Wire, is_local
from vmgui.console.rfb.waiter import Stopped, Waiter

_log = logging.getLogger(__name__)

# A server may ring, rename and reshape without end; the listener hears of it this often at most.
_MINOR_INTERVAL_S: Final = 0.02


class Pump:
    """Owns the thread, the socket and the protocol of one session."""

    def __init__(
        self, target: RfbTarget, options: RfbOptions, listener: Callable[[tuple[SessionEvent, ...]], None]
    ) -> None:
        self.surface = Surface()
        self._target = target
        self._options = options
        self._listener = listener
        self._negotiation, self._protocol = self._new_protocol(without_vencrypt=options.without_vencrypt)
        self._commands: deque[Command] = deque()
        self._over = False
        self._waiter = Waiter()
        self._wire: Wire | None = None
        self._outgoing = bytearray()
        self._minor: dict[type[SessionEvent], SessionEvent] = {}
        self._minor_at = 0.0
        self._frames = FrameFlow(self._protocol, self.surface)
        self._input = InputState(self._protocol, nudge=options.latency_nudge)
        self._thread = threading.Thread(target=self._run, name="rfb", daemon=True)

    # From any thread

    def start(self) -> None:
        """Begin; once. Where this computer cannot, the listener hears so, in the caller's thread."""
        try:
            try:
                self._waiter.open()
            except OSError as error:
                raise NoDescriptor(f"No socket can be opened: {error.strerror or error}.") from None
            try:
                self._thread.start()
            except (RuntimeError, MemoryError, OSError) as error:
                raise NoThread(f"No thread can be started: {error}.") from None
        except (NoDescriptor, NoThread) as error:
            if isinstance(self._target, FdTarget):
                with suppress(OSError):
                    os.close(self._target.fd)
            self._close()
            self._listener((Disconnected(error.reason, error.detail),))

    def post(self, command: Command) -> None:
        """Leave a command; it is carried out in order, or dropped if the session is over."""
        if not self._over:
            self._commands.append(command)
            self._waiter.wake()

    def stop(self) -> None:
        """End soon."""
        self._waiter.stop()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread's end: has it come?"""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # The thread

    def _new_protocol(self, *, without_vencrypt: bool) -> tuple[Negotiation, RfbProtocol]:
        options = self._options
        local = is_local(self._target) if options.local is None else options.local
        negotiation = Negotiation(
            local=local or options.private,
            username=options.username,
            password=options.password,
            without_vencrypt=without_vencrypt,
        )
        encodings = options.encodings or preferred_encodings(
            local=local, compress_level=options.compress_level, quality=options.quality
        )
        return negotiation, RfbProtocol(negotiation, encodings=encodings, shared=options.shared)

    def _run(self) -> None:
        try:
            try:
                self._live()
            except UnusableVeNCrypt:
                if isinstance(self._target, FdTarget):
                    raise
                self._begin_again_without_vencrypt()
                self._live()
        except Stopped:
            last = Disconnected(DisconnectReason.STOPPED, "")
        except RfbError as error:
            again = isinstance(error, UnusableVeNCrypt)
            last = Disconnected(error.reason, error.detail, error.said, try_without_vencrypt=again)
        except Exception:  # noqa: BLE001 - the outermost guard: our mistake ends this session, not the program
            _log.exception("The display session failed")
            last = Disconnected(
                DisconnectReason.INTERNAL, "An internal error ended the session; see the log."
            )
        finally:
            self._close()
        self._listener((*self._minor.values(), last))

    def _begin_again_without_vencrypt(self) -> None:
        if self._wire is not None:
            self._waiter.forget(self._wire)
            self._wire.close()
            self._wire = None
        self._outgoing.clear()
        self._negotiation, self._protocol = self._new_protocol(without_vencrypt=True)
        self._frames = FrameFlow(self._protocol, self.surface, visible=self._frames.visible)
        self._input = InputState(self._protocol, nudge=self._options.latency_nudge)

    def _close(self) -> None:
        self._over = True
        if self._wire is not None:
            self._wire.close()
        self._waiter.close()
        self._commands.clear()

    def _live(self) -> NoReturn:
        wire = self._wire = connect(self._target, self._waiter, self._options.connect_timeout_s)
        deadline = time.monotonic() + self._options.handshake_timeout_s
        while True:
            if self._protocol.connected:
                wait_s = self._tend()
            elif self._protocol.waiting:
                # A person types a password: no deadline of ours, the server has its own.
                deadline = time.monotonic() + self._options.handshake_timeout_s
                wait_s = None
            else:
                wait_s = deadline - time.monotonic()
                if wait_s <= 0:
                    raise DeadlinePassed(
                        "The server accepted the connection but did not finish its greeting."
                    )
            self._deliver()
            self._write(wire)
            if self._minor:
                until = max(0.0, self._minor_at - time.monotonic())
                wait_s = until if wait_s is None else min(wait_s, until)
            if wire.pending or self._protocol.backlog:
                wait_s = 0.0
            ready = self._waiter.wait(wire, read=True, write=bool(self._outgoing), wait_s=wait_s)
            if self._protocol.backlog:
                self._handle(self._protocol.go_on())
            elif ready or wire.pending:
                self._read(wire)
            self._obey()

    def _read(self, wire: Wire) -> None:
        size = wire.read_into(self._protocol.receive_into())
        if size == 0:
            self._ended()
        if size:
            self._handle(self._protocol.received(size))

    def _ended(self) -> NoReturn:
        if not self._protocol.connected:
            if self._negotiation.let_in:
                raise TurnedAway("The server closed the connection right after the login.")
            if self._negotiation.answered:
                raise BadPassword("The server closed the connection when it got the password.")
            raise ServerRefused("The server closed the connection before its greeting was over.")
        if not self._protocol.between_messages:
            raise ConnectionBroke("The server closed the connection in the middle of a message.")
        raise ServerClosed("The server closed the connection.")

    def _write(self, wire: Wire) -> None:
        self._outgoing += self._protocol.take_outgoing()
        if self._outgoing:
            del self._outgoing[: wire.write(self._outgoing)]
        if len(self._outgoing) > MAX_OUTGOING_BYTES:
            raise ConnectionBroke("The server no longer reads what it is sent.")

    def _handle(self, events: list[ProtocolEvent]) -> None:
        for event in events:
            match event:
                case UpdateStarted():
                    self._frames.update_started(time.monotonic())
                case UpdateFinished(rects):
                    self._frames.update_finished(rects)
                case Resized():
                    self._frames.resized()
                case StartTls(verify):
                    self._start_tls(verify)
                case Connected():
                    self._frames.begin()
                    self._minor[Connected] = event
                case _:
                    self._minor[type(event)] = event

    def _start_tls(self, verify: bool) -> None:
        wire = self._wire
        if wire is None:
            return
        self._write(wire)
        while self._outgoing:
            self._waiter.wait(wire, read=False, write=True, wait_s=self._options.handshake_timeout_s)
            self._write(wire)
        start_tls(
            wire,
            self._target,
            self._options.tls,
            self._waiter,
            verify=verify,
            timeout_s=self._options.handshake_timeout_s,
        )
        self._handle(self._protocol.tls_started())

    # Commands

    def _obey(self) -> None:
        # Only what is here now: a caller faster than we are must not keep us from the socket.
        for _ in range(len(self._commands)):
            command = self._commands.popleft()
            if isinstance(command, ProvideCredentials):
                self._handle(self._protocol.provide_credentials(command.username, command.password))
            elif isinstance(command, SetVisible):
                self._frames.set_visible(command.visible)
            elif self._protocol.connected:
                self._carry_out(command)

    def _carry_out(self, command: Command) -> None:
        now = time.monotonic()
        match command:
            case Painted():
                self._frames.painted()
            case KeyInput(scancode, keysym, down):
                self._input.key(scancode, keysym, down=down, now=now)
            case ReleaseKeys():
                self._input.release_keys()
            case PointerInput():
                follower = self._commands[0] if self._commands else None
                # A move with another move behind it, the same buttons down: only the last counts.
                if not isinstance(follower, PointerInput) or follower.buttons != command.buttons:
                    self._input.pointer(command.x, command.y, command.buttons, now=now)
            case PointerMotion(dx, dy, buttons):
                self._protocol.pointer_moved(dx, dy, buttons)
            case SendCutText(text):
                self._protocol.cut_text(text)
            case ResizeDesktop(width, height):
                self._protocol.resize_desktop(width, height)
            case SetVisible() | ProvideCredentials():
                pass

    # Delivery

    def _tend(self) -> float | None:
        """What is due now; returns how long nothing else is."""
        now = time.monotonic()
        waits = [self._frames.tend(now), self._input.tend(now)]
        return min((wait for wait in waits if wait is not None), default=None)

    def _deliver(self) -> None:
        """Hand over what has happened: pictures when the painter is ready, the rest 50 times a second."""
        now = time.monotonic()
        events: list[SessionEvent] = []
        if self._minor and (now >= self._minor_at or CredentialsNeeded in self._minor):
            events.extend(self._minor.values())
            self._minor.clear()
            self._minor_at = now + _MINOR_INTERVAL_S
        if self._protocol.connected and Connected not in self._minor:
            events.extend(self._frames.deliver(now))
        if events:
            self._listener(tuple(events))
