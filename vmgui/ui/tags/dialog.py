"""Tags and folder of one or many virtual machines: a list to tick, a field for new tags, the folder.

With many machines a tag that only some have is half ticked and stays so unless it is touched: what the dialog is
not told to change, it leaves to each machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from vmgui.model.definition import Definition
from vmgui.model.tags import TagsChange
from vmgui.policy.natural_order import natural_key
from vmgui.policy.plain_text import visible
from vmgui.policy.tags import FOLDER_MAX_CHARS, TAG_MAX_CHARS, folder_of, tag_of
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.plain import Label
from vmgui.ui.look.tag_look import swatch
from vmgui.ui.look.theme import SPACE
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts

_TAG = Qt.ItemDataRole.UserRole
_ON, _SOME, _OFF = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked


class TagsDialog(Framed):
    """`change` is what was asked for."""

    def __init__(
        self,
        names: Sequence[str],
        definition: Sequence[Definition],
        tags_in_use: Counter[str],
        folders_in_use: Counter[str],
        skipped: int,
        parent: QWidget | None,
    ) -> None:
        subject = visible(names[0]) if len(names) == 1 else counts.virtual_machines(len(names))
        title = self.tr("Tags and folder of {name}").format(name=subject)
        super().__init__("tags-dialog", title, parent, width_px=440)
        self._count = len(definition)
        self._had = Counter({tag.casefold(): 0 for one in definition for tag in one.tags})
        self._had.update(tag.casefold() for one in definition for tag in one.tags)
        folders = {one.folder for one in definition}
        self._folder = folders.pop() if len(folders) == 1 else None
        self.add_text(
            self.tr("Kept with the virtual machine on its host: colleagues see them too."), muted=True
        )
        if skipped:
            left_out = self.add_text(self.tr("%n more cannot be changed now and are left out.", "", skipped))
            left_out.setObjectName("tags-left-out")

        tags_label = Label(self.tr("&Tags"), self)
        self.list = QListWidget(self)
        self.list.setObjectName("tags-list")
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setProperty("card", True)
        self.list.setMinimumHeight(150)
        tags_label.setBuddy(self.list)
        self._items: dict[str, QListWidgetItem] = {}
        self._fill(definition, tags_in_use)
        new_label = Label(self.tr("&New tag"), self)
        self.field = QLineEdit(self)
        self.field.setObjectName("tags-new")
        self.field.setAccessibleName(self.tr("New tag"))
        self.field.setMaxLength(TAG_MAX_CHARS)
        self.field.setPlaceholderText(self.tr("web, production …"))
        new_label.setBuddy(self.field)
        completer = QCompleter(self)
        completer.setModel(QStringListModel(sorted(tags_in_use, key=natural_key), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self._add = QPushButton(self.tr("Add"), self)
        self._add.setObjectName("tags-add")
        self._add.setAccessibleName(self.tr("Add the tag"))
        new_row = QHBoxLayout()
        new_row.setSpacing(SPACE)
        new_row.addWidget(self.field, 1)
        new_row.addWidget(self._add)

        folder_label = Label(self.tr("&Folder"), self)
        self.folder = QComboBox(self)
        self.folder.setObjectName("tags-folder")
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.addItems(["", *sorted(folders_in_use, key=natural_key)])
        self.folder.setEditText(self._folder or "")
        edit = self.folder.lineEdit()
        if edit is not None:
            edit.setAccessibleName(self.folder.accessibleName())
            edit.setMaxLength(FOLDER_MAX_CHARS)
            edit.setPlaceholderText(
                self.tr("None, or for example Customers/Shop")
                if self._folder is not None
                else self.tr("They are in different folders: left so")
            )
        folder_label.setBuddy(self.folder)
        self._folder_touched = False

        answers = AnswerRow(self, "tags", self.tr("Save"))
        self._save = answers.yes
        self.body.addWidget(tags_label)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(new_label)
        self.body.addLayout(new_row)
        self.body.addWidget(folder_label)
        self.body.addWidget(self.folder)
        self.finish(answers)
        self.field.textChanged.connect(self._on_changed)
        self.list.itemChanged.connect(self._on_changed)
        self.folder.editTextChanged.connect(self._on_folder)
        self._add.clicked.connect(self._on_add)
        self._on_changed()
        self.field.setFocus()

    @property
    def change(self) -> TagsChange:
        """What is to be done to each machine; what it has or has not already is left."""
        add: list[str] = []
        remove: list[str] = []
        for key, item in self._items.items():
            had = self._had[key]
            if item.checkState() is _ON and had < self._count:
                add.append(str(item.data(_TAG)))
            elif item.checkState() is _OFF and had:
                remove.append(str(item.data(_TAG)))
        folder = folder_of(self.folder.currentText())
        is_new = self._folder_touched and folder != self._folder
        return TagsChange(tuple(add), tuple(remove), folder if is_new else None)

    def accept(self) -> None:
        """A tag that stands in the field was meant too."""
        self._take_field()
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.field.hasFocus() and tag_of(self.field.text()):
            self._on_add()
            return
        super().keyPressEvent(event)

    def _fill(self, definition: Sequence[Definition], tags_in_use: Counter[str]) -> None:
        """First what these machines have, in their order; then what others have, the commonest first."""
        for one in definition:
            for tag in one.tags:
                self._item(tag)
        for tag, _ in sorted(tags_in_use.items(), key=lambda used: (-used[1], natural_key(used[0]))):
            self._item(tag)

    def _item(self, tag: str) -> QListWidgetItem:
        key = tag.casefold()
        item = self._items.get(key)
        if item is not None:
            return item
        had = self._had[key]
        text = visible(tag)
        if 0 < had < self._count:
            text = self.tr("{tag} ({count} of {all})").format(
                tag=text, count=fmt.count(had), all=fmt.count(self._count)
            )
        item = QListWidgetItem(QIcon(swatch(tag, self.devicePixelRatioF())), text)
        item.setData(_TAG, tag)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        if 0 < had < self._count:
            # Can be put back to "some".
            flags |= Qt.ItemFlag.ItemIsUserTristate
        item.setFlags(flags)
        item.setCheckState(_ON if had == self._count else _SOME if had else _OFF)
        self._items[key] = item
        self.list.addItem(item)
        return item

    def _take_field(self) -> None:
        for text in self.field.text().split(","):
            tag = tag_of(text)
            if tag:
                item = self._item(tag)
                item.setCheckState(_ON)
                self.list.scrollToItem(item)
        self.field.clear()

    @Slot()
    def _on_add(self) -> None:
        self._take_field()
        self.field.setFocus()

    @Slot()
    def _on_folder(self) -> None:
        self._folder_touched = True
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        typed = bool(tag_of(self.field.text()))
        self._add.setEnabled(typed)
        self._save.setEnabled(typed or bool(self.change))
