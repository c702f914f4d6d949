"""What is said under a file of the wizard: what was found in it, what is wrong with it, how to mend that."""

from __future__ import annotations

from vmgui.commands.creation_fields import CDROM, DISK_IMAGE, DRAFTED, EXISTING_DISK, INITRD, KERNEL
from vmgui.commands.creation_means import copy_pools
from vmgui.model.creation import FileRef
from vmgui.model.offer import Field, Medium, MediumIssueKind, Problem, ProblemKind
from vmgui.ui.creation.session import View
from vmgui.words import creation as creation_words
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import problem_text, problems_level, problems_note
from vmgui.words.note import Level, Note
from vmgui.words.say import say

SOURCES = {
    CDROM.name: Field.CDROM,
    DISK_IMAGE.name: Field.DISK_IMAGE,
    KERNEL.name: Field.KERNEL,
    INITRD.name: Field.INITRD,
}
_CURED_BY_COPY = frozenset({MediumIssueKind.NO_SEARCH_PERMISSION, MediumIssueKind.NO_READ_PERMISSION})


def source_note(name: str, view: View) -> Note:
    """Of a file that the system comes from, by its field's name."""
    of, ref = SOURCES[name], getattr(view.draft, DRAFTED[name])
    found = [p for p in view.problems_of(of) if p.kind is not ProblemKind.MEDIUM_NOT_CHOSEN]
    medium = view.medium(of)
    if ref is not None and of in view.looking_at:
        return _busy(name)
    if any(problem.is_error for problem in found):
        fix = str(say("FileNotes", "Copy it into a storage pool")) if copied(name, view) is not None else ""
        return problems_note(name, found, fix)
    if ref is not None and medium is not None:
        return _what_it_is(name, view, medium, found)
    return problems_note(name, found)


def disk_note(view: View) -> Note:
    """Of a disk that is there already."""
    name = EXISTING_DISK.name
    if Field.DISK_IMAGE in view.looking_at:
        return _busy(name)
    found, medium = view.problems_of(Field.DISK_IMAGE), view.medium(Field.DISK_IMAGE)
    if found or medium is None:
        return problems_note(name, found)
    size = fmt.size_bytes(medium.virtual_bytes or medium.size_bytes)
    text = say("FileNotes", "A disk of {size} ({format}).").format(size=size, format=medium.format or "?")
    return Note(name, text, Level.GOOD)


def import_note(view: View) -> Note:
    """Of a disk image that the system comes from, where the disk is asked about."""
    ref, other = view.draft.disk_image, other_way(view)
    if ref is None:
        text = say("FileNotes", "The disk image you choose as the source will be the machine's disk.")
        return Note("", str(text), Level.INFO)
    if ref.local:
        text = say(
            "FileNotes", "{file} is copied to storage pool “{pool}”; the copy is the machine's disk."
        ).format(file=creation_words.file_name(ref), pool=ref.upload_pool)
        fix = say("FileNotes", "Use the file itself")
    else:
        text = say(
            "FileNotes", "{path} is the machine's disk. It is used where it lies and will be written to."
        ).format(path=ref.path)
        fix = say("FileNotes", "Use a copy")
    return Note("", text, Level.INFO, str(fix) if other is not None else "")


def other_way(view: View) -> FileRef | None:
    """A copy of the disk image in its place, or the image in place of its copy; None: there is no choice."""
    ref, pool = view.draft.disk_image, pool_for_copy(view)
    if ref is None or view.offer is None or not view.offer.shares_files:
        return None
    if ref.local:
        return FileRef(ref.path)
    return FileRef(ref.path, local=True, upload_pool=pool) if pool is not None else None


def copied(name: str, view: View) -> FileRef | None:
    """In its place a copy, of a file that the hypervisor may not read where it lies; None: that is no cure."""
    ref = getattr(view.draft, DRAFTED[name])
    problems = [problem for problem in view.problems_of(SOURCES[name]) if problem.is_error]
    issues = {problem.issue.kind for problem in problems if problem.issue is not None}
    pool = pool_for_copy(view)
    if ref is None or pool is None or not issues & _CURED_BY_COPY:
        return None
    return FileRef(ref.path, local=True, upload_pool=pool)


def pool_for_copy(view: View) -> str | None:
    """Where a copy of a file can be put."""
    return next((pool.value for pool in copy_pools(view.offer)), None)


def _busy(name: str) -> Note:
    return Note(name, str(say("FileNotes", "Looking at the file…")), Level.BUSY)


def _what_it_is(name: str, view: View, medium: Medium, warnings: list[Problem]) -> Note:
    """The system that was found, and the warnings there are."""
    text, level, fix = str(say("FileNotes", "The file looks right.")), Level.GOOD, ""
    if name in (CDROM.name, DISK_IMAGE.name):
        fix, choose = str(say("FileNotes", "Choose another…")), str(say("FileNotes", "Choose the system…"))
        if view.draft.os_id is not None:
            text = say("FileNotes", "You chose: {name}").format(name=creation_words.system(view.os))
        elif view.detected is not None:
            guessed = view.is_detected_guessed
            text = creation_words.found_system(view.detected, view.detected_choices, is_guessed=guessed)
            level, fix = (Level.INFO, choose) if guessed else (level, fix)
        else:
            text = str(say("FileNotes", "The file can be used; the system in it was not recognised."))
            level, fix = Level.INFO, choose
        size_bytes = medium.virtual_bytes or medium.size_bytes
        if size_bytes:
            text += f" ({fmt.size_bytes(size_bytes)})"
    if warnings:
        level = problems_level(warnings)
        text = "\n".join([text, *(problem_text(problem) for problem in warnings)])
    return Note(name, text, level, fix)
