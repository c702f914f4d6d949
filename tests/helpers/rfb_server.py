"""A fake RFB server that follows a script, in a thread of its own: right, slow, broken or hostile as told.

    def script(client: RfbClientEnd) -> None:
        client.greet()
        client.send_update((0, 0, pixels))

    with RfbServer(script) as server:
        session = RfbSession(UnixTarget(server.path), ...)

The script ends the connection by returning; what it raises is raised again when the server is left.
A client that goes away in the middle just ends the script.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

DEADLINE_S = 150.0  # longer than a test waits for anything


class ClientGone(Exception):
    """The client closed the connection."""


@dataclass(frozen=True)
class ClientMessage:
    """A message of the client: its type and everything after the type byte."""

    kind: int
    body: bytes


class RfbClientEnd:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket, server: RfbServer) -> None:
        self.sock = sock
        self.server = server
        self.sock.settimeout(DEADLINE_S)

    # Bytes

    def send(self, data: bytes) -> None:
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ClientGone from error

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            try:
                part = self.sock.recv(size - len(data))
            except ConnectionResetError as error:
                raise ClientGone from error
            if not part:
                raise ClientGone
            data += part
        return data

    def stall(self) -> None:
        """Send nothing more until the test is over."""
        self.server.is_stalling.set()
        self.server.leaving.wait(DEADLINE_S)

    # Handshake

    def greet(self, width: int = 64, height: int = 48, name: str = "fake", security: int = 1) -> None:
        """Version 3.8, no password, initialisation, up to the client's SetEncodings."""
        self.send(b"RFB 003.008\n")
        assert self.read(12) == b"RFB 003.008\n"
        self.send(bytes([1, security]))
        assert self.read(1) == bytes([security])
        self.send(struct.pack(">I", 0))
        self.initialise(width, height, name)

    def initialise(self, width: int = 64, height: int = 48, name: str = "fake") -> None:
        """ClientInit, ServerInit, and the client's pixel format and encodings."""
        self.shared = self.read(1) == b"\x01"
        self.send(server_init(width, height, name))
        assert self.next_message().kind == 0
        encodings = self.next_message()
        assert encodings.kind == 2
        self.encodings = list(struct.unpack_from(f">{(len(encodings.body) - 3) // 4}i", encodings.body, 3))

    def challenge(self, challenge: bytes = bytes(range(16))) -> bytes:
        """VNC authentication after the type was chosen: the client's response."""
        self.send(challenge)
        return self.read(16)

    def start_tls(self, context: ssl.SSLContext) -> None:
        try:
            self.sock = context.wrap_socket(self.sock, server_side=True)
        except (ssl.SSLError, ConnectionResetError, BrokenPipeError) as error:
            raise ClientGone from error

    # Messages

    def next_message(self) -> ClientMessage:
        kind = self.read(1)[0]
        if kind == 2:
            head = self.read(3)
            return ClientMessage(kind, head + self.read(4 * struct.unpack(">xH", head)[0]))
        if kind == 6:
            head = self.read(7)
            return ClientMessage(kind, head + self.read(struct.unpack(">3xI", head)[0]))
        if kind == 251:
            head = self.read(7)
            return ClientMessage(kind, head + self.read(16 * head[5]))
        size = {0: 19, 3: 9, 4: 7, 5: 5, 255: 11}[kind]
        return ClientMessage(kind, self.read(size))

    def next_request(self) -> bool:
        """Skip to the next update request: is it incremental?"""
        while True:
            message = self.next_message()
            if message.kind == 3:
                return message.body[0] == 1

    def next_of(self, *kinds: int) -> ClientMessage:
        """Skip to the next message of one of these types."""
        while True:
            message = self.next_message()
            if message.kind in kinds:
                return message

    def send_update(self, *rects: tuple[int, int, NDArray[np.uint32]]) -> None:
        """An update of raw rectangles."""
        self.send(update(*(raw_rect(x, y, pixels) for x, y, pixels in rects)))


def server_init(width: int, height: int, name: str = "fake") -> bytes:
    pixel_format = struct.pack(">BBBBHHHBBB3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
    encoded = name.encode()
    return struct.pack(">HH", width, height) + pixel_format + struct.pack(">I", len(encoded)) + encoded


def update(*rects: bytes, count: int | None = None) -> bytes:
    return struct.pack(">BxH", 0, len(rects) if count is None else count) + b"".join(rects)


def rect(x: int, y: int, width: int, height: int, encoding: int, payload: bytes = b"") -> bytes:
    return struct.pack(">HHHHi", x, y, width, height, encoding) + payload


def raw_rect(x: int, y: int, pixels: NDArray[np.uint32]) -> bytes:
    height, width = pixels.shape
    return rect(x, y, width, height, 0, pixels.astype("<u4").tobytes())


class RfbServer:
    """Accepts one connection after another and runs the script on each."""

    def __init__(self, script: Callable[[RfbClientEnd], None], *, tcp: bool = False) -> None:
        self._script = script
        self.leaving = threading.Event()
        self.is_stalling = threading.Event()
        self._failures: list[BaseException] = []
        self._folder = tempfile.mkdtemp(prefix="rfb-")
        self.path = os.path.join(self._folder, "vnc")
        self._listener = socket.socket(socket.AF_INET if tcp else socket.AF_UNIX)
        self._listener.bind(("127.0.0.1", 0) if tcp else self.path)
        self.port: int = self._listener.getsockname()[1] if tcp else 0
        self._listener.listen(4)
        self._thread = threading.Thread(target=self._serve, name="fake-rfb-server")

    def __enter__(self) -> RfbServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leaving.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(DEADLINE_S)
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        if value is None and self._failures:
            raise self._failures[0]

    def _serve(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            client = RfbClientEnd(sock, self)
            try:
                self._script(client)
            except ClientGone:
                pass
            except BaseException as error:
                self._failures.append(error)
            finally:
                client.sock.close()
