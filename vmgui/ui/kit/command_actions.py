"""Commands as Qt has them: one QAction each, with its words, keys and icon; menus are filled from declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from vmgui.commands.command import Command, Reach, Situation, Target, Tone
from vmgui.commands.menus import Menu, Place
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import tip

Item = Command | Menu | Place | None

_ROLES = {
    Tone.PLAIN: IconRole.TEXT,
    Tone.ACCENT: IconRole.ACCENT,
    Tone.GO: IconRole.RUNNING,
    Tone.DANGER: IconRole.DANGER,
}
_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QAbstractSlider, QComboBox)
_CONTEXTS = {
    Reach.WINDOW: Qt.ShortcutContext.WindowShortcut,
    Reach.PROGRAM: Qt.ShortcutContext.ApplicationShortcut,
    Reach.OUTSIDE_FIELDS: Qt.ShortcutContext.WindowShortcut,
    Reach.LIST: Qt.ShortcutContext.WidgetWithChildrenShortcut,
}


class _OutsideFields(QAction):
    """Its keys do nothing while a field has the focus; a menu does."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut and isinstance(QApplication.focusWidget(), _FIELDS):
            return True
        return super().event(event)


class CommandActions(QObject):
    """The actions of these commands; those whose keys work in a list are added to it by who has the list."""

    def __init__(self, commands: Iterable[Command], window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._commands = tuple(command for command in commands if command.in_window)
        self._groups: dict[str, QActionGroup] = {}
        self._menus: list[tuple[QMenu, Menu]] = []
        self._named: dict[str, tuple[str, str]] = {}  # command id -> its title, why it is not possible
        for command in self._commands:
            kind = _OutsideFields if command.reach is Reach.OUTSIDE_FIELDS else QAction
            action = self._actions[command.id] = kind(self)
            action.setObjectName(f"action-{command.name}")
            if command.icon:
                action.setIcon(icon(command.icon, _ROLES[command.tone]))
            action.setShortcut(QKeySequence(command.keys))
            action.setShortcutContext(_CONTEXTS[command.reach])
            action.setCheckable(command.is_toggle)
            if command.choice:
                action.setData(command.value)
                self.group(command.choice).addAction(action)
            if command.reach is not Reach.LIST:
                window.addAction(action)
        self.retranslate()
        window.installEventFilter(self)

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command.id]

    @property
    def all(self) -> tuple[QAction, ...]:
        """All actions in the order of their declarations, for the palette and the list of shortcuts."""
        return tuple(self._actions.values())

    @property
    def of_lists(self) -> tuple[QAction, ...]:
        """The actions on machines whose keys work in lists of machines."""
        return tuple(
            self[command]
            for command in self._commands
            if command.reach is Reach.LIST and command.target is Target.MACHINES
        )

    def group(self, choice: str) -> QActionGroup:
        """The actions of which one is chosen."""
        if choice not in self._groups:
            self._groups[choice] = QActionGroup(self)
        return self._groups[choice]

    def choose(self, choice: str, value: str) -> None:
        """Mark what is chosen; the first where that is none of them."""
        actions = self.group(choice).actions()
        next((action for action in actions if action.data() == value), actions[0]).setChecked(True)

    def bind(self, slots: Mapping[Command, Callable[..., object]]) -> None:
        """Have the window do what commands ask for."""
        for command, slot in slots.items():
            self[command].triggered.connect(slot)

    def judge(self, now: Situation) -> None:
        """Enable what is possible."""
        for command in self._commands:
            if command.possible is not None:
                self[command].setEnabled(command.possible(now))

    def retranslate(self) -> None:
        """Set all texts."""
        self._named.clear()
        for command in self._commands:
            self.name(command, str(command.title))
        for menu, declared in self._menus:
            menu.setTitle(str(declared.title))

    def name(self, command: Command, title: str, why: str = "") -> None:
        """Call it so; `why` it is not possible, in its tool tip."""
        if self._named.get(command.id) == (title, why):
            # Asked at every selection, for every command.
            return
        self._named[command.id] = (title, why)
        action = self[command]
        plain = title.rstrip("…")
        short = str(command.short) if command.short is not None else plain
        # An open menu has marked a letter.
        if action.text().replace("&", "") != title or action.iconText() != short:
            action.setText(title)
            action.setIconText(short)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        head = f"{plain} ({keys})" if keys else plain
        action.setToolTip(tip(f"{head}\n{why}" if why else head))
        action.setStatusTip(why)

    def fill(
        self, menu: QMenu, items: Iterable[Item], places: Mapping[str, Iterable[QAction]] | None = None
    ) -> None:
        """Put them into a menu; `places`: what stands where the declaration leaves room."""
        menu.setToolTipsVisible(True)
        MenuLetters(menu)
        for item in items:
            match item:
                case None:
                    menu.addSeparator()
                case Command():
                    menu.addAction(self[item])
                case Menu():
                    self.fill(self.add_menu(menu.addMenu(""), item), item.items, places)
                case Place():
                    menu.addActions(list((places or {}).get(item.name, ())))

    def add_menu(self, menu: QMenu, declared: Menu) -> QMenu:
        """Keep a menu's title in the language of the moment."""
        menu.setObjectName(f"menu-{declared.name}")
        menu.setTitle(str(declared.title))
        self._menus.append((menu, declared))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange and watched is self.parent():
            self.retranslate()
        return False
