"""One question before many machines are deleted: how many, of which hosts, and exactly what goes with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTreeView, QWidget

from vmgui.model.deletion import DeletionPlan, DeletionPlans, DoomedFile
from vmgui.model.host import HostId
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.ui.deletion.plans_model import PlanColumn, PlansModel
from vmgui.ui.deletion.question import DeletionQuestion, Typing
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE_L, SPACE_XL
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.deletion import not_asked_words, not_read_words
from vmgui.words.errors import explain
from vmgui.words.lifecycle import skipped_words
from vmgui.words.note import Level

_SIZE_PX = (880, 620)
_OPEN_AT_MOST = 200
"""More machines than this stand closed: opening thousands would hold the window up, and nobody reads them all."""


class DeleteManyDialog(DeletionQuestion):
    """`chosen` are the plans to be carried out, each with the files that go too."""

    def __init__(self, plans: DeletionPlans, hosts: Mapping[HostId, str], parent: QWidget | None) -> None:
        """`hosts`: what they are called."""
        self._plans = plans.plans
        of_hosts = len({plan.key.host_id for plan in self._plans})
        title = self.tr("Delete {machines}?").format(
            machines=counts.machines_on_hosts(len(self._plans), of_hosts)
        )
        super().__init__(title, Typing("", self.tr("Number of virtual machines")), parent)
        self.setMinimumSize(560, 400)
        self.resize(*_SIZE_PX)
        for left_out in plans.left_out:
            name = hosts.get(left_out.host_id, "")
            why = explain(left_out.error, host=name).what
            note = Message(self)
            note.tell(
                self.tr("{why} %n virtual machine(s) there are left out.", "", len(left_out.keys)).format(
                    why=why
                ),
                Level.WARNING,
            )
            self.middle.addWidget(note)
        protected = len(plans.protected)
        skipped = skipped_words(JobKind.DELETE, Refusal.PROTECTED, protected) if protected else ""
        for warning in filter(None, (skipped, not_asked_words(self._plans), *not_read_words(self._plans))):
            note = Message(self)
            note.tell(warning, Level.WARNING)
            self.middle.addWidget(note)
        self._model = PlansModel(self._plans, hosts if of_hosts > 1 else {}, self)
        self.middle.addWidget(self._list(), 1)
        self._with_files = self._choice("delete-files", self.tr("Delete their disks, too"), checked=True)
        doubtful = _in_doubt(self._plans)
        text = self.tr("Also delete %n disk(s) that other virtual machines may need", "", len(doubtful))
        self._with_doubtful = self._choice("delete-doubtful", text, checked=False)
        self._with_running = self._choice("delete-running", self._running_text(), checked=False)
        self._with_files.setVisible(bool(_offered(self._plans)))
        self._with_doubtful.setVisible(bool(doubtful))
        self._with_running.setVisible(any(plan.active for plan in self._plans))
        self._on_changed()

    @property
    def chosen(self) -> list[tuple[DeletionPlan, frozenset[str]]]:
        """What is to go."""
        return [(plan, frozenset(file.path for file in self._files([plan]))) for plan in self._going()]

    def _files(self, plans: Sequence[DeletionPlan]) -> list[DoomedFile]:
        """The files of the plans that are to go."""
        files = _offered(plans) if self._with_files.isChecked() else []
        return files + (_in_doubt(plans) if self._with_doubtful.isChecked() else [])

    def _going(self) -> list[DeletionPlan]:
        return [plan for plan in self._plans if self._with_running.isChecked() or not plan.active]

    def _list(self) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("delete-list")
        view.setAccessibleName(self.tr("What goes and what stays"))
        view.setModel(self._model)
        view.setUniformRowHeights(True)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setIndentation(SPACE_XL)
        if len(self._plans) <= _OPEN_AT_MOST:
            view.expandAll()
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for column in (PlanColumn.WHAT, PlanColumn.FATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PlanColumn.SIZE, QHeaderView.ResizeMode.Interactive)
        size_px = view.fontMetrics().horizontalAdvance("0000.0 MiB") + SPACE_L
        header.resizeSection(PlanColumn.SIZE, size_px)
        return view

    def _choice(self, name: str, text: str, *, checked: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setChecked(checked)
        box.toggled.connect(self._on_changed)
        self.middle.addWidget(box)
        return box

    def _running_text(self) -> str:
        running = sum(plan.active for plan in self._plans)
        return self.tr("Force off and delete the %n that are running, too", "", running)

    @Slot()
    def _on_changed(self, _value: object = None) -> None:
        self._model.choose(
            with_files=self._with_files.isChecked(),
            with_doubtful=self._with_doubtful.isChecked(),
            with_running=self._with_running.isChecked(),
        )
        going = self._going()
        files = self._files(going)
        going_bytes = sum(file.allocation_bytes for file in files)
        staying = len(self._plans) - len(going)
        if not going:
            text = self.tr("All are running. Tick the box above to force them off and delete them.")
        elif files:
            text = self.tr("%n file(s) with {size} will be deleted. This cannot be undone.", "", len(files))
        else:
            text = self.tr("No disk will be deleted. The definitions cannot be brought back.")
        if going and staying:
            text += " " + self.tr("%n running virtual machine(s) will be left as they are.", "", staying)
        number = str(len(going))
        self.set_prompt(self.tr("&Type {number} to go on:").format(number=number))
        self.tell(
            text.format(size=fmt.size_bytes(going_bytes)),
            self.tr("Delete %n virtual machine(s)", "", len(going)),
            going_bytes,
            number,
            nothing=not going,
        )


def _offered(plans: Sequence[DeletionPlan]) -> list[DoomedFile]:
    return [file for plan in plans for file in plan.files if file.is_chosen]


def _in_doubt(plans: Sequence[DeletionPlan]) -> list[DoomedFile]:
    """The files that may go, but not by the tick for all others."""
    return [file for plan in plans for file in plan.files if file.can_delete and not file.is_chosen]
