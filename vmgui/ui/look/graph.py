"""A graph over time: a card with a title, the latest values or those under the cursor, and the drawing."""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vmgui.ui.look.graph_painting import Curve, TimeAxis
from vmgui.ui.look.graph_plot import GraphPlot
from vmgui.ui.look.plain import Label, RichLabel
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role, tabular, tokens
from vmgui.words import quantities as fmt
from vmgui.words.say import Say

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its colour's token, its value in a sample, and its name where there is more than one line."""

    token: str
    value: Callable[[Any], float | None]
    name: Say = Say("", "")  # noqa: RUF009 - as frozen as a string


class Plot(QFrame):
    """Values are set as whole histories; `text_of` words a value in the graph's unit."""

    def __init__(
        self,
        name: str,
        title: Say,
        series: Sequence[Series],
        text_of: Callable[[float], str],
        *,
        top: float | None = None,
        least_top: float = 1.0,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`top`: where the scale ends, if that is known; `least_top`: it ends no lower; `tall`: it takes the room there is, its cursor is told and set."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", True)
        self._words, self._series, self._text_of = title, tuple(series), text_of
        self._top, self._least_top = top, least_top
        self._times_s: Sequence[float] = ()
        self._columns: Sequence[tuple[Values, Values, Values]] = ()
        self._index: int | None = None
        self._when = ""
        self._hovered_s: float | None = None
        self._title = Label(self)
        set_role(self._title, TextRole.STRONG)
        self._value = _ValueLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFont(tabular(self._value.font()))
        set_muted(self._value)
        self.plot = GraphPlot(text_of, self, tall=tall)
        self.plot.setObjectName(f"{name}-plot")
        if not tall:
            self.plot.hovered.connect(self._on_hovered)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self._value, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, SPACE, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)
        self.show_samples(())
        self._retranslate()

    @property
    def value_text(self) -> str:
        """The values as they are said to a screen reader."""
        return self.accessibleDescription()

    def show_samples(self, samples: Sequence[Any], top: float | None = None) -> None:
        """The whole history until now, oldest first; `at_s` of each is a time of the monotonic clock."""
        now_s = time.monotonic()
        columns = [([one.value(sample) for sample in samples], (), ()) for one in self._series]
        self.show_values([sample.at_s - now_s for sample in samples], columns, top)
        self._on_hovered(self._hovered_s)

    def show_values(
        self,
        times_s: Sequence[float],
        columns: Sequence[tuple[Values, Values, Values]],
        top: float | None = None,
        axis: TimeAxis | None = None,
        *,
        bands: bool = False,
    ) -> None:
        """For each line its means, lows and highs at these times before now. `top` None: as it was; 0: not known.

        `bands`: each point stands for a longer time, show what was lowest and highest in it.
        """
        axis = axis or TimeAxis()
        self._top = self._top if top is None else top
        self._times_s, self._columns = times_s, columns
        curves = [
            Curve(one.token, number == 0, times_s, means, lows if bands else (), highs if bands else ())
            for number, (one, (means, lows, highs)) in enumerate(zip(self._series, columns, strict=True))
        ]
        highest = self._least_top
        for means, _, highs in columns:
            for at_s, value in zip(times_s, highs or means, strict=False):
                if value is not None and value > highest and at_s >= -axis.span_s:
                    highest = value
        self.plot.set_axis(axis)
        self.plot.show_curves(tuple(curves), max(self._top, highest) if self._top else nice_maximum(highest))

    def show_at(self, index: int | None, when: str = "", marked_s: float | None = None) -> None:
        """Say the values of this point (None: not known), and of when they are where that is marked."""
        self._index, self._when = index, when
        self.plot.mark(marked_s, when if marked_s is not None and self._hovered_s is None else "")
        self._show_text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.update()
            self._show_text()
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_text()

    def _retranslate(self) -> None:
        title = str(self._words)
        self._title.setText(title)
        self.setAccessibleName(title)
        self.plot.setAccessibleName(title)
        self.plot.update()
        self._show_text()

    def _on_hovered(self, at_s: float | None) -> None:
        """The graph's own cursor, of one that has no common one."""
        self._hovered_s = at_s
        last = len(self._times_s) - 1
        if last < 0 or at_s is None:
            self.show_at(last if last >= 0 else None)
            return
        index = min(bisect_left(self._times_s, at_s), last)
        self.show_at(index, fmt.age(max(0.0, -self._times_s[index])), self._times_s[index])

    def _show_text(self) -> None:
        """Show the value, with the lowest and the highest if there is room."""
        count = len(self._series) if self._times_s else 0
        full, plain = (
            [self._text(number, ranges) for number in range(count)] or [fmt.NONE] for ranges in (True, False)
        )
        spoken = "   ".join(full)
        description = f"{self._when}: {spoken}" if self._when else spoken
        self.setAccessibleDescription(description)
        self.plot.setAccessibleDescription(description)
        room = self.width() - 24 - SPACE - self._title.sizeHint().width() - 24 * (len(full) - 1)
        fits = self._value.fontMetrics().horizontalAdvance(spoken) <= room
        parts = [escape(part) for part in (full if fits else plain)]
        if len(parts) > 1:
            colours = tokens()
            parts = [
                f'<span style="color:{getattr(colours, one.token)}">●</span>&nbsp;{part}'
                for one, part in zip(self._series, parts, strict=True)
            ]
        when = f"{escape(self._when)}:&nbsp;&nbsp;" if self._when and self._hovered_s is not None else ""
        text = when + "&nbsp;&nbsp;&nbsp;".join(parts)
        if text != self._value.text():
            self._value.setText(text)

    def _text(self, number: int, ranges: bool) -> str:
        mean = low = high = None
        if self._index is not None:
            mean, low, high = (of[self._index] if of else None for of in self._columns[number])
        text = fmt.NONE if mean is None else self._text_of(mean)
        if ranges and low is not None and high is not None:
            lowest, highest = self._text_of(low), self._text_of(high)
            if lowest != highest:
                text = f"{text} ({lowest} – {highest})"
        return f"{self._series[number].name} {text}".strip()


class _ValueLabel(RichLabel):
    """Never asks for more room than there is: a number that grows must not move the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def nice_maximum(value: float) -> float:
    """The next of 1, 2, 5, 10 ... above a value."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    for factor in (1.0, 2.0, 5.0):
        if value <= factor * power:
            return factor * power
    return 10.0 * power
