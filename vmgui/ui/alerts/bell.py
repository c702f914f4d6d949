"""The bell in the status bar: how much is amiss; opens the list, and has the desktop tell of what is new."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QToolButton, QWidget

from vmgui.commands.alerts import ALERT_SETTINGS, ALERTS
from vmgui.commands.command import Command
from vmgui.model.alerts import Alert, AlertKey, AlertKind
from vmgui.model.domain import DomainKey
from vmgui.services.alerts import AlertChange, AlertService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import tip
from vmgui.words import alerts as alert_words
from vmgui.words import quantities as fmt

if TYPE_CHECKING:
    # Loaded when something is amiss or asked for: most starts of the program need none of it.
    from vmgui.services.desktop_notices import DesktopNotices
    from vmgui.ui.alerts.list_popup import AlertList
    from vmgui.ui.alerts.settings_dialog import AlertSettingsDialog

MOST_NOTICES = 3
"""More alerts than this at once are told by one notification."""

translate = QCoreApplication.translate


class AlertBell(QToolButton):
    """The signals carry a DomainKey and a host's id."""

    domain_chosen = Signal(object)
    host_chosen = Signal(str)

    def __init__(self, alerts: AlertService, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alerts-bell")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # Wider than high: room between the bell and its number.
        self.setIconSize(QSize(22, 16))
        self.setAutoRaise(True)
        self._alerts = alerts
        self._list: AlertList | None = None
        self._settings: AlertSettingsDialog | None = None
        self.scope = PaneScope("alerts", self)
        self._notices: DesktopNotices | None = None
        self._changes = BatchedSignal(alerts.changed, self)
        self._changes.arrived.connect(self._on_changes)
        self.clicked.connect(self.show_list)
        self._show_count()

    @property
    def slots(self) -> Mapping[Command, Callable[..., object]]:
        """What does what its commands ask for."""
        return {ALERTS: self.show_list, ALERT_SETTINGS: self.show_settings}

    def show_list(self) -> None:
        """What is amiss now, above the bell."""
        if self._list is None:
            from vmgui.ui.alerts.list_popup import AlertList

            self._list = AlertList(self)
            self._list.chosen.connect(self._on_chosen)
            self._list.dismissed.connect(self._on_dismissed)
            self._list.settings_asked.connect(self.show_settings)
        self._list.show_alerts(tuple(self._alerts.active.values()))
        corner = self.mapToGlobal(QPoint(self.width(), 0))
        self._list.open_above(corner)

    def show_settings(self) -> None:
        """The rules."""
        if self._list is not None:
            self._list.hide()
        if self._settings is None:
            from vmgui.ui.alerts.settings_dialog import AlertSettingsDialog

            self._settings = AlertSettingsDialog(self._alerts.settings, self.window())
            self._settings.saved.connect(self._alerts.change)
            self._settings.destroyed.connect(self._on_settings_destroyed)
            self._settings.open()
        self._settings.raise_()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._changes.close()
        if self._list is not None:
            self._list.hide()
        if self._settings is not None:
            self._settings.reject()
        await self.scope.close(timeout_s=1.0)
        if self._notices is not None:
            await self._notices.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_count()
        super().changeEvent(event)

    @property
    def notices(self) -> DesktopNotices:
        """The way to the desktop's notifications."""
        if self._notices is None:
            from vmgui.services.desktop_notices import DesktopNotices

            self._notices = DesktopNotices(self._on_notice_clicked, open_label=_open_label)
        return self._notices

    def _show_count(self) -> None:
        count = len(self._alerts.active)
        self.setIcon(icon("bell-ring", IconRole.WARNING) if count else icon("bell", IconRole.MUTED))
        self.setText(fmt.count(count) if count else "")
        words = self.tr("%n active alert(s)", "", count) if count else self.tr("No active alerts")
        if words != self.accessibleName():
            self.setAccessibleName(words)
            self.setToolTip(tip(words))

    def _on_changes(self, batch: tuple[AlertChange, ...]) -> None:
        self._show_count()
        if self._list is not None and self._list.isVisible():
            self._list.show_alerts(tuple(self._alerts.active.values()))
        raised = [alert for change in batch for alert in change.raised]
        # What was over again within a moment is not worth a sound.
        raised = [alert for alert in raised if alert.key in self._alerts.active]
        if raised:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
            if self._alerts.settings.on_desktop:
                self.scope.try_run(self._tell_desktop(raised))

    async def _tell_desktop(self, raised: list[Alert]) -> None:
        if len(raised) > MOST_NOTICES:
            titles = [alert_words.title(alert) for alert in raised[:MOST_NOTICES]]
            rest = self.tr("and %n more", "", len(raised) - MOST_NOTICES)
            await self.notices.show(
                self.tr("%n alert(s)", "", len(raised)), "\n".join((*titles, rest)), None, critical=True
            )
            return
        for alert in raised:
            critical = alert.key.kind not in (AlertKind.HOST_CPU, AlertKind.HOST_MEMORY)
            shown = await self.notices.show(
                alert_words.title(alert), alert.host if alert.subject else "", alert.key, critical=critical
            )
            if not shown:
                return

    # What is asked for.

    def _on_notice_clicked(self, target: Hashable) -> None:
        window = self.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if isinstance(target, AlertKey):
            self._on_chosen(target)
        else:
            self.show_list()

    def _on_chosen(self, key: AlertKey) -> None:
        if key.kind in (AlertKind.DOMAIN_CRASHED, AlertKind.DOMAIN_IO_ERROR):
            self.domain_chosen.emit(DomainKey(key.host_id, key.thing))
        else:
            self.host_chosen.emit(key.host_id)

    def _on_dismissed(self, keys: tuple[AlertKey, ...]) -> None:
        for key in keys:
            self._alerts.dismiss(key)
        self._changes.flush()

    def _on_settings_destroyed(self) -> None:
        self._settings = None


def _open_label() -> str:
    return translate("Alert", "Open")
