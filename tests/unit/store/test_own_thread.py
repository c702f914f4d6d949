"""A computer that has no thread to give: what is to be kept is kept as soon as it has one, at the end at the latest."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
import tomlkit

from tests.helpers.waiting import eventually_blocking
from vmgui.model.journal import EntryKind, JournalEntry, JournalFilter, Outcome
from vmgui.store.journal import JournalStore
from vmgui.store.own_thread import try_to_start
from vmgui.store.settings import SettingsStore


def refuse(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def entry(what: str) -> JournalEntry:
    return JournalEntry(at_unix_s=time.time(), kind=EntryKind.ALERT, what=what, outcome=Outcome.NOTED)


def test_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        assert try_to_start(ran.set, "none") is None
    thread = try_to_start(ran.set, "one")
    assert thread is not None
    assert ran.wait(20)


def test_settings_are_written_at_the_end_without_a_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading.Thread, "start", refuse)
    store = SettingsStore(tmp_path)
    store.change(language="es")
    store.close()
    assert tomlkit.parse((tmp_path / "settings.toml").read_text())["language"] == "es"


def test_settings_are_written_with_the_next_change_once_there_is_a_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SettingsStore(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        store.change(language="es")
    store.change(theme="dark")
    eventually_blocking(
        lambda: any(
            "es" in file.read_text() and "dark" in file.read_text() for file in tmp_path.glob("*.toml")
        )
    )
    store.close()


def test_the_journal_goes_on_once_there_is_a_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = JournalStore(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        store.start(lambda _: None)
        store.record(lambda: (entry("first"),))
    store.record(lambda: (entry("second"),))
    store.close(timeout_s=20)
    assert {found.what for found in store.read(JournalFilter())} >= {"first", "second"}
