"""What is the matter with a file, in words: what it means for what was changed, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.stored_files import FileNotice, FileTrouble
from vmgui.services.stored_files import FileStatus
from vmgui.words import quantities as fmt
from vmgui.words.errors import ErrorText

translate = QCoreApplication.translate


def file_name(name: str) -> str:
    """What is in it."""
    match name:
        case "hosts":
            return translate("StoredFiles", "List of hosts")
        case "settings":
            return translate("StoredFiles", "Settings")
        case "views":
            return translate("StoredFiles", "Saved views")
        case "alerts":
            return translate("StoredFiles", "Alert settings")
        case "undo":
            return translate("StoredFiles", "Changes of machines")
        case "media":
            return translate("StoredFiles", "Media inserted last")
        case _:
            return translate("StoredFiles", "What was learnt about hosts")


def status_words(status: FileStatus, same: tuple[FileStatus, ...] = ()) -> ErrorText:
    """One file's trouble; `same`: all that have the same for the same reason."""
    notice = status.notice
    what, next_step = _words(notice)
    names = ", ".join(file_name(each.name) for each in same or (status,))
    reason = notice.reason
    return ErrorText(
        what.format(what=names, reason=reason, time=fmt.moment(notice.kept_unix_s)),
        next_step.format(time=fmt.moment(notice.since_unix_s or notice.kept_unix_s)),
        "\n".join(
            part
            for part in (
                *(each.notice.path for each in same or (status,)),
                reason,
                notice.aside,
                notice.kept_copy,
            )
            if part
        ),
    )


def _words(notice: FileNotice) -> tuple[str, str]:
    match notice.trouble:
        case FileTrouble.UNREADABLE:
            return (
                translate("StoredFiles", "{what}: cannot be read now: {reason}"),
                translate(
                    "StoredFiles",
                    "The file is left as it is and tried again. What you change meanwhile is saved once it can be read.",
                ),
            )
        case FileTrouble.NEWER:
            return (
                translate("StoredFiles", "{what}: the file is of a newer vmgui"),
                translate(
                    "StoredFiles",
                    "It is read as far as possible and left as it is. What you change now lasts until vmgui ends.",
                ),
            )
        case FileTrouble.UNWRITABLE:
            return (
                translate("StoredFiles", "{what}: changes are not saved: {reason}"),
                translate(
                    "StoredFiles",
                    "They are in effect, and saving them has been tried since {time}. The file on the disk is as it was before.",
                ),
            )
        case FileTrouble.DAMAGED:
            return _damaged(notice)


def _damaged(notice: FileNotice) -> tuple[str, str]:
    if notice.aside:
        return (
            translate("StoredFiles", "{what}: the damaged file was put aside"),
            translate("StoredFiles", "A new one is in its place. The details say where the damaged one is."),
        )
    if not notice.waits:
        what = (
            translate("StoredFiles", "{what}: the file is damaged, the copy of {time} is used")
            if notice.kept_copy
            else translate("StoredFiles", "{what}: the file is damaged and cannot be used")
        )
        return what, translate("StoredFiles", "It is put aside at the next change.")
    if notice.kept_copy:
        return (
            translate("StoredFiles", "{what}: the file is damaged"),
            translate(
                "StoredFiles",
                "There is a copy of {time}. The damaged file is put aside, whatever you choose; nothing is deleted.",
            ),
        )
    return (
        translate("StoredFiles", "{what}: the file is damaged"),
        translate(
            "StoredFiles",
            "There is no copy. Mend the file, and it is read at once; or start with an empty list, and it is put aside.",
        ),
    )
