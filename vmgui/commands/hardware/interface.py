"""Network cards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Listed, Number, Option, Text
from vmgui.commands.hardware import interface_source as source
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.interface_judge import judge
from vmgui.commands.hardware.interface_lines import (
    EXAMPLE,
    MOST_CHARS,
    Wrong,
    forwards_lines,
    read_forwards,
    read_tags,
    tags_text,
    what_is_wrong,
)
from vmgui.model.device_network import Filter, InterfaceDevice, VirtualPort
from vmgui.policy.device_values import value_at, with_values
from vmgui.policy.plain_text import visible
from vmgui.words.say import say

_QEMU_PREFIX, _XEN_PREFIX = "52:54:00", "00:16:3e"
_OVS = "openvswitch"

# The bus that a model is for: a card that moves to another gets another address there.
_PCIE = frozenset(("virtio", "virtio-non-transitional", "e1000e", "igb", "vmxnet3"))
_USB = frozenset(("usb-net",))
_OF_VIRTIO = (
    *("queues", "rx_queue_size", "tx_queue_size", "rss", "rss_hash_report", "io_event_fd", "event_index"),
    *("transmit_mode", "driver", "host_offloads", "guest_offloads", "virtio"),
)

_MODELS = (
    ("virtio", say("Hardware", "virtio (fastest; the guest needs its driver)")),
    ("e1000e", say("Hardware", "Intel e1000e (every current system knows it)")),
    ("e1000", say("Hardware", "Intel e1000 (older systems)")),
    ("rtl8139", say("Hardware", "Realtek RTL8139 (very old systems)")),
    ("vmxnet3", say("Hardware", "VMware vmxnet3")),
    ("igb", say("Hardware", "Intel igb")),
)
_IGB_FROM = 9_003_000  # the libvirt of QEMU 8.0's time; nothing tells which cards a QEMU has

_LINKS = (
    Option("up", say("Hardware", "Plugged in")),
    Option("down", say("Hardware", "Unplugged"), say("Hardware", "The guest sees a card without a cable.")),
)
_MODES = (
    Option("bridge", say("Hardware", "Bridge: virtual machines of this card reach each other")),
    Option("vepa", say("Hardware", "VEPA: all through the switch that the card is plugged into")),
    Option("private", say("Hardware", "Private: virtual machines of this card do not reach each other")),
    Option("passthrough", say("Hardware", "Passthrough: the card is for this virtual machine alone")),
)
_SWITCHES = (
    Option("", say("Hardware", "Linux bridge")),
    Option(_OVS, say("Hardware", "Open vSwitch")),
)


# A new one.


def _fresh(scene: Scene) -> InterfaceDevice:
    others = [one for one in scene.others if isinstance(one, InterfaceDevice)]
    blank = InterfaceDevice(
        mac=_free_mac(scene), model=next((one.model for one in others if one.model), "virtio")
    )
    return with_values(blank, source.connected(blank, source.default_source(scene)).items())


def _free_mac(scene: Scene) -> str:
    """An address that no machine has; the same each time it is asked, so that what is shown is what is added."""
    saved = scene.machine.values
    prefix = _XEN_PREFIX if saved is not None and saved.domain_type == "xen" else _QEMU_PREFIX
    taken = {mac.lower() for mac in scene.offer.macs}
    taken.update(one.mac.lower() for one in scene.others if isinstance(one, InterfaceDevice))
    for count in range(len(taken) + 1):
        digest = hashlib.sha256(f"{scene.machine.uuid} {count}".encode()).digest()
        mac = ":".join((prefix, *(f"{byte:02x}" for byte in digest[:3])))
        if mac not in taken:
            return mac
    return ""  # libvirt makes one


# Its values as answers.


def _put_mac(_device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    return {"mac": answer.strip().replace("-", ":").lower()}


def _put_model(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    values: dict[str, object] = {"model": answer}
    if device.address is not None and _bus(answer) != _bus(device.model):
        values["address"] = None
    if not answer.startswith("virtio"):
        blank = InterfaceDevice()
        values.update((name, getattr(blank, name)) for name in _OF_VIRTIO)
        values["driver"] = "" if device.driver == "vhost" else device.driver
    return {path: value for path, value in values.items() if value != value_at(device, path)}


def _bus(model: str) -> str:
    return "pcie" if model in _PCIE else "usb" if model in _USB else "pci"


def _follow(_scene: Scene, device: InterfaceDevice, answers: Answers) -> Mapping[str, object]:
    """A name that was typed before something else was chosen is none."""
    is_typed = answers["source"] == source.OTHER_BRIDGE
    return {"source.bridge": answers["bridge_name"].strip()} if is_typed else {}


def _mode(device: InterfaceDevice) -> str:
    if device.kind != "direct" or device.source is None:
        return "bridge"
    return device.source.mode or "vepa"


def _put_mode(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    return {"source.mode": answer} if device.kind == "direct" else {}


def _put_switch(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    if device.kind != "bridge":
        return {}
    return {"virtual_port": VirtualPort(kind=answer) if answer else None}


def _put_filter(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    """Its parameters stay."""
    if device.kind not in source.TAPS:
        return {}
    return {"filter": replace(device.filter or Filter(), name=answer) if answer else None}


def _put_tags(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    if device.kind not in (*source.TAPS, "direct"):
        return {}
    try:
        tags = read_tags(answer, device.vlan_tags)
    except Wrong:
        return {}  # said under the field, which blocks
    is_trunk = len(tags) > 1 or any(tag.native_mode for tag in tags)
    return {"vlan_tags": tags, "vlan_trunk": True if is_trunk else None}


def _put(path: str, kinds: tuple[str, ...]) -> Callable[[InterfaceDevice, Any], Mapping[str, object]]:
    """Of a value that only cards of these kinds have; no stands for nothing said. An answer that was given before
    another connection was chosen is none."""
    return lambda device, answer: {path: answer or None} if device.kind in kinds else {}


def _put_queues(device: InterfaceDevice, answer: int | None) -> Mapping[str, object]:
    return (
        _put("queues", (*source.TAPS, "direct"))(device, answer) if device.model.startswith("virtio") else {}
    )


def _put_forwards(device: InterfaceDevice, answer: tuple[str, ...]) -> Mapping[str, object]:
    if device.backend != source.PASST:
        return {}
    try:
        return {"port_forwards": read_forwards(answer)}
    except Wrong:
        return {}  # said under the field, which blocks


# What there is to choose from.


def _models(scene: Scene) -> tuple[Option, ...]:
    too_old = 0 < scene.machine.libvirt_version < _IGB_FROM
    why_not = say("Hardware", "This host's QEMU is too old: this card exists since QEMU 8.0.")
    found = [
        Option(name, label, why_not=why_not if name == "igb" and too_old else "") for name, label in _MODELS
    ]
    if scene.kept is not None and not scene.kept.model:
        found.insert(0, Option("", say("Hardware", "Default")))
    return tuple(found)


def _filters(scene: Scene) -> tuple[Option, ...]:
    none = Option("", say("Hardware", "None"))
    return (none, *(Option(name, visible(name)) for name in scene.offer.filters))


def _switches(scene: Scene) -> tuple[Option, ...]:
    return _SWITCHES


# When each is asked.


def _is_typed(answers: Answers) -> bool:
    return answers["source"] == source.OTHER_BRIDGE


def _is_macvtap(answers: Answers) -> bool:
    return source.kind_of(answers["source"]) == "direct"


def _is_passt(answers: Answers) -> bool:
    return answers["source"] == source.PASST


def _is_bridge(answers: Answers) -> bool:
    return source.kind_of(answers["source"]) == "bridge"


def _is_tap(answers: Answers) -> bool:
    return source.kind_of(answers["source"]) in source.TAPS


def _has_vlan(answers: Answers) -> bool:
    return _is_tap(answers) or (_is_macvtap(answers) and answers["mode"] == "passthrough")


def _has_queues(answers: Answers) -> bool:
    return str(answers["model"]).startswith("virtio") and (_is_tap(answers) or _is_macvtap(answers))


_DEFAULT = say("Hardware", "Default")

FORM = DeviceForm(
    kind="interface",
    tag="interface",
    title=say("Hardware", "Network card"),
    icon="network",
    fresh=_fresh,
    judge=judge,
    follow=_follow,
    called=("nic",),
    keys={
        "network": {"source": "network:{}"},
        "bridge": {"source": "bridge:{}"},
        "direct": {"source": "direct:{}"},
    },
    knobs=(
        Knob(
            Choice("source", say("Hardware", "Connected to"), metavar="network:NAME|bridge:NAME|direct:CARD|user|passt"),
            get=source.source_of, put=source.connected, offer=source.options,
        ),
        Knob(
            Text("bridge_name", say("Hardware", "Name of the bridge"), most_chars=15, shown=_is_typed),
            get=lambda device: device.source.bridge if device.kind == "bridge" and device.source else "",
        ),
        Knob(
            Choice("mode", say("Hardware", "macvtap mode"), options=_MODES, shown=_is_macvtap),
            get=_mode, put=_put_mode,
        ),
        Knob(
            Choice("virtualport", say("Hardware", "Kind of bridge"), shown=_is_bridge),
            get=lambda device: device.virtual_port.kind if device.virtual_port else "",
            put=_put_switch, offer=_switches, folded=True,
        ),
        Knob(
            Listed("forwards", say("Hardware", "Forwarded ports"), check=what_is_wrong, most_chars=MOST_CHARS,
                   hint=EXAMPLE, shown=_is_passt),
            get=lambda device: forwards_lines(device.port_forwards), put=_put_forwards,
        ),
        Knob(Choice("model", say("Hardware", "Model")), get=lambda device: device.model, put=_put_model, offer=_models),
        Knob(Text("mac", say("Hardware", "MAC address"), most_chars=17), "mac", put=_put_mac),
        Knob(
            Choice("link", say("Hardware", "Cable"), options=_LINKS),
            get=lambda device: device.link or "up", put=lambda _device, answer: {"link": answer},
        ),
        Knob(
            Choice("filter", say("Hardware", "Network filter"), shown=_is_tap),
            get=lambda device: device.filter.name if device.filter else "", put=_put_filter, offer=_filters,
        ),
        Knob(
            Text("vlan", say("Hardware", "VLAN tags"), hint=say("Hardware", "none"), shown=_has_vlan),
            get=lambda device: tags_text(device.vlan_tags), put=_put_tags, folded=True,
        ),
        Knob(
            Number("mtu", say("Hardware", "Largest packet (MTU)"), least=68, most=65535, unit=say("Hardware", "bytes"),
                   empty=_DEFAULT, shown=_is_tap),
            "mtu", put=_put("mtu", source.TAPS), folded=True,
        ),
        Knob(
            Check("isolated", say("Hardware", "Keep apart from other virtual machines of the same bridge"), shown=_is_tap),
            get=lambda device: device.isolated is True,
            put=_put("isolated", source.TAPS), folded=True,
        ),
        Knob(
            Number("queues", say("Hardware", "Queues"), least=1, most=256, empty=_DEFAULT, shown=_has_queues),
            "queues", put=_put_queues, folded=True,
        ),
    ),
)  # fmt: skip
