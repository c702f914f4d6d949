"""Above the tree: the filter, the button for views, and a line that says what the filter found or did not understand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from vmgui.policy.filter import Hint, HintKind, Query
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_S, TextRole, set_muted, set_role, set_tone
from vmgui.words import quantities as fmt


class FilterBar(QWidget):
    """`changed` carries the text."""

    changed = Signal(str)
    left = Signal()  # Escape
    hits_asked = Signal()  # Down or Enter: on to what was found

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setObjectName("inventory-filter")
        self.field.setClearButtonEnabled(True)
        self._clear = self.field.findChild(QToolButton)
        self._icon = QAction(icon("search", IconRole.MUTED), "", self.field)
        self.field.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self.changed)
        self.field.installEventFilter(self)
        self.views = QToolButton(self)
        self.views.setObjectName("inventory-views")
        self.views.setIcon(icon("list-tree"))
        self.views.setIconSize(QSize(18, 18))
        self.views.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.views.setMenu(menu)
        self.views.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line = Label(self)
        self._line.setObjectName("inventory-filter-line")
        self._line.setWordWrap(True)
        set_role(self._line, TextRole.CAPTION)
        self._line.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.field, 1)
        row.addWidget(self.views)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE_S)
        layout.addLayout(row)
        layout.addWidget(self._line)
        self.retranslate()

    def show_result(self, query: Query, shown: int, known: int) -> None:
        """Say how many machines were found, or what was not understood."""
        hint = next(iter(query.hints), None)
        if hint is not None:
            text = self._hint_words(hint)
        elif query:
            text = self.tr("{count} of {all} virtual machines").format(
                count=fmt.count(shown), all=fmt.count(known)
            )
        else:
            text = ""
        if text == self._line.text():
            return
        self._line.setText(text)
        unfinished = hint is not None and hint.kind in (HintKind.UNFINISHED, HintKind.OPEN_QUOTE)
        set_tone(self._line, "warning" if hint is not None and not unfinished else "")
        set_muted(self._line, hint is None or unfinished)
        self._line.setVisible(bool(text))
        self.field.setAccessibleDescription(text)

    def retranslate(self) -> None:
        """Set all texts."""
        self.field.setPlaceholderText(self.tr("Filter by name, state or host"))
        self.field.setAccessibleName(self.tr("Filter"))
        self.field.setToolTip(
            tip(
                "\n".join(
                    (
                        self.tr(
                            "All words must be found: in the name, state, host, tags, system, address or note."
                        ),
                        self.tr("Or in one of them:"),
                        "state:running  host:a*  tag:web  folder:shop  os:debian  ip:10.0.*  note:ana",
                        self.tr('-tag:test leaves out, web|db is either, "two words" a phrase.'),
                    )
                )
            )
        )
        self._icon.setText(self.tr("Filter the inventory"))
        if self._clear is not None:
            self._clear.setAccessibleName(self.tr("Clear the filter"))
        name = self.tr("Grouping, order and saved views")
        self.views.setToolTip(tip(name))
        self.views.setAccessibleName(name)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.hits_asked.emit()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _hint_words(self, hint: Hint) -> str:
        match hint.kind:
            case HintKind.UNKNOWN_FIELD:
                return self.tr(
                    "“{word}:” is none of name, state, host, tag, folder, os, ip, mac, note: searched as text."
                ).format(word=hint.word)
            case HintKind.UNKNOWN_STATE:
                return self.tr("No state is called “{word}”: searched as text.").format(word=hint.word)
            case HintKind.UNFINISHED:
                return self.tr("What is to be found after “{word}:”?").format(word=hint.word)
            case HintKind.OPEN_QUOTE:
                return self.tr("The closing quotation mark is missing.")
            case HintKind.TOO_LONG:
                return self.tr("The filter is too long: its end is not used.")
