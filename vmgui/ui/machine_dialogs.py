"""The commands on machines that ask by a dialog of their own: the course of each, made together and ended together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.deletion import DELETE
from vmgui.commands.media import EJECT, INSERT
from vmgui.commands.tags import TAGS
from vmgui.commands.undo import UNDO
from vmgui.services.closing import close_each
from vmgui.services.services import Services
from vmgui.ui.deletion.flow import DeletionFlow
from vmgui.ui.machine_commands import MachineCommands
from vmgui.ui.media.flow import MediaFlow
from vmgui.ui.tags.flow import TagsFlow
from vmgui.ui.undo.flow import UndoFlow


class MachineDialogs(QObject):
    """What they say goes to the window: `message` for a while, `failed` (an ErrorText) until it is read."""

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, commands: MachineCommands, window: QWidget) -> None:
        super().__init__(window)
        inventory = services.inventory
        deletion = DeletionFlow(services.deletion, inventory, window)
        tags = TagsFlow(services.tags, services.definitions, inventory, window)
        media = MediaFlow(services.media, inventory, services.jobs, window)
        self.undo = UndoFlow(services.undo, inventory, window)
        commands.set_dialogs({
            TAGS: tags.ask,
            UNDO: self.undo.ask,
            DELETE: deletion.ask,
            INSERT: media.insert,
            EJECT: media.eject,
        })  # fmt: skip
        deletion.looking.connect(self.message)
        deletion.failed.connect(self.failed)
        media.message.connect(self.message)
        media.failed.connect(self.failed)
        self.undo.message.connect(self.message)
        self.undo.failed.connect(self.failed)
        self._courses = (deletion, tags, media, self.undo)

    async def shutdown(self) -> None:
        """End what they are at."""
        await close_each(
            *((type(one).__name__, partial(one.scope.close, timeout_s=1.0)) for one in self._courses)
        )
