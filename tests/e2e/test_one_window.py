"""A second start on the same settings: the window that is open comes to the front and shows what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.program import Program
from tests.helpers.waiting import eventually_blocking

TEST_URI = "test:///default"
NODE = """<node><domain type='test'><name>first</name><memory unit='MiB'>64</memory><os><type>hvm</type></os></domain>
<cpu><mhz>3000</mhz><model>i7</model><active>2</active><nodes>1</nodes><sockets>1</sockets><cores>2</cores>
<threads>1</threads></cpu><memory>8388608</memory></node>"""


def second_start(screen: Desktop, first: Program, *arguments: str) -> tuple[int, str]:
    """Its status and what it wrote; it must end by itself."""
    mine = (first.home / "output.txt").read_text()
    (first.home / "output.txt").rename(first.home / "first.txt")
    second = screen.start_program(*arguments, home=first.home)
    status = second.process.wait(60)
    words = second.output()
    (first.home / "first.txt").write_text(mine)
    (first.home / "first.txt").rename(first.home / "output.txt")
    second.kill()
    return status, words


@pytest.mark.timeout(120)
def test_the_open_window_is_raised_and_connects(screen: Desktop, tmp_path: Path) -> None:
    (tmp_path / "node.xml").write_text(NODE)
    with screen.program("--connect", f"test://{tmp_path / 'node.xml'}") as first:
        first.wait_row("^first, ")
        window = screen.run("xdotool", "search", "--onlyvisible", "--pid", str(first.process.pid)).split()[-1]
        screen.run("xdotool", "windowminimize", window)
        status, words = second_start(screen, first, "--connect", TEST_URI, "--show-console", "test")
        assert (status, words) == (0, "vmgui: the window that is open already shows it.\n")
        first.wait_row("^test, ")
        # It is in front again, and the console of the machine that was named is what it shows.
        eventually_blocking(lambda: screen.run("xdotool", "getactivewindow").strip() == window)
        first.find("Console", "page tab")
        assert len(first.all(role="frame")) == 1
