"""The line over the XML: which of the two is shown, what can be done with it, and the search."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import ElidedLabel, tip
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, set_muted


class Shown(Enum):
    """Which of the two."""

    SAVED = 0
    LIVE = 1


class XmlHead(QWidget):
    """`chosen` carries the Shown that a person chose."""

    chosen = Signal(object)
    find_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("xml-head")
        self.shown = Shown.SAVED
        self._is_drafted = self._has_password = False
        self._obstacle = ""
        # Arrow keys go from one to the next.
        self._group = QButtonGroup(self)
        self._buttons: dict[Shown, QToolButton] = {}
        for shown in Shown:
            button = QToolButton(self)
            button.setObjectName(f"xml-show-{shown.name.lower()}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._buttons[shown] = button
            self._group.addButton(button, shown.value)
        self._group.idClicked.connect(self._on_clicked)
        self._words = ElidedLabel(self)
        self._words.setObjectName("xml-words")
        set_muted(self._words)
        self._find = QToolButton(self)
        self._find.setObjectName("xml-find-open")
        self._find.setIcon(icon("search"))
        self._find.clicked.connect(self.find_asked)
        row = across(
            self._buttons[Shown.LIVE],
            self._buttons[Shown.SAVED],
            Cell(self._words, 1),
            self._find,
            space=SPACE_S,
            around=(SPACE_L, SPACE, SPACE_L, SPACE),
        )
        row.insertSpacing(2, SPACE)
        self.setLayout(row)
        self._retranslate()

    def show_choice(self, shown: Shown) -> None:
        """Which one is shown."""
        self.shown = shown
        self._buttons[shown].setChecked(True)
        self._retranslate()

    def show_state(
        self, *, can_live: bool, can_saved: bool, is_drafted: bool, has_password: bool, obstacle: str
    ) -> None:
        """What there is of it. `obstacle`: why it can only be read."""
        self._buttons[Shown.LIVE].setEnabled(can_live)
        self._buttons[Shown.SAVED].setEnabled(can_saved)
        self._is_drafted, self._has_password, self._obstacle = is_drafted, has_password, obstacle
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        now, then = self._buttons[Shown.LIVE], self._buttons[Shown.SAVED]
        now.setText(self.tr("Now"))
        # Qt's own sign of what is not saved would be a star.
        then.setText(self.tr("After the next start") + (" •" if self._is_drafted else ""))
        for button in (now, then):
            button.setAccessibleName(button.text().removesuffix(" •"))
        now.setToolTip(tip("" if now.isEnabled() else self.tr("It is off.")))
        then.setToolTip(tip(self.tr("Has changes that are not applied.") if self._is_drafted else ""))
        if self.shown is Shown.LIVE:
            self._words.setText(self.tr("What it runs with; it can only be read."))
        elif self._obstacle:
            self._words.setText(self.tr("It can only be read. {why}").format(why=self._obstacle))
        elif not self._has_password:
            self._words.setText(self.tr("What is changed here applies from the next start on."))
        else:
            self._words.setText(self.tr("A password is shown as ***** and stays unless you write another."))
        self._find.setAccessibleName(self.tr("Find"))
        self._find.setToolTip(tip(self.tr("Find (Ctrl+F)")))

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(Shown(number))
