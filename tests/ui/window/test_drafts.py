"""What was typed and is not saved outlives other tabs and other machines, and nothing ends it without a word."""

import asyncio

from PySide6.QtWidgets import QPlainTextEdit

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.job import JobState
from vmgui.ui.inventory.pane import Selection

SAVED = "Front end of the shop."


def notes(bench: Bench) -> QPlainTextEdit:
    found = bench.window.findChild(QPlainTextEdit, "notes")
    assert found is not None
    return found


def tab(bench: Bench) -> str:
    return bench.window.details.domain_page.tabs.tabText(0)


async def type_notes(bench: Bench, name: str, text: str) -> None:
    """As a person does who has not left the field yet."""
    await bench.select(name)
    await eventually(lambda: notes(bench).toPlainText() == SAVED)
    await eventually(lambda: not notes(bench).isReadOnly())
    notes(bench).setPlainText(text)


async def test_half_a_sentence_outlives_tabs_and_machines(bench: Bench) -> None:
    await bench.connect()
    await type_notes(bench, "web-01", "half a sen")
    assert tab(bench) == "Overview •"
    tabs = bench.window.details.domain_page.tabs
    tabs.show_tab("log")
    assert tab(bench) == "Overview •"
    tabs.show_tab("overview")
    assert notes(bench).toPlainText() == "half a sen"
    await type_notes(bench, "web-02", "another half")
    bench.window.details.show_selection(Selection())
    bench.window.inventory.select_host("h1")
    await bench.select("db-01")
    await eventually(lambda: notes(bench).toPlainText() == SAVED)
    assert tab(bench) == "Overview"
    await bench.select("web-01")
    assert notes(bench).toPlainText() == "half a sen"
    assert tab(bench) == "Overview •"
    assert "Not saved yet" in texts(bench.window.details)
    await eventually(lambda: not notes(bench).isReadOnly())
    press(bench.window, "notes-save")
    assert await bench.jobs_end() == [JobState.DONE]
    await eventually(lambda: tab(bench) == "Overview")
    await bench.select("web-02")
    assert notes(bench).toPlainText() == "another half"


async def test_notes_that_could_not_be_saved_are_still_there(bench: Bench) -> None:
    await bench.connect()
    await type_notes(bench, "web-01", "a\x07b")
    press(bench.window, "notes-save")
    assert await bench.jobs_end() == [JobState.FAILED]
    await eventually(lambda: "Not saved yet" in texts(bench.window.details))
    await bench.select("web-02")
    await bench.select("web-01")
    assert notes(bench).toPlainText() == "a\x07b"
    assert tab(bench) == "Overview •"


async def test_notes_changed_by_others_meanwhile(bench: Bench) -> None:
    await bench.connect()
    await type_notes(bench, "web-01", "mine")
    bench.services.lifecycle.set_notes(bench.key("web-01"), "theirs")
    await eventually(lambda: "theirs" in texts(bench.window.details))
    assert notes(bench).toPlainText() == "mine"
    # Also for who comes back to it.
    await bench.select("web-02")
    assert "theirs" not in texts(bench.window.details)
    await bench.select("web-01")
    await eventually(lambda: "theirs" in texts(bench.window.details))
    press(bench.window, "notes-changed-reload")
    assert notes(bench).toPlainText() == "theirs"
    assert tab(bench) == "Overview"


async def test_a_machine_that_goes_takes_its_draft_along(bench: Bench) -> None:
    await bench.connect()
    await type_notes(bench, "web-01", "half a sen")
    assert bench.window.details.unsaved == ("web-01",)
    bench.services.hosts.remove("h1")
    await eventually(lambda: not bench.services.inventory.domains)
    await bench.heard()
    assert bench.window.drafts.keys("overview") == ()


async def test_question_before_quitting_names_what_is_not_saved(bench: Bench) -> None:
    await bench.connect()
    assert await bench.window.confirm_quit_with_drafts() is True
    await type_notes(bench, "web-01", "a\x07b")  # which no host can keep
    answer = asyncio.ensure_future(bench.window.confirm_quit_with_drafts())
    dialog = await bench.dialog("confirm-dialog")
    assert "web-01" in texts(dialog)
    press(dialog, "confirm-cancel")
    assert await answer is False
    assert notes(bench).toPlainText() == "a\x07b"


async def test_nothing_is_asked_about_notes_that_are_saved_by_leaving_them(bench: Bench) -> None:
    await bench.connect()
    # One is being saved, the other is still being typed.
    await type_notes(bench, "web-02", "Half a sentence, ")
    press(bench.window, "notes-save")
    await type_notes(bench, "web-01", "and its end.")
    assert bench.window.details.unsaved
    assert await bench.window.confirm_quit_with_drafts() is True
    assert bench.window.details.unsaved == ()
    assert await bench.jobs_end() == [JobState.DONE] * 2


async def test_what_others_wrote_is_asked_about_before_quitting(bench: Bench) -> None:
    await bench.connect()
    await type_notes(bench, "web-01", "mine")
    bench.services.lifecycle.set_notes(bench.key("web-01"), "theirs")
    await eventually(lambda: "theirs" in texts(bench.window.details))
    answer = asyncio.ensure_future(bench.window.confirm_quit_with_drafts())
    press(await bench.dialog("confirm-dialog"), "confirm-cancel")
    assert await answer is False
    assert len(bench.services.jobs.jobs) == 1
