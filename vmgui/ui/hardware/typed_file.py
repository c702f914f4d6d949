"""A path that is typed for a disk or a drive: its host is asked what is there once nothing more is typed.

What it finds comes as news of the machine, with which the form is judged again.
"""

from __future__ import annotations

from collections.abc import Awaitable

from PySide6.QtCore import QObject, QTimer, Slot

from vmgui.commands.fields import Answers
from vmgui.commands.hardware.form import DeviceForm
from vmgui.model.errors import VmguiError
from vmgui.policy.typed_path import can_be_named, is_absolute
from vmgui.services.hardware import HardwareService
from vmgui.services.scope import Scope
from vmgui.ui.bridge.latest_answer import LatestAnswer
from vmgui.ui.hardware.subject import HardwareSubject, Known
from vmgui.ui.kit.draft import MachinePart
from vmgui.ui.kit.draft_tab import DraftTab

_AFTER_MS = 400  # of no typing
_DRIVES = frozenset({"cdrom", "floppy"})


def file_of(known: Known, answers: Answers) -> str:
    """The path that is filled in and is not what the device has; empty: there is none that can be looked at."""
    form = known.form
    if not isinstance(form, DeviceForm) or form.tag != "disk" or "path" not in answers:
        return ""
    knob, path = form.knob("path"), str(answers["path"] or "").strip()
    is_asked = knob.field.shown is None or knob.field.shown(answers)
    is_kept = known.scene.kept is not None and knob.answer(known.scene.kept) == path
    return path if is_asked and not is_kept and is_absolute(path) and can_be_named(path) else ""


class TypedFile(QObject):
    """Of the form that `tab` shows."""

    def __init__(
        self, service: HardwareService, scope: Scope, subject: HardwareSubject, tab: DraftTab[Known]
    ) -> None:
        super().__init__(tab)
        self._service, self._subject, self._tab = service, subject, tab
        self._part: MachinePart | None = None
        self._asked = ""
        self._latest = LatestAnswer(scope, self._look, self._on_found, self._on_failed)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._on_due)
        tab.edited.connect(self._on_edited)

    def show_part(self, part: MachinePart) -> None:
        """The form is about this from now on."""
        if part != self._part:
            self._part, self._asked = part, ""
            self._timer.stop()
            self._latest.drop()

    def _look(self) -> Awaitable[None] | None:
        part, form = self._part, self._tab.form
        known = self._subject.kept(part) if part is not None else None
        if part is None or form is None or known is None:
            return None
        path = file_of(known, form.answers())
        if not path or path == self._asked:
            return None
        self._asked = path
        return self._service.look_into(part.of, path, drive=known.form.kind in _DRIVES)

    def _on_found(self, _nothing: None) -> None:
        """The machine's news tell."""

    def _on_failed(self, _error: VmguiError) -> None:
        # Whatever keeps the host from looking now is said of it elsewhere; who applies looks again.
        self._asked = ""

    @Slot()
    def _on_edited(self) -> None:
        self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        self._latest.ask()
