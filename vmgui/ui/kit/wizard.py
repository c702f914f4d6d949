"""The frame of wizards: steps at the left, one question at a time, able to finish at any moment.

Not modal, and never in a hurry to forget: closing keeps the answers, opening again goes on with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from vmgui.policy.plain_text import visible
from vmgui.ui.kit.wizard_footer import WizardFooter
from vmgui.ui.kit.wizard_steps import Banner, Standing, Step, StepPage, WizardSession, WizardWords
from vmgui.ui.look.boxes import Cell, Line, across, down
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label, window_title
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.step_list import StepLine, StepList, StepState
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_role
from vmgui.words.note import Level

STEPS_WIDTH_PX = 236
WIDTH_PX, HEIGHT_PX = 960, 660
UNFOLDED_LINES = 8
BUILD_PAUSE_MS = 30
"""Between two pages that are built before they are asked for: time for what is painted and typed."""


class Wizard(QDialog):
    """`open_soon` shows it, hiding keeps the answers; `finish_wanted` from any step where they suffice."""

    finish_wanted = Signal()

    def __init__(
        self,
        name: str,
        words: WizardWords,
        steps: Sequence[Step],
        session: WizardSession,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what it does, and begins the objectNames of what is in it. The session becomes its child."""
        super().__init__(parent)
        self.setObjectName(f"{name}-wizard")
        self._words, self._steps, self._session = words, tuple(steps), session
        session.setParent(self)
        self._visited: set[int] = set()
        self._is_resumed = False
        self._is_fitted = False  # once: afterwards its size is as the person left it
        self._banner: Banner | None = None

        self._list = StepList(f"{name}-steps", len(self._steps))
        self._list.setFixedWidth(STEPS_WIDTH_PX)
        self._list.setViewportMargins(0, SPACE, 0, 0)
        self._title = Label()
        self._title.setObjectName(f"{name}-title")
        self._title.setWordWrap(True)
        set_role(self._title, TextRole.PAGE)
        self._message = Message(None, f"{name}-banner", toned=False)
        self._message.fix_wanted.connect(self._on_fix)
        self._stack = QStackedWidget()
        self._footer = WizardFooter(name, words, self._steps, self)
        self._footer.start_over.clicked.connect(self._on_start_over)
        self._footer.cancel.clicked.connect(self.reject)
        self._footer.back.clicked.connect(self._on_back)
        self._footer.next.clicked.connect(self._on_next)
        self._footer.finish.clicked.connect(self._on_finish_clicked)
        self._lay_out()
        # Pages are built one by one, between events: all at once would hold up the window.
        self._holders = [self._add_holder() for _step in self._steps]
        self._pages: dict[int, StepPage] = {}
        self._open_timer = QTimer(self, singleShot=True)
        self._open_timer.timeout.connect(self._on_open_next)
        self._build_timer = QTimer(self, interval=BUILD_PAUSE_MS)
        self._build_timer.timeout.connect(self._on_build_next)

        self._list.step_chosen.connect(self._on_step_chosen)
        session.changed.connect(self._on_changed)
        resize_within_screen(self, WIDTH_PX, HEIGHT_PX)
        self.setMinimumSize(640, 420)
        self.setWindowTitle(window_title(str(words.title)))

    def _lay_out(self) -> None:
        head = down(self._title, self._message, around=(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L))
        right = down(head, Cell(self._stack, 1), space=0)
        top = across(self._list, Line(self, upright=True), Cell(right, 1), space=0)
        self.setLayout(down(Cell(top, 1), Line(self), self._footer, space=0))

    def _add_holder(self) -> QWidget:
        """A scrolled place for a page; empty, for a page is built where it stays."""
        holder = QWidget()
        holder.setLayout(down(around=(SPACE_XL, 0, SPACE_XL, SPACE)))
        area = Scroll(holder, self._stack)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(area)
        return holder

    def open_soon(self) -> None:
        """Show it in several turns of the event loop; at once where it was shown before."""
        if self._pages:
            self._open()
        else:
            self._open_timer.start(0)

    def stay_closed(self) -> None:
        """Hide it, and forget that it was to be shown."""
        self._open_timer.stop()
        self.hide()

    @property
    def current_step(self) -> str:
        """The id of the step that is shown."""
        return self._steps[self._stack.currentIndex()].id

    def go_to(self, step: str) -> None:
        """Show a step; any of them, at any time."""
        self._go(next(row for row, one in enumerate(self._steps) if one.id == step))

    def done(self, result: int) -> None:
        self._flush()
        self._session.pause()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._build_timer.start()
            self._is_resumed = self._session.standing(self.current_step).is_begun
            if not self._is_resumed:
                self._go(0)
                self._visited = set()
            self._session.open()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setWindowTitle(window_title(str(self._words.title)))
            self._show()
        super().changeEvent(event)

    # Opening, and the pages.

    def _on_open_next(self) -> None:
        # Building the frame, building the page and showing both for the first time: events go in between.
        if self._pages:
            self._open()
        else:
            self._show()
            self._open_timer.start(0)

    def _open(self) -> None:
        if not self.isVisible():
            if not self._is_fitted:
                self._fit_first_page()
            self.show()
        self.raise_()
        self.activateWindow()
        self._focus_page()

    def _fit_first_page(self) -> None:
        """Nothing of it scrolls, whatever the language and the letters' size, where the screen has room."""
        self._is_fitted = True
        page = self._holders[0].sizeHint()
        head, footer = self._title.sizeHint(), self._footer.sizeHint()
        # What unfolds beneath an answer, and what is said about it.
        spare = UNFOLDED_LINES * self.fontMetrics().height()
        height = page.height() + spare + head.height() + SPACE_XL + SPACE_L + footer.height()
        width = STEPS_WIDTH_PX + page.width() + SPACE_XL
        resize_within_screen(self, max(WIDTH_PX, width), max(HEIGHT_PX, height))

    def _page(self, row: int) -> StepPage:
        page = self._pages.get(row)
        if page is None:
            page = self._pages[row] = self._steps[row].make(self._session, self._holders[row])
            page.page_wanted.connect(self.go_to)
            layout = self._holders[row].layout()
            assert layout is not None
            layout.addWidget(page)
        return page

    def _on_build_next(self) -> None:
        missing = (row for row in range(len(self._steps)) if row not in self._pages)
        row = next(missing, None)
        if row is None:
            self._build_timer.stop()
        else:
            self._page(row)

    # Walking.

    def _go(self, row: int) -> None:
        self._flush()
        self._visited.add(self._stack.currentIndex())
        self._stack.setCurrentIndex(row)
        self._list.set_current(row)
        self._show()
        if self.isVisible() and not self._list.hasFocus():
            self._focus_page()

    def _focus_page(self) -> None:
        field = self._page(self._stack.currentIndex()).first_field() or self._footer.finish
        if field.isEnabled():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        if self.isVisible():
            self._show()

    def _on_step_chosen(self, row: int) -> None:
        if row != self._stack.currentIndex():
            self._go(row)

    def _on_back(self) -> None:
        self._go(max(0, self._stack.currentIndex() - 1))

    def _on_next(self) -> None:
        self._go(min(len(self._steps) - 1, self._stack.currentIndex() + 1))

    def _flush(self) -> None:
        page = self._pages.get(self._stack.currentIndex())
        if page is not None:
            page.flush()

    def _on_finish_clicked(self) -> None:
        # A press that comes after the one that finished it is not meant for the next answers.
        if self.isVisible():
            self._flush()
            self.finish_wanted.emit()

    def _on_start_over(self) -> None:
        self._is_resumed = False
        self._session.start_over()
        self._go(0)
        self._visited = set()
        self._show()

    def _on_fix(self) -> None:
        if self._banner is not None and self._banner.mend is not None:
            self._banner.mend()

    # What is shown.

    def _show(self) -> None:
        row = self._stack.currentIndex()
        step, page, view = self._steps[row], self._page(row), self._session.view
        standing = self._session.standing(step.id)
        page.show_view(view)
        is_open = not standing.is_overruled and (row == 0 or standing.is_known)
        page.setEnabled(is_open or row == len(self._steps) - 1)
        self._title.setText(str(step.heading))
        self._show_banner(standing.banner)
        self._list.set_steps(
            [
                StepLine(str(one.title), visible(one.value(view)), self._state(standing, number))
                for number, one in enumerate(self._steps)
            ]
        )
        self._footer.show_standing(standing, row)

    def _show_banner(self, banner: Banner | None) -> None:
        if banner is None and self._is_resumed:
            text, fix = self.tr("You are going on where you left off."), self.tr("Start over")
            banner = Banner(text, fix=fix, mend=self._on_start_over)
        self._banner = banner
        if banner is None:
            self._message.clear()
        else:
            self._message.tell(banner.text, banner.level, banner.fix)

    def _state(self, standing: Standing, row: int) -> StepState:
        levels = {note.level for note in standing.notes_on(self._steps[row].id)}
        if Level.ERROR in levels:
            return StepState.ERROR
        if Level.MISSING in levels or row not in self._visited or row == len(self._steps) - 1:
            return StepState.OPEN
        return StepState.WARNING if Level.WARNING in levels else StepState.FINE
