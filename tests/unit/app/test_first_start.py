"""What a newcomer is offered."""

from __future__ import annotations

import errno
import os

import pytest

from vmgui.app.first_start import local_hosts


def test_a_system_daemon_is_offered(tmp_path):
    socket = tmp_path / "libvirt-sock"
    socket.touch()
    (host,) = local_hosts((str(socket),))
    assert host.uri == "qemu:///system"
    assert host.name == "This computer"


def test_without_a_daemon_root_is_offered_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert local_hosts((str(tmp_path / "none"),)) == ()


def test_a_closed_directory_of_sockets_is_none(tmp_path, monkeypatch):
    """As an earlier embedded hypervisor left /run/libvirt; for root nothing is closed, hence the other ones."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "libvirt-sock").touch()
    closed.chmod(0)
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    places = [tmp_path / "file" / "sock", tmp_path / "loop" / "sock", tmp_path / ("x" * 300) / "sock"]
    if os.geteuid() != 0:
        places.append(closed / "libvirt-sock")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert local_hosts(tuple(map(str, places))) == ()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert {host.uri for host in local_hosts(tuple(map(str, places)))} <= {"qemu:///session"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ELOOP, errno.ESTALE])
def test_whatever_a_directory_refuses_with(number, monkeypatch):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert local_hosts() == ()
