"""The table's model: pages, news and changes, watched by Qt's own checker; words in every language."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from tests.helpers.models import watch_model
from vmgui.model import errors
from vmgui.model.job import JobKind
from vmgui.model.journal import EntryKind, EntryTarget, JournalEntry, Outcome, StoredLine, store_error
from vmgui.ui.journal.look import entry_look
from vmgui.ui.journal.model import JournalModel
from vmgui.words import journal as journal_words
from vmgui.words.journal_events import EventWords, _codes, _reasons


def entry(entry_id: int, what: str = "domain_reboot", **more: object) -> JournalEntry:
    made = JournalEntry(1e9 + entry_id, EntryKind.DOMAIN, what, Outcome.NOTED, subject="web-01", id=entry_id)
    return replace(made, **more)  # type: ignore[arg-type]


def ids(model: JournalModel) -> list[int]:
    return [entry.id for entry in model.rows]


def with_a_page() -> tuple[JournalModel, list[bool]]:
    """The entries 20 to 11 of more, and what grows whenever more are asked for."""
    model = JournalModel()
    watch_model(model)
    asked: list[bool] = []
    model.more_asked.connect(lambda: asked.append(True))
    model.show_page([entry(n) for n in range(20, 10, -1)], has_more=True)
    return model, asked


@pytest.mark.usefixtures("qapp")
def test_pages_and_news() -> None:
    model, asked = with_a_page()
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert len(asked) == 1, "asked once until it came"
    model.append_page(11, [entry(n) for n in range(10, 5, -1)], has_more=False)
    assert not model.canFetchMore(QModelIndex())
    model.change([entry(22), entry(21)])
    assert ids(model) == list(range(22, 5, -1))
    model.keep_newest(4)
    assert ids(model) == [22, 21, 20, 19]
    assert model.has_more
    model.show_page((), has_more=False)
    assert model.rowCount() == 0


@pytest.mark.usefixtures("qapp")
def test_a_page_asked_for_before_the_list_was_cut_short_leaves_no_hole() -> None:
    model, asked = with_a_page()
    model.fetchMore(QModelIndex())
    model.keep_newest(4)
    model.fetchMore(QModelIndex())
    assert len(asked) == 2, "the page that fits now is asked for"
    model.append_page(11, [entry(n) for n in range(10, 5, -1)], has_more=False)
    assert ids(model) == [20, 19, 18, 17]
    model.append_page(17, [entry(16), entry(15)], has_more=True)
    assert ids(model) == list(range(20, 14, -1))


@pytest.mark.usefixtures("qapp")
def test_changed_entries_come_go_and_stay() -> None:
    model = JournalModel()
    watch_model(model)
    model.show_page([entry(9), entry(7), entry(5)], has_more=True)
    model.update([7], [entry(7, outcome=Outcome.PROBLEM)])
    assert model.rows[1].outcome is Outcome.PROBLEM
    model.update([9, 6, 2], [entry(6), entry(2)])
    # 9 matches no longer, 6 does now, 2 belongs to a page that is not loaded.
    assert ids(model) == [7, 6, 5]


@pytest.mark.usefixtures("qapp")
@given(
    st.sets(st.integers(1, 40)),
    st.lists(st.tuples(st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40))), max_size=5),
)
def test_any_changes_keep_it_sorted(first: set[int], changes: list[tuple[set[int], set[int]]]) -> None:
    model = JournalModel()
    watch_model(model)
    model.show_page([entry(n) for n in sorted(first, reverse=True)], has_more=False)
    known = set(first)
    for changed, matching in changes:
        model.update(changed, [entry(n) for n in changed & matching])
        known = (known - changed) | (changed & matching)
        assert ids(model) == sorted(known, reverse=True)


@pytest.mark.usefixtures("qapp")
def test_a_row_is_ready_to_be_shown_and_read_aloud() -> None:
    model = JournalModel()
    model.show_page(
        [entry(1, "domain_lifecycle.stopped", detail="2", host="alpha", outcome=Outcome.PROBLEM)],
        has_more=False,
    )
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert shown[1:] == ["Stopped: it crashed", "Problem", "web-01", "alpha", "", ""]
    aloud = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud.endswith("Stopped: it crashed, Problem, web-01, alpha")


def test_every_code_has_words_and_is_found_by_them() -> None:
    events = EventWords()
    for code, text in _codes().items():
        assert text
        assert code in events.codes_with(text.upper())
    for (code, detail), text in _reasons().items():
        assert events.what(code, detail) == text
        assert code in _codes()
    assert events.what("of.the.future", "7") == "of.the.future"
    assert events.what("alert.pool_full", "93 %") == "Storage pool nearly full: 93 %"
    assert events.what("alert.pool_full.over", "") == "Over: Storage pool nearly full"
    assert events.what("domain_io_error", "/a vda") == "A disk could not be read or written: /a vda"


@pytest.mark.parametrize("kind", JobKind)
def test_every_job_is_found_by_its_words(kind: JobKind) -> None:
    made = entry(1, kind.value, kind=EntryKind.JOB, outcome=Outcome.DONE)
    text = journal_words.what_words(made, EventWords())
    assert text
    assert kind.value in journal_words.codes_with(text.split()[0], EventWords())


def test_the_story_of_a_failed_job() -> None:
    made = entry(
        1,
        "start",
        kind=EntryKind.JOB,
        outcome=Outcome.FAILED,
        host="alpha",
        who="ana@desk",
        took_s=0.02,
        targets=(EntryTarget("h1", "u1", "web-01"),),
        error=store_error(errors.NoSpace("no room: /dev/x", code=5)),
        log=(
            StoredLine(1e9, "failed", "", "web-01", store_error(errors.Busy("x"))),
            StoredLine(1e9, "?", "hm"),
        ),
    )
    text = journal_words.story(made, EventWords())
    for part in (
        "Start web-01",
        "Failed",
        "ana@desk",
        "0.02 s",
        "web-01 could not be started. There is not enough room for “web-01” on alpha.",
        "no room: /dev/x",
        "web-01: “web-01” is busy with something else.",
        "hm",
    ):
        assert part in text
    assert len(journal_words.CsvWords(EventWords())(made)) == len(journal_words.csv_header())


def test_a_job_of_the_future() -> None:
    made = entry(1, "teleport", kind=EntryKind.JOB, outcome=Outcome.INTERRUPTED)
    assert journal_words.what_words(made, EventWords()) == "teleport web-01"
    assert journal_words.story(made, EventWords())


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("kind", EntryKind)
def test_every_entry_has_a_look(kind: EntryKind, outcome: Outcome, qapp: QApplication) -> None:
    name, _ = entry_look(entry(1, kind=kind, outcome=outcome))
    assert name
    assert journal_words.kind_words(kind)
    assert journal_words.outcome_words(outcome)
