"""The question before a device is taken out of a machine: what goes, what stays, what the guest has to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.edit import When
from vmgui.model.hardware import HardwareChange, HardwareMachine, RemoveDevice
from vmgui.policy.plain_text import visible
from vmgui.words.device import device_detail, device_title
from vmgui.words.hardware import in_sentence, why_sentence
from vmgui.words.question import Question

translate = QCoreApplication.translate


def ask(machine: HardwareMachine, change: HardwareChange, loses: str = "") -> Question:
    """`change`: what becomes of a RemoveDevice; what stays and whether the guest has to let go is told by its plan.
    `loses`: what goes for good with it, as its form says. Where it can also wait for the next start, that is the other
    answer.
    """
    assert isinstance(change.wish, RemoveDevice)
    seen = change.wish.seen
    device = seen.saved if seen.saved is not None else seen.live
    detail = device_detail(device)
    is_both = machine.is_active and seen.live is not None and seen.saved is not None
    if not machine.is_active:
        text = translate("Hardware", "“{name}” does not have it when it starts again.")
    elif change.when is When.NEXT_START:
        text = translate("Hardware", "“{name}” has it until it stops, and not when it starts again.")
    else:
        text = translate("Hardware", "It is taken out of “{name}” while that runs.")
    said = text.format(name=visible(machine.name))
    title = translate("Hardware", "Remove {device} from {name}?")
    return Question(
        title=title.format(device=in_sentence(device_title(seen.kind, device)), name=visible(machine.name)),
        text=f"{detail}\n{said}" if detail else said,
        consequence=" ".join(filter(None, (why_sentence(change), loses))),
        confirm_label=translate("Hardware", "Remove"),
        other_label=translate("Hardware", "Remove at the next start")
        if is_both and change.when is When.NOW
        else "",
    )
