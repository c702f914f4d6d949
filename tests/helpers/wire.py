"""A wire between the program and a daemon that a test can make slow, mute or cut: a TCP proxy on the loopback.

Runs on a thread of its own, so that it neither slows the loop under test nor is slowed by it.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import selectors
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

_PIECE = 1 << 16


class Wire:
    """From `port` on 127.0.0.1 to `target`; a context manager. All attributes may be set at any time.

    `delay_s`: how much later answers arrive. `is_mute`: connections are accepted and nothing passes; what came
    meanwhile passes when it is lifted.
    """

    def __init__(self, target: tuple[str, int], *, delay_s: float = 0.0, is_mute: bool = False) -> None:
        self.delay_s = delay_s
        self.accepted = 0
        self._is_mute = is_mute
        self._target = target
        self._selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = None
        self._peers: dict[socket.socket, socket.socket] = {}
        self._answers_from: set[socket.socket] = set()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._held: list[Callable[[], None]] = []
        self._numbers = itertools.count()
        self._commands: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._near, self._far = socket.socketpair()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="test wire", daemon=True)
        self.port = 0

    def __enter__(self) -> Wire:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._listener.getsockname()[1]
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._far, selectors.EVENT_READ)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self._end)
        self._thread.join(60)

    @property
    def uri(self) -> str:
        return f"qemu+tcp://127.0.0.1:{self.port}/system"

    @property
    def is_mute(self) -> bool:
        return self._is_mute

    @is_mute.setter
    def is_mute(self, on: bool) -> None:
        self._is_mute = on
        self._do(self._release)

    @property
    def held(self) -> int:
        """How much waits until the wire is no longer mute."""
        return len(self._held)

    @property
    def delayed(self) -> int:
        """How many answers are on their way."""
        return len(self._waiting)

    def drop_all(self) -> None:
        """Every connection ends, as when a daemon dies."""
        self._do(self._drop_all)

    # On the thread.

    def _do(self, command: Callable[[], None]) -> None:
        # Told before the thread can take it: the last command closes what tells.
        with self._lock:
            self._commands.append(command)
            self._near.send(b"x")

    def _run(self) -> None:
        while not self._ended:
            left_s = max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else None
            for key, _ in self._selector.select(left_s):
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._far:
                    self._far.recv(_PIECE)
                else:
                    self._pass_on(key.fileobj)  # type: ignore[arg-type]
            with self._lock:
                commands, self._commands = self._commands, []
            for command in commands:
                command()
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                heapq.heappop(self._waiting)[2]()

    def _accept(self) -> None:
        assert self._listener is not None
        with contextlib.suppress(OSError):
            near, _ = self._listener.accept()
            self.accepted += 1
            self._later(lambda: self._connect(near), 0.0)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            near.close()
            return
        self._peers |= {near: far, far: near}
        self._answers_from.add(far)
        for one in (near, far):
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, source: socket.socket) -> None:
        if source not in self._peers:
            return
        try:
            data = source.recv(_PIECE)
        except OSError:
            data = b""
        if not data:
            self._drop(source)
            return
        self._later(lambda: self._send(source, data), self.delay_s if source in self._answers_from else 0.0)

    def _send(self, source: socket.socket, data: bytes) -> None:
        goal = self._peers.get(source)
        if goal is None:
            return
        try:
            goal.sendall(data)
        except OSError:
            self._drop(source)

    def _later(self, action: Callable[[], None], delay_s: float) -> None:
        if self._is_mute:
            self._held.append(action)
        elif delay_s:
            heapq.heappush(self._waiting, (time.monotonic() + delay_s, next(self._numbers), action))
        else:
            action()

    def _release(self) -> None:
        if not self._is_mute:
            held, self._held = self._held, []
            for action in held:
                action()

    def _drop(self, one: socket.socket) -> None:
        other = self._peers.pop(one, None)
        if other is None:
            return
        self._peers.pop(other, None)
        for each in (one, other):
            self._answers_from.discard(each)
            self._selector.unregister(each)
            each.close()

    def _drop_all(self) -> None:
        for one in tuple(self._peers):
            self._drop(one)

    def _end(self) -> None:
        self._drop_all()
        self._ended = True
        for one in (self._listener, self._near, self._far):
            if one is not None:
                one.close()
        self._selector.close()
