"""Graphics cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vmgui.commands.fields import Answers, Check, Choice, Limit, LimitUnit, Number, Option, Text
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import LACKS, possible
from vmgui.model.device_display import GraphicsDevice, VideoDevice
from vmgui.model.device_parts import Virtio
from vmgui.policy.device_values import value_at
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

NONE = "none"
_MODELS = (
    Option("virtio", say("Hardware", "virtio (current systems)")),
    Option("qxl", say("Hardware", "QXL (with SPICE)")),
    Option("vga", say("Hardware", "VGA (every system knows it)")),
    Option("bochs", say("Hardware", "Bochs (UEFI, without old VGA)")),
    Option("cirrus", say("Hardware", "Cirrus (very old systems)")),
    Option("ramfb", say("Hardware", "Plain frame buffer (UEFI)")),
    Option(NONE, say("Hardware", "None: the virtual machine has no screen")),
)
# Measured on libvirt 9.0, 11.3 and 12.8: what each model may have; all else is refused.
_SECOND = ("virtio", "qxl")
_HEADS = ("virtio", "qxl")
_SIZED = ("vga", "qxl", "virtio", "bochs")  # have a first resolution
_WITH_MEMORY = ("vga", "bochs", "cirrus", "vmvga", "qxl")
_MOST_HEADS = 16
_LEAST_KIB = 1024
_SIZE = re.compile(r"([1-9][0-9]{1,4})\s*[x×]\s*([1-9][0-9]{1,4})", re.IGNORECASE)
# What libvirt gives each by itself.
_DEFAULT_KIB = 16384
_DEFAULTS_OF_QXL = {"memory_kib": 65536, "video_memory_kib": 65536, "vga_memory_kib": 16384}
_MEMORY = ("memory_kib", "video_memory_kib", "video_memory64_kib", "vga_memory_kib")


def fresh(scene: Scene) -> VideoDevice | Say:
    """One that this host has; beside another one that can be a second."""
    others = [one for one in scene.others if isinstance(one, VideoDevice)]
    if any(one.model == NONE for one in others):
        return say("Hardware", "“None” stands for the graphics card: choose another model there.")
    wanted = _SECOND if others else ("virtio", "vga", "bochs", "qxl", "cirrus", "ramfb")
    known = {option.value for option in _models(scene) if not option.why_not}
    model = next((one for one in wanted if one in known), "")
    if not model:
        return say("Hardware", "This host has no graphics card that can be a second one.")
    return VideoDevice(model=model, heads=1, primary=None if others else True)


def _models(scene: Scene) -> tuple[Option, ...]:
    capabilities = scene.machine.capabilities
    offered = capabilities.video_models if capabilities is not None else ()
    return possible(_MODELS, offered or None)


def _put_model(device: VideoDevice, answer: str) -> Mapping[str, object]:
    """Memory is each model's own; an address and what another model cannot have goes."""
    blank = VideoDevice()
    gone = [*_MEMORY, "device", "vga_config", "accel_2d"]
    if answer != "virtio":
        gone += ["accel_3d", "render_node", "blob", "edid", "driver"]
    if answer not in _SIZED:
        gone += ["width", "height"]
    if answer in ("ramfb", NONE):
        gone += ["address", "acpi_index", "acpi_nodeset"]
    if answer == NONE:
        gone.append("primary")
    values: dict[str, object] = {**{name: getattr(blank, name) for name in gone}, "model": answer}
    if answer == "qxl":
        values.update(_DEFAULTS_OF_QXL)
    elif answer in _WITH_MEMORY:
        values["video_memory_kib"] = _DEFAULT_KIB
    if answer not in _HEADS:
        values["heads"] = None if answer == NONE else 1
    if answer != "virtio":
        values["virtio"] = Virtio()
    return {path: value for path, value in values.items() if value != value_at(device, path)}


def _put_heads(device: VideoDevice, answer: int | None) -> Mapping[str, object]:
    return {"heads": answer or 1} if device.model in _HEADS else {}


