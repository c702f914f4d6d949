"""Ports that are forwarded, and VLAN tags, as lines that people type."""

import pytest

from vmgui.commands.hardware.interface_lines import (
    Wrong,
    forwards_lines,
    is_open,
    read_forwards,
    read_tags,
    tags_text,
    what_is_wrong,
)
from vmgui.model.device_network import PortForward, PortRange, VlanTag


@pytest.mark.parametrize(
    ("line", "forward"),
    [
        ("tcp 2222", PortForward(protocol="tcp", ranges=(PortRange(start=2222),))),
        ("udp 5000-5010 -> 6000", PortForward(protocol="udp", ranges=(PortRange(start=5000, end=5010, to=6000),))),
        ("tcp [::1]:80 -> 8080", PortForward(protocol="tcp", address="::1", ranges=(PortRange(start=80, to=8080),))),
        ("tcp 10.0.0.1%eth0:80", PortForward(protocol="tcp", address="10.0.0.1", device="eth0", ranges=(PortRange(start=80),))),
        ("tcp %eth0:80", PortForward(protocol="tcp", device="eth0", ranges=(PortRange(start=80),))),
        ("tcp 5005 -> none", PortForward(protocol="tcp", ranges=(PortRange(start=5005, exclude=True),))),
        ("udp *", PortForward(protocol="udp")),
    ],
)  # fmt: skip
def test_a_line_is_what_it_says_and_is_written_so(line: str, forward: PortForward) -> None:
    assert what_is_wrong(line) == ""
    assert read_forwards([line]) == (forward,)
    assert forwards_lines([forward]) == (line,)


def test_lines_of_one_place_are_one_of_libvirts() -> None:
    lines = ("tcp 127.0.0.1:2222 -> 22", "tcp 127.0.0.1:8080 -> 80", "udp 53")
    found = read_forwards(lines)
    assert [len(forward.ranges) for forward in found] == [2, 1]
    assert forwards_lines(found) == lines
    assert [is_open(forward) for forward in found] == [False, True]


@pytest.mark.parametrize(
    "line",
    [
        "2222", "tcp", "sctp 1", "tcp 0", "tcp 65536", "tcp 10-9", "tcp 1 -> 0", "tcp 60000-60010 -> 65530",
        "tcp 999.1.1.1:80", "tcp [:::]:80", "tcp * -> 5", "tcp host:80", "tcp 1;rm", "tcp " + "1" * 200, "",
    ],
)  # fmt: skip
def test_what_is_none_is_said(line: str) -> None:
    assert what_is_wrong(line)
    with pytest.raises(Wrong):
        read_forwards([line])


@pytest.mark.parametrize(
    ("lines", "good"),
    [
        (("tcp 80", "tcp 80 -> 8080"), False),
        (("tcp 80", "tcp 127.0.0.1:80"), False),
        (("tcp 80-90", "tcp 85"), False),
        (("tcp 80-90", "tcp 85 -> none"), True),
        (("tcp 10.0.0.1:80", "tcp 127.0.0.1:80"), True),
        (("tcp 80", "udp 80"), True),
    ],
)
def test_a_port_of_the_host_is_forwarded_once(lines: tuple[str, ...], good: bool) -> None:
    if good:
        assert forwards_lines(read_forwards(lines)) == lines
    else:
        with pytest.raises(Wrong):
            read_forwards(lines)


def test_tags() -> None:
    assert read_tags(" 10,20 30 ") == (VlanTag(id=10), VlanTag(id=20), VlanTag(id=30))
    assert tags_text(read_tags("0, 4095")) == "0, 4095"
    assert read_tags("") == ()
    for text in ("4096", "-1", "x", "1,1", "٣"):
        with pytest.raises(Wrong):
            read_tags(text)
