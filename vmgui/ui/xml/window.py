"""The whole XML of one machine in a window of its own: read as it is now, written as it is after the next start.

What is typed and not applied is the machine's draft (`kit/draft.py`): it outlives the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from vmgui.libvirtxml.xml_check import size_fault
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.errors import ChangedMeanwhile, VmguiError
from vmgui.model.job import Job, JobKind, JobState
from vmgui.model.xml import XmlFault, XmlPlace
from vmgui.policy.lifecycle import refusal
from vmgui.policy.xml_error import XmlRefused
from vmgui.policy.xml_lines import merge
from vmgui.services.background import in_thread
from vmgui.services.services import Services
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.apply_strip import ApplyStrip
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.find_bar import FindBar
from vmgui.ui.look.boxes import Cell, down
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import window_title
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE_XL
from vmgui.ui.look.xml_text import LineMark, MarkedLines, XmlText
from vmgui.ui.xml.head import Shown, XmlHead
from vmgui.ui.xml.judging import Judged, judge
from vmgui.ui.xml.reading import XmlReading
from vmgui.ui.xml.windows import PLACE
from vmgui.words import xml as words
from vmgui.words.errors import explain
from vmgui.words.note import Level, Note
from vmgui.words.refusals import refusal_words
from vmgui.words.say import say

_CHECK_MS = 250
_AT_ONCE_CHARS = 60_000
"""So much is judged in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class XmlDraft:
    """What was typed, and the definition that it changes."""

    text: str
    base: str


