"""Help: the shortcuts there are, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vmgui import __version__
from vmgui.policy.natural_order import natural_key
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_muted, set_role


class ShortcutsDialog(QDialog):
    """Every action with its keys."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        title = Label(self.tr("Keyboard shortcuts"), self)
        set_role(title, TextRole.TITLE)
        inside = QWidget()
        inside.setProperty("pane", True)
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(SPACE_XL)
        grid.setVerticalSpacing(SPACE)
        extra = (
            (self.tr("Open the console of the selected virtual machine"), self.tr("Enter")),
            (self.tr("Leave the filter, close a dialog"), self.tr("Esc")),
        )
        named = [
            (
                action.text().replace("&", "").rstrip("…"),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in actions
        ]
        for row, (text, keys) in enumerate(
            sorted([pair for pair in named if all(pair)] + list(extra), key=lambda pair: natural_key(pair[0]))
        ):
            label = Label(text, inside)
            value = Label(keys, inside)
            set_muted(value)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(0, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(inside)
        layout = _column(self)
        layout.addWidget(title)
        layout.addWidget(area, 1)
        layout.addWidget(_close_button(self, self.tr("Close")), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(560, 520)


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About vmgui"))
        title = Label("vmgui", self)
        set_role(title, TextRole.PAGE)
        version = Label(self.tr("Version {version}").format(version=__version__), self)
        set_muted(version)
        text = Label(self.tr("Runs virtual machines on many libvirt hosts, by point and click."), self)
        licence = Label(
            self.tr(
                "Free software under the GNU General Public License 3 or later. Icons: Lucide (ISC licence)."
            ),
            self,
        )
        for label in (text, licence):
            label.setWordWrap(True)
        set_muted(licence)
        layout = _column(self)
        for label in (title, version, text, licence):
            layout.addWidget(label)
        layout.addSpacing(SPACE)
        layout.addWidget(_close_button(self, self.tr("Close")), 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(420)


def _column(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
    layout.setSpacing(SPACE)
    return layout


def _close_button(dialog: QDialog, text: str) -> QPushButton:
    button = QPushButton(text, dialog)
    button.setAccessibleName(button.text())
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    return button
