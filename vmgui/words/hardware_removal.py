"""The question before a device is taken out of a machine."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.edit import When
from vmgui.model.hardware import HardwareChange, HardwareMachine, RemoveDevice
from vmgui.policy.plain_text import visible
from vmgui.words.device import device_words
from vmgui.words.hardware import why_sentence
from vmgui.words.question import Question

translate = QCoreApplication.translate


def ask(machine: HardwareMachine, change: HardwareChange) -> Question:
    """`change`: what becomes of a RemoveDevice; what stays and whether the guest has to let go is told by its plan."""
    assert isinstance(change.wish, RemoveDevice)
    seen = change.wish.seen
    device = device_words(seen.kind, seen.saved if seen.saved is not None else seen.live)
    if not machine.is_active:
        text = translate("Hardware", "“{name}” does not have it when it starts again.")
    elif change.when is When.NEXT_START:
        text = translate("Hardware", "“{name}” has it until it stops, and not when it starts again.")
    else:
        text = translate("Hardware", "It is taken out of “{name}” while that runs.")
    return Question(
        title=translate("Hardware", "Remove {device}?").format(device=device),
        text=text.format(name=visible(machine.name)),
        consequence=why_sentence(change),
        confirm_label=translate("Hardware", "Remove"),
    )
