"""Columns of what a machine's XML says: its system, addresses, tags, folder and note; empty until they were read."""

from __future__ import annotations

from collections.abc import Callable

from vmgui.policy.natural_order import SortKey, natural_key
from vmgui.policy.tags import os_name
from vmgui.services.definitions import DefinitionIndex
from vmgui.ui.kit.column import Column
from vmgui.ui.machines.rows import MachineRow
from vmgui.words.say import say


class _Known:
    """What is known of a row, looked up in the index."""

    def __init__(self, definitions: DefinitionIndex) -> None:
        self._known = definitions

    def system(self, row: MachineRow) -> str:
        return os_name(self._known.get(row.key).os_id)

    def addresses(self, row: MachineRow) -> str:
        return ", ".join(self._known.get(row.key).addresses)

    def tags(self, row: MachineRow) -> str:
        return ", ".join(self._known.get(row.key).tags)

    def folder(self, row: MachineRow) -> str:
        return self._known.get(row.key).folder

    def note(self, row: MachineRow) -> str:
        """Its title and the first line of its description."""
        found = self._known.get(row.key)
        lines = found.note.strip().splitlines()
        return " · ".join(part for part in (found.title, lines[0] if lines else "") if part)


# fmt: off
def tag_columns(definitions: DefinitionIndex) -> tuple[Column[MachineRow], ...]:
    """To stand after those every host can fill."""
    of = _Known(definitions)
    return (
        Column("os", say("Machines", "System"), of.system, _natural(of.system), width_px=120),
        # Addresses in the order of their numbers.
        Column("address", say("Machines", "Address"), of.addresses, _natural(of.addresses), width_px=120),
        Column("tags", say("Machines", "Tags"), of.tags, _natural(of.tags), width_px=130),
        Column("folder", say("Machines", "Folder"), of.folder, _natural(of.folder), is_shown=False),
        Column("note", say("Machines", "Note"), of.note, _natural(of.note), width_px=220),
    )
# fmt: on


def _natural(text: Callable[[MachineRow], str]) -> Callable[[MachineRow], SortKey | None]:
    """In the order of what the column says, as a person counts."""
    return lambda row: natural_key(text(row)) or None
