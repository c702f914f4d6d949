"""Help: the shortcuts there are, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from vmgui import __version__
from vmgui.policy.natural_order import natural_key
from vmgui.ui.kit.answer_row import CloseRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.plain import Label
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.theme import SPACE, SPACE_XL, TextRole, set_muted, set_role


class ShortcutsDialog(Framed):
    """Every action with its keys."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__("shortcuts-dialog", self.tr("Keyboard shortcuts"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
        area = Scroll(inside, self, sideways=True)
        area.setAccessibleName(self.windowTitle())
        self.body.addWidget(area, 1)
        self.finish(CloseRow(self, "", self.tr("Close")))
        self.resize(560, 520)


class AboutDialog(Framed):
    """Name, version, licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("about-dialog", "vmgui", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About vmgui"))
        set_role(self.title, TextRole.PAGE)
        self.add_text(self.tr("Version {version}").format(version=__version__), muted=True)
        self.add_text(self.tr("Runs virtual machines on many libvirt hosts, by point and click."))
        licence = self.tr(
            "Free software under the GNU General Public License 3 or later. Icons: Lucide (ISC licence)."
        )
        self.add_text(licence, muted=True)
        self.finish(CloseRow(self, "", self.tr("Close")))
