"""Name, firmware, TPM and what happens once the machine is made."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from vmgui.model.domain import Firmware
from vmgui.model.host import DomainCapabilities
from vmgui.model.offer import Field
from vmgui.policy.creation import has_tpm
from vmgui.ui.creation.form import FieldMessage, add_field, caption, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE
from vmgui.words import creation as creation_words

_FIRMWARES = tuple(Firmware)


class ExtrasPage(Page):
    """The last questions."""

    page_id = PageId.EXTRAS

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        layout = page_layout(self)
        self._name_label, self._firmware_label = Label(), Label()
        self._name = QLineEdit()
        self._name.setObjectName("create-name")
        self._name.textChanged.connect(self._on_name_edited)
        self._name_message = add_field(layout, self._name_label, self._name)
        self._firmware = QComboBox()
        self._firmware.setObjectName("create-firmware")
        self._firmware.addItems([""] * len(_FIRMWARES))
        self._firmware.currentIndexChanged.connect(self._on_firmware_chosen)
        self._firmware_message = add_field(layout, self._firmware_label, self._firmware)
        self._tpm = self._check("create-tpm")
        self._tpm.toggled.connect(self._on_tpm_toggled)
        self._tpm_message = FieldMessage("create-tpm-message")
        self._start = self._check("create-start")
        self._start.toggled.connect(self._on_start_toggled)
        self._autostart = self._check("create-autostart")
        self._autostart.toggled.connect(self._on_autostart_toggled)
        left = Qt.AlignmentFlag.AlignLeft
        checks = QVBoxLayout()
        checks.setSpacing(SPACE)
        for widget in (self._tpm, self._tpm_message, self._start, self._autostart):
            # No wider than its text: all of it answers to a click.
            checks.addWidget(widget, 0, left if isinstance(widget, QCheckBox) else Qt.AlignmentFlag(0))
        layout.addLayout(checks)
        self._graphics = FieldMessage("create-graphics-message")
        layout.addWidget(self._graphics)
        self._guest_note = caption("create-extras-note")
        layout.addWidget(self._guest_note)
        layout.addStretch(1)
        self.retranslate()

    def _check(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setObjectName(name)
        return box

    def first_field(self) -> QWidget:
        return self._name

    def show_view(self, view: View) -> None:
        if view.new is None or view.offer is None:
            return
        new = view.new
        if self._name.text() != new.name:
            with QSignalBlocker(self._name):
                self._name.setText(new.name)
        name_problems = view.problems_of(Field.NAME)
        self._name_message.show_problems(name_problems)
        with QSignalBlocker(self._firmware):
            self._firmware.setCurrentIndex(_FIRMWARES.index(new.firmware))
        capabilities = view.offer.capabilities_of(new.arch, new.machine, new.domain_type)
        self._show_choices(capabilities, new.arch)
        for box, on in ((self._tpm, new.tpm), (self._start, new.start), (self._autostart, new.autostart)):
            with QSignalBlocker(box):
                box.setChecked(on)
        # A TPM switched on stays reachable, to switch it off where there is none.
        self._tpm.setEnabled(new.tpm or capabilities is None or has_tpm(capabilities))
        self._firmware_message.show_problems(view.problems_of(Field.FIRMWARE))
        self._tpm_message.show_problems(view.problems_of(Field.TPM))
        self._graphics.show_problems(view.problems_of(Field.GRAPHICS))

    def _show_choices(self, capabilities: DomainCapabilities | None, arch: str) -> None:
        """Name what the host lacks where it would be chosen."""
        for row, firmware in enumerate(_FIRMWARES):
            lacking = capabilities is not None and (
                (firmware.is_uefi and "efi" not in capabilities.firmwares)
                or (firmware is Firmware.UEFI_SECURE and not capabilities.secure_boot)
            )
            text = creation_words.firmware(firmware, arch)
            if lacking:
                text = self.tr("{firmware} (not on this host)").format(firmware=text)
            with QSignalBlocker(self._firmware):
                self._firmware.setItemText(row, text)

    def _on_name_edited(self, text: str) -> None:
        self.session.change(name=text)

    def _on_firmware_chosen(self, index: int) -> None:
        self.session.change(firmware=_FIRMWARES[index])

    def _on_tpm_toggled(self, on: bool) -> None:
        self.session.change(tpm=on)

    def _on_start_toggled(self, on: bool) -> None:
        self.session.change(start=on)

    def _on_autostart_toggled(self, on: bool) -> None:
        self.session.change(autostart=on)

    def retranslate(self) -> None:
        self._name_label.setText(self.tr("N&ame"))
        self._name.setAccessibleName(self.tr("Name"))
        self._firmware_label.setText(self.tr("&Firmware"))
        for box, text in (
            (self._tpm, self.tr("Add a &TPM 2.0 (security chip)")),
            (self._start, self.tr("&Start the machine now")),
            (self._autostart, self.tr("Start it &whenever the host starts")),
        ):
            box.setText(text)
            box.setAccessibleName(text.replace("&", ""))
        self._guest_note.setText(
            self.tr(
                "Built in for later: free slots for more devices, a channel for the guest agent, a screen (VNC)"
                " and a serial console."
            )
        )
