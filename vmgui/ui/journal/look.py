"""How an entry of the log looks: icon shape and colour."""

from __future__ import annotations

from vmgui.model.journal import EntryKind, JournalEntry, Outcome
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.job_look import job_state_look
from vmgui.words.journal import STATES


def entry_look(entry: JournalEntry) -> tuple[str, IconRole]:
    """Icon name and colour."""
    if entry.kind is EntryKind.ALERT:
        return ("bell", IconRole.WARNING if entry.outcome is Outcome.PROBLEM else IconRole.MUTED)
    match entry.outcome:
        case Outcome.INTERRUPTED:
            return ("unplug", IconRole.WARNING)
        case Outcome.NOTED:
            return ("info", IconRole.MUTED)
        case Outcome.PROBLEM:
            return ("triangle-alert", IconRole.DANGER)
        case Outcome.UNDER_WAY | Outcome.DONE | Outcome.FAILED | Outcome.CANCELLED:
            return job_state_look(STATES[entry.outcome])
