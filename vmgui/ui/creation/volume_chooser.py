"""Choose a volume of the host: its storage pools at the left, what is in them at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from operator import attrgetter

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
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
from vmgui.ui.creation.roomy_list import RoomyDelegate, carded
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.plain import Label, tip, window_title
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, make_primary, set_role
from vmgui.words import errors as error_words
from vmgui.words import quantities as fmt
from vmgui.words.say import say

VolumeLoader = Callable[[str], Awaitable[PoolContents]]


# fmt: off
COLUMNS: tuple[Column[Volume], ...] = (
    Column("name", say("VolumeChooser", "Name"), lambda volume: volume.name, width_px=0),
    Column("format", say("VolumeChooser", "Format"), lambda volume: volume.format, width_px=100),
    Column("size", say("VolumeChooser", "Size"), lambda volume: fmt.size_bytes(volume.capacity_bytes),
           width_px=100, is_number=True),
)
# fmt: on


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

        self._model = TableModel(COLUMNS, attrgetter("name"), tip=_path, parent=self)
        title = say("VolumeChooser", "Volumes")
        self._view: Table[Volume] = Table(self._model, "volume", title, is_single=True)
        self._view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._view.opened.connect(self._on_opened)

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
            self._model.show(())
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
        self._model.show(found)
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
        return next(iter(self._view.selected()), None)

    def _on_selection_changed(self, _selected: object, _deselected: object) -> None:
        self._choose.setEnabled(self._selected() is not None)

    def _on_opened(self, _volume: Volume) -> None:
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
        self._choose.setText(self.tr("&Choose"))
        self._choose.setAccessibleName(self.tr("Choose"))
        for pool, row in zip(self._pools, range(self._pool_list.count()), strict=True):
            free = self.tr("{size} free").format(size=fmt.size_bytes(pool.available_bytes))
            self._pool_list.item(row).setText(f"{visible(pool.name)}  ·  {free}")
            self._pool_list.item(row).setToolTip(tip(visible(pool.target_path, TEXT_CHARS)))


def _path(volume: Volume) -> str:
    return visible(volume.path, TEXT_CHARS)
