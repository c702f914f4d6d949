"""Why a host cannot be connected to, in words: never advice for another computer where it is this one."""

import os
import pwd

import pytest

from vmgui.model.errors import AuthFailed, ConnectionLost, HostUnreachable, PermissionDenied
from vmgui.model.host import HostConfig
from vmgui.words import diagnosis as diagnosis_words
from vmgui.words.diagnosis import explain_connection, may_go_on_alone

LOCAL = HostConfig("h", "This computer", "qemu:///system")
REMOTE = HostConfig("h", "host-a", "qemu+ssh://ana@host-a/system")
SOCKET = "Failed to connect socket to '/var/run/libvirt/libvirt-sock': "
REFUSALS = [
    PermissionDenied(SOCKET + "Permission denied"),
    PermissionDenied("authentication unavailable: no polkit agent available to authenticate action 'x'"),
    HostUnreachable("Unable to get system bus connection: Could not connect: No such file or directory"),
    HostUnreachable(SOCKET + "No such file or directory"),
    HostUnreachable(SOCKET + "Connection refused"),
    HostUnreachable("no answer within 20 s"),
    HostUnreachable(""),
    HostUnreachable("something nobody has ever seen"),
    ConnectionLost("end of file"),
]


@pytest.mark.parametrize("error", REFUSALS)
def test_of_this_very_computer_neither_address_nor_network_is_to_be_checked(error: Exception) -> None:
    words = explain_connection(error, LOCAL).next_step
    for word in ("address", "network", "firewall", "there"):
        assert word not in words.split()


@pytest.mark.parametrize("error", REFUSALS[:3])
def test_the_command_is_this_persons_own(error: Exception) -> None:
    assert (
        f"sudo usermod -aG libvirt {pwd.getpwuid(os.geteuid()).pw_name}"
        in explain_connection(error, LOCAL).next_step
    )


def test_the_command_does_not_name_who_started_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "somebody-else")
    name = pwd.getpwuid(os.geteuid()).pw_name
    assert f"sudo usermod -aG libvirt {name}”" in explain_connection(REFUSALS[0], LOCAL).next_step


def test_an_alias_is_named_as_it_is_written() -> None:
    config = HostConfig("h", "lab", "qemu+ssh://ana@KVM-Lab:22/system")
    behind = HostUnreachable("kex_exchange_identification: Connection closed by UNKNOWN port 65535")
    assert "“ssh KVM-Lab”" in explain_connection(behind, config).next_step
    unknown = HostUnreachable("ssh: Could not resolve hostname kvm-lab: Name or service not known")
    assert "“KVM-Lab”" in explain_connection(unknown, config).what


def test_elsewhere_the_command_names_the_user_of_the_address() -> None:
    error = PermissionDenied("no polkit agent")
    assert "sudo usermod -aG libvirt ana" in explain_connection(error, REMOTE).next_step


def test_what_others_printed_is_among_the_details() -> None:
    error = AuthFailed("ana@host-a: Permission denied (password).")
    error.aside = "WELCOME"
    assert explain_connection(error, REMOTE).details.endswith("Printed on the way there:\nWELCOME")


def test_whoever_the_system_refuses_may_go_on_with_machines_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagnosis_words.os, "geteuid", lambda: 1000)
    assert all(may_go_on_alone(error, LOCAL) for error in REFUSALS[:4])
    assert not may_go_on_alone(REFUSALS[0], REMOTE)
    assert not may_go_on_alone(AuthFailed("x"), LOCAL)
    monkeypatch.setattr(diagnosis_words.os, "geteuid", lambda: 0)
    assert not may_go_on_alone(REFUSALS[0], LOCAL)


def test_root_has_no_machines_of_its_own() -> None:
    if os.geteuid() == 0:
        assert not may_go_on_alone(REFUSALS[0], LOCAL)
