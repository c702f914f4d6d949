"""What is left of something that there is only so much of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def capacity_words(
    words: Callable[[int], str], own: int, total: int, others: int, place: str, who: str
) -> str:
    """What `own` and the `others` leave of a total ("on host-a"), and who the others are; empty: no total is known.

    `words` says one of the amounts in its unit.
    """
    if not total:
        return ""
    free = total - others - own
    if free >= 0:
        text = translate("CapacitySlider", "{free} left of {total} {place}")
    else:
        text = translate("CapacitySlider", "{over} more than the {total} {place}")
    text = text.format(free=words(max(0, free)), over=words(max(0, -free)), total=words(total), place=place)
    if others and who:
        text += " · " + translate("CapacitySlider", "{amount} {who}").format(amount=words(others), who=who)
    return " ".join(text.split())
