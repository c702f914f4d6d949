"""A file for the new machine: typed, browsed on this computer, or chosen among the host's volumes.

On a remote host a path means one of two places; the choice before the path says which. A file on this
computer is copied to the host when the machine is made.
"""

from __future__ import annotations

from PySide6.QtCore import QDir, QSignalBlocker, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.commands.creation_fields import File
from vmgui.model.creation import FileRef
from vmgui.model.offer import HostOffer
from vmgui.model.storage import Volume
from vmgui.policy.creation import FILE_POOLS, offered_pools
from vmgui.policy.plain_text import visible
from vmgui.policy.typed_path import read_path
from vmgui.ui.creation.volume_chooser import VolumeChooser, VolumeLoader
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE


class FileControl(Control):
    """Its answer is a FileRef or None."""

    def __init__(self, field: File, name: str, parent: QWidget, *, load: VolumeLoader) -> None:
        self._file = FileField(field, load, parent)
        super().__init__(field, name, self._file.path_edit, self._file.changed)
        self.widget = self._file

    def offer(self, means: HostOffer | None) -> None:
        self._file.set_offer(means)

    def show(self, value: FileRef | None) -> None:
        self._file.set_value(value)

    def read(self) -> FileRef | None:
        return self._file.value

    def retranslate(self) -> None:
        self._file.retranslate()


