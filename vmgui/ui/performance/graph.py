"""One graph of the Performance tab: a card with a title, the latest values or those under the cursor, and the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vmgui.model.performance_history import Part, Quantity
from vmgui.ui.kit.graph import nice_maximum
from vmgui.ui.kit.graph_plot import Curve, GraphPlot, TimeAxis
from vmgui.ui.kit.plain import Label, RichLabel
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role, tabular, tokens
from vmgui.ui.performance.points import Points
from vmgui.words import quantities as fmt


class HistoryGraph(QFrame):
    """One or two quantities over the same time; `text_of` words a value in the graph's unit."""

    def __init__(
        self,
        lines: Sequence[tuple[Quantity, str]],
        text_of: Callable[[float], str],
        *,
        smallest_maximum: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._lines = tuple(lines)
        self._names = [""] * len(self._lines)
        self._text_of = text_of
        self._smallest_maximum = smallest_maximum
        self._points: Points | None = None
        self._break_s = 0.0
        self._index: int | None = None
        self._has_cursor = False
        self._when = ""
        self._columns: dict[tuple[Quantity, Part], list[float | None]] = {}

        self._title = Label(self)
        set_role(self._title, TextRole.STRONG)
        self._value = _ValueLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFont(tabular(self._value.font()))
        set_muted(self._value)
        self.plot = GraphPlot(text_of, self, tall=True)
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

    @property
    def value_text(self) -> str:
        """The values as they are said to a screen reader."""
        return self.accessibleDescription()

    def set_title(self, title: str, names: Sequence[str]) -> None:
        """Translated texts; a name for each line, empty if there is but one."""
        self._title.setText(title)
        self._names = list(names)
        self.setAccessibleName(title)
        self.plot.setAccessibleName(title)
        self.plot.update()
        self._show_text()

    def show_points(self, points: Points, axis: TimeAxis, *, maximum: float | None, bands: bool) -> None:
        """Draw these; `bands`: each point stands for a longer time, show what was lowest and highest in it."""
        self._points = points
        self._break_s = axis.break_s
        offsets = points.offsets_s.tolist()
        self._columns = {
            (quantity, part): points.values(quantity, part)
            for quantity, _ in self._lines
            for part in (Part.LOW, Part.MEAN, Part.HIGH)
        }
        curves = tuple(
            Curve(
                token,
                number == 0,
                offsets,
                self._columns[quantity, Part.MEAN],
                self._columns[quantity, Part.LOW] if bands else (),
                self._columns[quantity, Part.HIGH] if bands else (),
            )
            for number, (quantity, token) in enumerate(self._lines)
        )
        highest = max(points.highest([quantity for quantity, _ in self._lines]), self._smallest_maximum)
        self.plot.set_axis(axis)
        self.plot.show_curves(curves, max(maximum, highest) if maximum else nice_maximum(highest))
        self._show_text()

    def show_cursor(self, offset_s: float | None, index: int | None, when: str) -> None:
        """Mark this time and say what was then; None: no cursor, say what is now."""
        self._has_cursor, self._index, self._when = offset_s is not None, index, when
        self.plot.mark(offset_s, when)
        self._show_text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.update()
            self._show_text()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_text()

    def _show_text(self) -> None:
        index = self._index if self._has_cursor else self._latest()
        plain = [self._words(number, index, ranges=False) for number in range(len(self._lines))]
        full = [self._words(number, index, ranges=True) for number in range(len(self._lines))]
        spoken = "   ".join(full)
        when = self._when if self._has_cursor else ""
        description = f"{when}: {spoken}" if when else spoken
        self.setAccessibleDescription(description)
        self.plot.setAccessibleDescription(description)
        room = self.width() - 24 - SPACE - self._title.sizeHint().width() - 24 * (len(self._lines) - 1)
        fits = self._value.fontMetrics().horizontalAdvance(spoken) <= room
        parts = full if fits else plain
        if len(parts) > 1:
            colours = tokens()
            text = "&nbsp;&nbsp;&nbsp;".join(
                f'<span style="color:{getattr(colours, token)}">●</span>&nbsp;{escape(part)}'
                for (_, token), part in zip(self._lines, parts, strict=True)
            )
        else:
            text = escape(parts[0])
        if text != self._value.text():
            self._value.setText(text)

    def _latest(self) -> int | None:
        """The last point, unless it is long past."""
        points = self._points
        if points is None or not len(points):
            return None
        age_s = points.now_s - float(points.starts_s[-1] + points.steps_s[-1])
        return len(points) - 1 if age_s <= max(self._break_s, 90.0) else None

    def _words(self, number: int, index: int | None, *, ranges: bool) -> str:
        quantity, _ = self._lines[number]
        text = fmt.NONE
        low = mean = high = None
        if index is not None and self._columns:
            low, mean, high = (
                self._columns[quantity, part][index] for part in (Part.LOW, Part.MEAN, Part.HIGH)
            )
        if mean is not None:
            text = self._text_of(mean)
            if ranges and low is not None and high is not None:
                lowest, highest = self._text_of(low), self._text_of(high)
                if lowest != highest:
                    text = f"{text} ({lowest} – {highest})"
        return f"{self._names[number]} {text}".strip()


class _ValueLabel(RichLabel):
    """Never asks for more room than there is: a number that grows must not move the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
