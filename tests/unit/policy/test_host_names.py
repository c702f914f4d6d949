"""Hosts of the same name are told apart."""

from dataclasses import replace

from vmgui.model.host import Host, HostConfig, HostInfo
from vmgui.policy.host_names import told_apart


def host(host_id: str, name: str, hostname: str = "") -> Host:
    info = (
        HostInfo(hostname, "QEMU", "x86_64", "", 1, 0, 0, 1, 1, 1, 1, (9, 0, 0), (7, 2, 0))
        if hostname
        else None
    )
    return Host(HostConfig(host_id, name, f"qemu+ssh://{host_id}/system"), info=info)


def test_a_name_of_its_own_needs_nothing() -> None:
    assert told_apart([host("1", "web", "a"), host("2", "db", "a")]) == {"1": "", "2": ""}


def test_the_machines_own_name_tells_them_apart_else_the_address() -> None:
    same = [host("1", "qemu system", "host-a"), host("2", "QEMU system", "host-b"), host("3", "qemu system")]
    assert told_apart(same) == {"1": "host-a", "2": "host-b", "3": "qemu+ssh://3/system"}


def test_machines_that_call_themselves_the_same_are_told_by_address() -> None:
    same = [host("1", "web", "localhost"), host("2", "web", "localhost")]
    assert told_apart(same) == {"1": "qemu+ssh://1/system", "2": "qemu+ssh://2/system"}


def test_what_is_shown_is_the_name_with_what_tells_it_apart() -> None:
    assert host("1", "web").name == "web"
    assert replace(host("1", "web"), apart="host-a").name == "web (host-a)"
