"""Asks what a draft would do while its preview is open, and shows that there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, QTimer, Slot

from vmgui.model.errors import VmguiError
from vmgui.services.scope import Scope
from vmgui.ui.bridge.latest_answer import LatestAnswer
from vmgui.ui.kit.preview import PreviewPane, PreviewText

_AFTER_MS = 250  # of no typing


class PreviewFeed(QObject):
    """`question` is asked for what is filled in at that moment, None: nothing is wanted. `why_not` says in words what
    went wrong; empty: that is said elsewhere already."""

    def __init__(
        self,
        pane: PreviewPane,
        scope: Scope,
        question: Callable[[], Awaitable[PreviewText] | None],
        why_not: Callable[[VmguiError], str],
    ) -> None:
        super().__init__(pane)
        self._pane, self._question, self._why_not = pane, question, why_not
        self._latest = LatestAnswer(scope, self._ask, self._show, self._show_error)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.ask)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._latest.is_asking

    def drop(self) -> None:
        """It is about something else from now on."""
        self._latest.drop()
        self._pane.clear()

    def ask_soon(self) -> None:
        """Something else is filled in: once nothing more is typed."""
        self._timer.start()

    @Slot()
    def ask(self) -> None:
        """At once, or once the question under way is answered."""
        self._latest.ask()

    def _ask(self) -> Awaitable[PreviewText] | None:
        asked = self._question()
        if asked is not None:
            self._pane.show_busy()
        return asked

    def _show(self, found: PreviewText) -> None:
        self._pane.show_preview(found.words, found.live_diff, found.saved_diff, found.virsh)

    def _show_error(self, error: VmguiError) -> None:
        words = self._why_not(error)
        if words:
            self._pane.show_error(words)
        else:
            self._pane.clear()
