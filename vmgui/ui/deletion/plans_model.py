"""What deleting many machines takes with it: a row for each machine, below it one for each thing it has.

The rows are there whatever is chosen; only what becomes of them changes, so that the list never jumps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from vmgui.model.deletion import DeletionPlan
from vmgui.model.host import HostId
from vmgui.policy.plain_text import visible
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import tokens
from vmgui.words.deletion import always_gone, doubt_words, file_words, size_words, stay_words

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PlanColumn(IntEnum):
    """The columns."""

    WHAT = 0
    SIZE = 1
    FATE = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A thing of a machine's."""

    text: str
    size: str = ""
    is_file: bool = False  # goes if disks are deleted too
    why_kept: str = ""  # not empty: it stays
    doubt: str = ""  # not empty: it stays, unless the person wants such as this to go, too


class PlansModel(QAbstractItemModel):
    """GUI thread only. A line's internal id is its machine's row + 1; a machine's is 0."""

    def __init__(
        self, plans: Sequence[DeletionPlan], hosts: Mapping[HostId, str], parent: QObject | None = None
    ) -> None:
        """`hosts`: their names, where they are worth saying."""
        super().__init__(parent)
        self._plans = plans
        self._hosts = hosts
        self._lines = [_lines(plan) for plan in plans]
        self._with_files = True
        self._with_doubtful = False
        self._with_running = False
        self._titles = (self.tr("Virtual machine"), self.tr("Size"), self.tr("What becomes of it"))
        self._stays = self.tr("Stays")
        self._goes = self.tr("Deleted")
        self._forced_off = self.tr("Forced off and deleted")
        self._runs = self.tr("Stays: it is running")
        self._muted = QBrush(QColor(tokens().muted))
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)

    def choose(self, *, with_files: bool, with_doubtful: bool, with_running: bool) -> None:
        """What the person wants to go."""
        self._with_files, self._with_doubtful, self._with_running = with_files, with_doubtful, with_running
        if not self._plans:
            return
        # The view paints itself anew for more than one cell: telling of every machine's lines would take thousands.
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._plans) - 1, PlanColumn.FATE))

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        if not self.hasIndex(row, column, parent or QModelIndex()):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent is not None else 0)

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or not child.internalId():
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._plans)
        return 0 if parent.internalId() or parent.column() else len(self._lines[parent.row()])

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(PlanColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section == PlanColumn.SIZE else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == PlanColumn.SIZE else None
        machine = index.internalId()
        if machine:
            return self._of_line(self._plans[machine - 1], self._lines[machine - 1][index.row()], index, role)
        return self._of_machine(self._plans[index.row()], index, role)

    def _of_machine(self, plan: DeletionPlan, index: Index, role: int) -> Any:
        goes = self._with_running or not plan.active
        match role:
            case Qt.ItemDataRole.DisplayRole if index.column() == PlanColumn.WHAT:
                host = self._hosts.get(plan.key.host_id, "")
                return visible(f"{plan.name} · {host}" if host else plan.name)
            case Qt.ItemDataRole.DisplayRole if index.column() == PlanColumn.FATE:
                if not goes:
                    return self._runs
                return self._forced_off if plan.active else self._goes
            case Qt.ItemDataRole.DecorationRole if index.column() == PlanColumn.WHAT:
                return icon("monitor", IconRole.RUNNING if plan.active else IconRole.TEXT)
            case Qt.ItemDataRole.FontRole if index.column() == PlanColumn.WHAT:
                return self._strong
            case Qt.ItemDataRole.ForegroundRole if not goes:
                return self._muted
            case _:
                return None

    def _of_line(self, plan: DeletionPlan, line: _Line, index: Index, role: int) -> Any:
        with_it = self._with_doubtful if line.doubt else self._with_files or not line.is_file
        goes = with_it and not (line.why_kept and not line.doubt) and (self._with_running or not plan.active)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(self._line_text(line, index, goes=goes))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._line_text(line, index, goes=goes))
            case Qt.ItemDataRole.DecorationRole if index.column() == PlanColumn.WHAT:
                return icon("x", IconRole.DANGER) if goes else icon("lock", IconRole.MUTED)
            case Qt.ItemDataRole.ForegroundRole if not goes:
                return self._muted
            case _:
                return None

    def _line_text(self, line: _Line, index: Index, *, goes: bool) -> str:
        match index.column():
            case PlanColumn.WHAT:
                return line.text
            case PlanColumn.SIZE:
                return line.size
            case _:
                if goes:
                    return f"{self._goes}. {line.doubt}" if line.doubt else self._goes
                return line.why_kept or self._stays


def _lines(plan: DeletionPlan) -> tuple[_Line, ...]:
    files = sorted(plan.files, key=lambda file: not file.is_chosen)
    return (
        *(_Line(text) for text in always_gone(plan)),
        *(
            _Line(
                file_words(file),
                size_words(file),
                is_file=True,
                why_kept=stay_words(file),
                doubt=doubt_words(file) if file.can_delete else "",
            )
            for file in files
        ),
    )
