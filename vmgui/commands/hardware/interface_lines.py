"""What is typed of a network card in lines: VLAN tags, and ports that are forwarded into the guest."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vmgui.model.device_network import PortForward, PortRange, VlanTag
from vmgui.policy.plain_text import visible
from vmgui.words.say import Say, say

MOST_TAG = 4095
MOST_PORT = 65535
MOST_CHARS = 100  # of a line
EXAMPLE, EXAMPLE_OF_RANGE = "tcp 127.0.0.1:2222 -> 22", "udp 5000-5010"
_TAGS = re.compile(r"[\s,]+")
_LINE = re.compile(
    r"(?P<protocol>tcp|udp)\s+"
    r"(?:(?P<address>\[[0-9A-Fa-f:.]+\]|[0-9.]+)?(?:%(?P<device>[^\s/:%]{1,15}))?:)?"
    r"(?P<start>[0-9]{1,5}|\*)(?:-(?P<end>[0-9]{1,5}))?"
    r"(?:\s*->\s*(?P<to>[0-9]{1,5}|none))?",
    re.IGNORECASE,
)


class Wrong(ValueError):
    """What is wrong with a text, in words for a person."""

    def __init__(self, words: Say, **values: object) -> None:
        super().__init__(words.format(**values))


# VLANs.


def read_tags(text: str, before: Iterable[VlanTag] = ()) -> tuple[VlanTag, ...]:
    """ "42", or "10, 20, 30" for a trunk; a tag that was there `before` stays as it was. Raises Wrong."""
    known = {tag.id: tag for tag in before}
    found: list[VlanTag] = []
    for word in _TAGS.split(text.strip(" ,")):
        if not word:
            continue
        if not (word.isascii() and word.isdigit() and len(word) <= 4 and int(word) <= MOST_TAG):
            raise Wrong(
                say("Hardware", "“{text}” is no VLAN tag: say a number from 0 to {most}, or several with commas."),
                text=visible(word, 40),
                most=MOST_TAG,
            )  # fmt: skip
        tag = known.get(int(word), VlanTag(id=int(word)))
        if tag in found:
            raise Wrong(say("Hardware", "VLAN tag {tag} is there twice."), tag=word)
        found.append(tag)
    return tuple(found)


def tags_text(tags: Iterable[VlanTag]) -> str:
    """As it is typed."""
    return ", ".join(str(tag.id) for tag in tags if tag.id is not None)


# Ports.


@dataclass(frozen=True, slots=True)
class _Line:
    protocol: str
    address: str
    device: str
    range: PortRange | None  # None: all ports


def read_forwards(lines: Iterable[str]) -> tuple[PortForward, ...]:
    """From "tcp 127.0.0.1:2222 -> 22", "udp 5000-5010", "tcp 5005 -> none" (not this one), "tcp 10.0.0.1:*" (all).

    Lines of one protocol and address that follow each other are one of libvirt's. Raises Wrong.
    """
    read: list[_Line] = []
    for line in lines:
        one = _read_line(line)
        if any(_collide(one, other) for other in read):
            raise Wrong(
                say("Hardware", "“{text}”: a line above forwards the same port of the host."),
                text=visible(line.strip(), 60),
            )
        read.append(one)
    found: list[PortForward] = []
    for one in read:
        ranges = (one.range,) if one.range is not None else ()
        last = found[-1] if found else None
        if ranges and last is not None and last.ranges and _place(last) == _place(one):
            ranges = (*found.pop().ranges, *ranges)
        found.append(
            PortForward(protocol=one.protocol, address=one.address, device=one.device, ranges=ranges)
        )
    return tuple(found)


def what_is_wrong(line: str) -> str:
    """With one line by itself, as a sentence; empty: nothing."""
    try:
        _read_line(line)
    except Wrong as wrong:
        return str(wrong)
    return ""


def forwards_lines(forwards: Iterable[PortForward]) -> tuple[str, ...]:
    """As they are typed."""
    return tuple(_line_text(forward, one) for forward in forwards for one in (forward.ranges or (None,)))


def is_open(forward: PortForward) -> bool:
    """Whether others than the host itself reach it."""
    try:
        return not forward.address or not ipaddress.ip_address(forward.address).is_loopback
    except ValueError:
        return True


def _place(one: PortForward | _Line) -> tuple[str, str, str]:
    return one.protocol, one.address, one.device


def _line_text(forward: PortForward, one: PortRange | None) -> str:
    address = f"[{forward.address}]" if ":" in forward.address else forward.address
    place = f"{address}%{forward.device}" if forward.device else address
    ports = "*" if one is None or one.start is None else str(one.start)
    if one is not None and one.end is not None:
        ports = f"{ports}-{one.end}"
    text = f"{forward.protocol or 'tcp'} {place}:{ports}" if place else f"{forward.protocol or 'tcp'} {ports}"
    if one is None or (one.to is None and not one.exclude):
        return text
    return f"{text} -> {'none' if one.exclude else one.to}"


def _read_line(line: str) -> _Line:
    found = _LINE.fullmatch(line.strip()) if len(line) <= MOST_CHARS else None
    if found is None:
        raise Wrong(
            say("Hardware", "Say it like one of these: {one}, {other}"), one=EXAMPLE, other=EXAMPLE_OF_RANGE
        )
    address = (found["address"] or "").strip("[]")
    if address:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise Wrong(say("Hardware", "{text} is no address."), text=visible(address, 60)) from None
    return _Line(found["protocol"].lower(), address, found["device"] or "", _range(found))


def _range(found: re.Match[str]) -> PortRange | None:
    if found["start"] == "*":
        if found["end"] or found["to"]:
            raise Wrong(say("Hardware", "All ports (*) are forwarded to the same ports of the guest."))
        return None
    to = (found["to"] or "").lower()
    start, end = int(found["start"]), int(found["end"]) if found["end"] else None
    target = int(to) if to and to != "none" else None
    last = start if end is None else end
    if not 1 <= start <= last <= MOST_PORT:
        raise Wrong(
            say("Hardware", "Ports are numbers from 1 to {most}; of several, the smaller one stands first."),
            most=MOST_PORT,
        )
    if target is not None and not 1 <= target <= MOST_PORT - (last - start):
        raise Wrong(say("Hardware", "The guest's ports are from 1 to {most}."), most=MOST_PORT)
    return PortRange(start=start, end=end, to=target, exclude=True if to == "none" else None)


def _collide(one: _Line, other: _Line) -> bool:
    """Whether both take the same port of the host."""
    is_apart = one.address and other.address and one.address != other.address
    if one.protocol != other.protocol or is_apart:
        return False
    if one.range is None or other.range is None:
        return one.range is None and other.range is None
    if one.range.exclude or other.range.exclude:
        return False
    first, second = _span(one.range), _span(other.range)
    return first[0] <= second[1] and second[0] <= first[1]


def _span(one: PortRange) -> tuple[int, int]:
    start = one.start or 0
    return start, one.end if one.end is not None else start
