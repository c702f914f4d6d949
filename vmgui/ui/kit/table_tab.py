"""A tab that is one table: its columns and rows as data, looked up anew when something is new and somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from vmgui.services.notifier import Notifier
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.column import Column, Row
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.boxes import down
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted
from vmgui.words.say import Say, say

_NOTHING = say("TableTab", "Nothing here yet.")


class TableTab(QWidget, Generic[Row]):
    """A PageContent."""

    def __init__(
        self,
        name: str,
        title: Say,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        rows: Callable[[Target], Iterable[Row]],
        parent: QWidget,
        *news: Notifier[Any],
    ) -> None:
        """`rows`: all that there are of a target, asked for again at each of the `news`."""
        super().__init__(parent)
        self.setObjectName(name)
        self._find = rows
        self._target: Target | None = None
        self._is_late = False
        self.model: TableModel[Row] = TableModel(columns, key, parent=self)
        self.view: Table[Row] = Table(self.model, name, title, memory=name, parent=self)
        self._none = Label(str(_NOTHING), self)
        self._none.setObjectName(f"{name}-none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._none.setMargin(32)
        set_muted(self._none)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._none)
        self.setLayout(down(self._stack))
        self._news = [BatchedSignal(notifier, self) for notifier in news]
        for signal in self._news:
            signal.arrived.connect(self._show)

    def show_target(self, target: Target | None) -> None:
        """Show its rows; None: nobody looks."""
        self._target = target
        self._show()

    async def shutdown(self) -> None:
        """Hear nothing more; the columns are remembered."""
        self.view.save_layout()
        for signal in self._news:
            signal.close()
        self.view.setModel(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_late:
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._none.setText(str(_NOTHING))
        super().changeEvent(event)

    @Slot()
    def _show(self) -> None:
        self._is_late = not self.isVisible()
        if self._target is not None and not self._is_late:
            self.model.show(tuple(self._find(self._target)))
            self._stack.setCurrentWidget(self.view if self.model.rowCount() else self._none)
