"""What was changed in machines' definitions, what it was before, and what it means to bring that back: data.

`libvirtxml/undo.py` reads definitions and makes the one to be restored, `policy/undo.py` says what is different between
two, `store/undo.py` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.device import FoundDevice
from vmgui.model.domain import DomainKey
from vmgui.model.domain_values import DomainValues

ChangeId = int
"""Later changes have greater ones, whatever the clock said."""


class Author(Enum):
    """Who made a change; the value is what is written into the file and told to scripts."""

    US = "vmgui"
    OTHERS = "other"


class What(Enum):
    """What is different between two definitions; the value is what scripts are told."""

    NAME = "name"
    TITLE = "title"
    NOTES = "notes"
    FOLDER = "folder"
    TAGS = "tags"
    PROTECTED = "protected"
    VCPUS = "vcpus"
    VCPUS_MAX = "vcpus-max"
    MEMORY = "memory"  # in KiB
    MEMORY_MAX = "memory-max"
    CPU_WEIGHT = "cpu-weight"
    CPU_LIMIT = "cpu-limit"  # in percent
    CPU = "cpu"  # model, topology, pinning ...
    MEMORY_OPTIONS = "memory-options"
    FIRMWARE = "firmware"
    BOOT = "boot"
    CLOCK = "clock"
    SETTINGS = "settings"  # of the machine itself, none of the above
    ADDED = "added"  # a device
    REMOVED = "removed"
    CHANGED = "changed"
    SOURCE = "source"  # a disk's file, the medium in a drive, a card's network
    LIMITS = "limits"  # of a disk or card
    GREW = "grew"  # a disk: the definition does not say its size
    OTHER = "xml"  # nothing that this program knows

    # Each is there once; an Enum's own hash is Python code.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different. `before`, `after`: in libvirt's words or the unit that `what` says; None: it is not
    said, or there is too much of it to be said."""

    what: What
    tag: str = ""  # of a device: disk, interface, ...
    name: str = ""  # of that device: vda, a MAC, a model
    kind: str = ""  # of a disk: disk, cdrom, floppy
    before: str | int | None = None
    after: str | int | None = None

    @property
    def inverse(self) -> Difference:
        """What is different the other way round."""
        turned = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}.get(self.what, self.what)
        return Difference(turned, self.tag, self.name, self.kind, self.after, self.before)

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it is: equal for two changes of the same thing, which may be to different values."""
        device = self.tag and self.what in (What.ADDED, What.REMOVED)
        return "" if device else self.what.value, self.tag, self.name


@dataclass(frozen=True, slots=True)
class Described:
    """A definition as far as differences are told of it."""

    values: DomainValues
    devices: tuple[FoundDevice, ...]
    traits: Definition = NO_DEFINITION  # tags, folder and protection
    text: str = ""  # canonical: of two that are equal nothing is different


@dataclass(frozen=True, slots=True)
class Growth:
    """A disk that was made larger: nothing makes it smaller again."""

    target: str
    size_bytes: int
    before_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a machine's saved definition. `differences`: what it did."""

    id: ChangeId
    key: DomainKey
    at_unix_s: float  # when it was noticed
    author: Author
    before: str = field(repr=False)  # without passwords
    after: str = field(repr=False)
    is_late: bool = False  # found when vmgui began to look: it was made at some time before
    grown: tuple[Growth, ...] = ()
    differences: tuple[Difference, ...] = ()


class Caution(Enum):
    """What is to be known before an earlier definition comes back."""

    NAME_STAYS = "name_stays"  # of a machine that was renamed since
    STAYS_PROTECTED = "stays_protected"
    SOURCE_STAYS = "source_stays"  # of a disk: a snapshot or a copy may have moved it on
    DISK_RETURNS = "disk_returns"  # its file may be gone
    DISK_LEAVES = "disk_leaves"  # its file stays where it is
    SIZE_STAYS = "size_stays"  # of a disk that was grown
    PASSWORD_PUT_BACK = "password_put_back"  # noqa: S105 - no password
    PASSWORD_MISSING = "password_missing"  # noqa: S105 - has to be set again: until then there is none
    COOKIES_MISSING = "cookies_missing"  # of a disk on a web server: they have to be given again


@dataclass(frozen=True, slots=True)
class Restored:
    """A definition as it would be brought back, and what is to be known of it; `subject`: a disk, a display."""

    xml: str = field(repr=False)
    cautions: tuple[tuple[Caution, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Foresight:
    """What undoing a change will do to the machine as it is now."""

    entry: Entry
    present: str = field(repr=False)  # its saved definition that this was judged by, without passwords
    before: str = field(repr=False)  # the same with stars for them
    after: str = field(repr=False)  # what it will be, likewise
    differences: tuple[Difference, ...] = ()  # all that will change
    beyond: tuple[Difference, ...] = ()  # those of it that the change itself did not make: later ones go, too
    cautions: tuple[tuple[Caution, str], ...] = ()
    is_active: bool = False  # it runs: what it runs with stays as it is
    has_saved_state: bool = False  # which keeps what it was saved with
