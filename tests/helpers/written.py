"""Everything that is written on a widget and all in it, and what is wrong with that where words are anybody's."""

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtTexts
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from vmgui.policy.plain_text import visible
from vmgui.ui.look.plain import RichLabel

MARKED_UP = 'web <img src="file:&#47;&#47;&#47;dev&#47;zero"><b>&amp;&Zebra {x} %n %1 %s'
UNSEEN = "\u202egpj\u202c\u200b"
HOSTILE = MARKED_UP + UNSEEN
WORST = f"{HOSTILE}\n\x00\x1b[31m\t" + "x" * 100_000
BROKEN = visible(UNSEEN) + "\n"
"""How WORST begins where its line break is kept."""
LONGEST_LINE = 5000

Written = tuple[str, str, str]
"""Where, what kind of text, the text."""


def _model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    # Of a list the number of columns is not told.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), 50)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role, kind in (
                (Qt.ItemDataRole.DisplayRole, "text"),
                (Qt.ItemDataRole.ToolTipRole, "tip"),
                (Qt.ItemDataRole.StatusTipRole, "text"),
                (Qt.ItemDataRole.WhatsThisRole, "tip"),
                (Qt.ItemDataRole.AccessibleTextRole, "spoken"),
                (Qt.ItemDataRole.AccessibleDescriptionRole, "spoken"),
            ):
                found = index.data(role)
                if isinstance(found, str):
                    yield kind, found
        if not isinstance(model, QAbstractListModel):
            yield from _model(model, model.index(row, 0, parent))


def _of(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "tip", widget.whatsThis()
    yield "text", widget.statusTip()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    for action in widget.actions():
        yield from _of_action(action)
    match widget:
        case RichLabel():
            yield "rich", widget.text()
        case QLabel():
            is_plain = widget.textFormat() is Qt.TextFormat.PlainText
            yield ("keyed" if widget.buddy() else "text") if is_plain else "guessed", widget.text()
        case QAbstractButton():
            yield "keyed", widget.text()
        case QGroupBox() | QMenu():
            yield "keyed", widget.title()
        case QTabBar():
            for number in range(widget.count()):
                yield "keyed", widget.tabText(number)
                yield "tip", widget.tabToolTip(number)
        case QComboBox():
            yield from _model(widget.model(), QModelIndex())
        case QProgressBar():
            yield "text", widget.format()
        case QPlainTextEdit() if widget.isReadOnly():
            yield "lines", widget.toPlainText()
        case QTextEdit():
            yield "guessed", widget.toPlainText()
        case QAbstractItemView():
            yield from _model(widget.model(), QModelIndex())
        case _:
            return


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    yield "keyed", action.text()
    yield "keyed", action.iconText()
    yield "tip", action.toolTip()
    yield "tip", action.whatsThis()
    yield "text", action.statusTip()


def written(root: QWidget) -> Iterator[Written]:
    """All texts of a window, hidden ones too, each once."""
    seen: set[Written] = set()
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        for kind, text in _of(widget):
            one = (where, kind, text)
            if text and one not in seen:
                seen.add(one)
                yield one


def faults(root: QWidget) -> list[str]:
    """What Qt would render, underline or hide, and what has no end."""
    found: list[str] = []
    for where, kind, text in written(root):
        is_marked_up = "<img" in text or "<b>" in text
        what = ""
        if kind == "guessed":
            what = "guesses whether it is markup"
        elif kind in {"tip", "rich"} and is_marked_up and (kind == "rich" or QtTexts.mightBeRichText(text)):
            what = "is rendered as markup"
        elif kind == "keyed" and "&Zebra" in text.replace("&&", ""):
            what = "has a key of somebody else's choice"
        elif any(unicodedata.category(one) in {"Cc", "Cf"} and one not in "\n\t" for one in text):
            what = "hides something"
        elif kind in {"keyed", "title"} and "\n" in text:
            what = "is broken into lines"
        elif kind != "lines" and BROKEN in text:
            what = "is broken where a name goes on"
        elif kind != "lines" and len(text) > LONGEST_LINE:
            what = "has no end"
        if what:
            found.append(f"{where}: {kind} {what}: {text[:90]!r}")
    return found
