"""The wizard "New virtual machine": steps at the left, one question at a time, able to finish at any moment.

Not modal, and never in a hurry to forget: closing keeps the draft, opening again goes on with it. As soon
as every answer (or its default) is right, "Create with these settings" makes the machine from any page.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.host import HostId
from vmgui.policy.plain_text import visible
from vmgui.services.creation import CreationService
from vmgui.services.inventory import Inventory
from vmgui.services.services import Services
from vmgui.ui.creation import steps
from vmgui.ui.creation.extras_page import ExtrasPage
from vmgui.ui.creation.footer import Footer
from vmgui.ui.creation.network_page import NetworkPage
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.resources_page import ResourcesPage
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.creation.source_page import SourcePage
from vmgui.ui.creation.step_list import Step, StepList, StepState
from vmgui.ui.creation.storage_page import StoragePage
from vmgui.ui.creation.summary_page import SummaryPage
from vmgui.ui.creation.system_page import SystemPage
from vmgui.ui.kit.message import Message
from vmgui.ui.kit.plain import Label
from vmgui.ui.kit.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_role
from vmgui.words import errors as error_words
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import problems_level
from vmgui.words.note import Level

_PAGES: tuple[type[Page], ...] = (
    SourcePage,
    SystemPage,
    ResourcesPage,
    StoragePage,
    NetworkPage,
    ExtrasPage,
    SummaryPage,
)


STEPS_WIDTH_PX = 236
WIDTH_PX, HEIGHT_PX = 960, 660
UNFOLDED_LINES = 8
BUILD_PAUSE_MS = 30
"""Between two pages that are built before they are asked for: time for what is painted and typed."""


class CreationWizard(QDialog):
    """One per program; `open_for` shows it, hiding keeps the draft."""

    created = Signal(int)  # JobId of the job that makes the machine

    def __init__(
        self, creation: CreationService, inventory: Inventory, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("create-wizard")
        self.setModal(False)
        self._session = CreationSession(creation, inventory, self)
        self._visited: set[int] = set()
        self._is_resumed = False
        self._wanted_host: HostId | None = None

        self._steps = StepList(len(_PAGES))
        self._steps.setFixedWidth(STEPS_WIDTH_PX)
        self._steps.setViewportMargins(0, SPACE, 0, 0)
        self._title = Label()
        self._title.setObjectName("create-title")
        self._title.setWordWrap(True)
        set_role(self._title, TextRole.PAGE)
        self._banner = Message(self, "create-banner", toned=False)
        self._banner.fix_wanted.connect(self._on_banner_fix)
        self._stack = QStackedWidget()
        self._footer = Footer(self)
        self._footer.start_over_wanted.connect(self._on_start_over)
        self._footer.cancel_wanted.connect(self.reject)
        self._footer.back_wanted.connect(self._on_back)
        self._footer.next_wanted.connect(self._on_next)
        self._footer.create_wanted.connect(self._on_create)
        self._lay_out()
        # Pages are built one by one, between events: all at once would hold up the window.
        self._holders = [_add_holder(self._stack) for _page in _PAGES]
        self._pages: dict[PageId, Page] = {}
        self._open_timer = QTimer(self)
        self._open_timer.setSingleShot(True)
        self._open_timer.timeout.connect(self._on_open_next)
        self._build_timer = QTimer(self)
        self._build_timer.setInterval(BUILD_PAUSE_MS)
        self._build_timer.timeout.connect(self._on_build_next)

        self._steps.step_chosen.connect(self._on_step_chosen)
        self._session.changed.connect(self._on_changed)
        resize_within_screen(self, WIDTH_PX, HEIGHT_PX)
        self.setMinimumSize(640, 420)
        self._retranslate()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self._banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._steps)
        top.addWidget(_line(vertical=True))
        top.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(_line(vertical=False))
        layout.addWidget(self._footer)

    @classmethod
    def for_window(cls, services: Services, host_id: HostId | None, window: QWidget) -> CreationWizard:
        """The window's one wizard, made when first asked for, so that a draft is never lost; shown."""
        wizard = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if wizard is None:
            wizard = cls(services.creation, services.inventory, window)
        wizard.open_for(host_id)
        return wizard

    @property
    def session(self) -> CreationSession:
        """What is behind the pages."""
        return self._session

    def open_for(self, host_id: HostId | None = None) -> None:
        """Show the wizard, for a host if one is meant; goes on with the draft if there is one."""
        if not self.isVisible():
            self._wanted_host = host_id
        if self._pages:
            self._open()
        else:
            self._open_timer.start(0)

    def _on_open_next(self) -> None:
        # Building the frame, building the page and showing both for the first time: events go in between.
        if self._pages:
            self._open()
        else:
            self._show(self._session.view)
            self._open_timer.start(0)

    def _open(self) -> None:
        if not self.isVisible():
            if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
                self._fit_first_page()
            self.show()
        self.raise_()
        self.activateWindow()
        self._focus_page()

    def _fit_first_page(self) -> None:
        """Nothing of it scrolls, whatever the language and the letters' size, where the screen has room."""
        page = self._holders[0].sizeHint()
        head, footer = self._title.sizeHint(), self._footer.sizeHint()
        # What unfolds beneath a source, and what is said about it.
        spare = UNFOLDED_LINES * self.fontMetrics().height()
        height = page.height() + spare + head.height() + SPACE_XL + SPACE_L + footer.height()
        width = STEPS_WIDTH_PX + page.width() + SPACE_XL
        resize_within_screen(self, max(WIDTH_PX, width), max(HEIGHT_PX, height))

    async def shut_down(self) -> None:
        """Before the program ends: cancel what is under way and wait for it."""
        self._open_timer.stop()
        self.hide()
        await self._session.close()

    def done(self, result: int) -> None:
        self._session.pause()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._session.pause()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._build_timer.start()
            self._is_resumed = not self._session.view.draft.is_pristine
            if not self._is_resumed:
                self._go(0)
                self._visited = set()
            self._session.open(self._wanted_host)
            self._wanted_host = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show(self._session.view)
        super().changeEvent(event)

    @property
    def current_page(self) -> PageId:
        """Which page is shown."""
        return _PAGES[self._stack.currentIndex()].page_id

    def go_to(self, page_id: PageId) -> None:
        """Show a page; any page, at any time."""
        self._go(next(row for row, page in enumerate(_PAGES) if page.page_id is page_id))

    def _page(self) -> Page:
        return self._build(self._stack.currentIndex())

    def _build(self, row: int) -> Page:
        page_class = _PAGES[row]
        page = self._pages.get(page_class.page_id)
        if page is None:
            page = page_class(self._session, self._holders[row])
            page.page_wanted.connect(self._on_page_wanted)
            layout = self._holders[row].layout()
            assert layout is not None
            layout.addWidget(page)
            self._pages[page_class.page_id] = page
        return page

    def _on_build_next(self) -> None:
        missing = [row for row, page in enumerate(_PAGES) if page.page_id not in self._pages]
        if missing:
            self._build(missing[0])
        else:
            self._build_timer.stop()

    def _go(self, row: int) -> None:
        self._visited.add(self._stack.currentIndex())
        self._stack.setCurrentIndex(row)
        self._steps.set_current(row)
        self._show(self._session.view)
        if self.isVisible() and not self._steps.hasFocus():
            self._focus_page()

    def _focus_page(self) -> None:
        field = self._page().first_field() or self._footer.create_button
        if field.isEnabled():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        if self.isVisible():
            self._show(self._session.view)

    def _on_step_chosen(self, row: int) -> None:
        if row != self._stack.currentIndex():
            self._go(row)

    def _on_page_wanted(self, page_id: PageId) -> None:
        self.go_to(page_id)

    def _on_back(self) -> None:
        self._go(max(0, self._stack.currentIndex() - 1))

    def _on_next(self) -> None:
        self._go(min(len(_PAGES) - 1, self._stack.currentIndex() + 1))

    def _on_start_over(self) -> None:
        self._is_resumed = False
        self._session.start_over()
        self._go(0)
        self._visited = set()
        self._show(self._session.view)

    def _on_create(self) -> None:
        job_id = self._session.create()
        if job_id is None:
            return
        self.accept()
        self.created.emit(job_id)

    def _on_banner_fix(self) -> None:
        if self._session.view.draft.xml:
            self._session.change(xml="")
        elif self._is_resumed:
            self._on_start_over()
        else:
            self._session.reload_offer()

    def _show(self, view: View) -> None:
        page = self._page()
        row = self._stack.currentIndex()
        is_last = row == len(_PAGES) - 1
        page.show_view(view)
        page.setEnabled(is_last or (not view.draft.xml and (row == 0 or view.new is not None)))
        self._title.setText(steps.heading(page.page_id))
        self._show_banner(view, is_last=is_last)
        self._show_steps(view)
        self._footer.show_view(view, page.page_id)

    def _show_banner(self, view: View, *, is_last: bool) -> None:
        if view.draft.xml and not is_last:
            self._banner.tell(
                self.tr("You edited the XML: it is used as it is, and what stands here no longer counts."),
                Level.INFO,
                self.tr("Back to the form's values"),
            )
        elif not view.hosts and view.connecting:
            names = fmt.joined(view.connecting)
            self._banner.tell(self.tr("Connecting to {host}…").format(host=names), Level.BUSY)
        elif not view.hosts:
            self._banner.tell(self.tr("No host is connected. Connect to one first."), Level.WARNING)
        elif view.offer_error is not None:
            words = error_words.explain(view.offer_error)
            text = f"{words.what} {words.next_step}".strip()
            self._banner.tell(text, Level.ERROR, self.tr("Try again"))
        elif view.offer is None:
            name = view.host.name if view.host is not None else ""
            self._banner.tell(self.tr("Asking {host} what it has…").format(host=visible(name)), Level.BUSY)
        elif self._is_resumed:
            self._banner.tell(
                self.tr("You are going on where you left off."), Level.INFO, self.tr("Start over")
            )
        else:
            self._banner.clear()

    def _show_steps(self, view: View) -> None:
        lines: list[Step] = []
        for row, page_class in enumerate(_PAGES):
            page_id = page_class.page_id
            state = self._state(view, page_id, row)
            spoken = {
                StepState.ERROR: self.tr("something is wrong here"),
                StepState.WARNING: self.tr("has a warning"),
                StepState.FINE: self.tr("done"),
            }.get(state, "")
            lines.append(Step(steps.title(page_id), visible(steps.value(page_id, view)), state, spoken))
        self._steps.set_steps(lines)

    def _state(self, view: View, page_id: PageId, row: int) -> StepState:
        found = view.problems_on(page_id)
        level = problems_level(found)
        if level is Level.ERROR:
            return StepState.ERROR
        if any(problem.is_error for problem in found):
            return StepState.OPEN
        if row not in self._visited or row == len(_PAGES) - 1:
            return StepState.OPEN
        return StepState.WARNING if level is Level.WARNING else StepState.FINE

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("New virtual machine"))


def _add_holder(stack: QStackedWidget) -> QWidget:
    """A scrolled place for a page; empty, for a page is built where it stays."""
    area = QScrollArea(stack)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE)
    area.setWidget(holder)
    stack.addWidget(area)
    return holder


def _line(*, vertical: bool) -> QFrame:
    line = QFrame()
    line.setProperty("line", True)
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
