"""Random number generators."""

from __future__ import annotations

from typing import Any

from vmgui.commands.fields import Choice, Option, Text
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.model.device_character import RngDevice
from vmgui.words.say import say

_SOURCES = (
    Option("random", say("Hardware", "A file of the host")),
    Option("builtin", say("Hardware", "Of the hypervisor itself")),
    Option("egd", say("Hardware", "A server")),
)


def _fresh(_scene: Scene) -> RngDevice:
    return RngDevice(model="virtio", backend="random", path="/dev/urandom")


def _is_of_file(answers: Any) -> bool:
    return answers["backend"] == "random"


FORM = DeviceForm(
    kind="rng",
    tag="rng",
    title=say("Hardware", "Random number generator"),
    icon="dices",
    fresh=_fresh,
    knobs=(
        Knob(Choice("backend", say("Hardware", "Source"), options=_SOURCES), "backend"),
        Knob(Text("path", say("Hardware", "File"), shown=_is_of_file), "path"),
    ),
)
