"""A file for the new machine: typed, browsed on this computer, or chosen among the host's volumes.

On a remote host a path means one of two places; the choice under the path says which. A file on this
computer is copied to the host when the machine is made.
"""

from __future__ import annotations

import os.path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDir, QSignalBlocker, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from vmgui.commands.creation_fields import COPY_POOL, PLACE, File
from vmgui.commands.creation_means import copy_pools, places
from vmgui.commands.fields import Choice
from vmgui.model.creation import FileRef
from vmgui.model.offer import HostOffer
from vmgui.policy.plain_text import visible
from vmgui.policy.typed_path import read_path
from vmgui.services.background import in_thread
from vmgui.ui.creation.volume_chooser import VolumeChooser, VolumeLoader
from vmgui.ui.kit.choose_file import choose_file
from vmgui.ui.kit.confirm import accepted
from vmgui.ui.kit.fields.path import PathControl
from vmgui.ui.kit.form import Form
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import SPACE

translate = QCoreApplication.translate


class FileControl(PathControl):
    """Its answer is a FileRef or None; "Volumes…" stands behind "Browse…"."""

    def __init__(self, field: File, name: str, parent: QWidget, *, load: VolumeLoader) -> None:
        super().__init__(field, name, parent)
        self._file = field
        self._load = load
        self._offer: HostOffer | None = None
        self._stem = name.removesuffix("-path")
        self.input.setClearButtonEnabled(True)
        self._clear = self.input.findChild(QToolButton)
        self._volumes = QPushButton(self.widget)
        self._volumes.setObjectName(f"{self._stem}-volumes")
        self._volumes.clicked.connect(self._on_volumes)
        self.row.addWidget(self._volumes)
        # Most files are on the host itself: the row is built where there is a choice.
        self._place: _Place | None = None
        self._is_on_host = False  # the person said so, also of a path that is not typed yet

    @property
    def _is_remote(self) -> bool:
        return self._offer is not None and not self._offer.shares_files

    def offer(self, means: HostOffer | None) -> None:
        """Which host the file is for, and the pools it could be copied to."""
        before = _used(self._offer)
        value, self._offer = self.read(), means
        if _used(means) == before:
            return
        if _used(means)[:2] != before[:2]:
            self._is_on_host = False
        self._volumes.setVisible(means is not None and any(pool.active for pool in means.pools))
        self.retranslate()
        self.show(value)

    def show(self, value: FileRef | None) -> None:
        local = value.local if value is not None else self._is_remote and not self._is_on_host
        if self._place is None and (self._is_remote or local):
            self._place = _Place(self._stem, self.widget)
            self._place.edited.connect(self._on_place)
            self.column.addWidget(self._place)
        if self._place is not None:
            self._place.show_answer(
                self._offer, local=local, pool=value.upload_pool if value is not None else ""
            )
        path = value.path if value is not None else ""
        if self.input.text().strip() != path:
            self.input.setText(path)

    def read(self) -> FileRef | None:
        local = self._place is not None and self._place.is_local
        # A home is this computer's: of another host's nobody knows where it is.
        path = read_path(self.input.text(), QDir.homePath() if local or not self._is_remote else "")
        return self._ref(path, local=local) if path else None

    def retranslate(self) -> None:
        super().retranslate()
        if self._clear is not None:
            self._clear.setAccessibleName(translate("FileControl", "Clear the path"))
        browse, volumes = translate("FileControl", "B&rowse…"), translate("FileControl", "&Volumes…")
        if not self._file.has_keys:
            browse, volumes = browse.replace("&", ""), volumes.replace("&", "")
        self.browse.relabel(browse, translate("FileControl", "Choose a file of this computer"))
        self._volumes.setText(volumes)
        self._volumes.setAccessibleName(volumes.replace("&", ""))
        host = visible(self._offer.host.name) if self._offer is not None else ""
        text = translate("FileControl", "Choose a volume in a storage pool of {host}")
        self._volumes.setToolTip(tip(text.format(host=host)))

    def _ref(self, path: str, *, local: bool) -> FileRef:
        return FileRef(path, local, self._place.pool if local and self._place is not None else "")

    def _take(self, value: FileRef) -> None:
        self.show(value)
        self._on_place()
        self.input.setFocus()

    def _on_place(self) -> None:
        self._is_on_host = self._place is not None and not self._place.is_local
        # The same path in another place is another file.
        self.input.textChanged.emit(self.input.text())

    async def _choose(self) -> None:
        folder = await in_thread(_first_folder, self.input.text())
        kinds = filter(None, (str(self._file.filters), translate("FileControl", "All files (*)")))
        chosen = await choose_file(self.widget.window(), str(self._file.title), ";;".join(kinds), folder)
        if chosen:
            self._take(self._ref(chosen, local=self._is_remote))

    def _on_volumes(self) -> None:
        self._scope.try_run(self._choose_volume())

    async def _choose_volume(self) -> None:
        if self._offer is None:
            return
        chooser = VolumeChooser(
            self._offer.host.name,
            self._offer.pools,
            self._load,
            images_first=self._file.is_cd,
            parent=self.widget.window(),
        )
        if await accepted(chooser) and chooser.volume is not None:
            self._take(FileRef(chooser.volume.path))


class _Place(QWidget):
    """On which computer a path counts, and which pool a file of this one is copied to."""

    edited = Signal()

    def __init__(self, stem: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer: HostOffer | None = None
        self._forms = {field.name: Form(stem, (field,), self, beside=True) for field in (PLACE, COPY_POOL)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for name, form in self._forms.items():
            box = form.controls[name].input
            assert isinstance(box, QComboBox)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            form.changed.connect(self._on_changed)
            row.addWidget(form)
        row.addStretch(1)

    @property
    def is_local(self) -> bool:
        """On this computer."""
        return bool(self._answer(PLACE))

    @property
    def pool(self) -> str:
        """Where it is copied to; empty: there is no pool."""
        return self._answer(COPY_POOL) or ""

    def show_answer(self, offer: HostOffer | None, *, local: bool, pool: str) -> None:
        """Show it, and what there is to choose from; does not emit `edited`."""
        self._offer = offer
        pools = copy_pools(offer)
        for field, means, value in (
            (PLACE, places(offer), local),
            (COPY_POOL, pools, pool or self.pool or None),
        ):
            form = self._forms[field.name]
            with QSignalBlocker(form):
                form.controls[field.name].offer(means)
                form.set_answers({field.name: value})
                form.judge()
        self._arrange()

    def _answer(self, field: Choice) -> Any:
        return self._forms[field.name].answers()[field.name]

    def _arrange(self) -> None:
        """Show what can be chosen now."""
        is_remote = self._offer is not None and not self._offer.shares_files
        self._forms[PLACE.name].setVisible(is_remote)
        self._forms[COPY_POOL.name].setVisible(self.is_local)
        self.setVisible(is_remote or self.is_local)

    def _on_changed(self) -> None:
        self._arrange()
        self.edited.emit()


def _used(offer: HostOffer | None) -> tuple[object, ...]:
    """What of an offer is shown here: the rest of it, e.g. the host's load, changes all the time."""
    return () if offer is None else (offer.host.id, offer.shares_files, offer.host.name, offer.pools)


def _first_folder(path: str) -> str:
    """Where to look for a file: beside that of before, else where browsers put what they fetch. Blocks."""
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    folders = (os.path.dirname(path.rstrip("/")), downloads)
    return next((folder for folder in folders if os.path.isdir(folder)), QDir.homePath())
