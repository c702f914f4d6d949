"""What is typed of a machine's XML and not applied yet: kept, judged, merged with what others wrote, applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from vmgui.model.domain import DomainKey
from vmgui.model.errors import ChangedMeanwhile, VmguiError
from vmgui.model.job import Job, JobState
from vmgui.model.xml import XmlFault, XmlPlace
from vmgui.policy.xml_error import XmlRefused
from vmgui.policy.xml_lines import merge
from vmgui.services.background import in_thread
from vmgui.services.services import Services
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.xml.judging import Judged, judge
from vmgui.ui.xml.reading import XmlReading
from vmgui.ui.xml.windows import PLACE
from vmgui.words.errors import explain

translate = QCoreApplication.translate

_CHECK_MS = 250
_AT_ONCE_CHARS = 60_000
"""So much is judged in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class XmlDraft:
    """What was typed, and the definition that it changes."""

    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it was not applied, in words; `fault`: where it is the text's."""

    text: str
    fault: XmlFault | None = None


class XmlWriting(QObject):
    """Of one machine. `changed`: something of it is to be shown."""

    changed = Signal()

    def __init__(
        self, key: DomainKey, services: Services, drafts: Drafts[Any], reading: XmlReading, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._key, self._services, self._drafts, self._reading = key, services, drafts, reading
        self.judged: Judged | None = None  # what was typed, once it was looked at
        self.refused: Refused | None = None  # until something is typed
        self.kept: tuple[XmlPlace, ...] = ()  # where a merge left out what others had written
        self.is_busy = False  # it is being applied
        self.scope = PaneScope("xml-writing", self)
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._timer.timeout.connect(self._on_check)

    @property
    def draft(self) -> XmlDraft | None:
        """What was typed; None: nothing that differs."""
        return self._drafts.get(PLACE, self._key)

    @property
    def is_overtaken(self) -> bool:
        """Whether others have changed what it began from."""
        draft, saved = self.draft, self._reading.saved
        return draft is not None and saved is not None and draft.base != saved

    @property
    def fault(self) -> XmlFault | None:
        """What is wrong with what was typed, in its host's eyes or in ours."""
        if self.refused is not None:
            return self.refused.fault
        draft, judged = self.draft, self.judged
        return (
            judged.fault if judged is not None and draft is not None and judged.text == draft.text else None
        )

    @property
    def can_apply(self) -> bool:
        """Whether what was typed was looked at, nothing is wrong with it, and it is about what is so."""
        draft, judged = self.draft, self.judged
        is_judged = draft is not None and judged is not None and judged.text == draft.text
        return is_judged and judged is not None and judged.fault is None and not self.is_overtaken

    def typed(self, text: str) -> None:
        """This stands in the editor now."""
        draft = self.draft
        base = draft.base if draft is not None else self._reading.saved
        if base is None or self.is_busy:
            return
        self._keep(text, base)
        self.look_again(_CHECK_MS)
        self.changed.emit()

    def wanted_text(self) -> str | None:
        """What is to stand in the editor by what is known now; None: nothing is known."""
        draft, saved = self.draft, self._reading.saved
        if draft is not None and draft.text == saved:
            self._drafts.forget(PLACE, self._key)
        return draft.text if draft is not None else saved

    def look_again(self, after_ms: int = 0) -> None:
        """What was said of another text is over."""
        self.refused, self.kept = None, ()
        self._timer.start(after_ms)

    def discard(self) -> None:
        """It is not wanted any more."""
        self._drafts.forget(PLACE, self._key)
        self.look_again()

    def merge(self) -> None:
        """Put what was typed into what others have written."""
        draft, theirs = self.draft, self._reading.saved
        if draft is not None and theirs is not None:
            merged = merge(draft.base, draft.text, theirs)
            self._keep(merged.text, theirs)
            self.look_again()
            self.kept = merged.kept

    def apply(self) -> None:
        """Define the machine by what was judged, or not at all."""
        draft = self.draft
        if draft is None or not self.can_apply or self.is_busy:
            return
        # In the click's own turn: the window may be closed in the next one.
        self.is_busy = True
        self.refused, self.kept = None, ()
        if not self.scope.try_run(self._apply(draft)):
            self.is_busy = False
        self.changed.emit()

    def _keep(self, text: str, base: str) -> None:
        if text == base:
            self._drafts.forget(PLACE, self._key)
        else:
            self._drafts.keep(PLACE, self._key, XmlDraft(text, base))

    @Slot()
    def _on_check(self) -> None:
        draft = self.draft
        if draft is None:
            self.judged = None
            self.changed.emit()
        else:
            self.scope.try_run(self._judge(draft))

    async def _judge(self, draft: XmlDraft) -> None:
        domain = self._services.inventory.domains.get(self._key)
        about = (draft.text, draft.base, domain.name if domain is not None else "", self._key.uuid)
        is_small = len(draft.text) + len(draft.base) < _AT_ONCE_CHARS
        judged = judge(*about) if is_small else await in_thread(judge, *about)
        if self.draft == draft:
            self.judged = judged
            self.changed.emit()

    async def _apply(self, draft: XmlDraft) -> None:
        try:
            job_id = self._services.edits.define(self._key, draft.text, draft.base)
            job = await self._services.jobs.wait(job_id)
            if job.state is JobState.DONE:
                self._drafts.forget(PLACE, self._key)
            else:
                self.refused = self._why(job)
            await self._reading.read()
        except (VmguiError, RuntimeError) as error:
            self.refused = Refused(str(error))
        finally:
            self.is_busy = False
            self.changed.emit()

    def _why(self, job: Job) -> Refused | None:
        error = job.error
        if error is None:
            return Refused(translate("Xml", "It was cancelled; nothing was changed."))
        if isinstance(error, ChangedMeanwhile):
            # Said over the text, once it is read what.
            return None
        host = self._services.inventory.hosts.get(self._key.host_id)
        text = explain(error, host=host.name if host is not None else "")
        said = f"{text.what} {text.next_step}".strip()
        return Refused(said, error.fault if isinstance(error, XmlRefused) else None)
