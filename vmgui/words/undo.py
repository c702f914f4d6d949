"""Changes of machines' definitions in words: what was changed, by whom and when, and what undoing it will do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from vmgui.model.undo import Author, Caution, Difference, Entry, Foresight, What
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.policy.undo import is_drive
from vmgui.words import quantities as fmt
from vmgui.words.machines import Fact
from vmgui.words.question import Question
from vmgui.words.say import Say, say

translate = QCoreApplication.translate

_MOST_CHARS = 60
"""Of a name or path in a sentence."""
_LISTED = 3
_LINES = 8

_SUBJECTS: dict[What, Say] = {
    What.NAME: say("Undo", "Name"),
    What.TITLE: say("Undo", "Title"),
    What.NOTES: say("Undo", "Notes"),
    What.FOLDER: say("Undo", "Folder"),
    What.TAGS: say("Undo", "Tags"),
    What.VCPUS: say("Undo", "CPUs"),
    What.VCPUS_MAX: say("Undo", "Maximum CPUs"),
    What.MEMORY: say("Undo", "Memory"),
    What.MEMORY_MAX: say("Undo", "Maximum memory"),
    What.CPU_WEIGHT: say("Undo", "CPU weight"),
    What.CPU_LIMIT: say("Undo", "CPU limit"),
    What.CPU: say("Undo", "CPU model, layout or pinning"),
    What.MEMORY_OPTIONS: say("Undo", "Memory options"),
    What.FIRMWARE: say("Undo", "Firmware"),
    What.BOOT: say("Undo", "Boot order"),
    What.CLOCK: say("Undo", "Clock"),
    What.SETTINGS: say("Undo", "Machine settings"),
    What.OTHER: say("Undo", "XML"),
}
_DEVICES: dict[str, Say] = {
    "disk": say("Undo", "Disk {name}"),
    "cdrom": say("Undo", "CD drive {name}"),
    "floppy": say("Undo", "Floppy drive {name}"),
    "lun": say("Undo", "SCSI disk {name}"),
    "interface": say("Undo", "Network card {name}"),
    "controller": say("Undo", "Controller {name}"),
    "filesystem": say("Undo", "Shared folder {name}"),
    "input": say("Undo", "Input device {name}"),
    "sound": say("Undo", "Sound card {name}"),
    "hostdev": say("Undo", "Host device {name}"),
    "graphics": say("Undo", "Display {name}"),
    "video": say("Undo", "Video card {name}"),
    "console": say("Undo", "Console {name}"),
    "serial": say("Undo", "Serial port {name}"),
    "parallel": say("Undo", "Parallel port {name}"),
    "channel": say("Undo", "Channel {name}"),
    "redirdev": say("Undo", "USB redirection {name}"),
    "rng": say("Undo", "Random number generator {name}"),
    "tpm": say("Undo", "TPM {name}"),
    "memory": say("Undo", "Memory module {name}"),
    "watchdog": say("Undo", "Watchdog {name}"),
    "memballoon": say("Undo", "Memory balloon {name}"),
}
"""By the element's name; of disks by what kind of disk it is."""
_OTHER_DEVICE = say("Undo", "Device {name}")
_SIZES_KIB = frozenset({What.MEMORY, What.MEMORY_MAX})


def difference_words(one: Difference) -> str:
    """ "Memory 2 GiB → 4 GiB", "Disk vdb added"."""
    match one.what:
        case What.ADDED:
            text = translate("Undo", "{what} added")
        case What.REMOVED:
            text = translate("Undo", "{what} removed")
        case What.SOURCE if is_drive(one):
            text = _medium(one)
        case What.SOURCE | What.GREW:
            text = "{what}: {before} → {after}"
        case What.LIMITS:
            text = translate("Undo", "{what}: limits changed")
        case What.PROTECTED:
            return (
                translate("Undo", "Protected") if one.after else translate("Undo", "Not protected any more")
            )
        case What.CHANGED:
            text = translate("Undo", "{what} changed")
        case _ if one.before is None and one.after is None:
            text = translate("Undo", "{what} changed")
        case What.NOTES:
            # They may be a page long.
            text = translate("Undo", "{what} changed")
        case _ if isinstance(one.before or one.after, str):
            text = "{what}: {before} → {after}"
        case _:
            text = "{what} {before} → {after}"
    return text.format(what=_subject(one), before=_value(one, one.before), after=_value(one, one.after))


def _medium(one: Difference) -> str:
    if not one.after:
        return translate("Undo", "{what}: {before} ejected")
    if not one.before:
        return translate("Undo", "{what}: {after} inserted")
    return "{what}: {before} → {after}"


def _subject(one: Difference) -> str:
    if not one.tag:
        return str(_SUBJECTS.get(one.what, _SUBJECTS[What.OTHER]))
    words = _DEVICES.get((one.kind or one.tag) if one.tag == "disk" else one.tag, _OTHER_DEVICE)
    return words.format(name=visible(one.name, _MOST_CHARS)).strip()


def _value(one: Difference, value: str | int | None) -> str:
    if value is None or value == "":
        if one.what in (What.CPU_LIMIT,):
            return translate("Undo", "no limit")
        return translate("Undo", "default") if one.what is What.CPU_WEIGHT else translate("Undo", "nothing")
    if isinstance(value, str):
        return visible(value, _MOST_CHARS)
    if one.what in _SIZES_KIB:
        return fmt.size_kib(value)
    if one.what is What.GREW:
        return fmt.size_bytes(value)
    return fmt.percent(value) if one.what is What.CPU_LIMIT else fmt.count(value)


