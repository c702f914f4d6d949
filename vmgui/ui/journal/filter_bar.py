"""What of the log is shown: words, kind, result, host, time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.host import Host, HostId
from vmgui.model.journal import EntryKind, JournalFilter, Outcome
from vmgui.policy.plain_text import visible
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, set_muted
from vmgui.words import journal as journal_words
from vmgui.words.journal_events import EventWords

TYPING_MS = 150
_NARROW_PX = 900
_DAY_S = 86_400.0
_FROM_TO = -1.0


@dataclass(frozen=True, slots=True)
class _Choice:
    """An item of a combo box."""

    label: str
    value: object


class FilterBar(QWidget):
    """One row where there is room, else two; `changed` a moment after the last key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal-filter")
        self.text = QLineEdit(self)
        self.text.setObjectName("journal-text")
        self.text.setClearButtonEnabled(True)
        self._clear = self.text.findChild(QToolButton)
        self._search = QAction(icon("search", IconRole.MUTED), "", self)
        self.text.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self._choices = QWidget(self)
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._names: dict[QComboBox, Label] = {}
        self.kind = self._combo("journal-kind")
        self.outcome = self._combo("journal-result")
        self.host = self._combo("journal-host")
        self.time = self._combo("journal-time")
        for box in (self.kind, self.outcome, self.host, self.time):
            row.addWidget(box)
        self._first = QHBoxLayout()
        self._first.setSpacing(SPACE)
        self._first.addWidget(self.text, 1)
        self._first.addWidget(self._choices)
        self._is_narrow = False
        self._span = QWidget(self)
        span = QHBoxLayout(self._span)
        span.setContentsMargins(0, 0, 0, 0)
        span.setSpacing(SPACE)
        self._from_label, self._until_label = Label(self._span), Label(self._span)
        self.from_ = self._moment("journal-from", -_DAY_S)
        self.until = self._moment("journal-until", 0.0)
        for label, edit in ((self._from_label, self.from_), (self._until_label, self.until)):
            set_muted(label)
            label.setBuddy(edit)
            span.addWidget(label)
            span.addWidget(edit)
        span.addStretch(1)
        self._span.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._column.addLayout(self._first)
        self._column.addWidget(self._span)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.changed)
        self.text.textChanged.connect(self._on_typed)
        self.retranslate()

    def add_button(self, button: QWidget) -> None:
        """Something at the end of the first row."""
        self._first.addWidget(button)

    def show_hosts(self, hosts: Mapping[HostId, Host]) -> None:
        """The hosts to choose from."""
        self._fill(
            self.host,
            (_Choice(self.tr("All hosts"), ""), *(_Choice(host.name, host.id) for host in hosts.values())),
        )

    @property
    def is_empty(self) -> bool:
        """Whether everything is let through."""
        boxes = (self.kind, self.outcome, self.host, self.time)
        return not self.text.text().strip() and all(box.currentIndex() <= 0 for box in boxes)

    def clear(self) -> None:
        """Let everything through."""
        with QSignalBlocker(self):
            self.text.clear()
            for box in (self.kind, self.outcome, self.host, self.time):
                box.setCurrentIndex(0)
        self._timer.stop()
        self.changed.emit()

    def current(self, events: EventWords) -> JournalFilter:
        """The filter as it is now; "the last hour" ends now."""
        terms = tuple(self.text.text().split())
        kind, outcome, span = self.kind.currentData(), self.outcome.currentData(), self.time.currentData()
        from_s, until_s = None, None
        if span == _FROM_TO:
            from_s = float(self.from_.dateTime().toSecsSinceEpoch())
            until_s = float(self.until.dateTime().toSecsSinceEpoch()) + 60
        elif span:
            from_s = time.time() - float(span)
        return JournalFilter(
            terms=terms,
            codes=tuple(journal_words.codes_with(term, events) for term in terms),
            kinds=(kind,) if isinstance(kind, EntryKind) else (),
            outcomes=outcome if isinstance(outcome, tuple) else (),
            host_id=str(self.host.currentData() or ""),
            from_unix_s=from_s,
            until_unix_s=until_s,
        )

    def retranslate(self) -> None:
        """Set all texts; what is chosen stays."""
        self.text.setPlaceholderText(self.tr("Search in the log"))
        self.text.setAccessibleName(self.tr("Search in the log"))
        self._search.setText(self.tr("Search in the log"))
        if self._clear is not None:
            self._clear.setAccessibleName(self.tr("Clear the search"))
        for box, name in (
            (self.kind, self.tr("Kind")),
            (self.outcome, self.tr("Result")),
            (self.host, self.tr("Host")),
            (self.time, self.tr("Time")),
        ):
            self._names[box].setText(name)
            box.setToolTip(tip(name))
        self._fill(
            self.kind,
            (
                _Choice(self.tr("All kinds"), None),
                *(_Choice(journal_words.kind_words(kind), kind) for kind in EntryKind),
            ),
        )
        self._fill(
            self.outcome,
            (
                _Choice(self.tr("All results"), None),
                _Choice(
                    self.tr("Failed or a problem"), (Outcome.FAILED, Outcome.PROBLEM, Outcome.INTERRUPTED)
                ),
                *(_Choice(journal_words.outcome_words(outcome), (outcome,)) for outcome in Outcome),
            ),
        )
        self._fill(
            self.time,
            (
                _Choice(self.tr("Any time"), 0.0),
                _Choice(self.tr("Last hour"), 3600.0),
                _Choice(self.tr("Last 24 hours"), _DAY_S),
                _Choice(self.tr("Last 7 days"), 7 * _DAY_S),
                _Choice(self.tr("Last 30 days"), 30 * _DAY_S),
                _Choice(self.tr("From … to …"), _FROM_TO),
            ),
        )
        if self.host.count():
            self.host.setItemText(0, self.tr("All hosts"))
        self._from_label.setText(self.tr("From"))
        self._until_label.setText(self.tr("to"))
        self.from_.setAccessibleName(self.tr("From"))
        self.until.setAccessibleName(self.tr("Until"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_PX
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            if narrow:
                self._first.removeWidget(self._choices)
                self._column.insertWidget(1, self._choices)
            else:
                self._column.removeWidget(self._choices)
                self._first.insertWidget(1, self._choices)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _combo(self, name: str) -> QComboBox:
        box = QComboBox(self._choices)
        box.setObjectName(name)
        # Who sees needs no more than what is chosen; a screen reader takes the name of a box from its label alone.
        label = self._names[box] = Label(self._choices)
        label.setBuddy(box)
        label.hide()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        box.currentIndexChanged.connect(self._on_chosen)
        return box

    def _moment(self, name: str, offset_s: float) -> QDateTimeEdit:
        edit = QDateTimeEdit(QDateTime.currentDateTime().addSecs(int(offset_s)), self._span)
        edit.setObjectName(name)
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        edit.dateTimeChanged.connect(self._on_typed)
        return edit

    def _fill(self, box: QComboBox, choices: tuple[_Choice, ...]) -> None:
        before = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            for choice in choices:
                box.addItem(visible(choice.label), choice.value)
                box.setItemData(box.count() - 1, tip(visible(choice.label)), Qt.ItemDataRole.ToolTipRole)
            values = [choice.value for choice in choices]
            box.setCurrentIndex(values.index(before) if before in values else 0)

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_chosen(self, _index: int) -> None:
        self._span.setVisible(self.time.currentData() == _FROM_TO)
        self._timer.stop()
        self.changed.emit()
