"""What a machine's row of the inventory shows, made once when something changed: `data()` only looks it up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.view import Sort
from vmgui.policy.filter import Facts
from vmgui.policy.health import freshness
from vmgui.policy.plain_text import visible
from vmgui.policy.tags import os_name, shown_name
from vmgui.ui.inventory.groups import STATE_RANKS, GroupRow
from vmgui.ui.inventory.order import order
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.state_look import domain_look
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.filter import facts_of
from vmgui.words.states import protected_word, protection_words, reason_words, state_words

translate = QCoreApplication.translate

_NOTE_CHARS = 200


class Role(IntEnum):
    """Data beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole  # DomainRow or GroupRow
    KEY = Qt.ItemDataRole.UserRole + 1  # DomainKey; of a host its HostId, of any other group its GroupKey


@dataclass(frozen=True, slots=True)
class Usage:
    """The live part of a machine's row."""

    cpu_percents: tuple[float, ...] = ()
    memory_share: float | None = None


NO_USAGE = Usage()


@dataclass(slots=True, eq=False)
class DomainRow:
    """One machine."""

    id: int
    key: DomainKey
    group: GroupRow
    domain: Domain
    name: str
    order: tuple[Any, ...]
    icon_name: str
    icon_role: IconRole
    is_active: bool
    is_stale: bool  # its host does not answer: this is what was last seen
    host_name: str
    facts: Facts
    haystack: str
    definition: Definition = NO_DEFINITION
    usage: Usage = NO_USAGE
    badge: str = ""  # what is being done with it

    @property
    def host_id(self) -> HostId:
        """Where it is."""
        return self.key.host_id


def make_domain_row(
    row_id: int, group: GroupRow, domain: Domain, host: Host, definition: Definition, sort: Sort
) -> DomainRow:
    """The row of a machine."""
    icon_name, role = domain_look(domain.state)
    stale = freshness(host, time.monotonic()).is_old
    facts = facts_of(domain, host, definition)
    name = visible(shown_name(domain.name, definition.title))
    return DomainRow(
        row_id,
        domain.key,
        group,
        domain,
        name,
        order(domain, name, sort, STATE_RANKS),
        icon_name,
        IconRole.OFF if stale else role,
        domain.state.is_active,
        stale,
        visible(host.name),
        facts,
        _haystack(facts, definition),
        definition,
    )


def fill_domain_row(row: DomainRow, domain: Domain, host: Host, definition: Definition, sort: Sort) -> None:
    """What is known of the machine now; its place among the rows is the caller's to mend."""
    before = row.domain
    stale = freshness(host, time.monotonic()).is_old
    if (
        before.state is not domain.state
        or before.name != domain.name
        or row.host_name != visible(host.name)
        or row.definition is not definition
    ):
        row.facts = facts_of(domain, host, definition)
        row.haystack = _haystack(row.facts, definition)
    row.domain, row.definition = domain, definition
    row.name, row.host_name = visible(shown_name(domain.name, definition.title)), visible(host.name)
    row.order = order(domain, row.name, sort, STATE_RANKS)
    row.icon_name, role = domain_look(domain.state)
    row.icon_role = IconRole.OFF if stale else role
    row.is_active, row.is_stale = domain.state.is_active, stale
    if stale or not row.is_active:
        row.usage = NO_USAGE


def grey_out(row: DomainRow, is_old: bool) -> None:
    """What is shown of a machine has become old, or is new again."""
    row.is_stale = is_old
    row.icon_role = IconRole.OFF if is_old else domain_look(row.domain.state)[1]


def _haystack(facts: Facts, definition: Definition) -> str:
    if definition is NO_DEFINITION:
        return f"{facts.name}\n{facts.state}\n{facts.host}"
    return facts.text


def domain_description(row: DomainRow) -> str:
    """The whole row as a sentence, for a screen reader."""
    parts = [row.name, state_words(row.domain.state), row.host_name]
    if row.is_stale:
        # Who looks sees it greyed out.
        parts.append(translate("Inventory", "last known state"))
    if row.definition.is_protected:
        parts.append(protected_word())
    if row.definition.tags:
        parts.append(_tags_words(row.definition))
    if row.usage.cpu_percents:
        parts.append(
            translate("Inventory", "processor {percent}").format(
                percent=fmt.percent(row.usage.cpu_percents[-1])
            )
        )
    if row.usage.memory_share is not None:
        parts.append(
            translate("Inventory", "memory {percent}").format(
                percent=fmt.percent(row.usage.memory_share * 100)
            )
        )
    if row.badge:
        parts.append(row.badge)
    return ", ".join(parts)


def domain_tool_tip(row: DomainRow, host: Host, now_s: float) -> str:
    """Name, state, reason, what it is, what is being done, how old this is."""
    lines = [f"{row.name} — {state_words(row.domain.state)}"]
    reason = reason_words(row.domain)
    if reason:
        lines.append(reason)
    if row.domain.vcpus:
        lines.append(counts.virtual_cpus(row.domain.vcpus) + " · " + fmt.size_kib(row.domain.memory_kib))
    if row.usage.cpu_percents:
        memory = "" if row.usage.memory_share is None else fmt.percent(row.usage.memory_share * 100)
        text = translate("Inventory", "CPU {cpu}").format(cpu=fmt.percent(row.usage.cpu_percents[-1]))
        if memory:
            text += " · " + translate("Inventory", "Memory {share}").format(share=memory)
        lines.append(text)
    lines += _definition_lines(row.definition)
    if row.badge:
        lines.append(row.badge)
    if row.is_stale:
        seen = fmt.age(now_s - host.updated_s) if host.updated_s else fmt.age(None)
        text = (
            translate("Inventory", "Last seen {age}; {host} does not answer.")
            if host.state is HostState.CONNECTED
            else translate("Inventory", "Last seen {age}; {host} is not connected.")
        )
        lines.append(text.format(age=seen, host=visible(host.name)))
    return "\n".join(lines)


def _tags_words(definition: Definition) -> str:
    return translate("Inventory", "Tags: {tags}").format(tags=", ".join(definition.tags))


def _definition_lines(definition: Definition) -> list[str]:
    lines: list[str] = []
    system = os_name(definition.os_id)
    found = " · ".join(part for part in (system, *definition.addresses[:3]) if part)
    if found:
        lines.append(found)
    if definition.is_protected:
        lines.append(protection_words())
    if definition.tags:
        lines.append(_tags_words(definition))
    if definition.folder:
        lines.append(translate("Inventory", "Folder: {folder}").format(folder=definition.folder))
    note = " ".join(definition.note[: 2 * _NOTE_CHARS].split())
    if note:
        lines.append(note if len(note) <= _NOTE_CHARS else f"{note[:_NOTE_CHARS]}…")
    return lines
