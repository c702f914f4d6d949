"""Serial ports, consoles and parallel ports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Choice, Option
from vmgui.commands.hardware import host_end
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import is_lacking
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import ConsoleDevice, ParallelDevice, SerialDevice
from vmgui.model.hardware import ChangeDevice, RemoveDevice, Wish
from vmgui.policy.device_values import with_values
from vmgui.words.note import Note
from vmgui.words.say import Say, say

_ENDS = ("pty", "unix", "tcp", "file", "dev", "null")
_X86 = ("x86_64", "i686")
_TARGETS = {
    "isa-serial": (say("Hardware", "Serial port of a PC (ISA)"), _X86),
    "pci-serial": (say("Hardware", "PCI card"), ()),
    "usb-serial": (say("Hardware", "USB adapter"), ()),
    "isa-debug": (say("Hardware", "Debug port of the firmware"), _X86),
    "system-serial": (say("Hardware", "Of the board (ARM, RISC-V)"), ("aarch64", "armv7l", "riscv64")),
    "spapr-vio-serial": (say("Hardware", "Of POWER"), ("ppc64", "ppc64le")),
    "sclp-serial": (say("Hardware", "Of IBM Z"), ("s390x",)),
}
_MOST_ISA = 4
_MOST_PARALLEL = 3


def _arch(scene: Scene) -> str:
    values = scene.machine.values
    return values.arch if values is not None else ""


def _serials(scene: Scene) -> list[ListedDevice]:
    return [one for one in scene.machine.devices if one.kind == "serial"]


def _kept(listed: ListedDevice) -> Any:
    return listed.saved if listed.saved is not None else listed.live


def _twin(scene: Scene) -> ListedDevice | None:
    """The console that libvirt lists for the first serial port: it ends where that ends, and brings it back."""
    first = next((one for one in _serials(scene) if one.saved is not None), None)
    if scene.listed is None or first is None or first.id != scene.listed.id:
        return None
    consoles = (one for one in scene.machine.devices if isinstance(_kept(one), ConsoleDevice))
    return next((one for one in consoles if _kept(one).target_kind == "serial"), None)


def _more(scene: Scene, answers: Answers) -> Iterable[Wish]:
    """The console of the first serial port ends where the port ends."""
    twin = _twin(scene)
    if twin is None:
        return
    changed: Any = scene.kept
    for knob in _END_KNOBS:
        if answers[knob.name] != knob.answer(scene.kept):
            changed = with_values(changed, knob.values(changed, answers[knob.name]).items())
    if changed.host != _kept(twin).host:
        yield ChangeDevice(twin.id, (("host", changed.host),), twin)


def _takes(scene: Scene) -> Iterable[Wish]:
    """Without a serial port its console would bring it back."""
    twin = _twin(scene)
    if twin is not None and len(_serials(scene)) == 1:
        yield RemoveDevice(twin.id, twin)


def _targets(scene: Scene) -> tuple[Option, ...]:
    arch = _arch(scene)
    why_not = say("Hardware", "Machines of this processor have none.")
    return tuple(
        Option(word, label, why_not="" if not arch or not where or arch in where else why_not)
        for word, (label, where) in _TARGETS.items()
    )


def _put_target(device: Any, target: str) -> Mapping[str, object]:
    """libvirt chooses its model and its place anew."""
    return {"target_kind": target, "model": "", "address": None}


def _fresh_serial(scene: Scene) -> SerialDevice:
    target = next((one.value for one in _targets(scene) if not one.why_not), "isa-serial")
    if target == "isa-serial" and len(_isa(scene)) >= _MOST_ISA:
        target = "pci-serial"
    if _arch(scene) not in _X86 and _arch(scene):
        own = [word for word, (_, where) in _TARGETS.items() if _arch(scene) in where]
        target = own[0] if own else target
    return SerialDevice(host=host_end.fresh("pty"), target_kind=target)


def _isa(scene: Scene) -> list[Any]:
    return [one for one in scene.others if type(one) is SerialDevice and one.target_kind == "isa-serial"]


def _judge_serial(scene: Scene, answers: Answers) -> Iterable[Note]:
    yield from host_end.judge(answers)
    if answers["target"] == "isa-serial" and len(_isa(scene)) >= _MOST_ISA:
        yield Note("target", str(say("Hardware", "A PC has four such ports: choose a PCI card.")))


def _fresh_console(scene: Scene) -> ConsoleDevice | Say:
    if is_lacking(scene, "console"):
        return say("Hardware", "This host gives machines of this type no further consoles.")
    target = "sclp" if _arch(scene) == "s390x" else "virtio"
    return ConsoleDevice(host=host_end.fresh("pty"), target_kind=target)


def _fresh_parallel(scene: Scene) -> ParallelDevice | Say:
    if _arch(scene) not in ("", *_X86):
        return say("Hardware", "Only PCs have parallel ports.")
    if len([one for one in scene.others if isinstance(one, ParallelDevice)]) >= _MOST_PARALLEL:
        return say("Hardware", "A PC has no more than three parallel ports.")
    return ParallelDevice(host=host_end.fresh("pty"))


_END_KNOBS = (*host_end.knobs(_ENDS), host_end.log_knob())

SERIAL = DeviceForm(
    kind="serial",
    tag="serial",
    title=say("Hardware", "Serial port"),
    icon="terminal",
    fresh=_fresh_serial,
    judge=_judge_serial,
    more=_more,
    takes=_takes,
    knobs=(
        *_END_KNOBS,
        Knob(
            Choice(
                "target",
                say("Hardware", "Model"),
                options=tuple(Option(word, label) for word, (label, _) in _TARGETS.items()),
            ),
            get=lambda device: device.target_kind,
            put=_put_target,
            offer=_targets,
        ),
    ),
)
CONSOLE = DeviceForm(
    kind="console",
    tag="console",
    title=say("Hardware", "Console"),
    icon="terminal",
    # The one of the first serial port is that port's.
    fits=lambda device: device.target_kind not in ("", "serial"),
    fresh=_fresh_console,
    judge=lambda _scene, answers: host_end.judge(answers),
    knobs=_END_KNOBS,
)
PARALLEL = DeviceForm(
    kind="parallel",
    tag="parallel",
    title=say("Hardware", "Parallel port"),
    icon="cable",
    fresh=_fresh_parallel,
    judge=lambda _scene, answers: host_end.judge(answers),
    knobs=_END_KNOBS,
)
