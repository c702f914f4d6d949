"""Where the demo runs, and what the embedded hypervisor needs before."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from vmgui.services import demo


@pytest.fixture
def sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Instead of the system's daemon."""
    path = tmp_path / "libvirt-sock"
    monkeypatch.setattr(demo, "_SYSTEM_SOCKETS", (str(path),))
    return path


def test_an_ordinary_user_has_a_session(sockets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert demo.demo_uri() == "qemu:///session"


def test_root_uses_the_daemon_if_one_answers(sockets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert demo.demo_uri().startswith("qemu:///embed?root=/")
    sockets.touch()
    # A socket that a dead daemon left behind answers nobody.
    assert demo.demo_uri().startswith("qemu:///embed?root=/")
    sockets.unlink()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(sockets))
        server.listen()
        assert demo.demo_uri() == "qemu:///system"


@pytest.mark.parametrize(("uid", "words"), [(0, 'security_driver = "none"'), (1000, "")])
def test_the_embedded_driver_gets_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uid: int, words: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    demo.prepare_embedded(tmp_path)
    demo.prepare_embedded(tmp_path)
    text = (tmp_path / "etc" / "qemu.conf").read_text()
    assert 'stdio_handler = "file"' in text
    assert words in text
    assert ("user" in text) == (uid == 0)
