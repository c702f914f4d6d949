"""Watchdogs: what the hypervisor does with a guest that hangs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vmgui.commands.fields import Answers, Choice, Option
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import choices, possible
from vmgui.model.device_machine import WatchdogDevice
from vmgui.model.hardware import ChangeDevice, Wish
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_MODELS = (
    Option("i6300esb", say("Hardware", "Intel 6300ESB (PCI)")),
    Option("itco", say("Hardware", "Intel iTCO (of the Q35 chipset)")),
    Option("ib700", say("Hardware", "iBase 700 (ISA, of old PCs)")),
    Option("diag288", say("Hardware", "Of IBM Z")),
)
_ACTIONS = (
    Option("reset", say("Hardware", "Reset it, as by its button")),
    Option("shutdown", say("Hardware", "Ask it to shut down")),
    Option("poweroff", say("Hardware", "Turn it off")),
    Option("pause", say("Hardware", "Pause it")),
    Option("dump", say("Hardware", "Write its memory to a file of the host, then reset it")),
    Option("inject-nmi", say("Hardware", "Interrupt its kernel (NMI)")),
    Option("none", say("Hardware", "Nothing")),
)
_TAKEN = say("Hardware", "The virtual machine has a watchdog of this model already.")
_SEVERAL = 9_001_000
"""The libvirt that knows iTCO, which every Q35 machine has there, and more than one watchdog."""


def _models(scene: Scene) -> tuple[Option, ...]:
    fitting = _fitting(scene)
    if _is_built_in(scene):
        why_not = say("Hardware", "Machines of this type always have it: add another one instead.")
        return tuple(one if one.value == "itco" else replace(one, why_not=why_not) for one in _MODELS)
    taken = {one.model for one in _others(scene)}
    options: list[Option] = []
    for one in _MODELS:
        if one.value not in fitting:
            one = replace(one, why_not=say("Hardware", "This host gives machines of this type none."))
        elif one.value in taken:
            one = replace(one, why_not=_TAKEN)
        options.append(one)
    return possible(options, choices(scene, "watchdog", "model"))


def _is_built_in(scene: Scene) -> bool:
    """Whether it is part of the chipset: libvirt adds it again."""
    is_itco = scene.listed is not None and scene.kept.model == "itco"
    return is_itco and scene.machine.libvirt_version >= _SEVERAL


def _fitting(scene: Scene) -> tuple[str, ...]:
    """As libvirt has them: the models that a machine of this type can have, the best first."""
    values = scene.machine.values
    if values is None or not values.arch:
        return ("i6300esb", "itco", "ib700", "diag288")
    if values.arch in ("s390", "s390x"):
        return ("diag288",)
    if values.arch not in ("x86_64", "i686"):
        return ("i6300esb",)
    if "q35" not in values.machine:
        return ("i6300esb", "ib700")
    return ("i6300esb", "itco" if scene.machine.libvirt_version >= _SEVERAL else "ib700")


def _others(scene: Scene) -> list[WatchdogDevice]:
    return [one for one in scene.others if isinstance(one, WatchdogDevice)]


def _fresh(scene: Scene) -> WatchdogDevice | Say:
    others = _others(scene)
    if others and scene.machine.libvirt_version < _SEVERAL:
        return say("Hardware", "The virtual machine has a watchdog: this host gives each only one.")
    taken = {one.model for one in others}
    free = next((model for model in _fitting(scene) if model not in taken), "")
    if not free:
        return say("Hardware", "The virtual machine has every watchdog that it can have.")
    return WatchdogDevice(model=free, action=others[0].action if others else "reset")


def _judge(scene: Scene, answers: Answers) -> Iterable[Note]:
    others = _others(scene)
    if any(one.model == answers["model"] for one in others):
        yield Note("model", str(_TAKEN))
    changed = scene.listed is None or answers["action"] != (scene.kept.action or "reset")
    if changed and any((one.action or "reset") != answers["action"] for one in others):
        text = say("Hardware", "The machine's other watchdogs then do the same: all of them do one thing.")
        yield Note("action", str(text), Level.INFO)
    elif answers["action"] == "shutdown":
        text = say("Hardware", "A guest that hangs rarely does what it is asked.")
        yield Note("action", str(text), Level.INFO)


def _more(scene: Scene, answers: Answers) -> Iterable[Wish]:
    """QEMU knows one action for all watchdogs of a machine."""
    if scene.listed is not None and answers["action"] == (scene.kept.action or "reset"):
        return
    for listed in scene.machine.devices:
        kept = listed.saved if listed.saved is not None else listed.live
        mine = scene.listed is not None and listed.id == scene.listed.id
        if isinstance(kept, WatchdogDevice) and not mine and (kept.action or "reset") != answers["action"]:
            yield ChangeDevice(listed.id, (("action", answers["action"]),), listed)


FORM = DeviceForm(
    kind="watchdog",
    tag="watchdog",
    title=say("Hardware", "Watchdog"),
    icon="timer",
    fresh=_fresh,
    judge=_judge,
    more=_more,
    knobs=(
        Knob(
            Choice("model", say("Hardware", "Model"), options=_MODELS),
            get=lambda device: device.model,
            put=lambda _device, answer: {"model": answer, "address": None},
            offer=_models,
        ),
        Knob(
            Choice("action", say("Hardware", "When the guest hangs"), options=_ACTIONS),
            get=lambda device: device.action or "reset",
            put=lambda _device, answer: {"action": answer},
        ),
    ),
)
