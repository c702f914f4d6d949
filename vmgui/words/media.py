"""Drives and media in words: what is in them, whether a file can be put in, what a guest has locked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.domain import DomainState
from vmgui.model.media import Drive, LookedAt, MediumFile, Usable
from vmgui.model.offer import Field
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import issue_text
from vmgui.words.note import Level, Note
from vmgui.words.question import Question

translate = QCoreApplication.translate


def drive_kind(device: str) -> str:
    """ "CD drive", "Floppy drive"."""
    return translate("Media", "Floppy drive") if device == "floppy" else translate("Media", "CD drive")


def drive_words(drive: Drive) -> str:
    """ "CD drive sda: debian.iso", "CD drive sdb (empty)"."""
    name = f"{drive_kind(drive.device)} {visible(drive.target)}"
    if not drive.medium:
        return translate("Media", "{drive} (empty)").format(drive=name)
    return f"{name}: {visible(_file_name(drive.medium))}"


def reach_words(state: DomainState) -> str:
    """When a machine in this state has the medium."""
    if state is DomainState.SAVED:
        return translate(
            "Media",
            "It is in the drive when the machine is next started afresh: the saved state goes on with what it had.",
        )
    if state.is_active:
        return translate("Media", "It is in the drive at once, and after the next start.")
    return translate("Media", "It is in the drive when the machine starts.")


def looked_note(path: str, looked: LookedAt | None) -> Note:
    """What is said of the chosen file; None: it is being looked at."""
    if not path:
        return Note("path", "", Level.MISSING)
    if not path.startswith("/"):
        # Part of a name: the list shows what has it.
        return Note(
            "path", translate("Media", "Choose one of the list, or give its whole path."), Level.MISSING
        )
    if looked is None:
        return Note("path", translate("Media", "Looking at the file…"), Level.BUSY)
    medium = looked.medium
    issues = [issue_text(issue, Field.CDROM) for issue in medium.issues]
    if looked.usable is Usable.NO:
        if medium.backing_path:
            text = translate("Media", "This image is based on another file, {path}: a drive cannot use it.")
            issues = [text.format(path=visible(medium.backing_path, TEXT_CHARS))]
        return Note("path", "\n".join(issues), Level.ERROR)
    if looked.usable is Usable.UNKNOWN:
        return Note("path", "\n".join(issues) or _not_known(), Level.INFO)
    size = fmt.size_bytes(medium.virtual_bytes or medium.size_bytes)
    label = medium.iso.volume_id if medium.iso is not None else ""
    if label:
        text = translate("Media", "It can be used: “{label}”, {size}.").format(
            label=visible(label), size=size
        )
    else:
        text = translate("Media", "It can be used: {size}.").format(size=size)
    return Note("path", "\n".join((text, *issues)), Level.WARNING if issues else Level.GOOD)


def _not_known() -> str:
    return translate(
        "Media", "Whether it can be used is not known: only the hypervisor can look at it, and will say so."
    )


def place_words(file: MediumFile) -> str:
    """Where a file is, or that it was used before."""
    where = visible(file.pool) if file.pool else visible(file.path.rpartition("/")[0] or "/", TEXT_CHARS)
    return translate("Media", "Recent · {place}").format(place=where) if file.is_recent else where


def no_drive() -> str:
    """There is nothing that anything could be put into."""
    return translate("Media", "This machine has no CD or floppy drive.")


def nothing_in() -> str:
    """There is nothing to take out."""
    return translate("Media", "There is no medium in any drive of this machine.")


def force_question(name: str, target: str, medium: str) -> Question:
    """After a guest has kept a tray locked."""
    return Question(
        title=translate("Media", "Open the tray of {drive} by force?").format(drive=visible(target)),
        text=translate(
            "Media",
            "The guest in “{name}” has locked the tray, most likely because it uses the medium:"
            " unmount it there and try again.",
        ).format(name=visible(name)),
        consequence=translate(
            "Media",
            "By force, programs of the guest that read {medium} fail, and what it was writing is lost.",
        ).format(medium=visible(_file_name(medium) or target)),
        confirm_label=translate("Media", "Open by force"),
    )


def _file_name(path: str) -> str:
    return path.rsplit("/", 1)[-1] or path
