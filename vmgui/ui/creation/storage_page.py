"""The machine's disk: a new volume, an existing one, or none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from vmgui.model.creation import FileRef, NewVolume, SourceKind
from vmgui.model.creation_draft import DiskChoice
from vmgui.model.offer import Field, HostOffer
from vmgui.model.storage import Pool
from vmgui.policy.creation import BLOCK_POOLS, FILE_POOLS, offered_pools
from vmgui.policy.plain_text import visible
from vmgui.ui.creation.file_field import FileField, FileUse
from vmgui.ui.creation.form import FieldMessage, Level, add_field, caption, indented, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.capacity_slider import CapacitySlider, Quantity
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, TextRole, set_role
from vmgui.words import creation as creation_words
from vmgui.words import quantities as fmt

GIB = 1024**3
LEAST_DISK_BYTES = 64 * 1024**2
UNKNOWN_POOL_BYTES = 512 * GIB
_CHOICES = tuple(DiskChoice)
_FORMATS = ("qcow2", "raw")


class StoragePage(Page):
    """Three ways, the chosen one unfolded; nothing to choose when the source is a disk."""

    page_id = PageId.STORAGE

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        layout = page_layout(self)
        self._imported = FieldMessage("create-disk-imported")
        self._imported.fix_requested.connect(self._on_copy_toggled)
        layout.addWidget(self._imported)
        self._group = QButtonGroup(self)
        self._radios: dict[DiskChoice, QRadioButton] = {}
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(SPACE)
        # What few people unfold is built when they do.
        self._existing: _ExistingDisk | None = None
        self._existing_room = QVBoxLayout()
        for choice in _CHOICES:
            radio = QRadioButton()
            radio.setObjectName(f"create-disk-{choice.value}")
            self._group.addButton(radio, _CHOICES.index(choice))
            self._radios[choice] = radio
            choices.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)
            if choice is DiskChoice.NEW:
                self._new = self._build_new()
                choices.addWidget(self._new)
            elif choice is DiskChoice.EXISTING:
                choices.addLayout(self._existing_room)
        self._none_message = FieldMessage("create-disk-none-message")
        choices.addWidget(indented(self._none_message))
        self._group.idClicked.connect(self._on_choice_clicked)
        layout.addWidget(self._choices)
        layout.addStretch(1)
        self.retranslate()

    def _build_new(self) -> QWidget:
        self._pool_label, self._format_label = Label(), Label()
        self._pool, self._format = QComboBox(), QComboBox()
        self._pool.setObjectName("create-pool")
        self._format.setObjectName("create-disk-format")
        self._format.addItems(["", ""])
        for box in (self._pool, self._format):
            # Long names must not widen the page.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(20)
        self._pool.currentIndexChanged.connect(self._on_pool_chosen)
        self._format.currentIndexChanged.connect(self._on_format_chosen)
        self._folder_label = Label()
        set_role(self._folder_label, TextRole.STRONG)
        self._folder = caption("create-disk-folder")
        self._size = CapacitySlider(Quantity.DISK_BYTES)
        self._size.changed.connect(self._on_size_changed)
        self._size_message = FieldMessage("create-disk-size-message")
        pool_column, format_column = QVBoxLayout(), QVBoxLayout()
        self._pool_message = add_field(pool_column, self._pool_label, self._pool)
        pool_column.addWidget(self._folder_label)
        pool_column.addWidget(self._folder, 1)
        add_field(format_column, self._format_label, self._format)
        # A message under one of them does not pull the other apart.
        for column in (pool_column, format_column):
            column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addLayout(pool_column, 2)
        row.addLayout(format_column, 1)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, SPACE_S, 0, SPACE)
        inner.setSpacing(SPACE_L)
        inner.addLayout(row)
        inner.addWidget(self._size)
        inner.addWidget(self._size_message)
        return indented(body)

    def _existing_disk(self) -> _ExistingDisk:
        if self._existing is None:
            self._existing = _ExistingDisk(self.session, self._choices)
            self._existing_room.addWidget(indented(self._existing))
        return self._existing

    def first_field(self) -> QWidget:
        if self._current(self.session.view) is DiskChoice.EXISTING:
            return self._existing_disk()
        return self._size

    def show_view(self, view: View) -> None:
        if view.new is None or view.offer is None:
            return
        imported = view.draft.source is SourceKind.DISK_IMAGE
        self._choices.setVisible(not imported)
        if imported:
            self._show_imported(view)
            return
        self._imported.clear()
        choice = self._current(view)
        self._radios[choice].setChecked(True)
        self._new.setVisible(choice is DiskChoice.NEW)
        if choice is DiskChoice.EXISTING:
            self._existing_disk().show_view(view)
        if self._existing is not None:
            self._existing.setVisible(choice is DiskChoice.EXISTING)
        volume = view.new.new_volume
        self._radios[DiskChoice.NEW].setEnabled(
            bool(offered_pools(view.offer) or view.offer.default_directory)
        )
        if volume is not None:
            self._show_new(volume, view.offer)
        self._show_messages(view, choice)

    def _current(self, view: View) -> DiskChoice:
        if view.draft.disk_choice is not None:
            return view.draft.disk_choice
        return DiskChoice.NEW if view.new is None or view.new.new_volume is not None else DiskChoice.NONE

    def _show_imported(self, view: View) -> None:
        ref = view.draft.disk_image
        if ref is None:
            self._imported.tell(
                self.tr("The disk image you choose as the source will be the machine's disk.")
            )
        elif ref.local:
            text = self.tr("{file} is copied to storage pool “{pool}”; the copy is the machine's disk.")
            shared = view.offer is not None and view.offer.shares_files
            self._imported.tell(
                text.format(file=creation_words.file_name(ref), pool=ref.upload_pool),
                Level.INFO,
                self.tr("Use the file itself") if shared else "",
            )
        else:
            text = self.tr("{path} is the machine's disk. It is used where it lies and will be written to.")
            copies = self._pool_for_copy(view) is not None
            self._imported.tell(
                text.format(path=ref.path), Level.INFO, self.tr("Use a copy") if copies else ""
            )

    def _pool_for_copy(self, view: View) -> Pool | None:
        """Where a copy of a file of this computer can be put, to leave the file itself as it is."""
        if view.offer is None or not view.offer.shares_files:
            return None
        return next((pool for pool in offered_pools(view.offer) if pool.kind in FILE_POOLS), None)

    def _on_copy_toggled(self) -> None:
        view = self.session.view
        ref, pool = view.draft.disk_image, self._pool_for_copy(view)
        if ref is None:
            return
        if ref.local:
            self.session.change(disk_image=FileRef(ref.path))
        elif pool is not None:
            self.session.change(disk_image=FileRef(ref.path, local=True, upload_pool=pool.name))

    def _show_new(self, volume: NewVolume, offer: HostOffer) -> None:
        pools = offered_pools(offer)
        with QSignalBlocker(self._pool), QSignalBlocker(self._format):
            self._pool.clear()
            for pool in pools:
                free = self.tr("{size} free").format(size=fmt.size_bytes(pool.available_bytes))
                known = pool.available_bytes or pool.capacity_bytes
                text = f"{visible(pool.name)}  ·  {free}" if known else visible(pool.name)
                if pool.uuid and not pool.active:
                    text = self.tr("{pool} (not running)").format(pool=visible(pool.name))
                self._pool.addItem(text, pool.name)
            self._pool.setCurrentIndex(self._pool.findData(volume.pool))
            self._format.setCurrentIndex(_FORMATS.index(volume.format) if volume.format in _FORMATS else -1)
        has_pools = bool(pools)
        self._pool_label.setVisible(has_pools)
        self._pool.setVisible(has_pools)
        self._folder_label.setVisible(not has_pools)
        self._folder.setVisible(not has_pools)
        self._folder.setText(volume.directory)
        pool = offer.pool(volume.pool)
        self._format.setEnabled(pool is None or pool.kind not in BLOCK_POOLS)
        # Of one that is not running this is what it was when it last ran.
        is_known = pool is not None and (pool.active or not pool.uuid)
        free_bytes = pool.available_bytes if pool is not None and is_known else 0
        top = max(2 * free_bytes, volume.capacity_bytes) if free_bytes else UNKNOWN_POOL_BYTES
        self._size.set_range(LEAST_DISK_BYTES, max(top, volume.capacity_bytes))
        place = self.tr("free in {pool}").format(pool=volume.pool)
        self._size.set_capacity(free_bytes, 0, total_text=place)
        self._size.set_value(volume.capacity_bytes)

    def _show_messages(self, view: View, choice: DiskChoice) -> None:
        new = choice is DiskChoice.NEW
        of_pool = view.problems_of(Field.DISK_POOL)
        self._pool_message.show_problems(of_pool if new else ())
        self._none_message.show_problems(of_pool if choice is DiskChoice.NONE else ())
        self._size_message.show_problems(view.problems_of(Field.DISK_SIZE, Field.DISK_NAME) if new else ())
        os = view.os
        self._size.set_recommended(os.recommended_disk_bytes if os is not None else None)

    def _on_choice_clicked(self, number: int) -> None:
        self.session.change(disk_choice=_CHOICES[number])

    def _on_pool_chosen(self, index: int) -> None:
        # The format follows the pool's kind unless it was chosen.
        self.session.change(pool=self._pool.itemData(index), disk_format=None)

    def _on_format_chosen(self, index: int) -> None:
        self.session.change(disk_format=_FORMATS[index])

    def _on_size_changed(self, value: int) -> None:
        self.session.change(disk_bytes=value)

    def retranslate(self) -> None:
        labels = {
            DiskChoice.NEW: self.tr("New &disk"),
            DiskChoice.EXISTING: self.tr("&Existing disk or volume"),
            DiskChoice.NONE: self.tr("No d&isk"),
        }
        for choice, label in labels.items():
            self._radios[choice].setText(label)
            self._radios[choice].setAccessibleName(label.replace("&", ""))
        self._pool_label.setText(self.tr("Storage &pool"))
        self._folder_label.setText(self.tr("Folder"))
        self._format_label.setText(self.tr("&Format"))
        with QSignalBlocker(self._format):
            self._format.setItemText(0, self.tr("qcow2 (grows, snapshots)"))
            self._format.setItemText(1, self.tr("raw (fastest)"))
        self._size.set_label(self.tr("Disk &size"), "create-disk-size")


class _ExistingDisk(QWidget):
    """A disk or volume that is there already: its path, and what was found out about it."""

    def __init__(self, session: CreationSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._label = Label(self)
        self._field = FileField(FileUse.DISK, session.contents, self)
        self._field.setObjectName("create-existing-disk")
        self._field.path_edit.setObjectName("create-existing-disk-path")
        self._field.changed.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE_S, 0, SPACE)
        self._message = add_field(layout, self._label, self._field, buddy=self._field.path_edit)
        self.setFocusProxy(self._field)
        self._retranslate()

    def show_view(self, view: View) -> None:
        """Bring field and message in line."""
        self._field.set_offer(view.offer, is_remote=view.offer is not None and not view.offer.shares_files)
        self._field.set_value(view.draft.existing_disk)
        if Field.DISK_IMAGE in view.looking_at:
            self._message.tell(self.tr("Looking at the file…"), Level.BUSY)
            return
        found = view.problems_of(Field.DISK_IMAGE)
        medium = view.medium(Field.DISK_IMAGE)
        if found or medium is None:
            self._message.show_problems(found)
        else:
            size = fmt.size_bytes(medium.virtual_bytes or medium.size_bytes)
            text = self.tr("A disk of {size} ({format}).").format(size=size, format=medium.format or "?")
            self._message.tell(text, Level.GOOD)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_changed(self, value: FileRef | None) -> None:
        self._session.change(existing_disk=value)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("&Path of the disk"))
