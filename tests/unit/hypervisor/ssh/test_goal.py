"""Where ssh really goes, asked of a stand-in for ssh."""

from __future__ import annotations

from pathlib import Path

import pytest

from vmgui.hypervisor.ssh.goal import SshGoal, ssh_goal


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return tmp_path / "asked"


def ssh_that_says(folder: Path, words: str) -> Path:
    script = folder / "ssh"
    script.write_text(f"#!/bin/sh\necho \"$@\" > '{folder}/asked'\nprintf '{words}'\n")
    script.chmod(0o755)
    return script


def test_an_alias_is_asked_for_as_it_is_written(tmp_path: Path, asked: Path) -> None:
    ssh = ssh_that_says(tmp_path, "hostname kvm7.lan\\nport 2222\\n")
    goal = ssh_goal(f"qemu+ssh://Ana%20B@KVM-Lab:23/system?command={ssh}")
    assert goal == SshGoal("kvm7.lan", 2222, is_direct=True)
    assert asked.read_text() == "-G -p 23 -l Ana B -- KVM-Lab\n"


@pytest.mark.parametrize("between", ["proxyjump other", "proxycommand nc %h %p"])
def test_what_stands_between_is_told(tmp_path: Path, between: str) -> None:
    ssh = ssh_that_says(tmp_path, f"hostname h\\nport 22\\n{between.replace('%', '%%')}\\n")
    assert ssh_goal(f"qemu+ssh://a/system?command={ssh}") == SshGoal("h", 22, is_direct=False)


def test_where_nothing_can_be_told(tmp_path: Path) -> None:
    for words in ("usage: not ssh\\n", ""):
        assert ssh_goal(f"qemu+ssh://a/system?command={ssh_that_says(tmp_path, words)}") is None
    assert ssh_goal("qemu+ssh://a/system?command=/nonexistent/ssh") is None
    assert ssh_goal("qemu+libssh2://a/system") is None
    assert ssh_goal("qemu:///system") is None
