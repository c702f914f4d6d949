"""What a newcomer is offered."""

from __future__ import annotations

import os

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
