"""Choose a volume of the host: its storage pools at the left, what is in them at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.errors import VmguiError
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.policy.natural_order import SortKey, natural_key
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.services.faults import ours
from vmgui.services.scope import Scope
from vmgui.ui.creation.form import carded
from vmgui.ui.creation.roomy_delegate import RoomyDelegate
from vmgui.ui.kit.plain import Label, tip, window_title
from vmgui.ui.kit.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, make_primary, set_role
from vmgui.words import errors as error_words
from vmgui.words import quantities as fmt

AnyIndex = QModelIndex | QPersistentModelIndex
VolumeLoader = Callable[[str], Awaitable[PoolContents]]


class Column(IntEnum):
    """The table's columns."""

    NAME = 0
    FORMAT = 1
    SIZE = 2


class VolumeModel(QAbstractTableModel):
    """Volumes as ready texts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._volumes: list[Volume] = []
        self._texts: list[tuple[str, str, str]] = []
        self._headers = ("", "", "")

    def set_volumes(self, volumes: list[Volume]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._volumes = volumes
        self._texts = [
            (visible(v.name), visible(v.format), fmt.size_bytes(v.capacity_bytes)) for v in volumes
        ]
        self.endResetModel()

    def set_headers(self, headers: tuple[str, str, str]) -> None:
        """The columns' titles in the language of the day."""
        self._headers = headers
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def volume(self, row: int) -> Volume | None:
        """The volume in a row."""
        return self._volumes[row] if 0 <= row < len(self._volumes) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._volumes)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(visible(self._volumes[index.row()].path, TEXT_CHARS))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.SIZE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.SIZE else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class VolumeChooser(QDialog):
    """Non-blocking: `open()` it; `chosen` tells the volume."""

    chosen = Signal(object)  # Volume

    def __init__(
        self,
        host_name: str,
        pools: tuple[Pool, ...],
        load: VolumeLoader,
        *,
        images_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`images_first`: CD images before everything else."""
        super().__init__(parent)
        self.setObjectName("volume-chooser")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._host_name = host_name
        self._pools = tuple(pool for pool in pools if pool.active)
        self._load = load
        self._images_first = images_first
        self._contents = PoolContents()
        self._scope = Scope("volume chooser")

        self._pool_label = Label()
        self._pool_list = QListWidget()
        self._pool_list.setObjectName("volume-pools")
        for pool in self._pools:
            self._pool_list.addItem(QListWidgetItem(self._title(pool)))
        self._pool_label.setBuddy(self._pool_list)
        self._pool_list.setItemDelegate(RoomyDelegate(self._pool_list))
        self._pool_list.currentRowChanged.connect(self._on_pool_changed)

        self._search = QLineEdit()
        self._search.setObjectName("volume-search")
        self._search.setClearButtonEnabled(True)
        self._clear = self._search.findChild(QToolButton)
        self._search.textChanged.connect(self._on_search_changed)

        self._model = VolumeModel(self)
        self._view = QTableView()
        self._view.setObjectName("volume-table")
        self._view.setModel(self._model)
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setShowGrid(False)
        self._view.setTabKeyNavigation(False)
        self._view.verticalHeader().hide()
        header = self._view.horizontalHeader()
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._view.doubleClicked.connect(self._on_activated)

        self._note = Label()
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._left_out = Label()
        self._left_out.setObjectName("volume-left-out")
        self._left_out.setWordWrap(True)
        set_role(self._left_out, TextRole.CAPTION)
        self._stack = QStackedLayout()
        self._stack.addWidget(carded(self._view))
        self._stack.addWidget(self._note)

        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._choose = QPushButton()
        self._choose.setObjectName("volume-choose")
        self._choose.setDefault(True)
        make_primary(self._choose)
        self._choose.setEnabled(False)
        self._buttons.addButton(self._choose, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)

        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self._pool_label)
        left.addWidget(carded(self._pool_list), 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self._search)
        right.addLayout(self._stack, 1)
        right.addWidget(self._left_out)
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        columns.addLayout(left, 1)
        columns.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addLayout(columns, 1)
        layout.addWidget(self._buttons)
        resize_within_screen(self, 720, 440)
        self._retranslate()
        if self._pools:
            self._pool_list.setCurrentRow(0)
        else:
            self._say(self.tr("This host has no active storage pool."))

    def done(self, result: int) -> None:
        self._scope.cancel()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _title(self, pool: Pool) -> str:
        name = visible(pool.name)
        return name if pool.answers else self.tr("{pool} (does not answer)").format(pool=name)

    def _on_pool_changed(self, row: int) -> None:
        if 0 <= row < len(self._pools):
            self._contents = PoolContents()
            self._model.set_volumes([])
            self._say(self.tr("Reading the pool…"))
            self._tell_left_out()
            self._scope.run(self._load_pool(self._pools[row].name))

    def _tell_left_out(self) -> None:
        count = self._contents.nameless
        text = self.tr("%n file(s) could not be read because of their names.", "", count)
        self._left_out.setText(text)
        self._left_out.setVisible(bool(count))

    async def _load_pool(self, pool: str) -> None:
        try:
            contents = await ours(self._load(pool))
        except VmguiError as error:
            if self._is_current(pool):
                self._say(error_words.explain(error).what)
            return
        if self._is_current(pool):
            self._contents = contents
            self._tell_left_out()
            self._refill()

    def _is_current(self, pool: str) -> bool:
        row = self._pool_list.currentRow()
        return 0 <= row < len(self._pools) and self._pools[row].name == pool

    def _on_search_changed(self, _text: str) -> None:
        self._refill()

    def _refill(self) -> None:
        text = self._search.text().casefold()
        found = [volume for volume in self._contents.volumes if text in volume.name.casefold()]
        found.sort(key=self._order)
        self._model.set_volumes(found)
        if found:
            self._stack.setCurrentIndex(0)
            self._view.selectRow(0)
        elif self._contents.volumes:
            self._say(self.tr("No volume matches."))
        else:
            # Of one with nothing but what is left out that is said already.
            self._say("" if self._contents.nameless else self.tr("This pool is empty."))

    def _order(self, volume: Volume) -> tuple[bool, SortKey]:
        is_image = volume.format == "iso" or volume.name.casefold().endswith(".iso")
        return (self._images_first and not is_image, natural_key(volume.name))

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._stack.setCurrentWidget(self._note)
        self._choose.setEnabled(False)

    def _selected(self) -> Volume | None:
        rows = self._view.selectionModel().selectedRows()
        return self._model.volume(rows[0].row()) if rows else None

    def _on_selection_changed(self, _selected: object, _deselected: object) -> None:
        self._choose.setEnabled(self._selected() is not None)

    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_accepted()

    def _on_accepted(self) -> None:
        volume = self._selected()
        if volume is not None:
            self.chosen.emit(volume)
            self.accept()

    def _retranslate(self) -> None:
        self.setWindowTitle(window_title(self.tr("Choose a volume on {host}").format(host=self._host_name)))
        self._pool_label.setText(self.tr("Storage &pools"))
        self._pool_list.setAccessibleName(self.tr("Storage pools"))
        if self._clear is not None:
            self._clear.setAccessibleName(self.tr("Clear the search"))
        self._tell_left_out()
        self._search.setPlaceholderText(self.tr("Search volumes"))
        self._search.setAccessibleName(self.tr("Search volumes"))
        self._view.setAccessibleName(self.tr("Volumes"))
        self._model.set_headers((self.tr("Name"), self.tr("Format"), self.tr("Size")))
        self._choose.setText(self.tr("&Choose"))
        self._choose.setAccessibleName(self.tr("Choose"))
        for pool, row in zip(self._pools, range(self._pool_list.count()), strict=True):
            free = self.tr("{size} free").format(size=fmt.size_bytes(pool.available_bytes))
            self._pool_list.item(row).setText(f"{visible(pool.name)}  ·  {free}")
            self._pool_list.item(row).setToolTip(tip(visible(pool.target_path, TEXT_CHARS)))
