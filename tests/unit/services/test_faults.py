"""Whoever waits is told of a fault of the program as of any other failure."""

import pytest

from vmgui.model.errors import InternalFault, NotFound
from vmgui.services.faults import ours


async def fine() -> int:
    return 7


async def expected() -> None:
    raise NotFound("gone")


async def unexpected() -> None:
    raise UnicodeDecodeError("utf-8", b"\xe7", 0, 1, "invalid start byte")


async def test_what_is_ours_stays(caplog: pytest.LogCaptureFixture) -> None:
    assert await ours(fine()) == 7
    with pytest.raises(NotFound):
        await ours(expected())
    assert not caplog.records


async def test_what_is_not_becomes_so_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InternalFault, match="UnicodeDecodeError"):
        await ours(unexpected())
    assert "invalid start byte" in caplog.text
