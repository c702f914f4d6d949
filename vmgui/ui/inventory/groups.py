"""The top level of the inventory: hosts, tags, folders, states or systems, and which machine stands under which.

A machine stands once, whatever it is grouped by: one with several tags under its first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from vmgui.model.definition import Definition
from vmgui.model.domain import Domain, DomainState
from vmgui.model.host import Host, HostId
from vmgui.model.view import Grouping
from vmgui.policy.natural_order import natural_key
from vmgui.policy.plain_text import visible
from vmgui.policy.tags import os_name
from vmgui.ui.look.health_look import health_look
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.state_look import domain_look
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.health import health_note, health_words
from vmgui.words.states import state_words

if TYPE_CHECKING:
    from vmgui.ui.inventory.rows import DomainRow

translate = QCoreApplication.translate

# Running ones first, then what needs a look, then what rests.
STATE_ORDER = (
    DomainState.RUNNING,
    DomainState.PAUSED,
    DomainState.SHUTTING_DOWN,
    DomainState.CRASHED,
    DomainState.SUSPENDED,
    DomainState.SAVED,
    DomainState.OFF,
    DomainState.UNKNOWN,
)
STATE_RANKS = {state: rank for rank, state in enumerate(STATE_ORDER)} | {DomainState.BLOCKED: 0}
_ICONS = {Grouping.TAG: "tag", Grouping.FOLDER: "folder", Grouping.OS: "monitor"}


@dataclass(frozen=True, slots=True)
class GroupKey:
    """Which group; `value` is a host's id, a tag or folder whatever its case, a state, a system; empty: none."""

    grouping: Grouping
    value: str

    @property
    def text(self) -> str:
        """A text by which it is remembered between starts."""
        return f"{self.grouping.value}:{self.value}"


@dataclass(slots=True, eq=False)
class GroupRow:
    """One group and its rows: all of them and those the filter lets through, both in order."""

    id: int
    key: GroupKey
    rank: tuple[object, ...]
    name: str
    icon_name: str
    icon_role: IconRole
    note: str = ""
    state: str = ""  # of a host, in words, with its age where it is old
    host: Host | None = None  # where grouped by host
    at: int = -1  # its place among the groups shown; -1: not shown
    count: str = ""
    all_rows: list[DomainRow] = field(default_factory=list["DomainRow"])
    shown: list[DomainRow] = field(default_factory=list["DomainRow"])


def group_of(domain: Domain, definition: Definition, grouping: Grouping) -> tuple[GroupKey, str]:
    """Where a machine belongs, and how a person spells that."""
    match grouping:
        case Grouping.HOST:
            return GroupKey(grouping, domain.key.host_id), ""
        case Grouping.TAG:
            tag = definition.tags[0] if definition.tags else ""
            return GroupKey(grouping, tag.casefold()), tag
        case Grouping.FOLDER:
            return GroupKey(grouping, definition.folder.casefold()), definition.folder
        case Grouping.STATE:
            return GroupKey(grouping, _shown_state(domain.state).value), ""
        case Grouping.OS:
            name = os_name(definition.os_id)
            return GroupKey(grouping, name), name


def likeness(domain: Domain, definition: Definition, grouping: Grouping) -> object:
    """Machines of one likeness belong to one group: cheap to compare, where ten thousand are put into groups."""
    match grouping:
        case Grouping.HOST:
            return domain.key.host_id
        case Grouping.STATE:
            return domain.state
        case Grouping.TAG:
            return definition.tags
        case Grouping.FOLDER:
            return definition.folder
        case Grouping.OS:
            return definition.os_id


def depends_on_definition(grouping: Grouping) -> bool:
    """Whether news of a machine's definition may move it to another group."""
    return grouping in (Grouping.TAG, Grouping.FOLDER, Grouping.OS)


def leaves_group(before: Domain, after: Domain, grouping: Grouping) -> bool:
    """Whether news of a machine move it to another group."""
    return grouping is Grouping.STATE and _shown_state(before.state) is not _shown_state(after.state)


def make_host_group(row_id: int, host: Host, number: int, now_s: float) -> GroupRow:
    """The group of a host, the `number`th one."""
    row = GroupRow(row_id, GroupKey(Grouping.HOST, host.id), (number,), "", "", IconRole.TEXT)
    fill_host(row, host, now_s)
    return row


def fill_host(row: GroupRow, host: Host, now_s: float) -> bool:
    """What is known of the host now; whether that is shown otherwise than before."""
    before = (row.name, row.note, row.icon_name, row.icon_role)
    row.host = host
    row.name = visible(host.name)
    row.note = host_note(host, now_s)
    row.state = health_note(host, now_s) or health_words(host, now_s)
    row.icon_name, row.icon_role = health_look(host, now_s)
    return before != (row.name, row.note, row.icon_name, row.icon_role)


def make_group(row_id: int, key: GroupKey, spelling: str) -> GroupRow:
    """Any other group."""
    row = GroupRow(row_id, key, (), visible(spelling), "", IconRole.MUTED)
    if key.grouping is Grouping.STATE:
        state = DomainState(key.value)
        row.icon_name, row.icon_role = domain_look(state)
        row.rank = (STATE_RANKS[state],)
    else:
        row.icon_name = _ICONS[key.grouping]
        # Those without come last.
        # Those in a folder stand right below it.
        parts = spelling.split("/") if key.grouping is Grouping.FOLDER else [spelling]
        row.rank = (not key.value, tuple(map(natural_key, parts)), key.value)
    name_group(row)
    return row


def name_group(row: GroupRow) -> None:
    """Set the name of a group whose name is a word of the program's language."""
    if row.key.grouping is Grouping.STATE:
        row.name = state_words(DomainState(row.key.value))
    elif row.key.grouping is not Grouping.HOST and not row.key.value:
        row.name = {
            Grouping.TAG: translate("Inventory", "Without a tag"),
            Grouping.FOLDER: translate("Inventory", "Without a folder"),
            Grouping.OS: translate("Inventory", "System not known"),
        }[row.key.grouping]


def count_text(row: GroupRow) -> str:
    """ "12", or "3 of 12" where a filter leaves some out."""
    if len(row.shown) == len(row.all_rows):
        return fmt.count(len(row.all_rows))
    return translate("Inventory", "{count} of {all}").format(
        count=fmt.count(len(row.shown)), all=fmt.count(len(row.all_rows))
    )


def host_note(host: Host, now_s: float) -> str:
    """The small text at the right of a host's row: memory in use, or what is the matter."""
    note = health_note(host, now_s)
    if note or host.usage is None or not host.usage.memory_total_kib:
        return note
    used = host.usage.memory_total_kib - host.usage.memory_free_kib
    return translate("Inventory", "{used} of {total}").format(
        used=fmt.size_kib(max(0, used)), total=fmt.size_kib(host.usage.memory_total_kib)
    )


def group_description(row: GroupRow) -> str:
    """The whole row as a sentence, for a screen reader."""
    count = counts.virtual_machines(len(row.shown))
    note = row.note if row.note != row.state else ""
    return ", ".join(part for part in (row.name, row.state, count, note) if part)


def host_id_of(key: GroupKey) -> HostId | None:
    """The host that a group is; None: it is another kind of group."""
    return key.value if key.grouping is Grouping.HOST else None


def _shown_state(state: DomainState) -> DomainState:
    return DomainState.RUNNING if state is DomainState.BLOCKED else state
