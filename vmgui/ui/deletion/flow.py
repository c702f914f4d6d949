"""The course from "Delete" to the job: read what would go, show it, ask once, act."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.host import HostId
from vmgui.policy.lifecycle import Refusal, refused
from vmgui.services.deletion import DeletionService
from vmgui.services.faults import ours
from vmgui.services.inventory import Inventory
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.deletion.dialog import DeleteDialog
from vmgui.ui.deletion.many_dialog import DeleteManyDialog
from vmgui.words.counts import counts
from vmgui.words.errors import explain


class DeletionFlow(QObject):
    """`failed` carries an ErrorText when the plan could not be read."""

    failed = Signal(object)
    looking = Signal(str)

    def __init__(self, deletion: DeletionService, inventory: Inventory, window: QWidget) -> None:
        super().__init__(window)
        self._deletion = deletion
        self._inventory = inventory
        self._window = window
        self._under_way = False
        self.scope = PaneScope("deletion", self)

    def ask(self, keys: tuple[DomainKey, ...]) -> None:
        """Ask for all of them with one question; not while another is open."""
        if keys and not self._under_way:
            self.scope.try_run(self._ask(keys))

    async def _ask(self, keys: tuple[DomainKey, ...]) -> None:
        self._under_way = True
        try:
            if len(keys) == 1:
                await self._ask_one(keys[0])
            else:
                await self._ask_many(keys)
        finally:
            self._under_way = False

    async def _ask_one(self, key: DomainKey) -> None:
        domain = self._inventory.domains.get(key)
        name = domain.name if domain is not None else ""
        try:
            with self._looking(name):
                plan = await ours(self._deletion.plan(key))
        except VmguiError as error:
            self._fail(error, key.host_id, name)
            return
        dialog = DeleteDialog(plan, self._window, apart=self._inventory.apart_of((key,))[key])
        if await accepted(dialog):
            self._deletion.delete(plan, dialog.chosen_paths)

    async def _ask_many(self, keys: tuple[DomainKey, ...]) -> None:
        try:
            with self._looking(counts.virtual_machines(len(keys))):
                plans = await ours(self._deletion.plans(keys))
        except VmguiError as error:
            self._fail(error, keys[0].host_id)
            return
        if not plans.plans:
            for left_out in plans.left_out[:1]:
                self._fail(left_out.error, left_out.host_id)
            if plans.protected and not plans.left_out:
                self._fail(refused(Refusal.PROTECTED, subject=""), plans.protected[0].host_id)
            return
        names = {host.id: host.name for host in self._inventory.hosts.values()}
        dialog = DeleteManyDialog(plans, names, self._window)
        if await accepted(dialog):
            self._deletion.delete_many(dialog.chosen)

    @contextmanager
    def _looking(self, what: str) -> Generator[None]:
        text = QCoreApplication.translate("Deletion", "Looking at what belongs to {name}…")
        self.looking.emit(text.format(name=what))
        try:
            yield
        finally:
            self.looking.emit("")

    def _fail(self, error: VmguiError, host_id: HostId, name: str = "") -> None:
        host = self._inventory.hosts.get(host_id)
        self.failed.emit(explain(error, subject=name, host=host.name if host is not None else ""))
