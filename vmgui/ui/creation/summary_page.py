"""What will be made, in words; the XML behind a button for those who want it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.offer import Field, Severity
from vmgui.policy.creation import is_display_open
from vmgui.ui.creation.form import FieldMessage, Level, caption, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.creation.xml_editor import XmlEditor
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, set_muted
from vmgui.words import creation as creation_words

CHECK_DELAY_MS = 250
_ROWS = (
    (PageId.EXTRAS, "name"),
    (PageId.SOURCE, "source"),
    (PageId.SYSTEM, "system"),
    (PageId.RESOURCES, "resources"),
    (PageId.STORAGE, "storage"),
    (PageId.NETWORK, "network"),
    (PageId.EXTRAS, "firmware"),
    (PageId.EXTRAS, "start"),
)


class SummaryPage(Page):
    """A table of words, and the editor in its place when asked for."""

    page_id = PageId.SUMMARY

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._is_viewing = False
        self._keys: dict[str, Label] = {}
        self._values: dict[str, Label] = {}
        self._links: dict[str, QPushButton] = {}
        # Errors, warnings and notes apart, each with its own mark.
        self._messages = {each: FieldMessage(f"create-summary-{each.value}") for each in Severity}
        self._edit = QPushButton()
        self._edit.setObjectName("create-edit-xml")
        self._edit.clicked.connect(self._on_edit)
        self._note = caption("create-xml-note")
        self._editor = XmlEditor()
        self._editor.textChanged.connect(self._on_xml_typed)
        self._xml_message = FieldMessage("create-xml-message")
        self._reset = QPushButton()
        self._reset.setObjectName("create-xml-reset")
        self._reset.clicked.connect(self._on_reset)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self._take_xml)
        self._stack = QStackedWidget()
        self._table = self._build_table()
        self._xml_pane = self._build_xml_pane()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._xml_pane)
        page_layout(self).addWidget(self._stack)
        self.retranslate()

    def _build_table(self) -> QWidget:
        table = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, (page, name) in enumerate(_ROWS):
            key, value, link = Label(), Label(), QPushButton()
            set_muted(key)
            value.setWordWrap(True)
            value.setObjectName(f"create-summary-{name}")
            link.setObjectName(f"create-summary-{name}-change")
            link.setProperty("kind", "link")
            link.setProperty("page", page.value)
            link.clicked.connect(self._on_change_clicked)
            grid.addWidget(key, row, 0)
            grid.addWidget(value, row, 1)
            grid.addWidget(link, row, 2)
            self._keys[name], self._values[name], self._links[name] = key, value, link
        row_layout = QHBoxLayout()
        row_layout.addWidget(self._edit)
        row_layout.addStretch(1)
        layout = QVBoxLayout(table)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_L)
        layout.addLayout(grid)
        for message in self._messages.values():
            layout.addWidget(message)
        layout.addLayout(row_layout)
        layout.addStretch(1)
        return table

    def _build_xml_pane(self) -> QWidget:
        pane = QWidget()
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._note)
        layout.addWidget(self._editor, 1)
        layout.addWidget(self._xml_message)
        row = QHBoxLayout()
        row.addWidget(self._reset)
        row.addStretch(1)
        layout.addLayout(row)
        return pane

    def first_field(self) -> QWidget | None:
        return self._editor if self._is_viewing else None

    def show_view(self, view: View) -> None:
        self._edit.setEnabled(view.new is not None)
        self._show_xml(view)
        if view.new is None or view.offer is None:
            for value in self._values.values():
                value.clear()
            self._show_problems(view)
            return
        new = view.new
        texts = {
            "name": creation_words.kind(new, view.offer),
            "source": creation_words.source_in_full(new),
            "system": creation_words.system(view.os),
            "resources": creation_words.resources_in_full(new),
            "storage": creation_words.storage_in_full(new),
            "network": creation_words.network(new),
            "firmware": creation_words.firmware_in_full(new),
            "start": creation_words.afterwards(new),
        }
        for name, text in texts.items():
            self._values[name].setText(text)
            self._values[name].setAccessibleName(text)
        self._show_problems(view)

    def _show_xml(self, view: View) -> None:
        """The editor shows what was edited, else, once opened, what the form's values make."""
        edited = bool(view.draft.xml)
        self._stack.setCurrentWidget(self._xml_pane if edited or self._is_viewing else self._table)
        if not (edited or self._is_viewing) or self._check_timer.isActive():
            return
        self._show_note(view)
        self._set_text(view.draft.xml or self.session.generate_xml())
        found = view.problems_of(Field.XML)
        if found:
            self._xml_message.show_problems(found)
        elif edited:
            self._xml_message.tell(self.tr("The XML is well formed; the host checks the rest."), Level.GOOD)
        else:
            self._xml_message.clear()

    def _show_problems(self, view: View) -> None:
        """Everything that is wrong or worth knowing, together."""
        found = [problem for problem in view.problems if problem.field is not Field.XML]
        for severity, message in self._messages.items():
            message.show_problems(problem for problem in found if problem.severity is severity)

    def _on_change_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.page_wanted.emit(PageId(sender.property("page")))

    def _on_edit(self) -> None:
        self._is_viewing = True
        self.show_view(self.session.view)
        self._editor.setFocus()

    def _on_reset(self) -> None:
        self._is_viewing = False
        self._check_timer.stop()
        self.session.change(xml="")
        self.show_view(self.session.view)
        self._edit.setFocus()

    def _on_xml_typed(self) -> None:
        self._check_timer.start()

    def _take_xml(self) -> None:
        text = self._editor.toPlainText()
        if text == self.session.generate_xml():
            self.session.change(xml="")
        else:
            # An emptied editor is an edit, too: the parser's words say what is missing.
            self.session.change(xml=text or "\n")

    def _show_note(self, view: View) -> None:
        text = self.tr(
            "What stands here is made as it is. The disk of the form is created too if the XML names it."
        )
        if view.new is not None and is_display_open(view.new):
            text += " " + self.tr("A password made by chance takes the place of the stars.")
        self._note.setText(text)

    def _set_text(self, text: str) -> None:
        if self._editor.toPlainText() == text:
            return
        was_blocked = self._editor.blockSignals(True)
        self._editor.setPlainText(text)
        self._editor.blockSignals(was_blocked)

    def retranslate(self) -> None:
        names = {
            "name": self.tr("Machine"),
            "source": self.tr("Source"),
            "system": self.tr("Operating system"),
            "resources": self.tr("CPU and memory"),
            "storage": self.tr("Storage"),
            "network": self.tr("Network"),
            "firmware": self.tr("Firmware"),
            "start": self.tr("Afterwards"),
        }
        for name, text in names.items():
            self._keys[name].setText(text)
            self._links[name].setText(self.tr("Change"))
            self._links[name].setAccessibleName(self.tr("Change: {what}").format(what=text))
        self._edit.setText(self.tr("&Edit XML"))
        self._edit.setAccessibleName(self.tr("Edit XML"))
        self._reset.setText(self.tr("Back to the &form's values"))
        self._reset.setAccessibleName(self.tr("Back to the form's values"))
        self._show_note(self.session.view)
        self._editor.setAccessibleName(self.tr("XML of the new machine"))
