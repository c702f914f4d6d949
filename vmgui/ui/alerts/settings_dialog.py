"""What to be told of: each rule on or off, with its limit and how long it must last."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.alerts import ON_DESKTOP, rule_fields
from vmgui.model.alerts import AlertKind, AlertSettings
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.framed import Framed

_MINUTE_S = 60.0
_READ = {"enabled": bool, "limit_percent": float, "hold_s": lambda minutes: minutes * _MINUTE_S}


class AlertSettingsDialog(Framed):
    """`saved` carries the new AlertSettings."""

    saved = Signal(object)

    def __init__(self, settings: AlertSettings, parent: QWidget) -> None:
        super().__init__("alerts-dialog", self.tr("Tell me of"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Alerts"))
        self._settings = settings
        rules = {kind: rule_fields(kind) for kind in AlertKind}
        self._fields = [(field, kind, what) for kind in AlertKind for what, field in rules[kind].items()]
        self._shown = {
            field.name: round(getattr(settings.rule(kind), what) / (_MINUTE_S if what == "hold_s" else 1))
            for field, kind, what in self._fields
        }
        self._form = Form("", [*(tuple(rule.values()) for rule in rules.values()), (ON_DESKTOP,)], self)
        self._form.show_answers({**self._shown, ON_DESKTOP.name: settings.on_desktop})
        self.body.addWidget(self._form)
        line = self.tr("An alert shows at the bell in the status bar until it is over or you dismiss it.")
        self.add_text(line, muted=True)
        self.finish(AnswerRow(self, "alerts", self.tr("Save")))

    def accept(self) -> None:
        """What is shown rounded stays as it was written into the file, unless it is changed here."""
        answers = self._form.answers()
        settings = replace(self._settings, on_desktop=answers[ON_DESKTOP.name])
        for field, kind, what in self._fields:
            if answers[field.name] != self._shown[field.name]:
                rule = replace(settings.rule(kind), **{what: _READ[what](answers[field.name])})
                settings = replace(settings, **{kind.value: rule})
        self.saved.emit(settings)
        super().accept()
