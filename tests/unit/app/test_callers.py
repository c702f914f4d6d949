"""The names of hosts that come from the command line."""

import pytest

from vmgui.app.callers import host_name_of


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("qemu+ssh://root@server:2222/system", "server"),
        ("qemu+tcp://[fd00::1]:16509/system", "fd00::1"),
        ("qemu+tls://[fd00::1]/system", "fd00::1"),
        ("qemu:///system", "qemu system"),
        ("test:///default", "test default"),
    ],
)
def test_a_short_name_for_a_host(uri: str, name: str) -> None:
    assert host_name_of(uri) == name
