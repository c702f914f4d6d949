"""The machine's disk: a new volume, an existing one, or none; nothing to choose when the source is a disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import (
    DISK,
    DISK_FORMAT,
    DISK_SIZE,
    DRAFTED,
    EXISTING_DISK,
    FOLDER,
    POOL,
)  # fmt: skip
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain, SourceKind
from vmgui.model.creation_draft import DiskChoice
from vmgui.model.offer import HostOffer
from vmgui.ui.creation import file_notes
from vmgui.ui.creation.form_page import FormPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE_L
from vmgui.words.note import Note

_FORMATS_PX = 236  # their names are short: all of them are seen


class StoragePage(FormPage):
    """Three ways, the chosen one unfolded."""

    page_id = PageId.STORAGE

    def build(self) -> None:
        self._imported = Message(self, "create-disk-imported", toned=False)
        self._imported.fix_wanted.connect(self._on_copy_toggled)
        form = self.form(DISK)
        ways = form.controls[DISK.name]
        assert isinstance(ways, WaysControl)
        self._ways = ways
        self._ways.unfold(DiskChoice.NEW, self._new_disk())
        self.column.addWidget(self._imported)
        self.column.addWidget(form)

    def _new_disk(self) -> QWidget:
        body = QWidget(self)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        # A message under one of them does not pull the other apart.
        row.addWidget(self.form(POOL, FOLDER), 2, Qt.AlignmentFlag.AlignTop)
        formats = self.form(DISK_FORMAT)
        formats.setMinimumWidth(_FORMATS_PX)
        row.addWidget(formats, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_L)
        column.addLayout(row)
        self._size = self.form(DISK_SIZE)
        column.addWidget(self._size)
        return body

    def first_field(self) -> QWidget:
        if self._choice(self.session.view) is DiskChoice.EXISTING:
            return self._ways.unfolded[DiskChoice.EXISTING]
        return self._size.controls[DISK_SIZE.name].input

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        is_imported = view.draft.source is SourceKind.DISK_IMAGE
        self._imported.show_note(file_notes.import_note(view) if is_imported else None)
        self.forms[0].setVisible(not is_imported)
        choice = self._choice(view)
        # What few people unfold is built when they do.
        if choice is DiskChoice.EXISTING and choice not in self._ways.unfolded:
            existing = self.form(EXISTING_DISK)
            existing.setFocusProxy(existing.controls[EXISTING_DISK.name].input)
            self._ways.unfold(choice, existing)
        answers: dict[str, Any] = {DISK.name: choice, EXISTING_DISK.name: view.draft.existing_disk}
        offered: dict[str, Any] = {DISK.name: means.disk_ways(offer), EXISTING_DISK.name: offer}
        volume = new.new_volume
        if volume is not None:
            answers |= {POOL.name: volume.pool, DISK_FORMAT.name: volume.format}
            answers |= {FOLDER.name: means.folder(volume, offer), DISK_SIZE.name: volume.capacity_bytes}
            offered |= {
                POOL.name: means.pools(volume, offer),
                DISK_FORMAT.name: means.disk_formats(volume, offer),
                DISK_SIZE.name: means.disk_size(volume, offer, view.os),
            }
        return answers, offered

    def changes(self, name: str, value: Any) -> dict[str, Any]:
        # The format follows the pool's kind unless it was chosen.
        also = {DRAFTED[DISK_FORMAT.name]: None} if name == POOL.name else {}
        return {**super().changes(name, value), **also}

    def notes(self, view: View) -> Iterable[Note]:
        found = [*super().notes(view), file_notes.disk_note(view)]
        if self._choice(view) is DiskChoice.NONE:
            return [replace(note, field=DISK.name) if note.field == POOL.name else note for note in found]
        return found

    def _choice(self, view: View) -> DiskChoice:
        if view.draft.disk_choice is not None:
            return view.draft.disk_choice
        return DiskChoice.NEW if view.new is None or view.new.new_volume is not None else DiskChoice.NONE

    def _on_copy_toggled(self) -> None:
        other = file_notes.other_way(self.session.view)
        if other is not None:
            self.session.change(disk_image=other)
