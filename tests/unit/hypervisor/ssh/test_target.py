"""The same arguments as libvirt gives ssh, and a URI that makes it use ours."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from vmgui.hypervisor.ssh.target import read_target, with_command


@pytest.mark.parametrize(
    ("uri", "arguments"),
    [
        ("qemu+ssh://host-a/system", ["--", "host-a"]),
        ("qemu+ssh://us%40er@Host-A:2222/system", ["-p", "2222", "-l", "us@er", "--", "Host-A"]),
        ("qemu+ssh://[fd00::1]:22/session", ["-p", "22", "--", "fd00::1"]),
        (
            "qemu+ssh://h/system?keyfile=/tmp/k%20y",
            ["-i", "/tmp/k y", "-o", "IdentitiesOnly=yes", "--", "h"],
        ),
        ("qemu+ssh://h/system?no_tty=1", ["-o", "BatchMode=yes", "--", "h"]),
        ("qemu+ssh://h/system?no_verify=1", ["-o", "StrictHostKeyChecking=no", "--", "h"]),
        ("qemu+ssh://-oProxyCommand=x/system", ["--", "-oProxyCommand=x"]),
    ],
)
def test_the_uri_as_arguments(uri: str, arguments: list[str]) -> None:
    target = read_target(uri)
    assert target is not None
    assert target.arguments == arguments


@pytest.mark.parametrize(
    "uri",
    [
        "qemu:///system",
        "qemu+tls://h/system",
        "qemu+libssh2://h/system",
        "qemu+ssh://h/system?command=/usr/local/bin/myssh",
        "qemu+ssh:///system",
        "qemu+ssh://h:x/system",
    ],
)
def test_other_ways_are_left_to_libvirt(uri: str) -> None:
    assert read_target(uri) is None


def test_libvirt_is_told_of_our_program() -> None:
    uri = with_command("qemu+ssh://root@h/system?proxy=native&keyfile=/a b", "/run/user/1/v m/ssh")
    assert "+" not in urlsplit(uri).query
    assert parse_qs(urlsplit(uri).query) == {
        "proxy": ["native"],
        "keyfile": ["/a b"],
        "command": ["/run/user/1/v m/ssh"],
    }
