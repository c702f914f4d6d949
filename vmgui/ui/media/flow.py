"""The course from "Insert a medium" or "Eject" to the job, and to the question where the guest has locked the tray."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.media import drive_field
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.errors import TrayLocked, VmguiError
from vmgui.model.job import JobId, JobState
from vmgui.model.media import Drive
from vmgui.policy.media import with_media
from vmgui.policy.plain_text import visible
from vmgui.services.faults import ours
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.media import MediaService
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.form_dialog import FormDialog
from vmgui.ui.media.dialog import InsertDialog
from vmgui.words import media as words
from vmgui.words.errors import ErrorText, explain

Keys = tuple[DomainKey, ...]
Submit = Callable[..., JobId]
"""Called with `force`."""
Course = Callable[[DomainKey, str], Awaitable[None]]


class MediaFlow(QObject):
    """One dialog at a time; it acts on the machine that was selected when it was asked."""

    message = Signal(str)
    failed = Signal(ErrorText)

    def __init__(self, media: MediaService, inventory: Inventory, jobs: JobService, window: QWidget) -> None:
        super().__init__(window)
        self._media = media
        self._inventory = inventory
        self._jobs = jobs
        self._window = window
        self._under_way = False
        self.scope = PaneScope("media", self)

    def insert(self, keys: Keys) -> None:
        """Ask what goes into which drive of the machine, and put it in."""
        self._begin(keys, self._insert)

    def eject(self, keys: Keys) -> None:
        """Take the medium out; of several drives it is asked of which."""
        self._begin(keys, self._eject)

    def _begin(self, keys: Keys, course: Course) -> None:
        domain = self._inventory.domains.get(keys[0]) if len(keys) == 1 else None
        if domain is not None and not self._under_way:
            self.scope.try_run(self._run(domain.key, domain.name, course))

    async def _run(self, key: DomainKey, name: str, course: Course) -> None:
        self._under_way = True
        try:
            await course(key, name)
        except VmguiError as error:
            self.failed.emit(explain(error, subject=name))
        finally:
            self._under_way = False

    async def _insert(self, key: DomainKey, name: str) -> None:
        drives = await ours(self._media.drives(key))
        domain = self._inventory.domains.get(key)
        if not drives or domain is None:
            self.message.emit(words.no_drive())
            return
        dialog = InsertDialog(
            name,
            drives,
            words.reach_words(domain.state),
            partial(self._media.look, key.host_id),
            partial(self._media.offer, key.host_id),
            self._window,
            browses=self._media.shares_files(key.host_id),
        )

        def follow(_change: ChangeSet) -> None:
            if (now := self._inventory.domains.get(key)) is not None:
                dialog.show_when(words.reach_words(now.state))

        subscription = self._inventory.changes.subscribe(follow)
        try:
            if not await accepted(dialog):
                return
        finally:
            subscription.cancel()
        drive, path = dialog.drive, dialog.path
        self._see_through(
            name, drive, partial(self._media.insert, key, drive.target, path, seen=drive.medium)
        )

    async def _eject(self, key: DomainKey, name: str) -> None:
        drives = with_media(await ours(self._media.drives(key)))
        if not drives:
            self.message.emit(words.nothing_in())
            return
        drive = drives[0] if len(drives) == 1 else await self._choose(name, drives)
        if drive is not None:
            self._see_through(name, drive, partial(self._media.eject, key, drive.target, seen=drive.medium))

    async def _choose(self, name: str, drives: tuple[Drive, ...]) -> Drive | None:
        dialog = FormDialog(
            "eject-medium",
            self.tr("Eject a medium from {name}").format(name=visible(name)),
            (drive_field(drives),),
            self._window,
            yes=self.tr("Eject"),
            judge=lambda _: (),
            start={"drive": drives[0].target},
        )
        answers = await dialog.ask()
        return (
            next((drive for drive in drives if drive.target == answers["drive"]), None) if answers else None
        )

    def _see_through(self, name: str, drive: Drive, submit: Submit) -> None:
        # Another medium may be changed while a guest thinks about its tray.
        self.scope.try_run(self._watched(name, drive, submit))

    async def _watched(self, name: str, drive: Drive, submit: Submit) -> None:
        job = await self._jobs.wait(submit(force=False))
        if job.state is JobState.FAILED and isinstance(job.error, TrayLocked):
            question = words.force_question(name, drive.target, drive.medium)
            if await confirm(self._window, question):
                submit(force=True)
