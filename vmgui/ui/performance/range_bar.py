"""The bar over the graphs: how far back they go, and saving what they show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from vmgui.model.performance_history import HistoryRange
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S


class RangeBar(QWidget):
    """`chosen` carries the HistoryRange a person chose; `save_asked` when they want a file."""

    chosen = Signal(object)
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self._buttons: dict[HistoryRange, QToolButton] = {}
        # Arrow keys go from one to the next.
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE, SPACE_L, 0)
        row.setSpacing(SPACE_S)
        for number, shown in enumerate(HistoryRange):
            button = QToolButton(self)
            button.setObjectName(f"history-range-{shown.value}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._buttons[shown] = button
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        row.addSpacing(SPACE)
        # A picture: with words the window could not be made narrow.
        self.save = QToolButton(self)
        self.save.setIcon(icon("file-text"))
        self.save.setObjectName("history-save")
        self.save.clicked.connect(self._on_save)
        row.addWidget(self.save)
        self._group.idClicked.connect(self._on_clicked)
        self._retranslate()

    def set_range(self, shown: HistoryRange) -> None:
        """Show which one is chosen."""
        self._buttons[shown].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for shown, text, words in (
            (HistoryRange.TEN_MINUTES, self.tr("10 min"), self.tr("The last ten minutes")),
            (HistoryRange.HOUR, self.tr("1 hour"), self.tr("The last hour")),
            (HistoryRange.DAY, self.tr("1 day"), self.tr("The last 24 hours")),
            (HistoryRange.WEEK, self.tr("1 week"), self.tr("The last seven days")),
            (HistoryRange.MONTH, self.tr("1 month"), self.tr("The last 30 days")),
        ):
            button = self._buttons[shown]
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tip(words))
        self.save.setAccessibleName(self.tr("Save as CSV"))
        self.save.setToolTip(self.tr("Save the values of the shown time as a table (CSV)"))

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(tuple(HistoryRange)[number])

    def _on_save(self) -> None:
        self.save_asked.emit()
