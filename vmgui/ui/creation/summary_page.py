"""What will be made, in words; the XML behind a button for those who want it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from vmgui.commands.creation_fields import XML, XML_NOTE
from vmgui.commands.fields import Answers, Text
from vmgui.model.offer import Field, Severity
from vmgui.policy.creation import is_display_open
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.creation.xml_editor import XmlControl
from vmgui.ui.kit.form import Form
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, set_muted
from vmgui.words import creation as creation_words
from vmgui.words.creation_problems import problems_note
from vmgui.words.note import Level, Note
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
        self._messages = {
            each: Message(name=f"create-summary-{each.value}", toned=False) for each in Severity
        }
        self._edit = _button("create-edit-xml", self._on_edit)
        self._xml = Form(
            "create", (XML_NOTE, XML), judge=self._xml_notes, roomy=True, kinds={Text: XmlControl}
        )
        self._reset = _button("create-xml-reset", self._on_reset)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self._take_xml)
        self._xml.changed.connect(self._check_timer.start)
        session.xml_forgotten.connect(self._on_xml_forgotten)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(
            _pane(self._build_rows(), *self._messages.values(), self._edit, space_px=SPACE_L)
        )
        self._stack.addWidget(_pane(self._xml, self._reset, space_px=SPACE))

    def _build_rows(self) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for line, (name, (page, _)) in enumerate(_ROWS.items()):
            key, value = Label(), Label()
            set_muted(key)
            value.setWordWrap(True)
            value.setObjectName(f"create-summary-{name}")
            link = _button(f"create-summary-{name}-change", self._on_change_clicked)
            link.setProperty("kind", "link")
            link.setProperty("page", page.value)
            self._rows[name] = key, value, link
            for column, widget in enumerate(self._rows[name]):
                grid.addWidget(widget, line, column)
        return rows

    def first_field(self) -> QWidget | None:
        return self._xml.controls[XML.name].input if self._is_viewing else None

    def flush(self) -> None:
        if self._check_timer.isActive():
            self._check_timer.stop()
            self._take_xml()

    def show_view(self, view: View) -> None:
        self._edit.setEnabled(view.new is not None)
        edit, reset = self.tr("&Edit XML"), self.tr("Back to the &form's values")
        for button, text in ((self._edit, edit), (self._reset, reset)):
            button.setText(text)
            button.setAccessibleName(text.replace("&", ""))
        self._show_xml(view)
        # Everything that is wrong or worth knowing, together.
        found = [problem for problem in view.problems if problem.field is not Field.XML]
        for severity, message in self._messages.items():
            message.show_note(problems_note("", [each for each in found if each.severity is severity]))
        texts = self._texts(view)
        for name, (key, value, link) in self._rows.items():
            title, text = str(_ROWS[name][1]), texts.get(name, "")
            key.setText(title)
            value.setText(text)
            value.setAccessibleName(text)
            link.setText(self.tr("Change"))
            link.setAccessibleName(self.tr("Change: {what}").format(what=title))

    def _texts(self, view: View) -> dict[str, str]:
        new, offer = view.new, view.offer
        if new is None or offer is None:
            return {}
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
        is_shown = bool(view.draft.xml) or self._is_viewing
        self._stack.setCurrentIndex(int(is_shown))
        if not is_shown or self._check_timer.isActive():
            return
        note = str(XML_NOTE.label)
        if view.new is not None and is_display_open(view.new):
            note += " " + self.tr("A password made by chance takes the place of the stars.")
        with QSignalBlocker(self._xml):
            xml = view.draft.xml or self.session.generate_xml()
            self._xml.set_answers({XML_NOTE.name: note, XML.name: xml})
            self._xml.judge()

    def _xml_notes(self, _: Answers) -> Iterable[Note]:
        found = self.session.view.problems_of(Field.XML)
        if not found and self.session.view.draft.xml:
            text = self.tr("The XML is well formed; the host checks the rest.")
            return [Note(XML.name, text, Level.GOOD)]
        return [problems_note(XML.name, found)]

    def _on_change_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.page_wanted.emit(PageId(sender.property("page")))

    def _on_edit(self) -> None:
        self._is_viewing = True
        self.show_view(self.session.view)
        self._xml.controls[XML.name].input.setFocus()

    def _on_reset(self) -> None:
        self.session.forget_xml()
        self.show_view(self.session.view)
        self._edit.setFocus()

    def _on_xml_forgotten(self) -> None:
        self._is_viewing = False
        self._check_timer.stop()

    def _take_xml(self) -> None:
        text = self._xml.answers()[XML.name]
        # An emptied editor is an edit, too: the parser's words say what is missing.
        self.session.change(xml="" if text == self.session.generate_xml() else text or "\n")


def _button(name: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.clicked.connect(pressed)
    return button


def _pane(*widgets: QWidget, space_px: int) -> QWidget:
    """One below the other, at the top; a button no wider than its text."""
    pane = QWidget()
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space_px)
    for widget in widgets:
        is_form, is_button = isinstance(widget, Form), isinstance(widget, QPushButton)
        layout.addWidget(
            widget, int(is_form), Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0)
        )
    layout.addStretch()
    return pane
