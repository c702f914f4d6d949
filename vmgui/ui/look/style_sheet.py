"""The style sheet made of the tokens: flat buttons, tabs, bars and menus on top of Fusion.

Kept short on purpose: what the palette can do, the palette does. Item views get no `::item` rules
(their delegates paint, and rules per item are slow). Arrows and marks come from `resources/icons/style`,
one file per theme: a style sheet cannot recolour an image.
"""

from __future__ import annotations

from string import Template

from vmgui.store.resources import resource_path
from vmgui.ui.look.tokens import Tokens

_SHEET = Template("""
QToolTip { color: $text; background: $raised; border: 1px solid $border; padding: 4px 6px; }

QLabel[textRole="caption"] { font-size: ${caption}pt; }
QLabel[textRole="strong"] { font-weight: 600; }
QLabel[textRole="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[textRole="page"] { font-size: ${page}pt; font-weight: 600; }
QLabel[muted="true"] { color: $muted; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="success"] { color: $success; }
QLabel[tone="accent"] { color: $accent; }
QLabel[chip="true"] { border: 1px solid $border; border-radius: 7px; padding: 1px 8px; background: $base; }
QLabel:disabled { color: $disabled; }

QPushButton {
    color: $text; background: $button; border: 1px solid $field_border; border-radius: 6px;
    padding: 5px 14px; min-height: 1.2em;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $border; }
QPushButton[kind="primary"] { color: $on_accent; background: $accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 4px 13px; }
QPushButton[kind="primary"]:disabled { color: $disabled; background: $hover; border-color: $border; }
QPushButton[kind="switch"]:checked { background: $selection; border-color: $accent; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger_ground; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $border; }
QPushButton:flat, QPushButton[kind="link"] {
    background: transparent; border: 1px solid transparent; padding: 3px 6px; color: $accent;
}
QPushButton:flat:hover, QPushButton[kind="link"]:hover { background: $hover; }
QPushButton:flat:focus, QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 2px 5px; }
QPushButton:flat:disabled, QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[kind="section"] {
    background: transparent; border: 1px solid transparent; padding: 3px 6px 3px 0px; font-weight: 600; text-align: left;
}
QPushButton[kind="section"]:hover { background: $hover; }
QPushButton[kind="section"]:focus { border: 2px solid $accent; padding: 2px 5px 2px -1px; }

QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton#alerts-bell { padding: 1px 6px; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton::menu-button { border: none; width: 16px; border-radius: 6px; }
QToolButton::menu-button:hover { background: $selection; }
QToolButton[popupMode="2"]::menu-indicator { image: none; }

QLineEdit {
    background: $base; border: 1px solid $field_border; border-radius: 6px; padding: 4px 8px; min-height: 1.2em;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled { color: $disabled; background: $window; border-color: $border; }
QLineEdit[invalid="true"] { border-color: $danger; }
QAbstractSpinBox, QComboBox {
    color: $text; background: $base; border: 1px solid $field_border; border-radius: 6px;
    padding: 4px 8px; min-height: 1.2em;
    selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox { background: $button; padding-right: 22px; }
QComboBox:hover { background: $hover; }
QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on { border: 2px solid $accent; padding: 3px 7px; }
QComboBox:focus, QComboBox:on { padding-right: 21px; }
QAbstractSpinBox:disabled, QComboBox:disabled { color: $disabled; background: $window; border-color: $border; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 22px; border: none; }
QComboBox::down-arrow { image: url($style/down-$name.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border; outline: none; padding: 2px;
    selection-background-color: $selection; selection-color: $text;
}
QAbstractSpinBox { padding-right: 22px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 20px; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; border: none; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($style/up-$name.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($style/down-$name.svg); width: 10px; height: 10px; }
QDateTimeEdit::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 22px; border: none; }
QDateTimeEdit::down-arrow { image: url($style/down-$name.svg); width: 14px; height: 14px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 2px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid $field_border; border-radius: 4px; background: $base;
}
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $field_border; border-radius: 8px; background: $base;
}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {
    background: $accent; border-color: $accent; image: url($style/check-$name.svg);
}
QCheckBox::indicator:indeterminate, QListView::indicator:indeterminate { background: $accent; border-color: $accent; image: url($style/dash-$name.svg); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($style/dot-$name.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QTreeView::indicator:disabled {
    background: $window; border-color: $border;
}
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: $disabled; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QPlainTextEdit, QTextEdit, QListView[framed="true"] {
    background: $base; border: 1px solid $border; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit:focus, QTextEdit:focus, QListView[framed="true"]:focus { border: 2px solid $accent; }
QPlainTextEdit[whole="true"] { border: none; border-top: 1px solid $border; border-radius: 0; }
QPlainTextEdit[whole="true"]:focus { border: none; border-top: 1px solid $accent; }

QMenuBar { background: $window; border-bottom: 1px solid $border; padding: 2px 4px; }
QMenuBar::item { padding: 4px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QToolBar { background: $window; border: none; border-bottom: 1px solid $border; padding: 4px 8px; spacing: 2px; }
QToolBar::separator { background: $border; width: 1px; margin: 4px 6px; }
QStatusBar { background: $window; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: $window; qproperty-drawBase: 0; }
QTabBar::tab {
    color: $muted; background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: 7px 14px; margin-right: 2px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }

QFrame[card="true"] { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame[line="true"] { background: $border; border: none; }
QFrame[ground="danger"] { background: $danger_ground; border: 1px solid $danger; border-radius: 8px; }
QFrame[ground="warning"] { background: $warning_ground; border: 1px solid $warning; border-radius: 8px; }
QFrame[ground="info"] { background: $info_ground; border: 1px solid $accent; border-radius: 8px; }
QFrame[bar="true"] { background: $window; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[pane="true"] { background: $window; border: none; }
QTreeView { show-decoration-selected: 0; }
QTreeView#capabilities-tree::item { height: 1.9em; }
QAbstractScrollArea::corner { background: $base; border: none; }
QTreeView, QListView, QTableView { background: $base; border: none; outline: none; }
QListView[ground="window"] { background: $window; }
QListView[ground="raised"] { background: $raised; }
QHeaderView { background: $window; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border; padding: 5px 8px;
}
QTableView QHeaderView::section { padding: 5px 4px; }

QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $shade; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QGroupBox { border: 1px solid $border; border-radius: 8px; margin-top: 0.8em; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $muted; }
""")

CAPTION = 0.85
TITLE = 1.25
PAGE = 1.6


def style_sheet(colours: Tokens, point_size: float) -> str:
    """The sheet for these colours and this body size."""
    size = point_size if point_size > 0 else 10.0
    marks = resource_path("icons/style").as_posix()
    values = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    return _SHEET.substitute(
        values,
        style=marks,
        caption=f"{size * CAPTION:.2f}",
        title=f"{size * TITLE:.2f}",
        page=f"{size * PAGE:.2f}",
    )
