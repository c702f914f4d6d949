"""The way to a display where libvirt logs in by a library of its own, with a stand-in for ssh."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import cast

import pytest

from vmgui.hypervisor.event_stream import EventStream
from vmgui.hypervisor.session import MAX_GUESSES, Session
from vmgui.hypervisor.ssh.places import write_program
from vmgui.hypervisor.ssh.way import NoWay, Place
from vmgui.hypervisor.uri import read_uri
from vmgui.model.errors import ConnectionLost
from vmgui.model.host import HostConfig

PLACE = Place("127.0.0.1", 5901)


def session_to(uri: str) -> Session:
    return Session(
        HostConfig("h", "host", uri), read_uri(uri), None, cast(EventStream, NoEvents()), lambda _: None
    )


class NoEvents:
    def stop(self) -> None:
        return

    def deregister(self) -> None:
        return


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_program(
        tmp_path / "ssh", f'echo "$@" >{tmp_path}/asked; echo $$ >{tmp_path}/pid; printf RFB; exec cat'
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


@pytest.mark.parametrize("library", ["libssh", "libssh2"])
def test_where_a_library_logs_in_the_persons_ssh_leads_to_the_display(ssh: Path, library: str) -> None:
    session = session_to(f"qemu+{library}://ana@KVM-Lab:23/system?keyfile=/k&known_hosts=/x")
    with socket.socket(fileno=session.open_way(PLACE).take()) as way:
        assert way.recv(3) == b"RFB"
    asked = (ssh / "asked").read_text()
    assert asked.startswith("-o BatchMode=yes -W 127.0.0.1:5901 -p 23 -l ana -i /k ")
    assert asked.endswith(" -- KVM-Lab\n")
    session.close(host_is_silent=False)


def test_a_host_that_refuses_is_not_tried_for_ever(ssh: Path) -> None:
    (ssh / "ssh").write_text(f"#!/bin/sh\necho try >>{ssh}/tries; exit 255\n")
    session = session_to("qemu+libssh2://host/system")
    for _ in range(MAX_GUESSES + 3):
        with pytest.raises(NoWay):
            session.open_way(PLACE)
    assert (ssh / "tries").read_text().count("try") == MAX_GUESSES


def test_a_way_that_opens_while_the_session_closes_is_ended_with_it(ssh: Path) -> None:
    session = session_to("qemu+ssh://host/system?command=ssh")
    reached = session._is_given_up
    session._is_given_up = lambda: reached() and False  # type: ignore[method-assign]
    session.give_up()
    with pytest.raises(ConnectionLost):
        session.open_way(PLACE)
    assert not Path(f"/proc/{(ssh / 'pid').read_text().strip()}").exists()


def test_other_hosts_have_no_such_way() -> None:
    with pytest.raises(NoWay):
        session_to("qemu+tcp://host/system").open_way(PLACE)
