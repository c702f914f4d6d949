"""A live graph over the last ten minutes: a card with a title, the latest or hovered values, and the drawing."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vmgui.ui.kit.graph_plot import SPAN_S, Curve, GraphPlot
from vmgui.ui.kit.plain import Label, RichLabel
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role, tabular, tokens
from vmgui.words import quantities as fmt


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, its colour's token and whether the ground under it is filled."""

    name: str
    token: str
    filled: bool = True


class Graph(QFrame):
    """Values are set as whole histories; `text_of` words a value in the graph's unit."""

    def __init__(
        self,
        series: Sequence[Series],
        text_of: Callable[[float], str],
        *,
        fixed_maximum: float | None = None,
        smallest_maximum: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._series = tuple(series)
        self._text_of = text_of
        self._fixed_maximum = fixed_maximum
        self._smallest_maximum = smallest_maximum
        self._times_s: list[float] = []
        self._values: list[Sequence[float | None]] = [() for _ in self._series]
        self._hovered_s: float | None = None

        self._title = Label(self)
        set_role(self._title, TextRole.STRONG)
        self._value = RichLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFont(tabular(self._value.font()))
        set_muted(self._value)
        self._plot = GraphPlot(text_of, self)
        self._plot.hovered.connect(self._on_hovered)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, SPACE, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._plot)
        self._show()

    def set_title(self, title: str, series_names: Sequence[str]) -> None:
        """Translated texts."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._series = tuple(
            replace(series, name=name) for series, name in zip(self._series, series_names, strict=True)
        )
        self._plot.update()
        self._show_text()

    def set_values(
        self,
        times_s: Sequence[float],
        values: Sequence[Sequence[float | None]],
        now_s: float,
        *,
        fixed_maximum: float | None = None,
    ) -> None:
        """The whole history, oldest first: times of the monotonic clock and one list of values per series."""
        if fixed_maximum is not None:
            self._fixed_maximum = fixed_maximum
        self._times_s = [at_s - now_s for at_s in times_s]
        self._values = list(values)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._plot.update()
            self._show_text()
        super().changeEvent(event)

    def _show(self) -> None:
        highest = 0.0
        for values in self._values:
            for at_s, value in zip(self._times_s, values, strict=False):
                if value is not None and at_s >= -SPAN_S and value > highest:
                    highest = value
        maximum = self._fixed_maximum or nice_maximum(max(highest, self._smallest_maximum))
        curves = tuple(
            Curve(series.token, series.filled, self._times_s, values)
            for series, values in zip(self._series, self._values, strict=True)
        )
        self._plot.show_curves(curves, maximum)
        self._show_text()

    def _on_hovered(self, at_s: float | None) -> None:
        self._hovered_s = at_s
        self._show_text()

    def _show_text(self) -> None:
        if not self._times_s:
            self._plot.mark(None)
            self._value.setText(fmt.NONE)
            return
        at = len(self._times_s) - 1
        when = ""
        if self._hovered_s is not None:
            at = min(bisect_left(self._times_s, self._hovered_s), at)
            when = fmt.age(max(0.0, -self._times_s[at])) + ":  "
        self._plot.mark(self._times_s[at] if self._hovered_s is not None else None)
        parts: list[str] = []
        for series, values in zip(self._series, self._values, strict=True):
            value = values[at] if at < len(values) else None
            parts.append(f"{series.name} {fmt.NONE if value is None else self._text_of(value)}".strip())
        text = when + "   ".join(parts)
        self.setAccessibleDescription(text)
        if len(self._series) > 1:
            colours = tokens()
            parts = [
                f'<span style="color:{getattr(colours, series.token)}">●</span>&nbsp;{escape(part)}'
                for series, part in zip(self._series, parts, strict=True)
            ]
        else:
            parts = [escape(part) for part in parts]
        text = escape(when).replace("  ", "&nbsp;&nbsp;") + "&nbsp;&nbsp;&nbsp;".join(parts)
        if text != self._value.text():
            self._value.setText(text)


def nice_maximum(value: float) -> float:
    """The next of 1, 2, 5, 10 ... above a value."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    for factor in (1.0, 2.0, 5.0):
        if value <= factor * power:
            return factor * power
    return 10.0 * power
