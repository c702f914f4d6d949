"""How fast recorded display streams are decoded: `python -m tests.perf.console [FOLDER]`.

FOLDER holds `NAME.rfb.xz` recordings (default: the short ones of the unit tests). CPU time, best of five; the
second column is the same through a socket, a session and its thread, as a window would get it.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from tests.helpers.rfb_server import RfbClientEnd, RfbServer
from tests.helpers.rfb_streams import DATA, play, player, stream, stream_names
from vmgui.console.rfb.events import Disconnected, SessionEvent, Updated, UpdateFinished
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import UnixTarget

ROUNDS = 5
HANDSHAKE = b"RFB 003.008\n\x01\x01\x00\x00\x00\x00"


def decode_s(data: bytes) -> tuple[float, int]:
    """CPU seconds to decode, and how many updates that were."""
    best, updates = float("inf"), 0
    for _ in range(ROUNDS):
        protocol = player()
        before = time.process_time()
        updates = sum(isinstance(event, UpdateFinished) for event in play(protocol, data))
        best = min(best, time.process_time() - before)
    return best, updates


def session_s(data: bytes) -> float:
    """Wall seconds from the first byte to the last through a socket."""

    def script(client: RfbClientEnd) -> None:
        client.send(HANDSHAKE + data)

    ended = threading.Event()

    def listen(events: tuple[SessionEvent, ...]) -> None:
        for event in events:
            if isinstance(event, Updated):
                session.painted()
            elif isinstance(event, Disconnected):
                ended.set()

    with RfbServer(script) as server:
        session = RfbSession(UnixTarget(server.path), RfbOptions(), listen)
        before = time.perf_counter()
        session.start()
        ended.wait(60)
        taken = time.perf_counter() - before
        session.join(5)
    return taken


def main() -> None:
    """Print a table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    print(f"{'stream':32}{'MB':>7}{'decode ms':>11}{'MB/s':>9}{'updates/s':>11}{'session ms':>12}")
    for name in stream_names(folder):
        data = stream(name, folder)
        seconds, updates = decode_s(data)
        through = min(session_s(data) for _ in range(ROUNDS))
        print(
            f"{name:32}{len(data) / 1e6:7.1f}{seconds * 1e3:11.1f}{len(data) / seconds / 1e6:9.1f}"
            f"{updates / seconds:11.1f}{through * 1e3:12.1f}"
        )


if __name__ == "__main__":
    main()
