"""The client side of RFB without I/O: bytes in, events out, bytes to send on the side.

Receive into `receive_into()` and report with `received()` (or `feed()` a copy); what comes back are
events. After every call `take_outgoing()` gives what must be sent. Any RfbError means the connection is
over; the object is then of no further use.

    protocol = RfbProtocol(Negotiation(local=True), encodings=preferred_encodings(local=True))
    events = protocol.feed(sock.recv(65536))
    sock.sendall(protocol.take_outgoing())
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Sequence

from vmgui.console.rfb import messages
from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.decoders.images import ImageDecoder, decode_image
from vmgui.console.rfb.errors import ProtocolError
from vmgui.console.rfb.events import Bell, Connected, CredentialsNeeded, CutText, ProtocolEvent, StartTls
from vmgui.console.rfb.handshake import ServerInit, handshake, server_init
from vmgui.console.rfb.limits import MAX_CUT_TEXT_BYTES, MAX_TURN_PIXELS
from vmgui.console.rfb.security import Negotiation, Wish
from vmgui.console.rfb.source import Enough, NeedMore, Source
from vmgui.console.rfb.updates import UpdateReader

_COLOUR_MAP = struct.Struct(">3xH")
_CUT_TEXT = struct.Struct(">3xi")
_BELL = Bell()


class RfbProtocol:
    """One connection's state. Not thread-safe: belongs to whoever pumps it."""

    def __init__(
        self,
        negotiation: Negotiation,
        *,
        encodings: Sequence[int],
        shared: bool = True,
        images: ImageDecoder = decode_image,
        recorded: bool = False,
    ) -> None:
        """`recorded`: the bytes begin with ServerInit, as in a recording, and nothing is asked for."""
        self._negotiation = negotiation
        self._encodings = encodings
        self._images = images
        self._recorded = recorded
        self._source = Source()
        self._updates: UpdateReader | None = None
        self._handshake: Generator[Wish, bytes, ServerInit] = (
            server_init() if recorded else handshake(negotiation, shared=shared)
        )
        self._wish: Wish = next(self._handshake)
        self._skip = 0
        self.backlog = False  # bytes are here that one turn did not get through: `go_on`

    # What is known

    @property
    def connected(self) -> bool:
        """The handshake is over."""
        return self._updates is not None

    @property
    def waiting(self) -> bool:
        """The handshake waits for credentials or for TLS, not for bytes."""
        return not self.connected and not isinstance(self._wish, int)

    @property
    def pixels(self) -> Pixels:
        """The picture as far as it is decoded; another array after each `Resized`."""
        return self._reader.pixels

    @property
    def mid_update(self) -> bool:
        """An update has begun and is not complete: the picture is half old, half new."""
        return self._updates is not None and self._updates.busy

    @property
    def between_messages(self) -> bool:
        """A server that closes now has left nothing unfinished."""
        return self.connected and not self.mid_update and not self._skip and not self._source.available

    @property
    def updates(self) -> UpdateReader:
        """What the server told about itself in updates; only once `connected`."""
        return self._reader

    # Bytes in

    def receive_into(self) -> memoryview:
        """Where the next bytes may be written; at least 64 KiB."""
        return self._source.writable()

    def received(self, size: int) -> list[ProtocolEvent]:
        """`size` bytes were written to `receive_into()`: what they mean."""
        self._source.added(size)
        return self._advance()

    def go_on(self) -> list[ProtocolEvent]:
        """Another turn of the `backlog`."""
        return self._advance()

    def feed(self, data: bytes | bytearray | memoryview) -> list[ProtocolEvent]:
        """Take a copy of `data`: what it means."""
        events: list[ProtocolEvent] = []
        view = memoryview(data)
        while view:
            view = view[self._source.feed(view) :]
            events += self._advance()
            while self.backlog:
                events += self._advance()
        return events

    # Answers to wishes

    def provide_credentials(self, username: str, password: str) -> list[ProtocolEvent]:
        """Go on after `CredentialsNeeded`."""
        self._negotiation.username, self._negotiation.password = username, password
        return self._resume(CredentialsNeeded)

    def tls_started(self) -> list[ProtocolEvent]:
        """Go on after `StartTls`: the transport is encrypted (and the certificate verified, if asked)."""
        return self._resume(StartTls)

    # Bytes out

    def take_outgoing(self) -> bytes:
        """What to send; empty if nothing."""
        outgoing = self._negotiation.outgoing
        if not outgoing:
            return b""
        data = bytes(outgoing)
        outgoing.clear()
        return data

    def request_update(self, *, incremental: bool) -> None:
        """Ask for what changed in the whole picture, or for all of it."""
        height, width = self.pixels.shape
        self._send(messages.update_request(0, 0, width, height, incremental=incremental))

    def key(self, scancode: int, keysym: int, *, down: bool) -> None:
        """Press or release; by scancode where the server takes them and there is one, else by keysym."""
        if scancode and self._reader.extended_keys:
            self._send(messages.extended_key_event(scancode, keysym, down=down))
        elif keysym:
            self._send(messages.key_event(keysym, down=down))

    def pointer(self, x: int, y: int, buttons: int) -> None:
        """The pointer's position, moved into the picture if it is outside."""
        height, width = self.pixels.shape
        self._send(
            messages.pointer_event(max(0, min(x, width - 1)), max(0, min(y, height - 1)), buttons & 255)
        )

    def pointer_moved(self, dx: int, dy: int, buttons: int) -> None:
        """A movement, for a server in relative mode; long ones are cut."""
        limit = messages.RELATIVE_ORIGIN
        self._send(
            messages.pointer_event(
                limit + max(-limit, min(dx, limit)), limit + max(-limit, min(dy, limit)), buttons & 255
            )
        )

    def resize_desktop(self, width: int, height: int) -> bool:
        """Ask for another screen size; False if the server has not said it takes this."""
        if not self._reader.resizable:
            return False
        self._send(messages.set_desktop_size(width, height, *self._reader.screen))
        return True

    def cut_text(self, text: str) -> None:
        """Send our clipboard, cut to what we would take ourselves."""
        self._send(messages.client_cut_text(text[:MAX_CUT_TEXT_BYTES]))

    # Inside

    @property
    def _reader(self) -> UpdateReader:
        if self._updates is None:
            raise RuntimeError("not connected yet")
        return self._updates

    def _send(self, message: bytes) -> None:
        self._negotiation.outgoing += message

    def _advance(self) -> list[ProtocolEvent]:
        events: list[ProtocolEvent] = []
        self.backlog = False
        try:
            while self._updates is None:
                if not isinstance(self._wish, int):
                    self._nothing_before_tls()
                    return events
                self._step(self._source.take(self._wish), events)
            self._updates.work = 0
            while self._updates.work <= MAX_TURN_PIXELS:
                if self._updates.busy:
                    self._updates.go_on(self._source, events)
                else:
                    self._message(self._updates, events)
            raise Enough
        except NeedMore as pause:
            self._source.rewind()
            self.backlog = isinstance(pause, Enough)
        return events

    def _resume(self, after: type[CredentialsNeeded] | type[StartTls]) -> list[ProtocolEvent]:
        if not isinstance(self._wish, after):
            return []
        events: list[ProtocolEvent] = []
        self._step(b"", events)
        return events + self._advance()

    def _step(self, data: bytes, events: list[ProtocolEvent]) -> None:
        self._source.commit()
        try:
            self._wish = self._handshake.send(data)
        except StopIteration as stop:
            self._begin(stop.value, events)
            return
        if not isinstance(self._wish, int):
            self._nothing_before_tls()
            events.append(self._wish)

    def _nothing_before_tls(self) -> None:
        # Bytes that came in clear must never be taken for encrypted ones.
        if isinstance(self._wish, StartTls) and self._source.available:
            raise ProtocolError("The server goes on unencrypted where TLS should begin.")

    def _begin(self, init: ServerInit, events: list[ProtocolEvent]) -> None:
        self._updates = UpdateReader(init.width, init.height, self._images)
        events.append(Connected(init.width, init.height, init.name))
        if not self._recorded:
            self._send(messages.set_pixel_format())
            self._send(messages.set_encodings(self._encodings))

    def _message(self, updates: UpdateReader, events: list[ProtocolEvent]) -> None:
        source = self._source
        if self._skip:
            self._skip = source.skip(self._skip)
            if self._skip:
                raise NeedMore
        kind = source.buffer[source.need(1)]
        if kind == 0:
            updates.begin(source, events)
        elif kind == 1:
            # Colour maps do not concern a true-colour client.
            (count,) = _COLOUR_MAP.unpack_from(source.buffer, source.need(5))
            self._skip = 6 * count
        elif kind == 2:
            events.append(_BELL)
        elif kind == 3:
            (length,) = _CUT_TEXT.unpack_from(source.buffer, source.need(7))
            if 0 <= length <= MAX_CUT_TEXT_BYTES:
                events.append(CutText(source.take(length).decode("latin-1")))
            else:
                # Too long, or an extended clipboard we did not ask for (a negative length): passed over.
                self._skip = abs(length)
        else:
            raise ProtocolError(f"The server sends a message of type {kind}, which does not exist.")
        source.commit()
