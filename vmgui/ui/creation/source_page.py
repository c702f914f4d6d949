"""Where the system comes from: installer CD, disk image, network, kernel, or nowhere yet."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from vmgui.model.creation import SourceKind
from vmgui.model.offer import Field
from vmgui.policy.plain_text import visible
from vmgui.ui.creation.form import add_field, caption, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.creation.source_files import SourceFiles
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L

_KINDS = tuple(SourceKind)
_INDENT_PX = SPACE_L + SPACE


class SourcePage(Page):
    """Five ways, the chosen one unfolded."""

    page_id = PageId.SOURCE

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        layout = page_layout(self)
        self._host_label = Label(self)
        self._host = QComboBox(self)
        self._host.setObjectName("create-host")
        self._host.currentIndexChanged.connect(self._on_host_chosen)
        self._host_message = add_field(layout, self._host_label, self._host)

        self._group = QButtonGroup(self)
        self._radios: dict[SourceKind, QRadioButton] = {}
        self._captions: dict[SourceKind, Label] = {}
        self._details: dict[SourceKind, QVBoxLayout] = {}
        self._files: dict[SourceKind, SourceFiles] = {}
        choices = QVBoxLayout()
        choices.setSpacing(SPACE)
        layout.addLayout(choices)
        layout.addStretch(1)
        for kind in _KINDS:
            self._add_choice(kind, choices)
        self._group.idClicked.connect(self._on_kind_clicked)
        self.retranslate()

    def _add_choice(self, kind: SourceKind, choices: QVBoxLayout) -> None:
        radio = QRadioButton(self)
        radio.setObjectName(f"create-source-{kind.value}")
        self._group.addButton(radio, _KINDS.index(kind))
        self._radios[kind] = radio
        text = caption(f"create-source-{kind.value}-caption")
        self._captions[kind] = text
        block = QVBoxLayout()
        block.setSpacing(0)
        choices.addLayout(block)
        # No wider than its text: all of it answers to a click.
        block.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)
        details = QVBoxLayout()
        details.setContentsMargins(_INDENT_PX, 0, 0, 0)
        details.addWidget(text)
        block.addLayout(details)
        self._details[kind] = details

    def first_field(self) -> QWidget:
        kind = self.session.view.draft.source
        return self._files.get(kind, self._radios[kind])

    def show_view(self, view: View) -> None:
        current = view.draft.source
        self._show_hosts(view)
        self._radios[current].setChecked(True)
        if SourceFiles.has_any(current) and current not in self._files:
            files = SourceFiles(self.session, current, self)
            files.system_wanted.connect(self._on_system_wanted)
            self._files[current] = files
            self._details[current].addWidget(files)
        for kind, files in self._files.items():
            files.setVisible(kind is current)
        if current in self._files:
            self._files[current].show_view(view)

    def _show_hosts(self, view: View) -> None:
        several = len(view.hosts) > 1
        self._host_label.setVisible(several)
        self._host.setVisible(several)
        with QSignalBlocker(self._host):
            wanted = [(visible(host.name), host.id) for host in view.hosts]
            shown = [(self._host.itemText(i), self._host.itemData(i)) for i in range(self._host.count())]
            if wanted != shown:
                self._host.clear()
                for name, host_id in wanted:
                    self._host.addItem(name, host_id)
            self._host.setCurrentIndex(self._host.findData(view.draft.host_id))
        self._host_message.show_problems(view.problems_of(Field.HOST))

    def _on_kind_clicked(self, number: int) -> None:
        self.session.change(source=_KINDS[number])
        self.first_field().setFocus()

    def _on_host_chosen(self, index: int) -> None:
        self.session.change(host_id=self._host.itemData(index))

    def _on_system_wanted(self) -> None:
        self.page_wanted.emit(PageId.SYSTEM)

    def retranslate(self) -> None:
        self._host_label.setText(self.tr("&Host"))
        texts = {
            SourceKind.CDROM: (self.tr("&Installer CD"), self.tr("Install from an .iso file or a CD image.")),
            SourceKind.DISK_IMAGE: (
                self.tr("Existing &disk image"),
                self.tr("Use a disk that has a system on it already."),
            ),
            SourceKind.NETWORK_BOOT: (
                self.tr("Net&work boot"),
                self.tr("Install from a boot server (PXE) on the machine's network."),
            ),
            SourceKind.KERNEL: (
                self.tr("&Kernel and RAM disk"),
                self.tr("Boot a Linux kernel directly, without a boot loader."),
            ),
            SourceKind.EMPTY: (
                self.tr("Nothing &yet"),
                self.tr("Make an empty machine and add a medium later."),
            ),
        }
        for kind, (label, explanation) in texts.items():
            self._radios[kind].setText(label)
            self._radios[kind].setAccessibleName(label.replace("&", ""))
            self._radios[kind].setAccessibleDescription(explanation)
            self._captions[kind].setText(explanation)
