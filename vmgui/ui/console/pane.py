"""The Console tab of one machine: a toolbar, its screen, or in words why there is none."""

from __future__ import annotations

import logging
import math
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.console.rfb.events import (
    Connected,
    CredentialsNeeded,
    CursorChanged,
    Disconnected,
    PointerModeChanged,
    Resized,
    SessionEvent,
    Updated,
)
from vmgui.console.rfb.keys import COMBINATIONS
from vmgui.console.rfb.session import RfbSession
from vmgui.model.console import NoConsole
from vmgui.model.domain import DomainKey
from vmgui.policy.plain_text import file_stem, visible
from vmgui.services.background import in_thread
from vmgui.services.services import Services
from vmgui.store.settings import SettingsStore
from vmgui.ui.bridge.choose_file import choose_file, save_picture
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.console.display import RfbDisplay
from vmgui.ui.console.link import ConsoleLink, Trouble
from vmgui.ui.console.password_page import PasswordPage
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.look.empty_state import EmptyState
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_S, set_muted
from vmgui.words import console as console_words
from vmgui.words.errors import explain

log = logging.getLogger(__name__)

_SECOND_MS = 1000


class ConsolePane(QWidget):
    """Connects when first shown and stays connected; a hidden console asks for no pictures."""

    def __init__(
        self, services: Services, key: DomainKey, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("console-pane")
        self._services = services
        self._key = key
        self._settings = settings
        self._shown_before = False
        self._trouble: Trouble | None = None
        self._countdown = QTimer(self)
        self._countdown.setInterval(_SECOND_MS)
        self._countdown.timeout.connect(self._show_trouble)
        self._scope = PaneScope("console pane", self)
        self._link = ConsoleLink(services, key, settings, self)
        self._link.session_changed.connect(self._on_session_changed)
        self._link.connecting.connect(self._on_connecting)
        self._link.event_arrived.connect(self._on_event)
        self._link.troubled.connect(self._on_trouble)
        self._build_bar()
        self._build_pages()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)
        self._enable_tools(False)
        self._retranslate()

    async def shutdown(self) -> None:
        """End the session and all tasks; the pane is of no further use."""
        await self._link.close()
        await self._scope.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown_before:
            self._shown_before = True
            self._link.connect_now()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # Structure

    def _build_bar(self) -> None:
        self._bar = QWidget(self)
        self._send_keys = self._tool("console-send-keys", "keyboard")
        menu = QMenu(self._send_keys)
        menu.setObjectName("console-send-keys-menu")
        MenuLetters(menu)
        for combination in COMBINATIONS:
            menu.addAction(combination).setData(combination)
        menu.triggered.connect(self._on_send_keys)
        self._send_keys.setMenu(menu)
        self._send_keys.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fit = self._tool("console-fit", "scan", checkable=True)
        self._fit.setChecked(self._settings.settings.console_scale_to_fit)
        self._fit.toggled.connect(self._on_fit)
        self._view_only = self._tool("console-view-only", "eye", checkable=True)
        self._view_only.toggled.connect(self._on_view_only)
        self._camera = self._tool("console-screenshot", "camera")
        self._camera.clicked.connect(self._on_screenshot)
        self._status = Label(self._bar)
        self._status.setObjectName("console-status")
        set_muted(self._status)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(SPACE, SPACE_S, SPACE, SPACE_S)
        row.setSpacing(SPACE_S)
        for tool in self._tools:
            row.addWidget(tool)
        row.addStretch(1)
        row.addWidget(self._status)

    @property
    def _tools(self) -> tuple[QToolButton, ...]:
        return (self._send_keys, self._fit, self._view_only, self._camera)

    def _tool(self, name: str, icon_name: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self._bar)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        # Fusion puts the text right at the icon: a wider icon is the gap.
        button.setIconSize(QSize(24, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build_pages(self) -> None:
        self._display = RfbDisplay(self)
        self._display.setObjectName("console-display")
        self._display.keyboard_released.connect(self._on_keyboard_released)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("console-scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFocusProxy(self._display)
        self._scroll.setWidget(self._display)
        self._apply_fit(self._fit.isChecked())
        self._message = EmptyState("monitor", self)
        self._message.setObjectName("console-message")
        self._message.activated.connect(self._on_message_button)
        self._message.other_activated.connect(self._on_choose_authority)
        self._password = PasswordPage(self)
        self._password.answered.connect(self._on_password)
        self._stack = QStackedWidget(self)
        for page in (self._message, self._password, self._scroll):
            self._stack.addWidget(page)

    def _retranslate(self) -> None:
        self._send_keys.setText(self.tr("Send keys"))
        self._send_keys.setToolTip(self.tr("Key combinations this computer would keep for itself"))
        self._fit.setText(self.tr("Fit to window"))
        self._fit.setToolTip(self.tr("The whole screen in the space there is; off: one to one"))
        self._view_only.setText(self.tr("View only"))
        self._view_only.setToolTip(self.tr("Look without touching: no key or click reaches the machine"))
        self._camera.setText(self.tr("Screenshot…"))
        self._camera.setToolTip(self.tr("Save the screen as a picture"))
        for tool in self._tools:
            tool.setAccessibleName(tool.text())
        self._display.setAccessibleName(self.tr("Screen of {name}").format(name=self._name()))
        self._show_status()
        if self._trouble is not None:
            self._show_trouble()
        elif self._stack.currentWidget() is self._message:
            self._on_connecting()

    def _name(self) -> str:
        domain = self._services.inventory.domains.get(self._key)
        return visible(domain.name) if domain is not None else ""

    # What the link tells

    @Slot(object)
    def _on_session_changed(self, session: RfbSession | None) -> None:
        self._display.set_session(session)
        self._display.set_view_only(self._view_only.isChecked())
        self._enable_tools(False)

    @Slot()
    def _on_connecting(self) -> None:
        if self._trouble is not None and self._trouble.retry_at_s is not None:
            # What was the matter stays to be read until the try has ended.
            self._show_trouble()
            return
        self._trouble = None
        self._message.set_texts(self.tr("Connecting to the screen of {name}…").format(name=self._name()))
        self._stack.setCurrentWidget(self._message)

    @Slot(object)
    def _on_trouble(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._show_trouble()

    @Slot()
    def _show_trouble(self) -> None:
        trouble = self._trouble
        if trouble is None:
            self._countdown.stop()
            return
        title, text, button, other = self._words(trouble)
        if trouble.retry_at_s is not None:
            left_s = trouble.retry_at_s - time.monotonic()
            text = f"{text}\n\n{console_words.next_try(math.ceil(left_s))}"
            if not self._countdown.isActive():
                self._countdown.start()
        else:
            self._countdown.stop()
        self._message.set_texts(title, text, button, other)
        self._stack.setCurrentWidget(self._message)

    def _words(self, trouble: Trouble) -> console_words.Words:
        name, why = self._name(), trouble.why
        if isinstance(why, NoConsole):
            return console_words.no_console(why, name, trouble.target)
        if isinstance(why, Disconnected):
            return console_words.disconnected(why, name, trouble.target.where if trouble.target else "")
        error = explain(why, name)
        return console_words.Words(error.what, error.next_step, self.tr("Try now"))

    def _forget_trouble(self) -> None:
        self._trouble = None
        self._countdown.stop()

    def _show_picture(self, width: int, height: int) -> None:
        """The screen, or that there is none yet."""
        if width and height:
            self._stack.setCurrentWidget(self._scroll)
            return
        self._message.set_texts(*console_words.no_picture_yet(self._name()))
        self._stack.setCurrentWidget(self._message)
        if self._link.session is not None:
            # The hidden screen has told it that nobody looks; but its first size is waited for.
            self._link.session.set_visible(True)

    @Slot(object)
    def _on_event(self, event: SessionEvent) -> None:
        match event:
            case Updated(rects=rects):
                self._display.picture_updated(rects)
            case Connected(width=width, height=height):
                self._forget_trouble()
                had_focus = self._password.isAncestorOf(self.focusWidget() or self)
                self._display.picture_changed()
                self._show_picture(width, height)
                self._enable_tools(True)
                if had_focus:
                    self._display.setFocus()
            case Resized(width=width, height=height):
                self._display.picture_changed()
                self._show_picture(width, height)
                self._show_status()
            case CursorChanged():
                self._display.cursor_changed(event)
            case PointerModeChanged(absolute=absolute):
                self._display.pointer_mode_changed(absolute)
            case CredentialsNeeded():
                self._forget_trouble()
                self._stack.setCurrentWidget(self._password)
                self._password.ask(event, is_private=self._link.is_private)
            case _:
                # Bell: a guest that beeps must not make the office beep. The rest: later features.
                log.debug("console of %s: %s", self._key.uuid, type(event).__name__)

    def _enable_tools(self, enabled: bool) -> None:
        for tool in self._tools:
            tool.setEnabled(enabled)
        self._show_status()

    def _show_status(self) -> None:
        size: QSize = self._display.guest_size()
        if size.isEmpty():
            self._status.clear()
            return
        text = self.tr("{width} × {height}").format(width=size.width(), height=size.height())
        if not self._view_only.isChecked():
            text = self.tr("Ctrl+Alt gives the keyboard back") + "   ·   " + text
        self._status.setText(text)
        self._display.setAccessibleDescription(text)

    # What the person does

    @Slot()
    def _on_message_button(self) -> None:
        if self._trouble is not None and self._trouble.why is NoConsole.NOT_RUNNING:
            self._services.lifecycle.start((self._key,))
        else:
            self._link.connect_now()

    @Slot()
    def _on_choose_authority(self) -> None:
        self._scope.try_run(self._choose_authority())

    async def _choose_authority(self) -> None:
        path = await choose_file(
            self,
            self.tr("Choose the authority that has signed the display’s certificate"),
            self.tr("Certificates (*.pem *.crt *.cer);;All files (*)"),
        )
        if path:
            self._services.hosts.trust_screens(self._key.host_id, path)
            self._link.connect_now()

    @Slot(object)
    def _on_password(self, answer: tuple[str, str]) -> None:
        session = self._link.session
        if session is not None:
            session.provide_credentials(*answer)

    @Slot(bool)
    def _on_fit(self, fit: bool) -> None:
        self._settings.change(console_scale_to_fit=fit)
        self._apply_fit(fit)

    def _apply_fit(self, fit: bool) -> None:
        self._scroll.setWidgetResizable(fit)
        self._display.set_scale_to_fit(fit)

    @Slot(bool)
    def _on_view_only(self, view_only: bool) -> None:
        self._display.set_view_only(view_only)
        self._show_status()

    @Slot(QAction)
    def _on_send_keys(self, action: QAction) -> None:
        session = self._link.session
        if session is not None:
            session.send_keys(str(action.data()))
        self._display.setFocus()

    @Slot()
    def _on_keyboard_released(self) -> None:
        self._send_keys.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_screenshot(self) -> None:
        self._scope.try_run(self._save_screenshot())

    async def _save_screenshot(self) -> None:
        image = self._display.screenshot()
        if image is None:
            return
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H-%M-%S")
        proposed = Path(QDir.homePath()) / f"{file_stem(self._name())} {stamp}.png"
        path = await choose_file(
            self,
            self.tr("Save the screen as a picture"),
            self.tr("Pictures (*.png)"),
            str(proposed),
            save=True,
            suffix="png",
        )
        if not path:
            return
        if not await in_thread(save_picture, image, path):
            self._status.setText(self.tr("{path} could not be written").format(path=path))
