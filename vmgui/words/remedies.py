"""What helps with a failed job, on a button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.policy.plain_text import visible
from vmgui.policy.remedies import Remedy, RemedyKind

LONGEST_NAME = 40
"""A button's words are its least width, and it may stand in a line of the window."""

translate = QCoreApplication.translate


def button_words(remedy: Remedy) -> str:
    """ "Force off…", "Start the network “default” and try again"."""
    match remedy.kind:
        case RemedyKind.FORCE_OFF:
            return translate("Remedies", "Force off…")
        case RemedyKind.START_AFRESH:
            return translate("Remedies", "Discard saved state and start…")
        case RemedyKind.START_MEANS:
            names = {(one.is_pool, one.name) for one in remedy.means}
            if len(names) != 1:
                return translate("Remedies", "Start what they need and try again")
            ((is_pool, name),) = names
            if is_pool:
                text = translate("Remedies", "Start the storage pool “{name}” and try again")
            else:
                text = translate("Remedies", "Start the network “{name}” and try again")
            return text.format(name=visible(name, LONGEST_NAME))
