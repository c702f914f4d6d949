"""The wizard's buttons, and why one of them is grey."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vmgui.model.offer import Problem
from vmgui.ui.creation import steps
from vmgui.ui.creation.pages import PageId, page_of
from vmgui.ui.creation.session import View
from vmgui.ui.kit.message import Message
from vmgui.ui.look.theme import SPACE, SPACE_L, make_primary
from vmgui.words.creation_problems import problem_text, problems_level
from vmgui.words.note import Level


class Footer(QWidget):
    """Start over, the reason, Cancel, Back, Next and Create."""

    start_over_wanted = Signal()
    cancel_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    create_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._reason = Message(self, "create-reason", toned=False)
        self._start_over = self._button("create-start-over")
        self._start_over.setProperty("kind", "link")
        self._cancel = self._button("create-cancel")
        self._back = self._button("create-back")
        self._next = self._button("create-next")
        self.create_button = self._button("create-create")
        self._start_over.clicked.connect(self.start_over_wanted)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._next.clicked.connect(self.next_wanted)
        self.create_button.clicked.connect(self.create_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE)
        layout.addWidget(self._start_over)
        layout.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(0)
        for button in (self._cancel, self._back, self._next, self.create_button):
            layout.addWidget(button)
        self._retranslate()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    def show_view(self, view: View, page: PageId) -> None:
        """What can be done on this page, and why not more."""
        is_last = page is PageId.SUMMARY
        blocking = view.errors if is_last else tuple(p for p in view.problems_on(page) if p.is_error)
        self._start_over.setVisible(not view.draft.is_pristine)
        self._back.setEnabled(page is not PageId.SOURCE)
        self._next.setVisible(not is_last)
        self._next.setEnabled(view.new is not None and not blocking)
        self.create_button.setEnabled(view.is_ready)
        self.create_button.setText(self.tr("&Create") if is_last else self.tr("&Create with these settings"))
        self._mark_primary(self.create_button if is_last else self._next)
        self._show_reason(view, page, blocking)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_reason(self, view: View, page: PageId, blocking: tuple[Problem, ...]) -> None:
        """In full where the page itself does not say it already."""
        here = [problem for problem in blocking if page_of(problem.field, view.draft.source) is page]
        first = next(iter(view.errors), None)
        if here and problems_level(here) is Level.ERROR:
            self._reason.tell(self.tr("Mend what is marked to go on."), Level.ERROR)
        elif first is not None:
            owner = page_of(first.field, view.draft.source)
            text = problem_text(first)
            if owner is not page:
                text = self.tr("{step}: {problem}").format(step=steps.title(owner), problem=text)
            self._reason.tell(text, problems_level((first,)))
        elif view.looking_at:
            self._reason.tell(self.tr("Looking at the file…"), Level.BUSY)
        else:
            self._reason.clear()

    def _mark_primary(self, primary: QPushButton) -> None:
        """Give one button the accent and the Enter key."""
        if primary.property("kind") == "primary":
            return
        # A button that has the focus is the default already, but would not be again after losing it.
        primary.setDefault(False)
        primary.setDefault(True)
        for button in (self._next, self.create_button):
            button.setProperty("kind", "")
            button.style().unpolish(button)
            button.style().polish(button)
        make_primary(primary)

    def _retranslate(self) -> None:
        for button, text in (
            (self._start_over, self.tr("Start &over")),
            (self._cancel, self.tr("Cancel")),
            (self._back, self.tr("&Back")),
            (self._next, self.tr("&Next")),
        ):
            button.setText(text)
            button.setAccessibleName(text.replace("&", ""))
        self._cancel.setToolTip(self.tr("Close; your answers are kept"))
        self.create_button.setAccessibleName(self.tr("Create"))
        self.create_button.setToolTip(self.tr("Make the machine with everything as it stands now"))
