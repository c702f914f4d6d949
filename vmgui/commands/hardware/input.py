"""Mice, tablets and keyboards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Choice, Option, Path
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import LACKS
from vmgui.model.device_display import InputDevice
from vmgui.model.device_storage import ControllerDevice
from vmgui.words.note import Level, Note
from vmgui.words.say import say

_KINDS = (
    Option("tablet", say("Hardware", "Tablet"), say("Hardware", "A pointer that is where yours is")),
    Option("mouse", say("Hardware", "Mouse")),
    Option("keyboard", say("Hardware", "Keyboard")),
    Option(
        "passthrough",
        say("Hardware", "One of the host's"),
        say("Hardware", "The host itself cannot use it meanwhile"),
    ),
)
_BUSES = (
    Option("usb", say("Hardware", "USB")),
    Option("virtio", say("Hardware", "virtio")),
    Option(
        "ps2",
        say("Hardware", "PS/2"),
        why_not=say("Hardware", "It comes with the machine type: it is neither added nor removed."),
    ),
)
_PC = ("x86_64", "i686")


def has_usb(scene: Scene) -> bool:
    """Whether USB devices can be plugged in: libvirt makes a controller unless it is told that there is none."""
    found = [one for one in scene.others if isinstance(one, ControllerDevice) and one.kind == "usb"]
    return not any(one.model == "none" for one in found)


def is_built_in(device: object) -> bool:
    """Whether it is there with the machine's type: libvirt adds it again."""
    return isinstance(device, InputDevice) and device.bus == "ps2"


def _fresh(scene: Scene) -> InputDevice:
    usb = has_usb(scene)
    others = [one for one in scene.others if isinstance(one, InputDevice)]
    kind = "tablet" if not any(one.kind == "tablet" for one in others) else "keyboard"
    return InputDevice(kind=kind, bus="usb" if usb else "virtio")


def _buses(scene: Scene) -> tuple[Option, ...]:
    usb, *rest = _BUSES
    if not has_usb(scene):
        why_not = say("Hardware", "The machine has no USB controller.")
        usb = Option(usb.value, usb.label, why_not=why_not)
    return (usb, *rest)


def _kinds(scene: Scene) -> tuple[Option, ...]:
    capabilities = scene.machine.capabilities
    *usual, passthrough = _KINDS
    if capabilities is not None and capabilities.domain_type not in ("kvm", "qemu"):
        passthrough = Option(passthrough.value, passthrough.label, why_not=LACKS)
    return (*usual, passthrough)


def _put_kind(device: Any, kind: str) -> Mapping[str, object]:
    if kind == "passthrough":
        return {"kind": kind, **_put_bus(device, "virtio")}
    return {"kind": kind, "event_device": ""}


def _put_bus(device: Any, bus: str) -> Mapping[str, object]:
    """On another bus it has no place yet."""
    if device.bus == bus:
        return {}
    return {"bus": bus, "model": "", "address": None}


def _is_of_host(answers: Answers) -> bool:
    return answers["type"] == "passthrough"


def _judge(scene: Scene, answers: Answers) -> Iterable[Note]:
    if scene.listed is not None and is_built_in(scene.kept):
        text = say("Hardware", "Machines of this type always have it.")
        yield Note("bus", str(text), Level.INFO)
        if answers["bus"] != "ps2" or answers["type"] != scene.kept.kind:
            text = say("Hardware", "Machines of this type always have it: add another one instead.")
            yield Note("bus", str(text))
        return
    if answers["bus"] == "ps2":
        yield Note("bus", str(say("Hardware", "The machine's type has a PS/2 mouse and keyboard or not.")))
    if _is_of_host(answers):
        if not answers["path"]:
            yield Note("path", str(say("Hardware", "Say which device.")), Level.MISSING)
        elif not answers["path"].startswith("/"):
            yield Note("path", str(say("Hardware", "A path on the host begins with a slash.")))


FORM = DeviceForm(
    kind="input",
    tag="input",
    title=say("Hardware", "Input device"),
    icon="keyboard",
    fresh=_fresh,
    judge=_judge,
    knobs=(
        Knob(
            Choice("type", say("Hardware", "Kind"), options=_KINDS),
            get=lambda device: device.kind,
            put=_put_kind,
            offer=_kinds,
        ),
        Knob(
            Choice(
                "bus",
                say("Hardware", "Bus"),
                options=_BUSES,
                enabled=lambda answers: not _is_of_host(answers),
            ),
            get=lambda device: device.bus,
            put=_put_bus,
            offer=_buses,
        ),
        Knob(
            Path("path", say("Hardware", "Device of the host"), hint="/dev/input/event3", shown=_is_of_host),
            "event_device",
        ),
    ),
)
