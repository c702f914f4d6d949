"""The questions before what loses something or reaches many: which machines, what is lost, who is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject

from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal, is_as_wanted
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.question import Question

translate = QCoreApplication.translate

_NAMED = 4
"""So many are named in the title; of more, how many they are and on how many hosts."""
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Affected:
    """What is about to be done, to whom, and how many are left out for which reason."""

    kind: JobKind
    names: tuple[str, ...]
    hosts: int = 1
    skipped: tuple[tuple[Refusal, int], ...] = ()


def ask(affected: Affected) -> Question:
    """The question before it is done."""
    question = _question(affected.kind)
    lines = [question.text]
    if len(affected.names) > _NAMED:
        lines.append(fmt.joined(affected.names, at_most=_LISTED))
    lines += [skipped_words(affected.kind, why, number) for why, number in affected.skipped]
    return replace(
        question,
        title=question.title.format(name=_subject(affected)),
        text="\n".join(line for line in lines if line),
    )


def skipped_words(kind: JobKind, why: Refusal, number: int) -> str:
    """How many are left out, and why."""
    return _counted.skipped(kind, why, number)


def _subject(affected: Affected) -> str:
    """ "web-01 and web-02", "12 virtual machines on 3 hosts"."""
    if len(affected.names) <= _NAMED:
        return fmt.joined(affected.names, at_most=_NAMED)
    return counts.machines_on_hosts(len(affected.names), affected.hosts)


class _Counted(QObject):
    """Plurals; a method's `self.tr` is where lupdate understands `%n`."""

    def skipped(self, kind: JobKind, why: Refusal, number: int) -> str:
        match why:
            case Refusal.NOT_RUNNING if is_as_wanted(kind, why):
                return self.tr("%n are off already and will be skipped.", "", number)
            case Refusal.NOT_RUNNING:
                return self.tr("%n are not running and will be skipped.", "", number)
            case Refusal.ALREADY_RUNNING:
                return self.tr("%n are running already and will be skipped.", "", number)
            case Refusal.ALREADY_PAUSED:
                return self.tr("%n are paused already and will be skipped.", "", number)
            case Refusal.PAUSED:
                return self.tr("%n are paused and will be skipped.", "", number)
            case Refusal.NOT_PAUSED:
                return self.tr("%n are not paused and will be skipped.", "", number)
            case Refusal.NOTHING_SAVED:
                return self.tr("%n have no saved state and will be skipped.", "", number)
            case Refusal.PROTECTED:
                return self.tr("%n are protected and will be skipped.", "", number)
            case Refusal.HOST_OFFLINE:
                return self.tr("%n are on hosts that are not connected and will be skipped.", "", number)
            case Refusal.READ_ONLY:
                return self.tr("%n are on hosts connected read-only and will be skipped.", "", number)
            case _:
                return self.tr("It is not possible with %n now: they will be skipped.", "", number)


_counted = _Counted()


def _question(kind: JobKind) -> Question:
    match kind:
        case JobKind.FORCE_OFF:
            return Question(
                title=translate("Questions", "Force off {name}?"),
                text=translate(
                    "Questions", "It is like pulling the plug: the guest gets no time to save anything."
                ),
                consequence=translate(
                    "Questions", "What its programs have not written to disk is lost. Try “Shut down” first."
                ),
                confirm_label=translate("Questions", "Force off"),
            )
        case JobKind.RESET:
            return Question(
                title=translate("Questions", "Reset {name}?"),
                text=translate(
                    "Questions", "It is like pressing the reset button: the guest starts anew at once."
                ),
                consequence=translate(
                    "Questions", "What its programs have not written to disk is lost. Try “Reboot” first."
                ),
                confirm_label=translate("Questions", "Reset"),
            )
        case JobKind.DISCARD_SAVED:
            return Question(
                title=translate("Questions", "Discard the saved state of {name}?"),
                text=translate(
                    "Questions", "The next start will be a boot from its disks, as after a power cut."
                ),
                consequence=translate("Questions", "What ran when it was saved is lost; its disks stay."),
                confirm_label=translate("Questions", "Discard"),
            )
        case JobKind.START_AFRESH:
            return Question(
                title=translate("Questions", "Discard the saved state of {name} and start?"),
                text=translate("Questions", "It boots from its disks, as after a power cut."),
                consequence=translate("Questions", "What ran when it was saved is lost; its disks stay."),
                confirm_label=translate("Questions", "Discard and start"),
            )
        case JobKind.START_NEW_FIRMWARE:
            return Question(
                title=translate("Questions", "Start {name} with new firmware variables?"),
                text=translate(
                    "Questions",
                    "Its UEFI begins as on a new machine: with the keys that its host gives it, and without those that"
                    " were added, its settings and the order of its systems.",
                ),
                consequence=translate(
                    "Questions",
                    "What the firmware remembers is lost; its disks stay. A disk that is encrypted with its TPM may"
                    " ask for the recovery key.",
                ),
                confirm_label=translate("Questions", "Start with new variables"),
            )
        case JobKind.SHUT_DOWN:
            return _harmless(
                translate("Questions", "Shut down {name}?"),
                translate("Questions", "Each guest is asked to shut down by itself."),
                translate("Questions", "Shut down"),
            )
        case JobKind.REBOOT:
            return _harmless(
                translate("Questions", "Reboot {name}?"),
                translate("Questions", "Each guest is asked to restart by itself."),
                translate("Questions", "Reboot"),
            )
        case JobKind.PAUSE:
            return _harmless(
                translate("Questions", "Pause {name}?"),
                translate("Questions", "Their processors stop until they are resumed."),
                translate("Questions", "Pause"),
            )
        case JobKind.RESUME:
            return _harmless(translate("Questions", "Resume {name}?"), "", translate("Questions", "Resume"))
        case JobKind.SAVE:
            return _harmless(
                translate("Questions", "Save the state of {name}?"),
                translate(
                    "Questions", "Their memory is written to their hosts’ disks, and they are turned off."
                ),
                translate("Questions", "Save state"),
            )
        case _:
            return _harmless(
                translate("Questions", "Start {name}?"),
                translate("Questions", "A few on each host at a time; it can be cancelled."),
                translate("Questions", "Start"),
            )


def _harmless(title: str, text: str, label: str) -> Question:
    return Question(title=title, text=text, confirm_label=label, danger=False)


def quit_with_drafts(names: tuple[str, ...]) -> Question:
    """The program is to close while changes to these machines are not saved."""
    return Question(
        title=translate("Questions", "Quit without saving your changes?"),
        text=fmt.joined(names, _LISTED),
        consequence=translate("Questions", "What was changed there and not saved is lost."),
        confirm_label=translate("Questions", "Quit"),
        cancel_label=translate("Questions", "Stay"),
    )


def quit_with_jobs(titles: tuple[str, ...]) -> Question:
    """The program is to close while jobs are under way."""
    return Question(
        title=translate("Questions", "Quit while jobs are under way?"),
        text="\n".join(titles[:_LISTED]),
        consequence=translate(
            "Questions",
            "They are cancelled; what cannot be cancelled may go on or stay half-done on the host.",
        ),
        confirm_label=translate("Questions", "Quit"),
        cancel_label=translate("Questions", "Stay"),
    )
