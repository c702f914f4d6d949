"""Devices of a host in words: what is chosen from, and what a machine that gets one is to be told."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.model.node_device import NodeDevice
from vmgui.policy.hardware_host_devices import (
    CLASS_DISPLAY,
    CLASS_NETWORK,
    CLASS_STORAGE,
    UsbName,
    class_of,
    interfaces_of,
    is_used_by_host,
)
from vmgui.policy.plain_text import visible
from vmgui.words.say import say

NO_IOMMU = say(
    "Hardware",
    "This host's IOMMU is off, so no virtual machine can have its PCI devices. Turn on VT-d or AMD-Vi in the host's"
    " firmware; with an Intel processor also start its kernel with intel_iommu=on.",
)
_MOST_NAMED = 6


def name_words(device: NodeDevice) -> str:
    """ "Intel Corporation 82576 Virtual Function"; its ids, where the host knows no names."""
    words = " ".join(part for part in (device.vendor.strip(), device.product.strip()) if part)
    return visible(words) if words else ids_words(device)


def ids_words(device: NodeDevice) -> str:
    """ "8086:10ca"."""
    return visible(
        ":".join(part.removeprefix("0x") for part in (device.vendor_id, device.product_id) if part)
    )


def usb_label(device: NodeDevice, name: UsbName) -> str:
    """ "SanDisk Corp. Ultra (0781:5591)", with where it is plugged in if there are two of them."""
    words = name_words(device)
    text = words if words == ids_words(device) else f"{words} ({ids_words(device)})"
    return f"{text}, {usb_place(name)}" if name.place is not None else text


def usb_place(name: UsbName) -> str:
    """ "bus 1, device 5"."""
    if name.place is None:
        return ""
    return say("Hardware", "bus {bus}, device {device}").format(bus=name.place.bus, device=name.place.device)


def pci_label(device: NodeDevice) -> str:
    """ "0000:0a:00.0 Intel Corporation 82576 (IOMMU group 14)"."""
    text = f"{device.address} {name_words(device)}"
    if device.iommu_group is None:
        return text
    return say("Hardware", "{device} (IOMMU group {group})").format(device=text, group=device.iommu_group)


def group_words(device: NodeDevice, others: Iterable[NodeDevice]) -> str:
    """Who else is in its IOMMU group; empty: nobody, or it is in none."""
    members = [pci_short(one) for one in others]
    if device.iommu_group is None or not members:
        return ""
    return say(
        "Hardware",
        "Its IOMMU group {group} also has {members}: while the machine runs the host cannot use them either.",
    ).format(group=device.iommu_group, members=_listed(members))


def members_used_words(others: Iterable[NodeDevice]) -> str:
    """Which of them the host works with: they keep it from being handed over."""
    used = [pci_short(one) for one in others if is_used_by_host(one)]
    if not used:
        return ""
    return say(
        "Hardware",
        "The host uses {members} of the same IOMMU group: the machine starts only when it has these, too, or the host"
        " lets go of them.",
    ).format(members=_listed(used))


def pci_short(device: NodeDevice) -> str:
    """ "0000:0a:00.1 Intel Corporation 82576"."""
    return f"{device.address} {name_words(device)}"


def host_use_words(device: NodeDevice, devices: Iterable[NodeDevice]) -> str:
    """What the host does with a PCI device, and so loses; empty: nothing is known."""
    if not is_used_by_host(device):
        return ""
    kind = class_of(device)
    names = interfaces_of(device, devices)
    if names:
        return say(
            "Hardware",
            "The host uses it as its network card {names}: it loses that network while the machine runs.",
        ).format(names=_listed(visible(name) for name in names))
    if kind == CLASS_NETWORK:
        return str(say("Hardware", "The host uses it as a network card: it may lose that network."))
    if kind == CLASS_STORAGE:
        return str(
            say("Hardware", "The host's own disks may be on it: then the host fails when the machine starts.")
        )
    if kind == CLASS_DISPLAY:
        return str(
            say("Hardware", "The host may show its screen with it: it stays black while the machine runs.")
        )
    return say("Hardware", "The host uses it with its driver {driver}.").format(driver=visible(device.driver))


def held_words(machine: str) -> str:
    """Another machine has it, too."""
    text = say("Hardware", "“{machine}” has it, too: only one of the two can run at a time.")
    return text.format(machine=visible(machine))


def _listed(names: Iterable[str]) -> str:
    """The first few."""
    found = list(names)
    shown = ", ".join(found[:_MOST_NAMED])
    return f"{shown} …" if len(found) > _MOST_NAMED else shown
