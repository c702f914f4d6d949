"""What to be told of: each rule on or off, with its limit and how long it must last."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.alerts import AlertKind, AlertSettings
from vmgui.policy.alerts import HIGHEST_LIMIT, LOWEST_LIMIT
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_muted, set_role
from vmgui.words import alerts as alert_words

translate = QCoreApplication.translate

_MINUTE_S = 60.0
_WITH_TIME = frozenset({AlertKind.HOST_CPU, AlertKind.HOST_MEMORY})


class _RuleRow:
    """The controls of one rule."""

    def __init__(self, dialog: AlertSettingsDialog, grid: QGridLayout, row: int, kind: AlertKind) -> None:
        rule = dialog.settings.rule(kind)
        name = alert_words.name(kind)
        self.kind = kind
        self.on = QCheckBox(name, dialog)
        self.on.setObjectName(f"alert-{kind.value}")
        self.on.setAccessibleName(name)
        self.on.setChecked(rule.enabled)
        grid.addWidget(self.on, row, 0)
        self.limit: QSpinBox | None = None
        self.minutes: QSpinBox | None = None
        if kind.has_limit:
            self.limit = self._spin(
                dialog, f"alert-{kind.value}-limit", int(LOWEST_LIMIT), int(HIGHEST_LIMIT) - 1
            )
            self.limit.setPrefix(translate("AlertSettings", "over "))
            self.limit.setSuffix(translate("AlertSettings", " %"))
            self.limit.setAccessibleName(
                translate("AlertSettings", "{rule}: limit in per cent").format(rule=name)
            )
            self.limit.setValue(round(rule.limit_percent))
            grid.addWidget(self.limit, row, 1)
        if kind in _WITH_TIME:
            self.minutes = self._spin(dialog, f"alert-{kind.value}-minutes", 0, 24 * 60)
            self.minutes.setPrefix(translate("AlertSettings", "for "))
            self.minutes.setSuffix(translate("AlertSettings", " min"))
            self.minutes.setSpecialValueText(translate("AlertSettings", "at once"))
            self.minutes.setAccessibleName(
                translate("AlertSettings", "{rule}: for how many minutes").format(rule=name)
            )
            self.minutes.setValue(round(rule.hold_s / _MINUTE_S))
            grid.addWidget(self.minutes, row, 2)
        self.on.toggled.connect(dialog.on_toggled)
        self.enable()

    def enable(self) -> None:
        """Numbers of a rule that is off say nothing."""
        for spin in (self.limit, self.minutes):
            if spin is not None:
                spin.setEnabled(self.on.isChecked())

    def apply(self, settings: AlertSettings) -> AlertSettings:
        """The settings with what is chosen here."""
        rule = replace(settings.rule(self.kind), enabled=self.on.isChecked())
        if self.limit is not None:
            rule = replace(rule, limit_percent=float(self.limit.value()))
        # Seconds that a person wrote into the file stay, unless the minutes are changed here.
        if self.minutes is not None and self.minutes.value() != round(rule.hold_s / _MINUTE_S):
            rule = replace(rule, hold_s=self.minutes.value() * _MINUTE_S)
        return replace(settings, **{self.kind.value: rule})

    @staticmethod
    def _spin(dialog: QDialog, name: str, lowest: int, highest: int) -> QSpinBox:
        spin = QSpinBox(dialog)
        spin.setObjectName(name)
        spin.setRange(lowest, highest)
        spin.setMinimumWidth(116)
        return spin


class AlertSettingsDialog(QDialog):
    """`saved` carries the new AlertSettings."""

    saved = Signal(object)

    def __init__(self, settings: AlertSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.settings = settings
        self.setObjectName("alerts-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Alerts"))
        title = Label(self.tr("Tell me of"), self)
        set_role(title, TextRole.TITLE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(0, 1)
        self._rows = [_RuleRow(self, grid, row, kind) for row, kind in enumerate(AlertKind)]
        # Not all have a limit; the distance is the same for all.
        height = max(row.limit.sizeHint().height() for row in self._rows if row.limit is not None)
        for number in range(len(self._rows)):
            grid.setRowMinimumHeight(number, height)
        line = Label(
            self.tr("An alert shows at the bell in the status bar until it is over or you dismiss it."), self
        )
        line.setWordWrap(True)
        set_muted(line)
        self._desktop = QCheckBox(self.tr("Also as notifications of the desktop"), self)
        self._desktop.setObjectName("alerts-on-desktop")
        self._desktop.setAccessibleName(self._desktop.text())
        self._desktop.setChecked(settings.on_desktop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(title)
        layout.addLayout(grid)
        layout.addWidget(self._desktop)
        layout.addWidget(line)
        layout.addLayout(AnswerRow(self, "alerts", self.tr("Save")))

    def on_toggled(self, _on: bool) -> None:
        """A rule was switched."""
        for row in self._rows:
            row.enable()

    def accept(self) -> None:
        settings = self.settings
        for row in self._rows:
            settings = row.apply(settings)
        self.saved.emit(replace(settings, on_desktop=self._desktop.isChecked()))
        super().accept()