def _put_memory(device: VideoDevice, answer: int | None) -> Mapping[str, object]:
    return {"video_memory_kib": answer} if device.model in _WITH_MEMORY else {}


def _put_3d(device: VideoDevice, answer: bool) -> Mapping[str, object]:
    return {"accel_3d": True if answer else None} if device.model == "virtio" else {}


def _size(device: VideoDevice) -> str:
    return f"{device.width}x{device.height}" if device.width and device.height else ""


def _put_size(device: VideoDevice, answer: str) -> Mapping[str, object]:
    if device.model not in _SIZED:
        return {}
    if not answer.strip():
        return {"width": None, "height": None}
    found = _SIZE.fullmatch(answer.strip())
    return {} if found is None else {"width": int(found[1]), "height": int(found[2])}


def _has(*models: str):
    def has(answers: Answers) -> bool:
        return answers["model"] in models

    return has


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    model = answers["model"]
    if scene.kept is None or scene.kept.model != model:
        yield from _judge_model(scene, model)
    if model in _HEADS and (answers["heads"] or 1) > _MOST_HEADS:
        yield Note("heads", say("Hardware", "At most {most} screens.").format(most=_MOST_HEADS))
    memory = answers["memory"]
    if model in _WITH_MEMORY and memory is not None and (memory < _LEAST_KIB or memory & (memory - 1)):
        yield _note("memory", say("Hardware", "At least 1 MiB, and a power of two: 16 MiB, 32 MiB, 64 MiB …"))
    size = answers["resolution"].strip()
    if model in _SIZED and size and not _SIZE.fullmatch(size):
        yield _note("resolution", say("Hardware", "Say it like this: 1280x800"))
    was_3d = scene.kept is not None and scene.kept.accel_3d is True
    if model == "virtio" and answers["accel3d"] and not was_3d and not any(map(_has_gl, scene.others)):
        yield _note(
            "accel3d", say("Hardware", "3D needs a display with OpenGL: turn it on in a SPICE display first.")
        )


def _judge_model(scene: Scene, model: str) -> Iterator[Note]:
    option = next((one for one in _models(scene) if one.value == model), None)
    if option is None or option.why_not:
        yield _note("model", LACKS)
        return
    others = [one for one in scene.others if isinstance(one, VideoDevice)]
    if model == NONE and others:
        yield _note("model", say("Hardware", "There is another graphics card: “none” stands alone."))
    elif any(one.primary for one in others) and model not in _SECOND:
        yield _note("model", say("Hardware", "A second graphics card is virtio or QXL."))


def _has_gl(device: object) -> bool:
    return isinstance(device, GraphicsDevice) and (device.gl is True or device.kind == "egl-headless")


def _note(field: str, words: Say) -> Note:
    return Note(field, str(words), Level.ERROR)


FORM = DeviceForm(
    kind="video",
    tag="video",
    title=say("Hardware", "Graphics card"),
    icon="gpu",
    fresh=fresh,
    judge=_judge,
    knobs=(
        Knob(Choice("model", say("Hardware", "Model")), get=lambda one: one.model, put=_put_model, offer=_models),
        Knob(
            Number("heads", say("Hardware", "Screens"), least=1, most=_MOST_HEADS, shown=_has(*_HEADS)),
            get=lambda one: one.heads or 1, put=_put_heads,
        ),
        Knob(
            Limit("memory", say("Hardware", "Video memory"), unit=LimitUnit.KIB, none_words=say("Hardware", "Default"),
                  shown=_has(*_WITH_MEMORY)),
            get=lambda one: one.video_memory_kib, put=_put_memory, folded=True,
        ),
        Knob(
            Text("resolution", say("Hardware", "Resolution at the start"), hint=say("Hardware", "Default"), most_chars=20,
                 shown=_has(*_SIZED)),
            get=_size, put=_put_size, folded=True,
        ),
        Knob(
            Check("accel3d", say("Hardware", "3D acceleration"), shown=_has("virtio")),
            get=lambda one: one.accel_3d is True, put=_put_3d,
        ),
    ),
)  # fmt: skip
