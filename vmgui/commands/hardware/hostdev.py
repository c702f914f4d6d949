"""Devices of the host that a machine has for itself: USB and PCI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Option, Path
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.host_end import path_notes
from vmgui.commands.hardware.input import has_usb
from vmgui.commands.hardware.offered import choices
from vmgui.commands.hardware.redirdev import NO_USB
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_parts import Address
from vmgui.model.node_device import NodeDevice
from vmgui.policy import hardware_host_devices as host
from vmgui.policy.plain_text import visible
from vmgui.words import hardware_host_devices as words
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_NOT_CHOSEN = Option("", say("Hardware", "Choose a device"))
_POLICIES = (
    Option("mandatory", say("Hardware", "The machine does not start without it")),
    Option(
        "requisite",
        say("Hardware", "The machine does not start without it, but is moved and restored without it"),
    ),
    Option("optional", say("Hardware", "The machine starts without it")),
)
_RESETS = (
    Option("", say("Hardware", "Default")),
    Option("on", say("Hardware", "Whenever it asks")),
    Option("uninitialized", say("Hardware", "Only before the device is set up")),
    Option("off", say("Hardware", "Never")),
)
_NO_RIGHTS = say(
    "Hardware",
    "This host's libvirt runs without the administrator's rights: the machine gets the device only if the user that"
    " libvirt runs as may open it.",
)


def _subject(kind: str) -> Any:
    return lambda device: device.mode == "subsystem" and device.kind == kind


def _others(scene: Scene) -> list[HostdevDevice]:
    return [one for one in scene.others if isinstance(one, HostdevDevice)]


def _cannot(scene: Scene, kind: str) -> Say | None:
    kinds = choices(scene, "hostdev", "subsysType")
    if kinds is None or kind in kinds:
        return None
    return say("Hardware", "This host gives machines of this type no devices of this kind.")


def _held_notes(scene: Scene, device: NodeDevice) -> Iterable[Note]:
    holder = scene.offer.held.get(device.name)
    if holder is not None:
        yield Note("device", words.held_words(holder), Level.WARNING)


def _is_new(scene: Scene, answers: Answers, name: str) -> bool:
    return scene.listed is None or answers["device"] != name


def _options(scene: Scene, options: Iterable[Option], name: str) -> tuple[Option, ...]:
    """With what the machine has although the host does not list it now."""
    found = list(options)
    if not name:
        return (_NOT_CHOSEN, *found)
    if any(option.value == name for option in found):
        return tuple(found)
    label = visible(name)
    if scene.offer.node_devices:
        label = say("Hardware", "{device} (not there now)").format(device=label)
    return (*found, Option(name, label))


# USB


def _usb_answer(device: HostdevDevice) -> str:
    name = host.usb_of(device)
    return str(name) if name is not None else ""


def _put_usb(_device: Any, answer: str) -> Mapping[str, object]:
    name = host.read_usb(answer)
    if name is None:
        return {"source.vendor": "", "source.product": "", "source.address": None}
    place = name.place
    return {
        "source.vendor": f"0x{name.vendor:04x}" if name.vendor is not None else "",
        "source.product": f"0x{name.product:04x}" if name.product is not None else "",
        "source.address": Address(bus=str(place.bus), device=str(place.device)) if place else None,
    }


def _usb_offer(scene: Scene) -> tuple[Option, ...]:
    found: list[Option] = []
    for device in host.usb_devices(scene.offer.node_devices):
        name = host.usb_name(device, scene.offer.node_devices)
        holder = scene.offer.held.get(device.name)
        hint = words.held_words(holder) if holder is not None else ""
        found.append(Option(str(name), words.usb_label(device, name), hint))
    return _options(scene, found, _usb_answer(scene.kept) if scene.listed is not None else "")


def _fresh_usb(scene: Scene) -> HostdevDevice | Say:
    lacks = _cannot(scene, "usb")
    if lacks is not None:
        return lacks
    if not has_usb(scene):
        return NO_USB
    return HostdevDevice(mode="subsystem", kind="usb", managed=True, source=HostdevSource())


def _judge_usb(scene: Scene, answers: Answers) -> Iterable[Note]:
    now = _usb_answer(scene.kept) if scene.listed is not None else ""
    if not answers["device"]:
        yield Note("device", str(say("Hardware", "Choose a device.")), Level.MISSING)
        return
    name = host.read_usb(answers["device"])
    if name is None:
        text = say(
            "Hardware", "A USB device is named by maker and product, 0781:5591, or by bus and device, 1.5."
        )
        yield Note("device", str(text))
        return
    if not has_usb(scene):
        yield Note("device", str(NO_USB))
    taken = any(host.usb_of(one) == name for one in _others(scene))
    if taken and _is_new(scene, answers, now):
        yield Note("device", str(say("Hardware", "The virtual machine has this device already.")))
    fitting = [one for one in scene.offer.node_devices if name.fits(one)]
    for device in fitting[:1]:
        yield from _held_notes(scene, device)
    if len(fitting) > 1:
        text = say(
            "Hardware", "The host has several of these: the machine does not start before you choose one."
        )
        yield Note("device", str(text), Level.WARNING)
    if not fitting and scene.offer.node_devices and answers["startup"] != "optional":
        text = say(
            "Hardware", "The host does not have it now: the machine does not start before it is plugged in."
        )
        yield Note("device", str(text), Level.WARNING)
    if name.place is not None:
        text = say("Hardware", "Plugged in again, it is at another place: then choose it again.")
        yield Note("device", str(text), Level.INFO)
    if not scene.offer.is_privileged:
        yield Note("device", str(_NO_RIGHTS), Level.WARNING)


# PCI


def _pci_answer(device: HostdevDevice) -> str:
    at = host.pci_of(device)
    return str(at) if at is not None else ""


def _put_pci(_device: Any, answer: str) -> Mapping[str, object]:
    at = host.read_pci(answer)
    return {"source.address": host.pci_address(at) if at is not None else None}


def _pci_offer(scene: Scene) -> tuple[Option, ...]:
    devices = scene.offer.node_devices
    found: list[Option] = []
    for device in host.pci_devices(devices):
        holder = scene.offer.held.get(device.name)
        hint = words.held_words(holder) if holder is not None else words.host_use_words(device, devices)
        why_not = words.NO_IOMMU if device.iommu_group is None else ""
        found.append(Option(str(device.address), words.pci_label(device), hint, why_not))
    return _options(scene, found, _pci_answer(scene.kept) if scene.listed is not None else "")


def _fresh_pci(scene: Scene) -> HostdevDevice | Say:
    lacks = _cannot(scene, "pci")
    if lacks is not None:
        return lacks
    devices = host.pci_devices(scene.offer.node_devices)
    if devices and all(device.iommu_group is None for device in devices):
        return words.NO_IOMMU
    return HostdevDevice(mode="subsystem", kind="pci", managed=True, source=HostdevSource())


def _judge_pci(scene: Scene, answers: Answers) -> Iterable[Note]:
    now = _pci_answer(scene.kept) if scene.listed is not None else ""
    if answers["romfile"]:
        yield from path_notes("romfile", answers["romfile"])
    if not answers["device"]:
        yield Note("device", str(say("Hardware", "Choose a device.")), Level.MISSING)
        return
    at = host.read_pci(answers["device"])
    if at is None:
        yield Note("device", str(say("Hardware", "A PCI device is named by its address, 0000:0a:00.0.")))
        return
    is_new = _is_new(scene, answers, now)
    if is_new and any(host.pci_of(one) == at for one in _others(scene)):
        yield Note("device", str(say("Hardware", "The virtual machine has this device already.")))
    devices = scene.offer.node_devices
    device = host.pci_at(devices, at)
    if device is not None:
        yield from _pci_notes(scene, device, is_new)
        if not answers["managed"] and host.is_used_by_host(device):
            text = say("Hardware", "Then somebody has to take it from the host before the machine starts.")
            yield Note("managed", str(text), Level.WARNING)
    elif devices:
        text = say("Hardware", "The host does not have it now: the machine does not start without it.")
        yield Note("device", str(text), Level.WARNING)
    if not scene.offer.is_privileged:
        yield Note("device", str(_NO_RIGHTS), Level.WARNING)


def _pci_notes(scene: Scene, device: NodeDevice, is_new: bool) -> Iterable[Note]:
    """What is to be known of it; what a machine has already is not refused."""
    level = Level.ERROR if is_new else Level.WARNING
    if host.is_bridge(device):
        text = say("Hardware", "It leads to other devices of the host: no machine can have it.")
        yield Note("device", str(text), level)
        return
    if device.iommu_group is None:
        yield Note("device", str(words.NO_IOMMU), level)
    yield from _held_notes(scene, device)
    others = host.group_of(device, scene.offer.node_devices)
    mine = {host.pci_of(one) for one in _others(scene)}
    kept = [one for one in others if one.address not in mine]
    for text, how in (
        (words.host_use_words(device, scene.offer.node_devices), Level.WARNING),
        (words.members_used_words(kept), Level.WARNING),
        (words.group_words(device, others), Level.INFO),
    ):
        if text:
            yield Note("device", text, how)


def _shows_rom(device: HostdevDevice) -> bool:
    return device.rom is None or device.rom.bar is not False


USB = DeviceForm(
    kind="usb",
    tag="hostdev",
    title=say("Hardware", "USB device of the host"),
    icon="usb",
    fits=_subject("usb"),
    fresh=_fresh_usb,
    judge=_judge_usb,
    knobs=(
        Knob(Choice("device", say("Hardware", "Device")), get=_usb_answer, put=_put_usb, offer=_usb_offer),
        Knob(
            Choice("startup", say("Hardware", "When it is not plugged in"), options=_POLICIES),
            get=lambda device: (device.source.startup_policy if device.source else "") or "mandatory",
            put=lambda _device, answer: {"source.startup_policy": answer},
        ),
        Knob(
            Choice("reset", say("Hardware", "The guest may reset it"), options=_RESETS),
            "source.guest_reset",
            folded=True,
        ),
    ),
)
PCI = DeviceForm(
    kind="pci",
    tag="hostdev",
    title=say("Hardware", "PCI device of the host"),
    icon="circuit-board",
    fits=_subject("pci"),
    fresh=_fresh_pci,
    judge=_judge_pci,
    knobs=(
        Knob(
            Choice("device", say("Hardware", "Device"), is_long=True),
            get=_pci_answer,
            put=_put_pci,
            offer=_pci_offer,
        ),
        Knob(
            Check("managed", say("Hardware", "Take it from the host at the start and give it back after")),
            get=lambda device: bool(device.managed),
            put=lambda _device, answer: {"managed": answer},
        ),
        Knob(
            Check("rombar", say("Hardware", "The guest sees the card's own program (ROM)")),
            get=_shows_rom,
            put=lambda _device, answer: {"rom.bar": None if answer else False},
            folded=True,
        ),
        Knob(
            Path("romfile", say("Hardware", "Another program for the card")),
            get=lambda device: device.rom.path if device.rom is not None else "",
            put=lambda _device, answer: {"rom.path": answer},
            folded=True,
        ),
    ),
)
