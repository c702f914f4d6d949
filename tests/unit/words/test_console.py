"""Why there is no picture: each cause with what to do about it."""

from __future__ import annotations

from vmgui.model.console import Barrier, ConsoleKind, ConsoleTarget, NoConsole
from vmgui.words.console import no_console


def told(barrier: Barrier) -> str:
    target = ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.NO_WAY, where="127.0.0.1:5901", barrier=barrier)
    return no_console(NoConsole.NO_WAY, "web-01", target).text


def test_what_keeps_ssh_from_a_display_is_told_apart() -> None:
    forbidden, nobody, either = map(told, (Barrier.FORBIDDEN, Barrier.NOBODY, Barrier.UNKNOWN))
    assert "does not allow the way on to 127.0.0.1:5901" in forbidden
    assert "AllowTcpForwarding" in forbidden
    assert "nothing accepts connections at 127.0.0.1:5901" in nobody
    assert "AllowTcpForwarding" not in nobody
    assert "AllowTcpForwarding" in either
    assert "nobody listens there" in either
