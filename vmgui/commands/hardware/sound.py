"""Sound cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vmgui.commands.fields import Answers, Choice, Option
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.input import has_usb
from vmgui.commands.hardware.offered import choices, possible
from vmgui.model.device_display import SoundDevice
from vmgui.model.device_parts import Virtio
from vmgui.model.device_storage import ControllerDevice
from vmgui.policy.device_values import value_at
from vmgui.policy.plain_text import visible
from vmgui.words.note import Note
from vmgui.words.say import say

_MODELS = (
    Option("ich9", say("Hardware", "Intel HD Audio ICH9 (current systems)")),
    Option("ich6", say("Hardware", "Intel HD Audio ICH6")),
    Option("virtio", say("Hardware", "virtio (the guest needs its driver)")),
    Option("ac97", say("Hardware", "AC97 (older systems)")),
    Option("usb", say("Hardware", "USB")),
    Option("es1370", say("Hardware", "Ensoniq ES1370 (very old systems)")),
    Option("sb16", say("Hardware", "Sound Blaster 16 (very old systems)")),
)
_VIRTIO_FROM = 10_004_000
_INTEL = ("ich6", "ich9")
_CODECS = (
    Option("", say("Hardware", "Default")),
    Option("duplex", say("Hardware", "Line in and line out")),
    Option("micro", say("Hardware", "Microphone and loudspeaker")),
    Option("output", say("Hardware", "Line out only")),
)


def _fresh(scene: Scene) -> SoundDevice:
    """Where its sound goes libvirt decides: to SPICE where there is such a display, else nowhere."""
    has_pcie = any(isinstance(one, ControllerDevice) and one.model == "pcie-root" for one in scene.others)
    return SoundDevice(model="ich9" if has_pcie else "ich6")


def _models(scene: Scene) -> tuple[Option, ...]:
    too_old = 0 < scene.machine.libvirt_version < _VIRTIO_FROM
    why_not = say("Hardware", "This host's libvirt is too old: this card exists since libvirt 10.4.")
    options = (
        Option(one.value, one.label, why_not=why_not if one.value == "virtio" and too_old else "")
        for one in _MODELS
    )
    return possible(options, choices(scene, "sound", "model"))


def _put_model(device: SoundDevice, answer: str) -> Mapping[str, object]:
    """Each model sits on a bus of its own, and has its own codecs."""
    blank = SoundDevice()
    gone = ("address", "acpi_index", "acpi_nodeset", "multichannel", "streams")
    values: dict[str, object] = {**{name: getattr(blank, name) for name in gone}, "model": answer}
    if answer not in _INTEL:
        values["codecs"] = ()
    if answer != "virtio":
        values["virtio"] = Virtio()
    return {path: value for path, value in values.items() if value != value_at(device, path)}


def _put_codec(device: SoundDevice, answer: str) -> Mapping[str, object]:
    if device.model not in _INTEL:
        return {}
    return {"codecs": tuple(one for one in answer.split(",") if one)}


def _is_intel(answers: Answers) -> bool:
    return answers["model"] in _INTEL


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    model = answers["model"]
    if scene.kept is None or scene.kept.model != model:
        option = next((one for one in _models(scene) if one.value == model), None)
        if option is None:
            text = say("Hardware", "There is no sound card “{text}”.").format(text=visible(str(model), 40))
            yield Note("model", text)
        elif option.why_not:
            yield Note("model", str(option.why_not))
        elif model == "usb" and not has_usb(scene):
            yield Note(
                "model", str(say("Hardware", "The virtual machine has no USB controller: add one first."))
            )


FORM = DeviceForm(
    kind="sound",
    tag="sound",
    title=say("Hardware", "Sound card"),
    icon="volume-2",
    fresh=_fresh,
    judge=_judge,
    knobs=(
        Knob(Choice("model", say("Hardware", "Model")), get=lambda one: one.model, put=_put_model, offer=_models),
        Knob(
            Choice("codec", say("Hardware", "Jacks"), options=_CODECS, shown=_is_intel),
            get=lambda one: ",".join(one.codecs), put=_put_codec, folded=True,
        ),
    ),
)  # fmt: skip
