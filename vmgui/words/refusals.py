"""Why an action is greyed out, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.policy.domain_names import NameProblem
from vmgui.policy.lifecycle import Refusal

translate = QCoreApplication.translate


def refusal_words(refusal: Refusal) -> str:
    """A sentence for a tool tip."""
    match refusal:
        case Refusal.HOST_OFFLINE:
            return translate("Refusal", "Its host is not connected.")
        case Refusal.READ_ONLY:
            return translate("Refusal", "Its host is connected read-only.")
        case Refusal.UNSUPPORTED:
            return translate("Refusal", "This kind of host cannot do it.")
        case Refusal.ALREADY_RUNNING:
            return translate("Refusal", "It is running already.")
        case Refusal.NOT_RUNNING:
            return translate("Refusal", "It is not running.")
        case Refusal.PAUSED:
            return translate("Refusal", "It is paused: resume it first.")
        case Refusal.ALREADY_PAUSED:
            return translate("Refusal", "It is paused already.")
        case Refusal.NOT_PAUSED:
            return translate("Refusal", "It is not paused.")
        case Refusal.BUSY:
            return translate("Refusal", "It is being saved or moved.")
        case Refusal.ASLEEP:
            return translate("Refusal", "The guest has put itself to sleep.")
        case Refusal.NOTHING_SAVED:
            return translate("Refusal", "It has no saved state.")
        case Refusal.MUST_BE_OFF:
            return translate("Refusal", "It has to be shut down first.")
        case Refusal.HAS_SAVED_STATE:
            return translate("Refusal", "It has a saved state: restore or discard it first.")
        case Refusal.TRANSIENT:
            return translate("Refusal", "It exists only while it runs, so there is nowhere to keep this.")
        case Refusal.PROTECTED:
            return translate("Refusal", "It is protected: turn off “Protect from deletion” first.")


def name_problem_words(problem: NameProblem, name: str = "") -> str:
    """What is wrong with a new name and how to mend it."""
    match problem:
        case NameProblem.EMPTY:
            return translate("Refusal", "Give it a name.")
        case NameProblem.TOO_LONG:
            return translate("Refusal", "This name is too long.")
        case NameProblem.SLASH:
            return translate("Refusal", "A name cannot contain “/”.")
        case NameProblem.DOT:
            return translate("Refusal", "A name cannot be just dots.")
        case NameProblem.CONTROL_CHARACTER:
            return translate("Refusal", "The name contains a character that cannot be seen. Remove it.")
        case NameProblem.OUTER_SPACE:
            return translate("Refusal", "Remove the space before or after the name.")
        case NameProblem.TAKEN:
            return translate("Refusal", "“{name}” is taken on this host. Choose another name.").format(
                name=name
            )