class FileField(QWidget):
    """Path field with its two buttons."""

    changed = Signal()

    def __init__(self, field: File, load: VolumeLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._load = load
        self._offer: HostOffer | None = None
        self.value: FileRef | None = None
        self.setObjectName(f"create-{field.stem}-field")

        # Most files are on the host itself: the row is built where there is a choice.
        self._place: _Place | None = None

        self.path_edit = QLineEdit()
        self.path_edit.setClearButtonEnabled(True)
        self._clear = self.path_edit.findChild(QToolButton)
        self.path_edit.textChanged.connect(self._on_edited)

        self._browse = QPushButton()
        self._browse.setObjectName(f"create-{field.stem}-browse")
        self._browse.clicked.connect(self._on_browse)

        self._volumes = QPushButton()
        self._volumes.setObjectName(f"create-{field.stem}-volumes")
        self._volumes.clicked.connect(self._on_volumes)

        path_row = QHBoxLayout()
        path_row.setSpacing(SPACE)
        path_row.addWidget(self.path_edit, 1)
        path_row.addWidget(self._browse)
        path_row.addWidget(self._volumes)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._layout.addLayout(path_row)
        self.setFocusProxy(self.path_edit)

    @property
    def _is_remote(self) -> bool:
        return self._offer is not None and not self._offer.shares_files

    def set_offer(self, offer: HostOffer | None) -> None:
        """Which host the file is for, and the pools it could be copied to."""
        if offer is self._offer:
            return
        self._offer = offer
        if self._place is not None:
            self._place.set_pools(self._pools_for_copies())
        self._volumes.setVisible(offer is not None and any(pool.active for pool in offer.pools))
        self.retranslate()
        self._show_value()

    def set_value(self, value: FileRef | None) -> None:
        """Show a file without telling `changed`."""
        self.value = value
        self._show_value()

    def _pools_for_copies(self) -> list[str]:
        pools = offered_pools(self._offer) if self._offer is not None else ()
        return [pool.name for pool in pools if pool.kind in FILE_POOLS]

    def _show_value(self) -> None:
        value = self.value
        with QSignalBlocker(self.path_edit):
            text = value.path if value is not None else ""
            if self.path_edit.text().strip() != text:
                self.path_edit.setText(text)
        if self._place is None and (self._is_remote or self._copy_asked()):
            self._place = _Place(self._field.stem, self)
            self._place.set_pools(self._pools_for_copies())
            self._place.edited.connect(self._on_edited)
            self._layout.addWidget(self._place)
            self._name_place(self._place)
        if self._place is not None:
            local = value.local if value is not None else self._is_remote
            self._place.set_value(local=local, pool=value.upload_pool if value is not None else "")
        self._arrange()

    def _arrange(self) -> None:
        if self._place is not None:
            self._place.arrange(is_remote=self._is_remote, copies=self._is_remote or self._copy_asked())

    def _copy_asked(self) -> bool:
        return self.value is not None and self.value.local

    def _on_edited(self) -> None:
        local = self._copy_asked()
        if self._is_remote and self._place is not None:
            local = self._place.is_local
        # A home is this computer's: of another host's nobody knows where it is.
        path = read_path(self.path_edit.text(), QDir.homePath() if local or not self._is_remote else "")
        pool = self._place.pool if local and self._place is not None else ""
        self._set(FileRef(path, local=local, upload_pool=pool) if path else None)

    def _set(self, value: FileRef | None) -> None:
        self._arrange()
        if value != self.value:
            self.value = value
            self.changed.emit()

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, str(self._field.title))
        dialog.setObjectName("create-file-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([*filter(None, [str(self._field.filters)]), self.tr("All files (*)")])
        current = QDir(self.path_edit.text())
        if self.path_edit.text() and current.cdUp() and current.exists():
            dialog.setDirectory(current)
        else:
            downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
            dialog.setDirectory(downloads if QDir(downloads).exists() else QDir.homePath())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        local = self._is_remote
        pool = self._place.pool if local and self._place is not None else ""
        self._value_from_outside(FileRef(path, local=local, upload_pool=pool))

    def _on_volumes(self) -> None:
        if self._offer is None:
            return
        chooser = VolumeChooser(
            self._offer.host.name,
            self._offer.pools,
            self._load,
            images_first=self._field.is_cd,
            parent=self,
        )
        chooser.chosen.connect(self._on_volume_chosen)
        chooser.open()

    def _on_volume_chosen(self, volume: Volume) -> None:
        self._value_from_outside(FileRef(volume.path))

    def _value_from_outside(self, value: FileRef) -> None:
        old = self.value
        self.value = value
        self._show_value()
        if value != old:
            self.changed.emit()
        self.path_edit.setFocus()

    def _with_key(self, label: str) -> str:
        """Alt and a letter work for the first of two fields on a page only."""
        return label if self._field.has_keys else label.replace("&", "")

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.path_edit.setAccessibleName(str(self._field.spoken))
        self.path_edit.setPlaceholderText(str(self._field.hint))
        if self._clear is not None:
            self._clear.setAccessibleName(self.tr("Clear the path"))
        self._browse.setText(self._with_key(self.tr("B&rowse…")))
        self._volumes.setText(self._with_key(self.tr("&Volumes…")))
        self._browse.setAccessibleName(str(self._field.browse))
        self._browse.setToolTip(self.tr("Choose a file of this computer"))
        host = self._offer.host.name if self._offer is not None else ""
        self._volumes.setAccessibleName(self.tr("Volumes…"))
        self._volumes.setToolTip(
            tip(self.tr("Choose a volume in a storage pool of {host}").format(host=visible(host)))
        )
        if self._place is not None:
            self._name_place(self._place)

    def _name_place(self, place: _Place) -> None:
        host = self._offer.host.name if self._offer is not None else ""
        place.set_texts(
            self._with_key(self.tr("&File is")),
            self.tr("on this computer"),
            visible(self.tr("on {host}").format(host=host)),
            self._with_key(self.tr("Copy it &to pool")),
        )


class _Place(QWidget):
    """On which computer a path counts, and which pool a file of this one is copied to."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label, self._place = Label(self), QComboBox(self)
        self._place.setObjectName(f"create-{name}-place")
        self._place.addItems(["", ""])
        self._label.setBuddy(self._place)
        self._place.currentIndexChanged.connect(self.edited)
        self._pool_label, self._pool = Label(self), QComboBox(self)
        self._pool.setObjectName(f"create-{name}-upload-pool")
        self._pool_label.setBuddy(self._pool)
        self._pool.currentIndexChanged.connect(self.edited)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._label)
        layout.addWidget(self._place)
        layout.addSpacing(SPACE)
        layout.addWidget(self._pool_label)
        layout.addWidget(self._pool)
        layout.addStretch(1)

    @property
    def is_local(self) -> bool:
        """On this computer."""
        return self._place.currentIndex() == 0

    @property
    def pool(self) -> str:
        """Where it is copied to; empty: there is no pool."""
        return self._pool.currentText()

    def set_pools(self, names: list[str]) -> None:
        """The pools there are, without telling `edited`."""
        with QSignalBlocker(self._pool):
            self._pool.clear()
            self._pool.addItems(names)

    def set_value(self, *, local: bool, pool: str) -> None:
        """Show an answer without telling `edited`."""
        with QSignalBlocker(self._place), QSignalBlocker(self._pool):
            self._place.setCurrentIndex(0 if local else 1)
            if pool:
                self._pool.setCurrentText(pool)

    def arrange(self, *, is_remote: bool, copies: bool) -> None:
        """Show what can be chosen now."""
        copies = copies and self.is_local
        self.setVisible(is_remote or copies)
        self._label.setVisible(is_remote)
        self._place.setVisible(is_remote)
        for widget in (self._pool_label, self._pool):
            widget.setVisible(copies and self._pool.count() > 0)

    def set_texts(self, place: str, here: str, there: str, pool: str) -> None:
        """Translated."""
        self._label.setText(place)
        with QSignalBlocker(self._place):
            self._place.setItemText(0, here)
            self._place.setItemText(1, there)
        self._pool_label.setText(pool)