def entry_words(entry: Entry) -> str:
    """All that a change did, in one line."""
    return "; ".join(difference_words(one) for one in entry.differences)


def short_words(entry: Entry) -> str:
    """The same where there is little room."""
    return fmt.joined(tuple(difference_words(one) for one in entry.differences), _LISTED)


def when_words(entry: Entry) -> str:
    """Of one that was found later only that it was before then."""
    at = fmt.moment(entry.at_unix_s)
    return translate("Undo", "before {time}").format(time=at) if entry.is_late else at


def author_words(entry: Entry) -> str:
    """Who made it, as far as this program knows."""
    return "vmgui" if entry.author is Author.US else translate("Undo", "Another program")


# fmt: off
WHEN: Fact[Entry] = Fact("when", say("Undo", "When"), when_words)
WHO: Fact[Entry] = Fact("who", say("Undo", "By"), author_words)
WHAT: Fact[Entry] = Fact("what", say("Undo", "What was changed"), entry_words)
# fmt: on


class _Counted(QObject):
    def more(self, number: int) -> str:
        return self.tr("and %n more change(s)", "", number)


_counted = _Counted()


def _lines(differences: tuple[Difference, ...]) -> list[str]:
    lines = [f"• {difference_words(one)}" for one in differences[:_LINES]]
    left = len(differences) - len(lines)
    return [*lines, f"• {_counted.more(left)}"] if left else lines


def caution_words(caution: Caution, subject: str) -> str:
    """What is to be known before."""
    match caution:
        case Caution.NAME_STAYS:
            text = translate("Undo", "It stays called {name}.")
        case Caution.STAYS_PROTECTED:
            text = translate("Undo", "It stays protected.")
        case Caution.SOURCE_STAYS:
            text = translate(
                "Undo", "Disk {name} stays the file it is now: a snapshot or a copy may have moved it since."
            )
        case Caution.DISK_RETURNS:
            text = translate(
                "Undo", "Disk {name} comes back: the machine does not start if its file has been deleted."
            )
        case Caution.DISK_LEAVES:
            text = translate("Undo", "Disk {name} is taken out of the machine; its file stays.")
        case Caution.SIZE_STAYS:
            text = translate("Undo", "Disk {name} keeps its size: a disk that was grown cannot be shrunk.")
        case Caution.PASSWORD_PUT_BACK:
            text = translate("Undo", "The {name} display has the password that it has now.")
        case Caution.PASSWORD_MISSING:
            text = translate(
                "Undo",
                "The {name} display comes back WITHOUT a password: if it had one, set it again at once.",
            )
        case Caution.COOKIES_MISSING:
            text = translate(
                "Undo", "Disk {name} comes back WITHOUT the cookies for its web server: give them again."
            )
    name = subject.upper() if caution in _OF_DISPLAYS else subject
    return text.format(name=visible(name, _MOST_CHARS))


_OF_DISPLAYS = frozenset({Caution.PASSWORD_PUT_BACK, Caution.PASSWORD_MISSING})


def foresight_words(foresight: Foresight) -> tuple[str, ...]:
    """All that is to be known before it is undone, beside what will change."""
    found: list[str] = []
    if foresight.beyond:
        found.append(
            translate("Undo", "This also takes back later changes: {changes}").format(
                changes=fmt.joined(tuple(map(difference_words, foresight.beyond)), _LISTED)
            )
        )
    found += [caution_words(one, subject) for one, subject in foresight.cautions]
    if foresight.differences and foresight.has_saved_state:
        found.append(
            translate(
                "Undo", "Its saved state keeps what it was saved with, until it has been shut down once."
            )
        )
    elif foresight.differences and foresight.is_active:
        found.append(translate("Undo", "It is running: this takes effect at the next start."))
    return tuple(found)


def question(foresight: Foresight, name: str, *, is_last: bool) -> Question:
    """What is asked before it is undone."""
    entry, shown = foresight.entry, visible(name)
    title = (
        translate("Undo", "Undo the last change of {name}?")
        if is_last
        else translate("Undo", "Restore {name} to what it was before this change?")
    )
    when = translate("Undo", "{who}, {when}: {what}").format(
        who=author_words(entry), when=when_words(entry), what=short_words(entry)
    )
    will = translate("Undo", "After this:")
    lines = [when, will, *_lines(foresight.differences), *foresight_words(foresight)]
    return Question(
        title=title.format(name=shown),
        text="\n".join(lines)[:TEXT_CHARS],
        consequence=translate("Undo", "You can undo this, too."),
        confirm_label=translate("Undo", "Undo") if is_last else translate("Undo", "Restore"),
        danger=any(one is Caution.PASSWORD_MISSING for one, _ in foresight.cautions),
    )


def nothing_words(name: str) -> str:
    """There is no change to undo."""
    return translate("Undo", "No change of {name} is known that could be undone.").format(name=visible(name))


def needless_words(foresight: Foresight, name: str) -> str:
    """Undoing it would do nothing."""
    text = translate("Undo", "{name} is already as it was before this change.").format(name=visible(name))
    return " ".join((text, *(caution_words(one, subject) for one, subject in foresight.cautions)))
