"""USB redirection: USB devices of whoever looks at the display are plugged into the machine."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.commands.fields import Answers, Option
from vmgui.commands.hardware import host_end
from vmgui.commands.hardware.channel import has_spice
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.input import has_usb
from vmgui.commands.hardware.offered import LACKS, choices, is_lacking
from vmgui.model.device_character import RedirdevDevice
from vmgui.words.note import Note
from vmgui.words.say import Say, say

_KINDS = ("spicevmc", "tcp", "unix")
NO_USB = say("Hardware", "The virtual machine has no USB controller: add one first.")
NO_SPICE = say("Hardware", "The virtual machine has no SPICE display: add one first.")


def _offer(scene: Scene) -> tuple[Option, ...]:
    spice, *rest = (host_end.KINDS[kind] for kind in _KINDS)
    ends = choices(scene, "channel", "type")
    if ends is not None and "spicevmc" not in ends:
        spice = Option(spice.value, spice.label, why_not=LACKS)
    elif not has_spice(scene):
        spice = Option(spice.value, spice.label, why_not=NO_SPICE)
    return (spice, *rest)


def _fresh(scene: Scene) -> RedirdevDevice | Say:
    if is_lacking(scene, "redirdev"):
        return say("Hardware", "This host gives machines of this type no USB redirection.")
    if not has_usb(scene):
        return NO_USB
    spice, *_ = _offer(scene)
    if isinstance(spice.why_not, Say):
        return spice.why_not
    return RedirdevDevice(bus="usb", host=host_end.fresh("spicevmc"))


def _judge(scene: Scene, answers: Answers) -> Iterable[Note]:
    if not has_usb(scene):
        yield Note("type", str(NO_USB))
    elif answers["type"] == "spicevmc" and not has_spice(scene):
        yield Note("type", str(NO_SPICE))
    yield from host_end.judge(answers)


def _with_offer(knob: Knob) -> Knob:
    return Knob(knob.field, get=knob.get, put=knob.put, offer=_offer) if knob.name == "type" else knob


FORM = DeviceForm(
    kind="redirdev",
    tag="redirdev",
    title=say("Hardware", "USB redirection"),
    icon="cast",
    fresh=_fresh,
    judge=_judge,
    knobs=tuple(
        _with_offer(knob) for knob in host_end.knobs(_KINDS, mode="connect") if knob.name != "append"
    ),
    called=("redirection",),
)
