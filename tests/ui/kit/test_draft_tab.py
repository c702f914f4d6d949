"""A form about its target as a tab: drafts, what others change, marks, preview, applying."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tests.helpers.waiting import eventually as until
from vmgui.commands.fields import Answers, Text
from vmgui.model.domain import DomainKey
from vmgui.model.errors import InvalidConfig, NotFound, VmguiError
from vmgui.model.job import Job, JobId, JobKind, JobState
from vmgui.services.notifier import Notifier
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.draft_subject import Subject
from vmgui.ui.kit.draft_tab import DraftTab
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.preview import PreviewText
from vmgui.ui.kit.section import Section
from vmgui.ui.look.message import Message
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import say

W = TypeVar("W", bound=QWidget)
NOW = say("Lifecycle", "Start")
A, B = DomainKey("a", "1"), DomainKey("a", "2")


@dataclass(frozen=True)
class Truth:
    """Words by their names; `later`: those that will be others after the next start."""

    words: Mapping[str, str]
    later: Mapping[str, str]


class Words(Subject[Truth]):
    """Machines with words that anybody may change; each call waits until the test lets it go on."""

    chips = (NOW,)

    def __init__(self) -> None:
        self.there: dict[Target, Truth] = {
            A: Truth({"one": "1", "two": "2"}, {}),
            B: Truth({"one": "x", "disk": "y"}, {"disk": "z"}),
        }
        self.may_look = asyncio.Event()
        self.may_look.set()
        self.may_preview = asyncio.Event()
        self.looks: list[Target] = []
        self.done: list[tuple[Target, Truth, Answers]] = []
        self.error: Exception | None = None
        self.preview_error: VmguiError | None = None
        self.hindrance = ""

    def takes(self, key: Target) -> bool:
        return key in self.there

    async def look(self, key: Target) -> Truth:
        self.looks.append(key)
        await self.may_look.wait()
        if self.error is not None:
            raise self.error
        return self.there[key]

    def rows(self, truth: Truth) -> tuple[Text | Section, ...]:
        plain = tuple(Text(name, name) for name in truth.words if name != "disk")
        disk = (Section("disk-part", "Disk", (Text("disk", "Disk"),)),) if "disk" in truth.words else ()
        return (*plain, *disk)

    def answers(self, truth: Truth) -> Answers:
        return truth.words

    def judge(self, truth: Truth, answers: Answers) -> Iterator[Note]:
        for name, value in answers.items():
            if not value:
                yield Note(name, f"{name} is empty", Level.ERROR, "Fill in")

    def marks(self, truth: Truth, answers: Answers) -> list[Mark]:
        changed = [
            Mark(name, NOW, Level.GOOD, "", True)
            for name in truth.words
            if truth.words[name] != answers[name]
        ]
        return changed + [
            Mark(name, "", pending=f"later {value}", can_revert=True, can_hasten=True)
            for name, value in truth.later.items()
        ]

    def summary(self, truth: Truth, answers: Answers) -> str:
        return ", ".join(
            f"{name} {answers[name]}" for name in truth.words if truth.words[name] != answers[name]
        )

    def overtaken(self, base: Truth, truth: Truth, name: str) -> str:
        now = truth.words.get(name)
        return f"{name} {now}" if base.words.get(name) != now else ""

    def why_not(self, truth: Truth) -> str:
        return self.hindrance

    def mended(self, key: Target, truth: Truth, answers: Answers, name: str) -> Answers | None:
        return {**answers, name: "mended"}

    def revert(self, key: Target, truth: Truth, name: str) -> JobId:
        self.done.append((key, truth, {name: truth.words[name]}))
        return 1

    def hasten(self, key: Target, truth: Truth, name: str) -> JobId:
        self.done.append((key, truth, {name: truth.later[name]}))
        return 1

    def apply(self, key: Target, truth: Truth, bases: Mapping[str, Truth], answers: Answers) -> JobId:
        self.done.append((key, bases[next(iter(bases))], answers))
        return 1

    async def preview(self, key: Target, truth: Truth, answers: Answers) -> PreviewText:
        await self.may_preview.wait()
        if self.preview_error is not None:
            raise self.preview_error
        return PreviewText((self.summary(truth, answers),), "-a\n+b", "", ("virsh it",))

    def concerns(self, key: Target, news: Any) -> bool:
        return news == key


class Bench:
    def __init__(self) -> None:
        self.subject = Words()
        self.news: Notifier[Target] = Notifier()
        self.drafts: Drafts[Any] = Drafts()
        self.job_ended = asyncio.Event()
        self.job = Job(1, JobKind.EDIT, (), JobState.DONE)
        self.window = QWidget()
        self.window.resize(720, 380)
        self.tab = DraftTab("word", self.subject, self.wait, self.drafts, self.window, self.news)
        self.tab.resize(self.window.size())
        self.window.show()

    async def wait(self, job_id: JobId) -> Job:
        await self.job_ended.wait()
        return self.job

    async def show(self, key: Target) -> None:
        self.tab.show_target(key)
        await until(lambda: not self.tab._reading.is_asking)

    async def others(self, key: Target, **words: str) -> None:
        self.subject.there[key] = Truth(
            {**self.subject.there[key].words, **words}, self.subject.there[key].later
        )
        self.news.emit(key)
        for signal in self.tab._news:
            signal.flush()
        await until(lambda: not self.tab._reading.is_asking)

    async def end_job(self, **words: str) -> None:
        key, _, _ = self.subject.done[-1]
        self.subject.there[key] = Truth({**self.subject.there[key].words, **words}, {})
        self.job_ended.set()
        await until(lambda: not self.tab._applying)

    def named(self, kind: type[W], name: str) -> W:
        found = self.tab.findChild(kind, f"word-{name}")
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.named(QLineEdit, name).text()

    def type(self, name: str, text: str) -> None:
        self.named(QLineEdit, name).setText(text)

    def press(self, name: str) -> None:
        button = self.named(QPushButton, name)
        assert button.isVisible()
        assert button.isEnabled()
        button.click()


@pytest.fixture
async def bench(qapp: QApplication) -> Any:
    made = Bench()
    await made.show(A)
    yield made
    await made.tab.shutdown()
    made.window.close()
    made.window.deleteLater()


async def test_a_draft_outlives_other_targets_until_it_is_applied(bench: Bench) -> None:
    assert bench.text("one") == "1"
    assert not bench.tab.strip.isVisible()
    bench.type("one", "3")
    assert bench.tab.strip.isVisible()
    await bench.show(B)
    assert (bench.text("one"), bench.tab.strip.isVisible()) == ("x", False)
    await bench.show(A)
    assert bench.text("one") == "3"
    bench.press("strip-apply")
    assert bench.subject.done == [(A, Truth({"one": "1", "two": "2"}, {}), {"one": "3", "two": "2"})]
    assert bench.named(Message, "strip-busy").isVisible()
    assert not bench.named(QPushButton, "strip-apply").isEnabled()
    await bench.end_job(one="3")
    assert (bench.text("one"), bench.tab.strip.isVisible(), bench.drafts.keys("word")) == ("3", False, ())


async def test_the_form_is_made_anew_only_for_other_rows(bench: Bench) -> None:
    first = bench.tab.form
    await bench.others(A, one="5")
    assert (bench.tab.form, bench.text("one")) == (first, "5")
    await bench.show(B)
    assert bench.tab.form is not first
    assert bench.named(QPushButton, "disk-part").isVisible()


async def test_nothing_of_another_target_is_shown_while_one_is_read(bench: Bench) -> None:
    bench.subject.may_look.clear()
    bench.tab.show_target(B)
    assert bench.tab.form is not None
    assert not bench.tab.form.isVisible()
    await until(lambda: bench.named(Message, "reading").isVisible())
    bench.subject.may_look.set()
    await until(lambda: not bench.tab._reading.is_asking)
    assert (bench.text("one"), bench.named(Message, "reading").isVisible()) == ("x", False)


async def test_what_comes_late_for_another_target_is_dropped(bench: Bench) -> None:
    bench.subject.may_look.clear()
    bench.tab.show_target(B)
    await until(lambda: bench.subject.looks[-1] == B)
    bench.tab.show_target(A)
    await until(lambda: bench.subject.looks[-1] == A)
    bench.subject.may_look.set()
    await until(lambda: not bench.tab._reading.is_asking)
    assert bench.text("one") == "1"


async def test_an_error_is_told_and_tried_again(bench: Bench) -> None:
    bench.subject.error = NotFound("gone")
    await bench.show(B)
    assert bench.named(QWidget, "error-banner").isVisible()
    assert bench.tab.form is not None
    assert not bench.tab.form.isVisible()
    bench.subject.error = None
    bench.press("error-retry")
    await until(lambda: not bench.tab._reading.is_asking)
    assert not bench.named(QWidget, "error-banner").isVisible()
    assert bench.text("one") == "x"


async def test_as_it_was_is_no_draft_and_discarded_is_as_it_was(bench: Bench) -> None:
    bench.type("one", "3")
    bench.type("one", "1")
    assert not bench.drafts.keys("word")
    bench.type("one", "3")
    bench.press("strip-discard")
    assert (bench.text("one"), bench.drafts.keys("word")) == ("1", ())


async def test_what_is_wrong_is_said_beside_apply_and_not_applied(bench: Bench) -> None:
    bench.type("one", "")
    assert not bench.named(QPushButton, "strip-apply").isEnabled()
    assert bench.named(Message, "strip-note").text == "one is empty"
    bench.press("strip-note-fix")
    assert bench.text("one") == "mended"
    assert bench.named(QPushButton, "strip-apply").isEnabled()


async def test_what_others_change_shows_where_there_is_no_draft(bench: Bench) -> None:
    bench.type("one", "mine")
    await bench.others(A, two="theirs")
    assert (bench.text("one"), bench.text("two")) == ("mine", "theirs")
    assert not bench.named(QPushButton, "changed-keep").isVisible()


async def test_over_a_draft_a_person_decides(bench: Bench) -> None:
    bench.type("one", "mine")
    bench.type("two", "mine")
    await bench.others(A, one="theirs")
    assert bench.text("one") == "mine"
    notice = bench.named(QWidget, "changed").findChild(Message)
    assert notice is not None
    assert notice.text == "Changed meanwhile: one theirs"  # nobody knows by whom: it may have been an undo
    assert bench.named(QPushButton, "changed-reload").text() == "Drop mine"
    assert not bench.named(QPushButton, "strip-apply").isEnabled()
    bench.press("changed-keep")
    assert (bench.text("one"), bench.named(QPushButton, "strip-apply").isEnabled()) == ("mine", True)
    await bench.others(A, one="again")
    bench.press("changed-reload")
    assert (bench.text("one"), bench.text("two")) == ("again", "mine")
    assert bench.named(QPushButton, "strip-apply").isEnabled()


async def test_others_who_did_the_same_leave_no_draft(bench: Bench) -> None:
    bench.type("one", "mine")
    await bench.others(A, one="mine")
    assert not bench.drafts.keys("word")
    assert not bench.named(QPushButton, "changed-keep").isVisible()


async def test_what_failed_stays_a_draft_with_the_reason(bench: Bench) -> None:
    bench.type("one", "3")
    bench.job = Job(1, JobKind.EDIT, (), JobState.FAILED, error=InvalidConfig("no"))
    bench.press("strip-apply")
    await bench.end_job()
    assert (bench.text("one"), bench.named(QPushButton, "strip-apply").isEnabled()) == ("3", True)
    assert bench.named(Message, "strip-note").text
    bench.type("one", "4")
    assert not bench.named(Message, "strip-note").text


async def test_what_is_typed_while_it_is_applied_stays_a_draft(bench: Bench) -> None:
    bench.type("one", "3")
    bench.press("strip-apply")
    bench.type("two", "4")
    await bench.end_job(one="3")
    assert (bench.text("one"), bench.text("two")) == ("3", "4")
    assert not bench.named(QPushButton, "changed-keep").isVisible()
    assert bench.named(QPushButton, "strip-apply").isEnabled()


async def test_pending_is_taken_back_as_a_job_and_a_draft_without_one(bench: Bench) -> None:
    await bench.show(B)
    bench.press("disk-part")
    bench.press("disk-revert")
    assert bench.subject.done[-1][2] == {"disk": "y"}
    await bench.end_job()
    assert not bench.named(QPushButton, "disk-revert").isVisible()
    bench.type("one", "3")
    bench.press("one-revert")
    assert (bench.text("one"), len(bench.subject.done)) == ("x", 1)


async def test_a_preview_is_of_what_is_filled_in_and_of_no_other_target(bench: Bench) -> None:
    shown = bench.named(QPlainTextEdit, "strip-preview-pane-text")
    bench.subject.may_preview.set()
    bench.type("one", "3")
    bench.press("strip-preview")
    await until(lambda: shown.toPlainText() == "one 3")
    bench.type("one", "4")
    await until(lambda: shown.toPlainText() == "one 4")
    bench.subject.may_preview.clear()
    bench.type("one", "5")
    await until(lambda: bench.tab._previewing.is_asking)
    await bench.show(B)
    bench.type("one", "6")
    bench.subject.may_preview.set()
    await until(lambda: shown.toPlainText() == "one 6")


async def test_apply_and_what_blocks_are_seen_in_a_low_window_with_the_preview_open(bench: Bench) -> None:
    bench.subject.may_preview.set()
    bench.type("one", "")
    bench.press("strip-preview")
    await until(lambda: bool(bench.named(QPlainTextEdit, "strip-preview-pane-text").toPlainText()))
    bench.window.resize(560, 320)
    bench.tab.resize(bench.window.size())
    for name in ("strip-apply", "strip-discard", "strip-note-text"):
        widget = bench.named(QWidget, name)
        place = widget.mapTo(bench.window, widget.rect().bottomRight())
        assert widget.isVisible()
        assert bench.window.rect().contains(place), name


async def test_what_is_done_only_in_part_by_now_is_no_draft_once_the_job_is_done(bench: Bench) -> None:
    bench.type("one", "3")
    bench.type("two", "4")
    bench.press("strip-apply")
    await bench.others(A, one="3")
    assert not bench.named(QPushButton, "changed-keep").isVisible()
    await bench.end_job()
    assert not bench.drafts.keys("word")
    assert (bench.text("one"), bench.text("two")) == ("3", "2")


async def test_tab_leads_from_the_form_to_the_strip_and_the_keyboard_stays_with_the_form(
    bench: Bench,
) -> None:
    bench.window.activateWindow()
    bench.named(QLineEdit, "two").setFocus()
    bench.type("two", "4")
    for name in ("two-revert", "strip-preview", "strip-discard", "strip-apply"):
        QTest.keyClick(bench.window, Qt.Key.Key_Tab)
        assert bench.window.focusWidget() is bench.named(QPushButton, name)
    bench.press("strip-discard")
    assert bench.window.focusWidget() is bench.named(QLineEdit, "two")


async def test_of_what_is_not_there_nothing_is_shown(bench: Bench) -> None:
    bench.tab.show_target(DomainKey("b", "9"))
    assert bench.tab.form is not None
    assert not bench.tab.form.isVisible()


async def test_what_was_seen_before_it_was_answered_was_not_changed_meanwhile(bench: Bench) -> None:
    bench.type("one", "mine")
    await bench.others(A, two="theirs")
    bench.type("two", "mine")
    assert not bench.named(QPushButton, "changed-keep").isVisible()
    assert bench.named(QPushButton, "strip-apply").isEnabled()
    await bench.others(A, one="theirs")
    bench.type("two", "mine too")  # that the other field was changed is still to be decided
    assert bench.named(QPushButton, "changed-keep").isVisible()


async def test_typed_back_while_it_is_applied_it_stays_so(bench: Bench) -> None:
    bench.type("one", "3")
    bench.press("strip-apply")
    bench.type("one", "1")
    await bench.others(A, two="theirs")
    assert bench.text("one") == "1"
    await bench.end_job(one="3")
    assert (bench.text("one"), bench.named(QPushButton, "strip-apply").isEnabled()) == ("1", True)
    assert not bench.named(QPushButton, "changed-keep").isVisible()


async def test_typed_back_while_it_fails_nothing_is_left_to_do(bench: Bench) -> None:
    bench.type("one", "3")
    bench.job = Job(1, JobKind.EDIT, (), JobState.FAILED, error=InvalidConfig("no"))
    bench.press("strip-apply")
    bench.type("one", "1")
    await bench.end_job()
    assert (bench.text("one"), bench.drafts.keys("word")) == ("1", ())


async def test_pending_is_made_so_now_as_a_job(bench: Bench) -> None:
    await bench.show(B)
    bench.press("disk-part")
    bench.press("disk-hasten")
    assert bench.subject.done[-1][2] == {"disk": "z"}
    assert bench.named(QPushButton, "disk-hasten").accessibleName() == "Make it so now: Disk"
    await bench.end_job()
    assert not bench.named(QPushButton, "disk-hasten").isVisible()


async def test_a_revert_that_fails_without_a_draft_is_told(bench: Bench) -> None:
    await bench.show(B)
    bench.press("disk-part")
    bench.job = Job(1, JobKind.EDIT, (), JobState.FAILED, error=InvalidConfig("no"))
    bench.press("disk-revert")
    bench.job_ended.set()
    await until(lambda: not bench.tab._applying)
    assert bench.named(Message, "failed").isVisible()
    assert not bench.tab.strip.isVisible()
    bench.type("one", "3")
    assert not bench.named(Message, "failed").isVisible()
    assert not bench.named(Message, "strip-note").isVisible()


async def test_one_error_beside_apply_is_enough(bench: Bench) -> None:
    bench.subject.may_preview.set()
    bench.subject.preview_error = NotFound("gone")
    pane = "strip-preview-pane-message"
    bench.type("one", "3")
    bench.press("strip-preview")
    await until(lambda: bench.named(Message, pane).isVisible())
    await until(lambda: not bench.tab._previewing.is_asking)
    bench.type("one", "")
    assert bench.named(Message, "strip-note").isVisible()
    await until(lambda: not bench.named(Message, pane).isVisible())


async def test_why_nothing_can_be_done_stands_beside_apply(bench: Bench) -> None:
    bench.window.activateWindow()
    bench.named(QLineEdit, "two").setFocus()
    bench.type("two", "4")
    bench.subject.hindrance = "Its host is not connected."
    await bench.others(A)
    note = bench.named(Message, "strip-note")
    assert (note.text, note.level) == ("Its host is not connected.", Level.INFO)
    assert bench.window.focusWidget() is not bench.named(QLineEdit, "two")
    bench.subject.hindrance = ""
    await bench.others(A)
    assert not note.isVisible()
    assert bench.window.focusWidget() is bench.named(QLineEdit, "two")


async def test_who_has_gone_elsewhere_meanwhile_is_not_called_back(bench: Bench) -> None:
    bench.window.activateWindow()
    elsewhere = QLineEdit(bench.window)
    elsewhere.show()
    bench.named(QLineEdit, "two").setFocus()
    bench.subject.hindrance = "Its host is not connected."
    await bench.others(A)
    elsewhere.setFocus()
    bench.subject.hindrance = ""
    await bench.others(A)
    assert bench.window.focusWidget() is elsewhere


async def test_in_a_form_that_is_made_anew_one_types_on(bench: Bench) -> None:
    bench.window.activateWindow()
    bench.named(QLineEdit, "one").setFocus()
    bench.type("one", "mine")
    first = bench.tab.form
    await bench.others(A, three="3")
    assert bench.tab.form is not first
    assert bench.window.focusWidget() is bench.named(QLineEdit, "one")
    assert (bench.text("one"), bench.text("three")) == ("mine", "3")


async def test_after_applying_the_keyboard_is_where_was_typed(bench: Bench) -> None:
    bench.window.activateWindow()
    bench.named(QLineEdit, "one").setFocus()
    QTest.keyClicks(bench.named(QLineEdit, "one"), "3")
    bench.named(QPushButton, "strip-apply").setFocus()
    bench.press("strip-apply")
    await bench.end_job(one=bench.text("one"))
    assert bench.window.focusWidget() is bench.named(QLineEdit, "one")


async def test_where_a_form_cannot_be_made_none_of_another_is_left(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Nowhere(Text):
        """No control is made for it."""

    whole = bench.subject.rows
    odd = (Nowhere("one", "one"),)
    monkeypatch.setattr(bench.subject, "rows", lambda truth: odd if "disk" in truth.words else whole(truth))
    await bench.show(B)
    assert bench.tab.form is None
    assert not bench.tab.findChildren(QLineEdit)
    assert "cannot show these settings" in bench.named(Message, "failed").text
    assert "no form of" in caplog.text
    await bench.show(A)
    assert bench.text("one") == "1"
    assert not bench.named(Message, "failed").isVisible()
