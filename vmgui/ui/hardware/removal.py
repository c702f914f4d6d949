"""Devices that are taken out: asked about, under way, failed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.hardware.every import form_of
from vmgui.commands.hardware.form import Scene, removal
from vmgui.model.device import ListedDevice
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Reach, When
from vmgui.model.errors import VmguiError
from vmgui.model.hardware import HardwareOffer
from vmgui.model.job import Job, JobId, Phase
from vmgui.policy import hardware
from vmgui.services.hardware import HardwareService
from vmgui.services.jobs import JobService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.hardware.reading import HardwareReading, Read
from vmgui.ui.kit.confirm import Answer, choose
from vmgui.ui.kit.draft import MachinePart
from vmgui.words import hardware as words
from vmgui.words.errors import explain
from vmgui.words.hardware_removal import ask
from vmgui.words.say import say


class Removals(QObject):
    """`changed`: something else is under way, or has failed."""

    changed = Signal()

    def __init__(
        self, service: HardwareService, jobs: JobService, reading: HardwareReading, window: QWidget
    ) -> None:
        super().__init__(window)
        self._service, self._jobs, self._reading, self._window = service, jobs, reading, window
        self._scope = PaneScope("hardware-removals", self)
        self._under_way: dict[MachinePart, JobId] = {}
        self._failed: dict[MachinePart, str] = {}
        self._news = BatchedSignal(jobs.changed, self)
        self._news.arrived.connect(self._on_jobs)

    def states(self, key: DomainKey) -> Mapping[str, str]:
        """What is being done with devices of this machine, by the ids of their rows."""
        return {part.id: self._words(job) for part, job in self._under_way.items() if part.of == key}

    def is_under_way(self, key: DomainKey, id_: str) -> bool:
        """Whether it is being taken out."""
        return MachinePart(key, id_) in self._under_way

    def failure(self, key: DomainKey, id_: str) -> str:
        """Why it could not be taken out the last time; empty: nothing is known of that."""
        return self._failed.get(MachinePart(key, id_), "")

    def ask(self, part: MachinePart, read: Read, listed: ListedDevice) -> None:
        """Ask whether to take it out, and do so."""
        if part not in self._under_way:
            self._failed.pop(part, None)
            self._scope.try_run(self._ask(part, read, listed))

    async def shutdown(self) -> None:
        """Wait for nothing more."""
        self._news.close()
        await self._scope.close(timeout_s=1.0)

    async def _ask(self, part: MachinePart, read: Read, listed: ListedDevice) -> None:
        form, scene = form_of(listed), Scene(read.machine, HardwareOffer(), listed)
        wishes = removal(form, scene)
        wish = wishes[-1]
        (change, *_) = hardware.plan(read.machine, wishes).of(wish)
        if change.when is When.IMPOSSIBLE:
            self._failed[part] = words.why_sentence(change)
            self.changed.emit()
            return
        question = ask(read.machine, change, form.loses(scene) if form is not None else "")
        answer = await choose(self._window.window(), question)
        if answer is Answer.NO:
            return
        reach = Reach.NEXT_START if answer is Answer.OTHER else Reach.BOTH
        await self._remove(part, self._service.change(part.of, wishes, reach))

    async def _remove(self, part: MachinePart, job_id: JobId) -> None:
        self._under_way[part] = job_id
        self.changed.emit()
        job = await self._jobs.wait(job_id)
        del self._under_way[part]
        if job.error is not None:
            told = explain(job.error, *self._reading.names(part.of))
            self._failed[part] = " ".join(filter(None, (told.what, told.next_step)))
        self.changed.emit()
        try:
            await self._reading.look(part.of, anew=True)
        except VmguiError:
            return  # its host cannot be asked: the tab says so

    def _words(self, job_id: JobId) -> str:
        job = self._jobs.jobs.get(job_id)
        if job is not None and job.progress.phase is Phase.WAITING_FOR_GUEST:
            return str(say("HardwareList", "waiting for the guest to let go"))
        return str(say("HardwareList", "being removed"))

    def _on_jobs(self, batch: tuple[Job, ...]) -> None:
        if any(job.id in self._under_way.values() for job in batch):
            self.changed.emit()
