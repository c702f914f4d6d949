"""Columns of what a machine's XML says: its system, addresses, tags, folder and note; empty until they were read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.policy.natural_order import natural_key
from vmgui.policy.tags import os_name
from vmgui.services.tags import TagsService
from vmgui.ui.machines.rows import Column, MachineRow

translate = QCoreApplication.translate


class _Known:
    """What is known of a row, looked up in the service that knows."""

    def __init__(self, tags: TagsService) -> None:
        self._known = tags

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


def tag_columns(tags: TagsService) -> tuple[Column, ...]:
    """To stand after those every host can fill."""
    of = _Known(tags)
    return (
        Column(
            "os",
            lambda: translate("Machines", "System"),
            of.system,
            lambda row: natural_key(of.system(row)) or None,
            width_px=120,
        ),
        Column(
            "address",
            lambda: translate("Machines", "Address"),
            of.addresses,
            # Addresses in the order of their numbers.
            lambda row: natural_key(of.addresses(row)) or None,
            width_px=120,
        ),
        Column(
            "tags",
            lambda: translate("Machines", "Tags"),
            of.tags,
            lambda row: natural_key(of.tags(row)) or None,
            width_px=130,
        ),
        Column(
            "folder",
            lambda: translate("Machines", "Folder"),
            of.folder,
            lambda row: natural_key(of.folder(row)) or None,
            width_px=110,
            is_shown=False,
        ),
        Column(
            "note",
            lambda: translate("Machines", "Note"),
            of.note,
            lambda row: natural_key(of.note(row)) or None,
            width_px=220,
        ),
    )
