"""What will be made, in words; the XML behind a button for those who want it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from vmgui.model.creation import NewDomain
from vmgui.model.offer import Field, HostOffer, Severity
from vmgui.policy.creation import is_display_open
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.creation.xml_editor import XmlEditor
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, set_muted
from vmgui.words import creation as creation_words
from vmgui.words.creation_problems import problems_note
from vmgui.words.note import Level
from vmgui.words.say import say

CHECK_DELAY_MS = 250
_ROWS = {
    "name": (PageId.EXTRAS, say("SummaryPage", "Machine")),
    "source": (PageId.SOURCE, say("SummaryPage", "Source")),
    "system": (PageId.SYSTEM, say("SummaryPage", "Operating system")),
    "resources": (PageId.RESOURCES, say("SummaryPage", "CPU and memory")),
    "storage": (PageId.STORAGE, say("SummaryPage", "Storage")),
    "network": (PageId.NETWORK, say("SummaryPage", "Network")),
    "firmware": (PageId.EXTRAS, say("SummaryPage", "Firmware")),
    "start": (PageId.EXTRAS, say("SummaryPage", "Afterwards")),
}


class SummaryPage(Page):
    """A table of words, and the editor in its place when asked for."""

    page_id = PageId.SUMMARY

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._is_viewing = False
        self._rows: dict[str, tuple[Label, Label, QPushButton]] = {}
        # Errors, warnings and notes apart, each with its own mark.
        self._messages = {each: _message(f"create-summary-{each.value}") for each in Severity}
        self._edit = _button("create-edit-xml", self._on_edit)
        self._note = Label()
        self._note.setObjectName("create-xml-note")
        self._note.setWordWrap(True)
        set_muted(self._note)
        self._editor = XmlEditor()
        self._editor.textChanged.connect(self._on_xml_typed)
        self._xml_message = _message("create-xml-message")
        self._reset = _button("create-xml-reset", self._on_reset)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self._take_xml)
        self._table = _pane(
            self._build_rows(), *self._messages.values(), self._edit, space_px=SPACE_L, filled=False
        )
        self._xml_pane = _pane(self._note, self._editor, self._xml_message, self._reset, space_px=SPACE)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._xml_pane)
        self.retranslate()

    def _build_rows(self) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for name, (page, _) in _ROWS.items():
            key, value = Label(), Label()
            set_muted(key)
            value.setWordWrap(True)
            value.setObjectName(f"create-summary-{name}")
            link = _button(f"create-summary-{name}-change", self._on_change_clicked)
            link.setProperty("kind", "link")
            link.setProperty("page", page.value)
            line = grid.rowCount()
            for column, widget in enumerate((key, value, link)):
                grid.addWidget(widget, line, column)
            self._rows[name] = key, value, link
        return rows

    def first_field(self) -> QWidget | None:
        return self._editor if self._is_viewing else None

    def show_view(self, view: View) -> None:
        self._edit.setEnabled(view.new is not None)
        self._show_xml(view)
        self._show_problems(view)
        texts = (
            self._texts(view, view.new, view.offer) if view.new is not None and view.offer is not None else {}
        )
        for name, (_, value, _) in self._rows.items():
            value.setText(texts.get(name, ""))
            value.setAccessibleName(texts.get(name, ""))

    def _texts(self, view: View, new: NewDomain, offer: HostOffer) -> dict[str, str]:
        return {
            "name": creation_words.kind(new, offer),
            "source": creation_words.source_in_full(new),
            "system": creation_words.system(view.os),
            "resources": creation_words.resources_in_full(new),
            "storage": creation_words.storage_in_full(new),
            "network": creation_words.network(new),
            "firmware": creation_words.firmware_in_full(new),
            "start": creation_words.afterwards(new),
        }

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
            self._xml_message.show_note(problems_note("xml", found))
        elif edited:
            self._xml_message.tell(self.tr("The XML is well formed; the host checks the rest."), Level.GOOD)
        else:
            self._xml_message.clear()

    def _show_problems(self, view: View) -> None:
        """Everything that is wrong or worth knowing, together."""
        found = [problem for problem in view.problems if problem.field is not Field.XML]
        for severity, message in self._messages.items():
            message.show_note(problems_note("", [each for each in found if each.severity is severity]))

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
        for name, (key, _, link) in self._rows.items():
            text = str(_ROWS[name][1])
            key.setText(text)
            link.setText(self.tr("Change"))
            link.setAccessibleName(self.tr("Change: {what}").format(what=text))
        self._edit.setText(self.tr("&Edit XML"))
        self._edit.setAccessibleName(self.tr("Edit XML"))
        self._reset.setText(self.tr("Back to the &form's values"))
        self._reset.setAccessibleName(self.tr("Back to the form's values"))
        self._show_note(self.session.view)
        self._editor.setAccessibleName(self.tr("XML of the new machine"))


def _message(name: str) -> Message:
    return Message(name=name, toned=False)


def _button(name: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.clicked.connect(pressed)
    return button


def _pane(*widgets: QWidget, space_px: int, filled: bool = True) -> QWidget:
    """One below the other; a button no wider than its text."""
    pane = QWidget()
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space_px)
    for widget in widgets:
        is_button = isinstance(widget, QPushButton)
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
    if not filled:
        layout.addStretch(1)
    return pane
