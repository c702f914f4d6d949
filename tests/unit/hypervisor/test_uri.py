"""What a URI says, without asking libvirt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.hypervisor.uri import Transport, UriDanger, dangers, read_uri, without_zone, zone_of


@pytest.mark.parametrize(
    ("uri", "transport", "hostname", "is_local"),
    [
        ("qemu:///system", Transport.UNIX, "", True),
        ("qemu:///session", Transport.UNIX, "", True),
        ("qemu+unix:///system?socket=/run/x", Transport.UNIX, "", True),
        ("qemu:///embed?root=/tmp/x", Transport.IN_PROCESS, "", True),
        ("test:///default", Transport.IN_PROCESS, "", True),
        ("qemu+ssh://root@host/system", Transport.SSH, "host", False),
        ("qemu+libssh2://host/system", Transport.SSH, "host", False),
        ("qemu+tcp://127.0.0.1/system", Transport.TCP, "127.0.0.1", False),
        ("qemu+tls://host:1234/system", Transport.TLS, "host", False),
        ("qemu://host/system", Transport.TLS, "host", False),
        ("qemu+ssh://[::1]:22/system", Transport.SSH, "::1", False),
        ("esx://host/", Transport.IN_PROCESS, "host", False),
        ("xen:///system", Transport.UNIX, "", True),
        ("qemu+bogus://host/", Transport.UNKNOWN, "host", False),
        ("garbage", Transport.UNKNOWN, "", False),
        ("", Transport.UNKNOWN, "", False),
        ("qemu://[::1/system", Transport.UNKNOWN, "", False),
    ],
)
def test_uri(uri: str, transport: Transport, hostname: str, is_local: bool) -> None:
    facts = read_uri(uri)
    assert (facts.transport, facts.hostname, facts.is_local) == (transport, hostname, is_local)


@pytest.mark.parametrize(
    ("uri", "port"),
    [
        ("qemu+tcp://h/system", 16509),
        ("qemu+tcp://h:99/system", 99),
        ("qemu+tls://h/system", 16514),
        ("qemu://[::1]:7/system", 7),
        ("qemu+ssh://h/system", 0),
        ("qemu:///system", 0),
    ],
)
def test_port(uri: str, port: int) -> None:
    assert read_uri(uri).port == port


def test_the_zone_of_an_address_is_for_this_computer_only() -> None:
    hostname = read_uri("qemu+tcp://[fe80::1%25eth0]/system").hostname
    assert (hostname, without_zone(hostname), zone_of(hostname)) == ("fe80::1%eth0", "fe80::1", "eth0")
    assert (without_zone("a%b"), zone_of("a%b"), zone_of("fd00::1")) == ("a%b", "", "")


def test_embedded_root() -> None:
    assert read_uri("qemu:///embed?root=/tmp/a%20b").embed_root == "/tmp/a b"


def test_session() -> None:
    assert read_uri("qemu:///session").is_session
    assert not read_uri("qemu:///system").is_session


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read_uri(text)
    dangers(text)


PROGRAM, UNVERIFIED, OPEN, SOCKET = UriDanger


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("qemu:///system", []),
        ("qemu:///session", []),
        ("test:///default", []),
        ("qemu+ssh://root@h:22/system?keyfile=/k&no_verify=0&known_hosts_verify=normal", []),
        ("qemu+tls://h/system", []),
        ("qemu+tcp://localhost/system", []),
        ("qemu+unix:///system?socket=/run/libvirt/libvirt-sock", []),
        ("qemu+unix:///session?socket=/run/user/1000/libvirt/virtqemud-sock", []),
        ("qemu:///embed?root=/home/eve/x", [PROGRAM]),
        ("QEMU:///embed", [PROGRAM]),
        ("qemu+ext://h/system", [PROGRAM]),
        ("qemu+ssh://h/system?command=/x", [PROGRAM]),
        ("qemu+ssh://h/system?COMMAND=/x", [PROGRAM]),
        ("qemu+ssh://h/system?a=1;netcat=/x", [PROGRAM]),
        ("qemu+ssh://h/system?command", [PROGRAM]),
        ("qemu+ssh://-oProxyCommand=x/system", [PROGRAM]),
        ("qemu+ssh://-oProxyCommand=x@h/system", [PROGRAM]),
        ("qemu+ssh://h/system?name=qemu:///embed%3Froot%3D/x", [PROGRAM]),
        ("qemu://[h/system", [PROGRAM]),
        ("qemu+ssh://h/system?no_verify=1", [UNVERIFIED]),
        ("qemu+tls://h/system?No_Verify=2", [UNVERIFIED]),
        ("qemu+tls://h/system?no_sanity=1", [UNVERIFIED]),
        ("qemu+tls://h/system?pkipath=/tmp/x", [UNVERIFIED]),
        ("qemu+libssh2://h/system?known_hosts_verify=ignore", [UNVERIFIED]),
        ("qemu+libssh://h/system?known_hosts_verify=auto", [UNVERIFIED]),
        ("qemu+libssh2://h/system?known_hosts=/tmp/x", [UNVERIFIED]),
        ("qemu+tcp://h/system", [OPEN]),
        ("QEMU+TCP://h/system?no_verify=1", [UNVERIFIED, OPEN]),
        ("hyperv://h/?transport=http", [OPEN]),
        ("qemu+unix:///system?socket=/tmp/eve", [SOCKET]),
        ("qemu+ssh://h/system?socket=/run/libvirt/../../tmp/eve", [SOCKET]),
    ],
)
def test_what_is_to_be_known_before_connecting(uri: str, found: list[UriDanger]) -> None:
    assert list(dangers(uri)) == found