class XmlWindow(QWidget):
    """`done`: it was closed, and nothing of it is under way; carries its machine's key."""

    done = Signal(object)

    def __init__(self, key: DomainKey, services: Services, drafts: Drafts[Any], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("xml-window")
        self.key = key
        self._services, self._drafts = services, drafts
        self.judged: Judged | None = None  # what was typed, once it was looked at
        self._refused: Note | None = None  # why it was not applied, until it is changed
        self._refused_at: XmlFault | None = None
        self._kept: tuple[XmlPlace, ...] = ()  # where a merge left out what others had written
        self.is_busy = False
        self._is_faithful = True  # the editor has the definition as it is, to the letter
        self.scope = PaneScope("xml-window", self)
        self.reading = XmlReading(key, services, self)
        self.reading.arrived.connect(self._on_read)

        self._head = XmlHead(self)
        self._head.chosen.connect(self._on_chosen)
        self._message = Message(self, "xml-message")
        self._message.fix_wanted.connect(self._on_read_again)
        self._notice = DraftNotice(
            "xml-changed", self, keep=say("Xml", "Merge"), reload=say("Xml", "Reload, without mine")
        )
        self._notice.keep_asked.connect(self._on_merge)
        self._notice.reload_asked.connect(self._on_reload)
        self.saved = XmlText(self)
        self.saved.setObjectName("xml-saved")
        self.saved.textChanged.connect(self._on_edited)
        self.live = XmlText(self)
        self.live.setObjectName("xml-live")
        self.live.setReadOnly(True)
        self._stack = QStackedWidget(self)
        for editor in (self.saved, self.live):
            editor.setProperty("whole", True)
            self._stack.addWidget(editor)
        self.find_bar = FindBar("xml-find", self.saved, self)
        self._head.find_asked.connect(self.find_bar.open_bar)
        self.strip = ApplyStrip("xml-strip", self)
        self.strip.apply_asked.connect(self._on_apply)
        self.strip.discard_asked.connect(self._on_discard)
        self.strip.fix_wanted.connect(self._on_go_to_fault)
        notes = down(self._message, self._notice, space=0, around=(SPACE_XL, 0, SPACE_XL, 0))
        self.setLayout(down(self._head, notes, Cell(self._stack, 1), self.find_bar, self.strip, space=0))
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._timer.timeout.connect(self._on_check)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._show_state)
        self.setMinimumSize(480, 320)
        self._retranslate()
        resize_within_screen(self, 980, 720)

    def open_window(self) -> None:
        """Come to the front with what is so now."""
        if not self.isVisible():
            domain = self._domain
            is_kept = domain is None or domain.persistent
            self._show(Shown.SAVED if is_kept else Shown.LIVE)
            self.reading.start()
        self.show()
        self.raise_()
        self.activateWindow()
        self._editor.setFocus()

    def end(self) -> None:
        """Hear nothing more."""
        self._changes.close()
        self.reading.stop()

    async def shutdown(self) -> None:
        """The program ends."""
        self.end()
        await self.reading.scope.close(timeout_s=1.0)
        await self.scope.close(timeout_s=1.0)
        self.hide()

    # What is known.

    @property
    def _editor(self) -> XmlText:
        return self.saved if self._head.shown is Shown.SAVED else self.live

    @property
    def _domain(self) -> Domain | None:
        return self._services.inventory.domains.get(self.key)

    @property
    def _draft(self) -> XmlDraft | None:
        return self._drafts.get(PLACE, self.key)

    @property
    def _host_name(self) -> str:
        host = self._services.inventory.hosts.get(self.key.host_id)
        return host.name if host is not None else ""

    @property
    def _obstacle(self) -> str:
        """Why it can only be read; empty: it can be written."""
        domain = self._domain
        host = self._services.inventory.hosts.get(self.key.host_id)
        if domain is None or host is None:
            return self.tr("The machine is not there any more.")
        why = refusal(domain, JobKind.DEFINE, host)
        if why is not None:
            return refusal_words(why)
        if not self._is_faithful:
            return self.tr("It has characters that an editor cannot keep.")
        return ""

    # What happens.

    @Slot()
    def _on_read(self) -> None:
        reading, draft = self.reading, self._draft
        if reading.live is not None and self.live.text != reading.live:
            self.live.replace_text(reading.live if size_fault(reading.live) is None else "")
        if reading.saved is not None and not self.is_busy:
            if draft is not None and draft.text == reading.saved:
                self._drafts.forget(PLACE, self.key)
                draft = None
            self._put(draft.text if draft is not None else reading.saved)
        if reading.live is None and reading.error is None and self._head.shown is Shown.LIVE:
            self._show(Shown.SAVED)
        self._show_state()

    def _put(self, text: str, *, forgets: bool = True) -> None:
        """Have this in the editor, seen at the same place. `forgets`: what was before is not to come back by Ctrl+Z."""
        if self.saved.text == text:
            return
        shown = text if size_fault(text) is None else ""
        with QSignalBlocker(self.saved):
            if forgets:
                self.saved.replace_text(shown)
            else:
                self.saved.exchange_text(shown)
        self._is_faithful = self.saved.text == text
        self._forget_refusal()
        self._timer.start(0)

    @Slot()
    def _on_edited(self) -> None:
        base = self._base
        if base is None or self.is_busy:
            return
        text = self.saved.text
        if text == base:
            self._drafts.forget(PLACE, self.key)
        else:
            self._drafts.keep(PLACE, self.key, XmlDraft(text, base))
        self._forget_refusal()
        self._timer.start(_CHECK_MS)
        self._show_state()

    @property
    def _base(self) -> str | None:
        """What is changed by what is typed."""
        draft = self._draft
        return draft.base if draft is not None else self.reading.saved

    def _forget_refusal(self) -> None:
        self._refused = self._refused_at = None
        self._kept = ()

    @Slot()
    def _on_check(self) -> None:
        draft = self._draft
        if draft is None:
            self.judged = None
            self._show_state()
        else:
            self.scope.try_run(self._judge(draft))

    async def _judge(self, draft: XmlDraft) -> None:
        name = self._domain.name if self._domain is not None else ""
        about = (draft.text, draft.base, name, self.key.uuid)
        is_small = len(draft.text) + len(draft.base) < _AT_ONCE_CHARS
        judged = judge(*about) if is_small else await in_thread(judge, *about)
        if self._draft == draft:
            self.judged = judged
            self._show_state()

    @Slot()
    def _on_apply(self) -> None:
        draft, judged = self._draft, self.judged
        # What is shown is what was judged, or it is not applied.
        if draft is not None and judged is not None and judged.text == draft.text and judged.fault is None:
            self.scope.try_run(self._apply(draft))

    async def _apply(self, draft: XmlDraft) -> None:
        self.is_busy = True
        self._show_state()
        try:
            job = await self._services.jobs.wait(
                self._services.edits.define(self.key, draft.text, draft.base)
            )
            if job.state is JobState.DONE:
                self._drafts.forget(PLACE, self.key)
            await self.reading.read()
        except (VmguiError, RuntimeError) as error:
            self._refused = Note(PLACE, str(error))
        else:
            if job.state is not JobState.DONE:
                self._refuse(job)
        finally:
            self.is_busy = False
            self._on_read()
            if not self.isVisible():
                self.done.emit(self.key)

    def _refuse(self, job: Job) -> None:
        error = job.error
        if isinstance(error, ChangedMeanwhile):
            # What the notice says, once it is read.
            return
        text = explain(error, host=self._host_name) if error is not None else None
        said = f"{text.what} {text.next_step}".strip() if text is not None else self.tr("It was cancelled.")
        if not isinstance(error, XmlRefused):
            self._refused = Note(PLACE, said)
            return
        fault = error.fault
        self._refused = self._fault_note(said, fault)
        self._refused_at = fault
        if fault.place is not None:
            self.saved.go_to(fault.place.line, fault.place.column)

    def _fault_note(self, text: str, fault: XmlFault) -> Note:
        place = fault.place
        fix = self.tr("Go to line {line}").format(line=place.line) if place is not None else ""
        return Note(PLACE, text, Level.ERROR, fix)

    @Slot()
    def _on_go_to_fault(self) -> None:
        fault = self._refused_at or (self.judged.fault if self.judged is not None else None)
        if fault is not None and fault.place is not None:
            self.saved.go_to(fault.place.line, fault.place.column)
            self.saved.setFocus()

    @Slot()
    def _on_discard(self) -> None:
        draft = self._draft
        if draft is None or self.reading.saved is None:
            return
        self._drafts.forget(PLACE, self.key)
        # It comes back by Ctrl+Z, unless it is about what is not so any more.
        self._put(self.reading.saved, forgets=draft.base != self.reading.saved)
        self._show_state()
        self.saved.setFocus()

    @Slot()
    def _on_reload(self) -> None:
        self._on_discard()

    @Slot()
    def _on_merge(self) -> None:
        draft, theirs = self._draft, self.reading.saved
        if draft is None or theirs is None:
            return
        merged = merge(draft.base, draft.text, theirs)
        if merged.text == theirs:
            self._drafts.forget(PLACE, self.key)
        else:
            self._drafts.keep(PLACE, self.key, XmlDraft(merged.text, theirs))
        self._put(merged.text)
        self._timer.start(0)
        self._kept = merged.kept
        if merged.kept:
            self.saved.go_to(merged.kept[0].line)
        self._show_state()

    @Slot(str)
    def _on_read_again(self) -> None:
        self.reading.ask()

    @Slot(object)
    def _on_chosen(self, shown: Shown) -> None:
        self._show(shown)
        self._show_state()
        self._editor.setFocus()

    # What is shown.

    def _show(self, shown: Shown) -> None:
        self._head.show_choice(shown)
        self._stack.setCurrentWidget(self._editor)
        self.find_bar.set_text(self._editor)

    @Slot()
    def _show_state(self) -> None:
        draft, reading, domain = self._draft, self.reading, self._domain
        obstacle = self._obstacle
        is_saved = self._head.shown is Shown.SAVED
        self.saved.setReadOnly(bool(obstacle) or self.is_busy or reading.saved is None)
        self._head.show_state(
            can_live=domain is not None and domain.state.is_active,
            can_saved=domain is None or domain.persistent,
            is_drafted=draft is not None,
            has_password=words.has_password(reading.saved or ""),
            obstacle=obstacle,
        )
        self._show_message()
        is_overtaken = draft is not None and reading.saved is not None and draft.base != reading.saved
        theirs = (
            words.theirs_words(draft.base, reading.saved) if draft and is_overtaken and reading.saved else ()
        )
        self._notice.show_change(theirs[0] if theirs and not self.is_busy else "")
        if draft is None or not is_saved:
            self.strip.clear()
            self.saved.mark(())
        else:
            self._show_draft(draft, theirs, obstacle)
        if domain is not None:
            title = self.tr("XML of {name} on {host}").format(name=domain.name, host=self._host_name)
            self.setWindowTitle(window_title(title) + "[*]")
        self.setWindowModified(draft is not None)

    def _show_message(self) -> None:
        reading = self.reading
        text = reading.saved if self._head.shown is Shown.SAVED else reading.live
        if reading.error is not None:
            told = explain(reading.error, host=self._host_name)
            again = self.tr("Try again")
            self._message.show_note(Note(PLACE, f"{told.what} {told.next_step}".strip(), Level.ERROR, again))
        elif text is not None and (fault := size_fault(text)) is not None:
            told_size = self.tr("It cannot be shown here. {why} “vmgui xml” prints it.")
            self._message.tell(told_size.format(why=words.fault_words(fault)), Level.WARNING)
        elif text is None:
            self._message.tell(self.tr("Reading it…"), Level.BUSY)
        else:
            self._message.clear()

    def _show_draft(self, draft: XmlDraft, theirs: tuple[str, ...], obstacle: str) -> None:
        judged = self.judged if self.judged is not None and self.judged.text == draft.text else None
        fault = judged.fault if judged is not None else None
        note = self._refused
        if note is None and fault is not None:
            note = self._fault_note(words.fault_words(fault), fault)
        elif note is None and obstacle:
            note = Note(PLACE, obstacle, Level.WARNING)
        elif note is None and self._kept:
            note = Note(PLACE, words.kept_words(self._kept), Level.WARNING)
        can_apply = judged is not None and fault is None and not theirs and not obstacle
        self.strip.show_state(self._summary(), can_apply=can_apply, is_busy=self.is_busy, note=note)
        if judged is not None:
            self.strip.preview.show_preview(theirs, "", judged.diff, ())
        self._mark(judged.changed if judged is not None else (), self._refused_at or fault)

    def _mark(self, changed: Sequence[XmlPlace], fault: XmlFault | None) -> None:
        marks = [MarkedLines(place.line, place.last_line, LineMark.CHANGED) for place in changed]
        marks += [MarkedLines(place.line, place.last_line, LineMark.DOUBTFUL) for place in self._kept]
        if fault is not None and fault.place is not None:
            mark = LineMark.DOUBTFUL if fault.is_guess else LineMark.WRONG
            marks.append(MarkedLines(fault.place.line, fault.place.last_line, mark))
        self.saved.mark(marks)

    def _summary(self) -> str:
        if self.is_busy:
            return self.tr("Applying it…")
        lines = self.judged.lines if self.judged is not None else 0
        return self.tr("%n line(s) changed, for the next start", "", max(1, lines))

    # Qt.

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reading.stop()
        super().closeEvent(event)
        if not self.is_busy:
            self.done.emit(self.key)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.saved.setAccessibleName(self.tr("XML after the next start"))
        self.live.setAccessibleName(self.tr("XML now"))
