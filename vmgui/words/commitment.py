"""How much of a host is committed, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.policy.commitment import CommitmentLevel

translate = QCoreApplication.translate


def level_words(level: CommitmentLevel) -> str:
    """ "Tight": colour alone tells nothing to many."""
    match level:
        case CommitmentLevel.UNKNOWN:
            return translate("Commitment", "Not known")
        case CommitmentLevel.NONE:
            return translate("Commitment", "Enough for all")
        case CommitmentLevel.OK:
            return translate("Commitment", "More than there is, as usual")
        case CommitmentLevel.TIGHT:
            return translate("Commitment", "Tight")
        case CommitmentLevel.OVER:
            return translate("Commitment", "Too much")
