"""A tab that is one form about its target: what was changed in it is a draft until it is applied or discarded.

A draft survives tabs and selection; of what is so it holds only the answers that differ: all else follows what others do.
What they change under it is said, and the person decides. A click acts on what is shown in its own turn.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.commands.fields import Answers
from vmgui.model.errors import VmguiError
from vmgui.model.job import Job, JobId, JobState
from vmgui.services.notifier import Notifier
from vmgui.ui.bridge.latest_answer import LatestAnswer
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.apply_strip import ApplyStrip
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.draft_subject import Draft, Subject
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.form_room import FormRoom
from vmgui.ui.kit.keyboard_place import KeyboardPlace
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.preview import PreviewText
from vmgui.ui.kit.preview_feed import PreviewFeed
from vmgui.ui.look.boxes import Cell, down
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.message import Message
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.theme import SPACE, SPACE_XL
from vmgui.words.note import Level, Note
from vmgui.words.say import say

log = logging.getLogger(__name__)

_LEAST_FORM_PX = 120  # that the strip and its preview leave it
_BUSY_AFTER_MS = 200  # most answers come sooner: no line flashes up
_DROP = say("DraftTab", "Drop mine")  # what is there now may be the person's own, too: an undo, a command

T = TypeVar("T")


class DraftTab(QWidget, Generic[T]):
    """A PageContent; its drafts are kept under `place`, the tab's id. `wait` is JobService's.

    `news`: each may say that something else is so; the subject knows which of it concerns the target. `edited`: a person
    has answered something.
    """

    edited = Signal()

    def __init__(
        self,
        place: str,
        subject: Subject[T],
        wait: Callable[[JobId], Awaitable[Job]],
        drafts: Drafts[Any],
        parent: QWidget,
        *news: Notifier[Any],
    ) -> None:
        super().__init__(parent)
        self.setObjectName(place)
        self._place, self._subject, self._wait, self._drafts = place, subject, wait, drafts
        self._key: Target | None = None
        self._truth: T | None = None
        self._truth_of: Target | None = None
        # What is said meanwhile, and the draft that is applied; None: another job about the target.
        self._applying: dict[Target, tuple[str, Draft[T] | None]] = {}
        self._failed: dict[Target, str] = {}  # why the last time came to nothing
        self._scope = PaneScope(place, self)
        self._notice = DraftNotice(f"{place}-changed", self, reload=_DROP)
        self._notice.keep_asked.connect(self._on_keep)
        self._notice.reload_asked.connect(self._on_take_theirs)
        self._why_not = Message(self, f"{place}-why-not")
        self._why_failed = Message(self, f"{place}-failed")
        self._busy = Message(self, f"{place}-reading")
        self._error = ErrorBanner(self, f"{place}-error")
        self._error.retry_asked.connect(self._read)
        self._room = FormRoom(self)
        self._room.changed.connect(self._on_changed)
        self._room.fix_wanted.connect(self._on_fix)
        self._room.revert_wanted.connect(self._on_revert)
        self._room.hasten_wanted.connect(self._on_hasten)
        self._scroll = Scroll(self._room, self)
        self._room.resized.connect(self._scroll.follow_keyboard)
        # What stands around it gets the height that it asks for, this one the rest.
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what is in it
        self._scroll.setMinimumHeight(_LEAST_FORM_PX)
        self._keyboard = KeyboardPlace(self._scroll)
        # After the form: Tab leads to it from there.
        self.strip = ApplyStrip(f"{place}-strip", self)
        self.strip.apply_asked.connect(self._on_apply)
        self.strip.discard_asked.connect(self._on_discard)
        self.strip.fix_wanted.connect(self._on_fix)
        self._reading = LatestAnswer(self._scope, self._look, self._take, self._show_error)
        self._previewing = PreviewFeed(self.strip.preview, self._scope, self._preview, self._why_no_preview)
        self.strip.preview_wanted.connect(self._previewing.ask)
        self._busy_timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._on_busy_due)
        lines = (self._error, self._notice, self._why_not, self._why_failed, self._busy)
        said = down(*lines, around=(SPACE_XL, SPACE, SPACE_XL, 0))
        self.setLayout(down(said, Cell(self._scroll, 1), self.strip, space=0))
        self._news = [BatchedSignal(notifier, self) for notifier in news]
        for signal in self._news:
            signal.arrived.connect(self._on_news)

    @property
    def form(self) -> Form | None:
        """The one that is shown; None: there is none, or it is being made."""
        return self._room.form

    def show_target(self, target: Target | None) -> None:
        """Show what is so of this, with the draft about it; nothing of another is seen or done from now on."""
        self._key = target if target is not None and self._subject.takes(target) else None
        self._reading.drop()
        self._previewing.drop()
        self._busy.clear()
        if target is None:
            return
        known = self._subject.known(self._key) if self._key is not None else None
        if known is not None or self._truth_of != self._key:
            self._truth, self._truth_of = known, self._key if known is not None else None
        self._error.clear()
        self._show()
        if known is None:
            self._read()

    async def shutdown(self) -> None:
        """Hear nothing more, wait for nothing more."""
        for signal in self._news:
            signal.close()
        await self._scope.close(timeout_s=1.0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._key is not None:
            self._show()
        super().changeEvent(event)

    def _read(self) -> None:
        if self._key is not None:
            self._busy_timer.start()
            self._reading.ask()

    def _look(self) -> Awaitable[T] | None:
        return self._subject.look(self._key) if self._key is not None else None

    def _take(self, truth: T) -> None:
        self._truth, self._truth_of = truth, self._key
        self._error.clear()
        self._busy.clear()
        self._show(is_news=True)

    def _show_error(self, error: VmguiError) -> None:
        if self._key is not None:
            self._truth = self._truth_of = None
            self._error.show_error(self._subject.explain(self._key, error), can_retry=True, can_close=False)
            self._busy.clear()
            self._show()

    @property
    def _draft(self) -> Draft[T] | None:
        return self._drafts.get(self._place, self._key) if self._key is not None else None

    def _overtaken(self) -> dict[str, str]:
        """What was changed under the draft, by the fields' names."""
        draft, truth = self._draft, self._truth
        if draft is None or truth is None or self._key in self._applying:
            return {}
        found = {name: self._subject.overtaken(base, truth, name) for name, base in draft.bases.items()}
        return {name: words for name, words in found.items() if words}

    def _show(self, *, is_news: bool = False) -> None:
        """Fill the form, or show none while nothing is known; who types goes on."""
        self._keyboard.keep()
        self._fill(is_news=is_news)
        self._keyboard.restore()

    def _fill(self, *, is_news: bool) -> None:
        truth, draft = self._truth, self._draft
        self._room.setVisible(truth is not None)
        if truth is None:
            self._show_none()
            return
        try:
            self._fill_with(truth, draft, is_news=is_news)
        except Exception:
            # Whatever is wrong with this one: nothing may be typed that would be taken for another's.
            log.exception("no form of %s", self._key)
            self._room.drop()
            self._show_none()
            self._why_failed.tell(self.tr("vmgui cannot show these settings: its log says why."), Level.ERROR)
            return
        self._show_state()

    def _show_none(self) -> None:
        self.strip.clear()
        self._notice.show_change("")
        self._why_not.clear()
        self._why_failed.clear()

    def _fill_with(self, truth: T, draft: Draft[T] | None, *, is_news: bool) -> None:
        answers, offers = self._subject.answers(truth), self._subject.offers(truth)
        if draft is not None:
            if self._key not in self._applying:
                draft = draft.without(answers)  # what others did likewise is no draft any more
                self._keep(draft)
            answers = {**answers, **{name: of for name, of in draft.answers.items() if name in answers}}
        rows, chips = self._subject.rows(truth), self._subject.chips
        form = self._room.form_of(self._place, rows, self._judge, chips, offers, answers, after=self._scroll)
        with QSignalBlocker(form):
            form.offer(offers)
            form.set_answers(answers, keep_typing=is_news)
            form.judge()
        why_not = self._subject.why_not(truth)
        self._why_not.tell(why_not)
        form.set_editable(not why_not)

    def _judge(self, answers: Answers) -> list[Note]:
        # While the form is made its answers are none of anybody.
        if self._truth is None or self.form is None:
            return []
        return [*self._subject.judge(self._truth, answers)]

    def _show_state(self) -> None:
        key, truth, form = self._key, self._truth, self.form
        if key is None or truth is None or form is None:
            return
        draft, answers, overtaken = self._draft, form.answers(), self._overtaken()
        form.show_marks(self._subject.marks(truth, answers))
        said = self.tr("Changed meanwhile: {what}").format(what=", ".join(overtaken.values()))
        self._notice.show_change(said if overtaken else "")
        failed = self._failed.get(key, "")
        self._why_failed.tell(failed if draft is None else "", Level.ERROR)
        if key in self._applying:
            self.strip.show_state(self._applying[key][0], can_apply=False, is_busy=True)
        elif draft is None:
            if self.strip.isAncestorOf(self.window().focusWidget() or self):
                self._keyboard.go_back()
            self.strip.clear()
        else:
            obstacle = form.obstacle
            note = obstacle if obstacle is not None and obstacle.level is Level.ERROR else None
            why_not = failed or self._subject.why_not(truth)
            if note is None and why_not:
                note = Note("", why_not, Level.ERROR if failed else Level.INFO)
            can_apply = obstacle is None and not overtaken and form.is_editable
            self.strip.show_state(self._subject.summary(truth, answers), can_apply=can_apply, note=note)
            if self.strip.is_preview_open:
                self._previewing.ask_soon()

    @Slot()
    def _on_changed(self) -> None:
        """Keep what is filled in as a draft, unless it is so already and stays so."""
        key, truth, form = self._key, self._truth, self.form
        if key is None or truth is None or form is None:
            return
        self._keyboard.keep()
        self._failed.pop(key, None)
        there, draft = self._subject.answers(truth), self._draft or Draft({}, {})
        applied = self._applying[key][1] if key in self._applying else None
        then = {**there, **(applied.answers if applied is not None else {})}
        self._keep(draft.answered(form.answers(), truth, there, then))
        self._show_state()
        self.edited.emit()

    @Slot()
    def _on_keep(self) -> None:
        if self._draft is not None and self._truth is not None:
            self._keep(self._draft.on(self._truth))
            self._show_state()

    @Slot()
    def _on_take_theirs(self) -> None:
        """Only of what others changed: the rest of the draft stays."""
        draft, truth = self._draft, self._truth
        if draft is not None and truth is not None:
            self._leave(draft, *self._overtaken())

    def _leave(self, draft: Draft[T], *names: str) -> None:
        """Without these."""
        self._keep(draft.without({name: draft.answers[name] for name in names}))
        self._show()

    def _keep(self, draft: Draft[T], key: Target | None = None) -> None:
        key = key or self._key  # of what is shown, or of another
        assert key is not None
        if draft.answers:
            self._drafts.keep(self._place, key, draft)
        else:
            self._failed.pop(key, None)
            self._drafts.forget(self._place, key)

    @Slot()
    def _on_discard(self) -> None:
        if self._key is not None:
            self._failed.pop(self._key, None)
            self._drafts.forget(self._place, self._key)
        if self._key is not None:  # who hears of that may show another
            self._show()

    @Slot(str)
    def _on_fix(self, name: str) -> None:
        if self._key is None or self._truth is None or self.form is None or not name:
            return
        answers = self._subject.mended(self._key, self._truth, self.form.answers(), name)
        if answers is not None:
            with QSignalBlocker(self.form):
                self.form.set_answers(answers)
                self.form.judge()
            self._on_changed()

    @Slot(str)
    def _on_revert(self, name: str) -> None:
        key, truth, draft = self._key, self._truth, self._draft
        if key is None or truth is None or key in self._applying:
            return
        if draft is not None and name in draft.answers:
            self._leave(draft, name)
        else:
            self._follow(key, self._subject.revert(key, truth, name), self.tr("Reverting…"), None)

    @Slot(str)
    def _on_hasten(self, name: str) -> None:
        key, truth = self._key, self._truth
        if key is not None and truth is not None and key not in self._applying:
            self._follow(key, self._subject.hasten(key, truth, name), self.tr("Making it so now…"), None)

    @Slot()
    def _on_apply(self) -> None:
        key, truth, draft, form = self._key, self._truth, self._draft, self.form
        if key is None or truth is None or draft is None or form is None or key in self._applying:
            return
        if form.obstacle is None and not self._overtaken() and self._subject.takes(key):
            answers = form.answers()
            said = self.tr("Applying… {summary}").format(summary=self._subject.summary(truth, answers))
            self._follow(key, self._subject.apply(key, truth, draft.bases, answers), said, draft)

    def _follow(self, key: Target, job_id: JobId | None, said: str, draft: Draft[T] | None) -> None:
        if job_id is None:
            return
        self._applying[key] = said, draft
        self._failed.pop(key, None)
        if not self._scope.try_run(self._until_done(key, job_id, draft)):
            del self._applying[key]
        self._show_state()

    async def _until_done(self, key: Target, job_id: JobId, applied: Draft[T] | None) -> None:
        """The draft stays until what is so is read again: nothing jumps back in between."""
        job = await self._wait(job_id)
        truth = None
        try:
            truth = await self._subject.look(key)
        except VmguiError as error:
            if key == self._key:
                self._show_error(error)
        finally:
            del self._applying[key]
        if job.state is JobState.DONE and applied is not None:
            left = self._drafts.get(self._place, key)
            if left is not None:  # what was typed meanwhile is on top of it
                left = left.without(applied.answers)
                self._keep(left if truth is None else left.on(truth), key)
        elif job.error is not None:
            told = self._subject.explain(key, job.error)
            self._failed[key] = " ".join(filter(None, (told.what, told.next_step)))
        if key == self._key and truth is not None:
            self._take(truth)

    def _preview(self) -> Awaitable[PreviewText] | None:
        key, truth, form = self._key, self._truth, self.form
        if key is None or truth is None or form is None:
            return None
        if self._draft is None or not self.strip.is_preview_open:
            return None
        return self._subject.preview(key, truth, form.answers())

    def _why_no_preview(self, error: VmguiError) -> str:
        obstacle = self.form.obstacle if self.form is not None else None
        if self._key is None or (obstacle is not None and obstacle.level is Level.ERROR):
            return ""  # an error is said beside Apply: one is enough
        return self._subject.explain(self._key, error).what

    @Slot(object)
    def _on_news(self, batch: tuple[Any, ...]) -> None:
        key = self._key
        if key is not None and any(self._subject.concerns(key, one) for one in batch):
            self._read()

    @Slot()
    def _on_busy_due(self) -> None:
        if self._reading.is_asking and self._truth is None and self._key is not None:
            self._busy.tell(self.tr("Reading the settings…"), Level.BUSY)
