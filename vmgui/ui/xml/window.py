"""The whole XML of one machine in a window of its own: read as it is now, written as it is after the next start.

What is typed and not applied is the machine's draft (`writing.py`): it outlives the window.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from vmgui.libvirtxml.xml_check import size_fault
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import refusal
from vmgui.services.closing import close_each
from vmgui.services.services import Services
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.apply_strip import ApplyStrip
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.find_bar import FindBar
from vmgui.ui.look.boxes import Cell, down
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import window_title
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE, SPACE_XL
from vmgui.ui.look.xml_text import LineMark, MarkedLines, XmlText
from vmgui.ui.xml.head import Shown, XmlHead
from vmgui.ui.xml.reading import XmlReading
from vmgui.ui.xml.windows import PLACE
from vmgui.ui.xml.writing import XmlDraft, XmlWriting
from vmgui.words import xml as words
from vmgui.words.errors import explain
from vmgui.words.note import Level, Note
from vmgui.words.refusals import refusal_words
from vmgui.words.say import say

_ANY_PX = 16777215


class XmlWindow(QWidget):
    """`done`: it was closed, and nothing of it is under way; carries its machine's key."""

    done = Signal(object)

    def __init__(self, key: DomainKey, services: Services, drafts: Drafts[Any], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("xml-window")
        self.key = key
        self._services = services
        self._is_faithful = True  # the editor has the definition as it is, to the letter
        self._was_busy = False
        self._theirs: tuple[tuple[str, str], tuple[str, ...]] = (
            ("", ""),
            (),
        )  # of what, and what is said of it
        self.reading = XmlReading(key, services, self)
        self.reading.arrived.connect(self._on_read)
        self.writing = XmlWriting(key, services, drafts, self.reading, self)
        self.writing.changed.connect(self._on_written)

        self._head = XmlHead(self)
        self._head.chosen.connect(self._on_chosen)
        self._message = Message(self, "xml-message")
        self._message.fix_wanted.connect(self._on_read_again)
        self._notice = DraftNotice(
            "xml-changed", self, keep=say("Xml", "Merge"), reload=say("Xml", "Reload, without mine")
        )
        self._notice.keep_asked.connect(self._on_merge)
        self._notice.reload_asked.connect(self._on_discard)
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
        self.strip = ApplyStrip("xml-strip", self, most_px=_ANY_PX)
        self.strip.apply_asked.connect(self.writing.apply)
        self.strip.discard_asked.connect(self._on_discard)
        self.strip.fix_wanted.connect(self._on_go_to_fault)
        for note in (self._message, self._notice):
            note.setContentsMargins(0, 0, 0, SPACE)
        notes = down(self._message, self._notice, space=0, around=(SPACE_XL, 0, SPACE_XL, 0))
        self.setLayout(down(self._head, notes, Cell(self._stack, 1), self.find_bar, self.strip, space=0))
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
        owners = (("reading", self.reading), ("writing", self.writing))
        await close_each(*((name, partial(owner.scope.close, timeout_s=1.0)) for name, owner in owners))
        self.hide()

    # What is known.

    @property
    def _editor(self) -> XmlText:
        return self.saved if self._head.shown is Shown.SAVED else self.live

    @property
    def _domain(self) -> Domain | None:
        return self._services.inventory.domains.get(self.key)

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
        if self.reading.saved_fault is not None:
            return self.tr("It is too large to be edited here.")
        return "" if self._is_faithful else self.tr("It has characters that an editor cannot keep.")

    # What happens.

    @Slot()
    def _on_read(self) -> None:
        reading = self.reading
        if reading.live is not None and self.live.text != reading.live:
            self.live.replace_text(reading.live if reading.live_fault is None else "")
        self._put_wanted()
        if reading.live is None and reading.error is None and self._head.shown is Shown.LIVE:
            self._show(Shown.SAVED)
        self._show_state()

    def _put_wanted(self) -> None:
        text = self.writing.wanted_text()
        if text is not None and not self.writing.is_busy:
            self._put(text)

    def _put(self, text: str, *, forgets: bool = True) -> None:
        """Have this in the editor, seen at the same place. `forgets`: what was before does not come back by Ctrl+Z."""
        if self.saved.text == text:
            return
        shown = text if size_fault(text) is None else ""
        with QSignalBlocker(self.saved):
            (self.saved.replace_text if forgets else self.saved.exchange_text)(shown)
        self._is_faithful = self.saved.text == text
        self.writing.look_again()

    @Slot()
    def _on_edited(self) -> None:
        self.writing.typed(self.saved.text)

    @Slot()
    def _on_written(self) -> None:
        was_busy, self._was_busy = self._was_busy, self.writing.is_busy
        if was_busy and not self._was_busy:
            self._put_wanted()
            self._go_to_fault()
            if not self.isVisible():
                self.done.emit(self.key)
        self._show_state()

    def _go_to_fault(self) -> None:
        fault = self.writing.fault
        if fault is not None and fault.place is not None:
            self.saved.go_to(fault.place.line, fault.place.column)

    @Slot()
    def _on_go_to_fault(self) -> None:
        self._go_to_fault()
        self.saved.setFocus()

    @Slot()
    def _on_discard(self) -> None:
        saved = self.reading.saved
        if saved is None:
            return
        is_overtaken = self.writing.is_overtaken
        self.writing.discard()
        # It comes back by Ctrl+Z, unless it is about what is not so any more.
        self._put(saved, forgets=is_overtaken)
        self._show_state()
        self.saved.setFocus()

    @Slot()
    def _on_merge(self) -> None:
        self.writing.merge()
        kept = self.writing.kept
        self._put_wanted()
        self.writing.kept = kept
        if kept:
            self.saved.go_to(kept[0].line)
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
        draft, reading, domain = self.writing.draft, self.reading, self._domain
        obstacle = self._obstacle
        self.saved.setReadOnly(bool(obstacle) or self.writing.is_busy or reading.saved is None)
        self._head.show_state(
            can_live=domain is not None and domain.state.is_active,
            can_saved=domain is None or domain.persistent,
            is_drafted=draft is not None,
            has_password=words.has_password(reading.saved or ""),
            obstacle=obstacle,
        )
        self._show_message()
        is_overtaken = draft is not None and self.writing.is_overtaken and not self.writing.is_busy
        theirs = self._theirs_words(draft.base, reading.saved or "") if draft and is_overtaken else ()
        is_written = self._head.shown is Shown.SAVED
        self._notice.show_change(theirs[0] if theirs and is_written else "")
        if draft is None or not is_written:
            self.strip.clear()
            self.saved.mark(())
        else:
            self._show_draft(draft, theirs, obstacle)
        if domain is not None:
            title = self.tr("XML of {name} on {host}").format(name=domain.name, host=self._host_name)
            self.setWindowTitle(window_title(title, may_be_changed=True))
        self.setWindowModified(draft is not None)

    def _theirs_words(self, base: str, saved: str) -> tuple[str, ...]:
        """Of long texts it is not found out anew with each key."""
        if (base, saved) != self._theirs[0]:
            self._theirs = ((base, saved), words.theirs_words(base, saved))
        return self._theirs[1]

    def _show_message(self) -> None:
        reading = self.reading
        is_saved = self._head.shown is Shown.SAVED
        text = reading.saved if is_saved else reading.live
        fault = reading.saved_fault if is_saved else reading.live_fault
        if reading.error is not None:
            told = explain(reading.error, host=self._host_name)
            again = self.tr("Try again")
            self._message.show_note(Note(PLACE, f"{told.what} {told.next_step}".strip(), Level.ERROR, again))
        elif fault is not None:
            told_size = self.tr("It cannot be shown here. {why} “vmgui xml” prints it.")
            self._message.tell(told_size.format(why=words.fault_words(fault)), Level.WARNING)
        elif text is None:
            self._message.tell(self.tr("Reading it…"), Level.BUSY)
        else:
            self._message.clear()

    def _show_draft(self, draft: XmlDraft, theirs: tuple[str, ...], obstacle: str) -> None:
        writing = self.writing
        judged = writing.judged if writing.judged is not None and writing.judged.text == draft.text else None
        self.strip.show_state(
            self._summary(),
            can_apply=writing.can_apply and not obstacle,
            is_busy=writing.is_busy,
            note=self._note(obstacle),
        )
        if judged is not None:
            self.strip.preview.show_preview(theirs, "", judged.diff, ())
        changed = judged.changed if judged is not None else ()
        marks = [MarkedLines(place.line, place.last_line, LineMark.CHANGED) for place in changed]
        marks += [MarkedLines(place.line, place.last_line, LineMark.DOUBTFUL) for place in writing.kept]
        fault = writing.fault
        if fault is not None and fault.place is not None:
            mark = LineMark.DOUBTFUL if fault.is_guess else LineMark.WRONG
            marks.append(MarkedLines(fault.place.line, fault.place.last_line, mark))
        self.saved.mark(marks)

    def _note(self, obstacle: str) -> Note | None:
        """What keeps it from being applied, or is to be looked at before."""
        refused, fault, kept = self.writing.refused, self.writing.fault, self.writing.kept
        if refused is not None or fault is not None:
            text = refused.text if refused is not None else words.fault_words(fault) if fault else ""
            place = fault.place if fault is not None else None
            fix = self.tr("Go to line {line}").format(line=place.line) if place is not None else ""
            return Note(PLACE, text, Level.ERROR, fix)
        if obstacle or kept:
            return Note(PLACE, obstacle or words.kept_words(kept), Level.WARNING)
        return None

    def _summary(self) -> str:
        if self.writing.is_busy:
            return self.tr("Applying it…")
        lines = self.writing.judged.lines if self.writing.judged is not None else 0
        return self.tr("%n line(s) changed, for the next start", "", max(1, lines))

    # Qt.

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reading.stop()
        super().closeEvent(event)
        if not self.writing.is_busy:
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
