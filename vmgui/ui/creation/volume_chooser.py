"""Choose a volume of the host: its storage pools at the left, what is in them at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from operator import attrgetter

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vmgui.model.errors import VmguiError
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.policy.natural_order import SortKey, natural_key
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.services.faults import ours
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.creation.roomy_list import CardOrWords, RoomyDelegate, carded
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.plain import Label, tip, window_title
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.search_field import SearchField
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_role
from vmgui.words import errors as error_words
from vmgui.words import quantities as fmt
from vmgui.words.say import say

VolumeLoader = Callable[[str], Awaitable[PoolContents]]

_SEARCH = say("VolumeChooser", "Search volumes")
# fmt: off
COLUMNS: tuple[Column[Volume], ...] = (
    Column("name", say("VolumeChooser", "Name"), lambda volume: volume.name, width_px=0),
    Column("format", say("VolumeChooser", "Format"), lambda volume: volume.format, width_px=100),
    Column("size", say("VolumeChooser", "Size"), lambda volume: fmt.size_bytes(volume.capacity_bytes),
           width_px=100, is_number=True),
)
# fmt: on


class VolumeChooser(QDialog):
    """`volume` is the answer once it was accepted."""

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
        self.setWindowTitle(window_title(self.tr("Choose a volume on {host}").format(host=host_name)))
        self._pools = tuple(pool for pool in pools if pool.active)
        self._load = load
        self._images_first = images_first
        self._contents = PoolContents()
        self._scope = PaneScope("volume chooser", self)

        self._pool_list = QListWidget()
        self._pool_list.setObjectName("volume-pools")
        self._pool_list.setAccessibleName(self.tr("Storage pools"))
        self._pool_list.setItemDelegate(RoomyDelegate(self._pool_list))
        for pool in self._pools:
            item = QListWidgetItem(self._title(pool), self._pool_list)
            item.setToolTip(tip(visible(pool.target_path, TEXT_CHARS)))
        self._pool_list.currentRowChanged.connect(self._on_pool_changed)
        pools_label = Label(self.tr("Storage &pools"))
        pools_label.setBuddy(self._pool_list)

        self._search = SearchField("volume-search", _SEARCH, _SEARCH)
        self._search.textChanged.connect(self._refill)
        self._model = TableModel(COLUMNS, attrgetter("name"), tip=_path, parent=self)
        title = say("VolumeChooser", "Volumes")
        self._view: Table[Volume] = Table(self._model, "volume", title, is_single=True)
        self._view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._view.opened.connect(self.accept)
        self._card = CardOrWords(self._view)
        self._left_out = Label()
        self._left_out.setObjectName("volume-left-out")
        self._left_out.setWordWrap(True)
        set_role(self._left_out, TextRole.CAPTION)
        answers = AnswerRow(self, "volume", self.tr("&Choose"))
        self._choose = answers.yes

        left, right, columns, layout = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for box, space_px in ((left, SPACE), (right, SPACE), (columns, SPACE_L), (layout, SPACE_L)):
            box.setSpacing(space_px)
        left.addWidget(pools_label)
        left.addWidget(carded(self._pool_list), 1)
        right.addWidget(self._search)
        right.addLayout(self._card, 1)
        right.addWidget(self._left_out)
        columns.addLayout(left, 1)
        columns.addLayout(right, 3)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.addLayout(columns, 1)
        layout.addLayout(answers)
        resize_within_screen(self, 720, 440)
        self._pool_list.setFocus()
        self._show(self._contents)
        if self._pools:
            self._pool_list.setCurrentRow(0)
        else:
            self._card.show_words(self.tr("This host has no active storage pool."))

    @property
    def volume(self) -> Volume | None:
        """The selected one."""
        return next(iter(self._view.selected()), None)

    def _title(self, pool: Pool) -> str:
        name = visible(pool.name)
        if not pool.answers:
            return self.tr("{pool} (does not answer)").format(pool=name)
        free = self.tr("{size} free").format(size=fmt.size_bytes(pool.available_bytes))
        return f"{name}  ·  {free}"

    def _on_pool_changed(self, row: int) -> None:
        self._show(PoolContents())
        self._card.show_words(self.tr("Reading the pool…"))
        self._scope.run(self._load_pool(row))

    async def _load_pool(self, row: int) -> None:
        try:
            contents = await ours(self._load(self._pools[row].name))
        except VmguiError as error:
            if row == self._pool_list.currentRow():
                self._card.show_words(error_words.explain(error).what)
            return
        if row == self._pool_list.currentRow():
            self._show(contents)

    def _show(self, contents: PoolContents) -> None:
        self._contents = contents
        count = contents.nameless
        self._left_out.setText(self.tr("%n file(s) could not be read because of their names.", "", count))
        self._left_out.setVisible(bool(count))
        self._refill()

    def _refill(self) -> None:
        text = self._search.text().casefold()
        found = [volume for volume in self._contents.volumes if text in volume.name.casefold()]
        found.sort(key=self._order)
        self._model.show(found)
        self._on_selection_changed()
        if found:
            self._card.show_card()
            self._view.selectRow(0)
        elif self._contents.volumes:
            self._card.show_words(self.tr("No volume matches."))
        else:
            # Of one with nothing but what is left out that is said already.
            self._card.show_words("" if self._contents.nameless else self.tr("This pool is empty."))

    def _order(self, volume: Volume) -> tuple[bool, SortKey]:
        is_image = volume.format == "iso" or volume.name.casefold().endswith(".iso")
        return (self._images_first and not is_image, natural_key(volume.name))

    def _on_selection_changed(self) -> None:
        self._choose.setEnabled(self.volume is not None)


def _path(volume: Volume) -> str:
    return visible(volume.path, TEXT_CHARS)
