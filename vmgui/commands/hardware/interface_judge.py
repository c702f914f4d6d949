"""What is to be said of the answers about a network card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vmgui.commands.fields import Answers
from vmgui.commands.hardware import interface_source as source
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.interface_lines import Wrong, is_open, read_forwards, read_tags
from vmgui.model.device_network import InterfaceDevice
from vmgui.policy.plain_text import visible
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")
_BRIDGE = re.compile(r"[^\s/:]{1,15}")
# Older ones have VLANs on Open vSwitch alone; measured: 9.0 refuses, 11.3 does on bridges, 12.8 in networks, too.
_VLAN_OF_BRIDGES, _VLAN_OF_NETWORKS = 11_000_000, 12_000_000
_KINDS = ("network", "bridge", "direct")


def judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    """What keeps from applying, and what is to be known."""
    kept = scene.kept
    if kept is None or source.source_of(kept) != answers["source"]:
        yield from _source(scene, answers)
    if answers["source"] == source.OTHER_BRIDGE:
        yield from _bridge_name(answers["bridge_name"])
    if kept is None or kept.mac != answers["mac"]:
        yield from _mac(scene, answers["mac"])
    if source.kind_of(answers["source"]) in source.TAPS:
        yield from _of_tap(scene, answers)
    yield from _vlan(scene, answers)
    if answers["source"] == source.PASST:
        yield from _forwards(answers["forwards"])


def _note(field: str, level: Level, words: Say, **values: object) -> Note:
    return Note(field, words.format(**values), level)


def _source(scene: Scene, answers: Answers) -> Iterator[Note]:
    answer = answers["source"]
    kind, name = source.kind_of(answer), source.name_of(answer)
    possible = {option.value: option for option in source.options(scene)}
    option = possible.get(answer)
    if option is not None:
        if option.why_not:
            yield Note("source", str(option.why_not))
        elif kind in source.TAPS and not scene.offer.is_privileged:
            yield _note(
                "source",
                Level.WARNING,
                say(
                    "Hardware",
                    "Without the host's system libvirt only bridges that its administrator allows work.",
                ),
            )
    elif kind not in _KINDS or not name:
        yield _note(
            "source",
            Level.ERROR,
            say("Hardware", "“{text}” is nothing that a card can be connected to."),
            text=visible(str(answer), 60),
        )
    elif kind == "network" and scene.offer.networks:
        yield _note(
            "source", Level.ERROR, say("Hardware", "The host has no network “{name}”."), name=visible(name)
        )
    elif not _BRIDGE.fullmatch(name) and kind != "network":
        yield _note("source", Level.ERROR, _no_device(), name=visible(name, 60))
    elif kind == "bridge" and scene.offer.bridges:
        yield _note(
            "source",
            Level.WARNING,
            say(
                "Hardware",
                "The host does not name a bridge “{name}”: without it the virtual machine does not start.",
            ),
            name=visible(name),
        )
    network = source.network_of(scene, answer)
    if network is not None and not network.active:
        yield _note(
            "source",
            Level.WARNING,
            say("Hardware", "The network “{name}” is not running: start it before the virtual machine."),
            name=visible(network.name),
        )


def _no_device() -> Say:
    return say(
        "Hardware", "“{name}” is no name of a network device: at most 15 characters, no spaces, “/” or “:”."
    )


def _bridge_name(name: str) -> Iterator[Note]:
    name = name.strip()
    if not name:
        yield Note(
            "bridge_name", str(say("Hardware", "Type the name of a bridge of the host.")), Level.MISSING
        )
    elif not _BRIDGE.fullmatch(name):
        yield _note("bridge_name", Level.ERROR, _no_device(), name=visible(name, 60))


def _mac(scene: Scene, answer: str) -> Iterator[Note]:
    mac = answer.strip().replace("-", ":").lower()
    if not mac:
        if scene.kept is not None:
            yield Note("mac", str(say("Hardware", "Give the card an address.")), Level.MISSING)
        return
    if not _MAC.fullmatch(mac):
        yield _note(
            "mac",
            Level.ERROR,
            say("Hardware", "A MAC address is six pairs of hexadecimal digits: 52:54:00:12:34:56."),
        )
    elif int(mac[:2], 16) & 1:
        yield _note(
            "mac",
            Level.ERROR,
            say(
                "Hardware",
                "This address is one of a group (multicast): the second digit must be 0, 2, 4, 6, 8, a, c or e.",
            ),
        )
    elif mac == "00:00:00:00:00:00":
        yield _note("mac", Level.ERROR, say("Hardware", "No card can have this address."))
    elif any(isinstance(one, InterfaceDevice) and one.mac.lower() == mac for one in scene.others):
        yield _note(
            "mac", Level.ERROR, say("Hardware", "Another card of this virtual machine has this address.")
        )
    elif mac in {one.lower() for one in scene.offer.macs}:
        names = {one.lower(): name for one, name in scene.offer.macs.items()}
        yield _note(
            "mac",
            Level.WARNING,
            say("Hardware", "“{name}” has this address, too: on one network they would disturb each other."),
            name=visible(names[mac]),
        )
    elif mac.startswith("fe:"):
        yield _note(
            "mac",
            Level.WARNING,
            say("Hardware", "Addresses that begin with fe are the host's own end of a card: choose another."),
        )


def _of_tap(scene: Scene, answers: Answers) -> Iterator[Note]:
    name, known = answers["filter"], scene.offer.filters
    kept = scene.kept.filter.name if scene.kept is not None and scene.kept.filter is not None else ""
    if name and known and name not in known and name != kept:
        yield _note(
            "filter",
            Level.ERROR,
            say("Hardware", "The host has no network filter “{name}”."),
            name=visible(name),
        )
    if answers["isolated"] and source.kind_of(answers["source"]) == "bridge" and answers["virtualport"]:
        yield _note(
            "isolated", Level.ERROR, say("Hardware", "Only Linux bridges keep their virtual machines apart.")
        )


def _vlan(scene: Scene, answers: Answers) -> Iterator[Note]:
    kind = source.kind_of(answers["source"])
    if kind not in source.TAPS and not (kind == "direct" and answers["mode"] == "passthrough"):
        return
    try:
        tags = read_tags(answers["vlan"])
    except Wrong as wrong:
        yield Note("vlan", str(wrong))
        return
    version = scene.machine.libvirt_version
    if not tags or kind == "direct" or not version:
        return
    if kind == "bridge" and answers["virtualport"] != "openvswitch" and version < _VLAN_OF_BRIDGES:
        yield _note(
            "vlan",
            Level.ERROR,
            say(
                "Hardware",
                "Before libvirt 11 only Open vSwitch bridges have VLANs: choose that kind of bridge, or no VLAN.",
            ),
        )
    network = source.network_of(scene, answers["source"])
    if network is None or network.forward in ("bridge", "hostdev", "passthrough"):
        return
    if version < _VLAN_OF_NETWORKS:
        level = Level.ERROR if version < _VLAN_OF_BRIDGES else Level.WARNING
        yield _note(
            "vlan",
            level,
            say("Hardware", "The network “{name}” has no VLANs: the virtual machine would not start."),
            name=visible(network.name),
        )


def _forwards(lines: Iterable[str]) -> Iterator[Note]:
    try:
        forwards = read_forwards(lines)
    except Wrong as wrong:
        yield Note("forwards", str(wrong))
        return
    if any(is_open(forward) for forward in forwards):
        yield _note(
            "forwards",
            Level.WARNING,
            say("Hardware", "Ports without “127.0.0.1:” are open to the whole network of the host."),
        )
