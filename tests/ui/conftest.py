"""What holds for every test of the window."""

from collections.abc import Iterator

import pytest

from tests.helpers.window_thread import nothing_waits


@pytest.fixture(autouse=True)
def nothing_waits_on_the_windows_thread() -> Iterator[None]:
    """No libvirt call, file or network wait of the program, from first widget to last."""
    with nothing_waits():
        yield
