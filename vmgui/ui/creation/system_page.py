"""The operating system: detected from the medium, or chosen; it decides devices and sizes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.model.creation import SourceKind
from vmgui.model.offer import Field
from vmgui.ui.creation.os_list import OsList
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE_L
from vmgui.words import creation as creation_words
from vmgui.words.creation_problems import problems_note
from vmgui.words.note import Level, Note


class SystemPage(Page):
    """What was detected, and the list to choose from."""

    page_id = PageId.SYSTEM

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._status = Message(self, "create-os-status", toned=False)
        self._status.fix_wanted.connect(self._on_use_detected)
        self._message = Message(self, "create-os-message", toned=False)
        self._list = OsList()
        self._list.chosen.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_L)
        layout.addWidget(self._status)
        layout.addWidget(self._message)
        layout.addWidget(self._list, 1)

    def first_field(self) -> QWidget:
        return self._list

    def show_view(self, view: View) -> None:
        self._list.set_variants(view.variants, view.detected)
        self._list.set_current(view.os.id if view.os is not None else "")
        self._message.show_note(problems_note("os", view.problems_of(Field.OS)))
        self._status.show_note(self._state(view))

    def _state(self, view: View) -> Note:
        """Which it is and how that is known, with a button where what was detected is not what holds."""
        detected, chosen, guessed = view.detected, view.draft.os_id, view.is_detected_guessed
        text, level, fix = self._unknown(view), Level.INFO, ""
        name, found = creation_words.system(view.os), creation_words.system(detected)
        use = self.tr("Use {detected}").format(detected=found)
        if chosen is not None and detected is not None and detected.id != chosen:
            text = self.tr("You chose {name}; detected was {detected}.").format(name=name, detected=found)
            fix = use
        elif chosen is not None and view.os is not None:
            text, level = self.tr("You chose {name}.").format(name=name), Level.GOOD
        elif detected is not None:
            text = creation_words.found_system(detected, view.detected_choices, is_guessed=guessed)
            level, fix = (Level.INFO, use) if guessed else (Level.GOOD, "")
        elif view.looking_at:
            text, level = self.tr("Looking at the medium…"), Level.BUSY
        return Note("os", text, level, fix)

    def _unknown(self, view: View) -> str:
        if view.draft.medium is None or view.draft.source in (SourceKind.NETWORK_BOOT, SourceKind.EMPTY):
            return self.tr("Choose the system you are going to install: it gets fitting devices and sizes.")
        return self.tr(
            "The system was not recognised. Choose it to give it fitting devices and sizes, or go on:"
            " generic settings work for most."
        )

    def _on_chosen(self, os_id: str) -> None:
        detected, is_guessed = self.session.view.detected, self.session.view.is_detected_guessed
        is_detected = detected is not None and detected.id == os_id and not is_guessed
        self.session.change(os_id=None if is_detected else os_id)

    def _on_use_detected(self) -> None:
        view = self.session.view
        # Agreed to, a guess is the person's choice.
        is_guess = view.detected is not None and view.is_detected_guessed
        self.session.change(os_id=view.detected.id if view.detected is not None and is_guess else None)
