"""The list of what is amiss, above the bell: Enter goes to the thing, Delete says "I know"."""

from __future__ import annotations

import time
from operator import attrgetter

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.alerts import Alert
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.table_model import ROW, Index, TableModel, list_model
from vmgui.ui.look.alert_look import alert_look
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.theme import SPACE, TextRole, scaled, set_muted, set_role, tokens
from vmgui.words import alerts as alert_words
from vmgui.words import quantities as fmt

_WIDTH_PX = 420
_MOST_ROWS = 8


def _note(alert: Alert) -> str:
    parts = (alert.host if alert.subject else "", fmt.age(time.time() - alert.since_unix_s))
    return visible(" · ".join(part for part in parts if part))


def _aloud(alert: Alert) -> str:
    return f"{visible(alert_words.title(alert))}, {_note(alert)}"


class _AlertDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(200, round(line * (1 + CAPTION)) + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        alert: Alert = index.data(ROW)
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5)
        inner = option.rect.adjusted(14, 6, -14, -6)
        name, role = alert_look(alert.key.kind)
        mark = inner.adjusted(0, 0, 0, 0)
        mark.setSize(QSize(18, 18))
        mark.moveTop(inner.center().y() - 9)
        icon(name, role).paint(painter, mark)
        text = inner.adjusted(28, 0, 0, 0)
        half = text.height() * 0.54
        small = scaled(option.font, CAPTION)
        for place, font, colour, words in (
            (
                QRectF(text.left(), text.top(), text.width(), half),
                option.font,
                colours.text,
                str(index.data()),
            ),
            (
                QRectF(text.left(), text.top() + half, text.width(), text.height() - half),
                small,
                colours.muted,
                _note(alert),
            ),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(place.width())),
            )
        painter.restore()


class AlertList(QFrame):
    """`chosen` carries an AlertKey, `dismissed` a tuple of them."""

    chosen = Signal(object)
    dismissed = Signal(object)
    settings_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("alerts-list")
        self.setProperty("card", True)
        self._title = Label(self)
        set_role(self._title, TextRole.STRONG)
        self._empty = Label(self)
        self._empty.setWordWrap(True)
        set_muted(self._empty)
        self.model: TableModel[Alert] = list_model(alert_words.title, attrgetter("key"), _aloud, self)
        self.list = QListView(self)
        self.list.setObjectName("alerts-view")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_AlertDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._on_activated)
        self.list.activated.connect(self._on_activated)
        self._settings = self._button("alerts-settings")
        self._dismiss = self._button("alerts-dismiss")
        self._settings.clicked.connect(self.settings_asked)
        self._dismiss.clicked.connect(self._on_dismiss_all)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE + 4, SPACE, SPACE, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._dismiss)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE, 0, SPACE, SPACE)
        foot.addWidget(self._settings)
        foot.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(SPACE + 4, 0, SPACE + 4, 0)
        middle.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addLayout(middle)
        layout.addWidget(self.list)
        layout.addLayout(foot)
        self._retranslate()

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """These, oldest first."""
        # What began last stands first.
        self.model.show(reversed(alerts))
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        self._dismiss.setEnabled(rows > 0)
        row_px = self.list.sizeHintForRow(0) if rows else 0
        self.list.setFixedHeight(max(1, row_px * min(rows, _MOST_ROWS)) + 4)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def open_above(self, corner: QPoint) -> None:
        """Show it with its lower right corner there, within the screen."""
        self.setFixedWidth(_WIDTH_PX)
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(max(room.left(), corner.x() - self.width()), room.right() - self.width())
        self.move(left, max(room.top(), corner.y() - self.height() - 4))
        self.show()
        (self.list if self.model.rowCount() else self._settings).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            alert = self.list.currentIndex().data(ROW)
            if alert is not None:
                self.dismissed.emit((alert.key,))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "link")
        button.setAutoDefault(False)
        return button

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Active alerts"))
        self.setAccessibleName(self.tr("Active alerts"))
        self._empty.setText(self.tr("Nothing is amiss."))
        self.list.setAccessibleName(self.tr("Active alerts"))
        self.list.setToolTip(self.tr("Enter goes there, Delete dismisses"))
        for button, text in (
            (self._settings, self.tr("Choose what to be told of…")),
            (self._dismiss, self.tr("Dismiss all")),
        ):
            button.setText(text)
            button.setAccessibleName(text.rstrip("…"))

    def _on_activated(self, index: QModelIndex) -> None:
        alert = index.data(ROW)
        # A click may activate too: the list is gone by then.
        if alert is not None and self.isVisible():
            self.hide()
            self.chosen.emit(alert.key)

    def _on_dismiss_all(self) -> None:
        self.dismissed.emit(tuple(alert.key for alert in self.model.rows))
