"""The four graphs, one or two side by side, under one cursor."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from vmgui.model.performance_history import HistoryRange, Part, Quantity
from vmgui.policy.performance_history import step_for
from vmgui.ui.look.domain_plots import domain_plots
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.ui.performance.points import Points
from vmgui.ui.performance.time_axis import axis_for, moment_text

_TWO_COLUMNS_PX = 760


_QUANTITIES = (
    (Quantity.CPU_PERCENT,),
    (Quantity.MEMORY_KIB,),
    (Quantity.DISK_READ_BYTES_PER_S, Quantity.DISK_WRITE_BYTES_PER_S),
    (Quantity.NET_RX_BYTES_PER_S, Quantity.NET_TX_BYTES_PER_S),
)


class HistoryGraphs(QWidget):
    """CPU, memory, disk, network."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self._points: Points | None = None
        self._within_s = 0.0
        self._cursor_s: float | None = None  # relative to now, where the pointer or the keys put it

        self._all = domain_plots("history", self, tall=True)
        self.cpu, self.memory, self.disk, self.network = self._all
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE_L, SPACE, SPACE_L, SPACE_L)
        self._grid.setSpacing(SPACE)
        self._columns = 0
        self._arrange(1)
        for graph in self._all:
            graph.plot.hovered.connect(self._on_hovered)
            graph.plot.stepped.connect(self._on_stepped)

    def show_points(self, points: Points, shown: HistoryRange, memory_kib: float | None) -> None:
        """Draw these on the axis of this range; `memory_kib`: all there is."""
        step_s = step_for(shown)
        axis = axis_for(shown, points.now_s, step_s)
        if self._points is not None and self._cursor_s is not None:
            # The cursor stays at its time while the graphs move on.
            self._cursor_s += self._points.now_s - points.now_s
            if self._cursor_s < -axis.span_s:
                self._cursor_s = None
        self._points, self._within_s = points, axis.break_s / 2
        bands = shown is not HistoryRange.TEN_MINUTES
        offsets = points.offsets_s.tolist()
        for graph, quantities, top in zip(
            self._all, _QUANTITIES, (None, memory_kib or 0.0, None, None), strict=True
        ):
            columns = [
                (points.values(one, Part.MEAN), points.values(one, Part.LOW), points.values(one, Part.HIGH))
                for one in quantities
            ]
            graph.show_values(offsets, columns, top, axis, bands=bands)
        self._show_cursor()

    def clear_cursor(self) -> None:
        """Show the latest values."""
        self._on_hovered(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS_PX else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, graph in enumerate(self._all):
            self._grid.addWidget(graph, number // columns, number % columns)
        for number in range(4):
            self._grid.setRowStretch(number, 1 if number < 4 // columns else 0)
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    # The cursor.

    def _on_hovered(self, offset_s: float | None) -> None:
        self._cursor_s = offset_s
        self._show_cursor()

    def _on_stepped(self, by: int) -> None:
        points = self._points
        if points is None or not len(points):
            return
        offsets = points.offsets_s
        if self._cursor_s is None:
            index = len(points) - 1
        else:
            index = int(abs(offsets - self._cursor_s).argmin()) + by
        self._cursor_s = float(offsets[min(max(index, 0), len(points) - 1)])
        self._show_cursor()

    def _show_cursor(self) -> None:
        points, offset_s = self._points, self._cursor_s
        index, when = self._latest(), ""
        if points is not None and offset_s is not None:
            index = points.nearest(offset_s, self._within_s)
            if index is None:
                when = self.tr("{time}: not recorded").format(
                    time=moment_text(points.now_s + offset_s, 1, points.now_s)
                )
            else:
                offset_s = float(points.offsets_s[index])
                when = moment_text(
                    float(points.starts_s[index]), round(float(points.steps_s[index])), points.now_s
                )
        for graph in self._all:
            graph.show_at(index, when, offset_s)

    def _latest(self) -> int | None:
        """The last point, unless it is long past."""
        points = self._points
        if points is None or not len(points):
            return None
        age_s = points.now_s - float(points.starts_s[-1] + points.steps_s[-1])
        return len(points) - 1 if age_s <= max(2 * self._within_s, 90.0) else None
