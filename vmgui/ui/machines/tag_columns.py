"""Columns of what a machine's XML says: its system, addresses, tags, folder and note; empty until they were read."""

from __future__ import annotations

from collections.abc import Callable

from vmgui.model.definition import Definition
from vmgui.policy.natural_order import SortKey, natural_key
from vmgui.services.definitions import DefinitionIndex
from vmgui.ui.kit.column import Column
from vmgui.ui.machines.rows import MachineRow
from vmgui.words import machines as words
from vmgui.words.say import Say

Text = Callable[[MachineRow], str]


def tag_columns(definitions: DefinitionIndex) -> tuple[Column[MachineRow], ...]:
    """Columns that stand after those every host can fill."""

    def of(fact: words.Fact[Definition]) -> tuple[str, Say, Text, Callable[[MachineRow], SortKey | None]]:
        """Looked up in the service that knows, in the order of what it says, as a person counts."""

        def text(row: MachineRow) -> str:
            return fact.text(definitions.get(row.key))

        return fact.id, fact.title, text, lambda row: natural_key(text(row)) or None

    return (
        Column(*of(words.SYSTEM), width_px=120),
        # Addresses in the order of their numbers.
        Column(*of(words.ADDRESS), width_px=120),
        Column(*of(words.TAGS), width_px=130),
        Column(*of(words.FOLDER), is_shown=False),
        Column(*of(words.NOTE), width_px=220),
    )
