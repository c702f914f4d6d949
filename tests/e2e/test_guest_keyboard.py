"""Whose key is it, under a real window manager: Alt+F4 and Alt+Tab while the guest's screen has the keyboard."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.desktop import Desktop
from tests.helpers.rfb_server import ClientGone, RfbClientEnd, RfbServer
from tests.helpers.waiting import eventually_blocking

NODE = """<node><domain type='test'><name>first</name><memory unit='MiB'>64</memory><os><type>hvm</type></os>
<devices><graphics type='vnc' port='{port}' autoport='no' listen='127.0.0.1'/></devices></domain>
<cpu><mhz>3000</mhz><model>i7</model><active>2</active><nodes>1</nodes><sockets>1</sockets><cores>2</cores>
<threads>1</threads></cpu><memory>8388608</memory></node>"""
SCREEN = "Screen of first"
KEY_EVENT = 4
CTRL, ALT, F4, A = 0xFFE3, 0xFFE9, 0xFFC1, ord("a")


@pytest.mark.timeout(300)
def test_alt_f4_is_the_guests_until_the_keyboard_is_given_back(screen: Desktop, tmp_path: Path) -> None:
    keys: list[tuple[int, int]] = []

    def script(client: RfbClientEnd) -> None:
        client.greet(640, 400)
        client.next_request()
        client.send_update((0, 0, np.full((400, 640), 0x204060, np.uint32)))
        try:
            while True:
                keys.append(struct.unpack(">BxxI", client.next_of(KEY_EVENT).body))
        except ClientGone:
            return

    with RfbServer(script, tcp=True) as server:
        node = tmp_path / "node.xml"
        node.write_text(NODE.format(port=server.port))
        program = screen.start_program("--connect", f"test://{node}", "--show-console", "first")
        try:
            program.wait_window()
            program.click(SCREEN)
            program.key("a")
            eventually_blocking(lambda: keys == [(1, A), (0, A)], 60)
            # Nothing stays down, though the window manager keeps F4 and what comes after it for itself.
            program.key("alt+F4")
            eventually_blocking(lambda: keys[2:] == [(1, ALT), (1, F4), (0, F4), (0, ALT)], 60)
            program.key("alt+Tab")
            eventually_blocking(lambda: keys[6:] == [(1, ALT), (0, ALT)], 60)
            program.click(SCREEN)
            program.key("a")
            eventually_blocking(lambda: keys[8:] == [(1, A), (0, A)], 60)
            program.key("ctrl+alt")
            both = [(0, CTRL), (0, ALT), (1, CTRL), (1, ALT)]
            eventually_blocking(lambda: sorted(keys[10:]) == both, 60)
            program.key("alt+F4")
            assert program.process.wait(60) == 0
        finally:
            program.kill()
