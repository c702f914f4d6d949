"""A command's form as a tab: drafts, what others change, saving."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from vmgui.commands.command import Acts, Answers, Dialog, HostCommand
from vmgui.commands.fields import Text
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.form_tab import FormTab
from vmgui.words.note import Note
from vmgui.words.say import say

WORDS = say("Hosts", "Connect")


class Bench:
    """Two hosts, each with a word that anybody may change."""

    def __init__(self) -> None:
        self.words = {"a": "one", "b": "two"}
        self.news: Notifier[None] = Notifier()
        self.drafts: Drafts[Any] = Drafts()
        inventory = Inventory()
        for host_id in self.words:
            inventory.set_host(Host(HostConfig(host_id, host_id, "test:///x"), HostState.DISCONNECTED))
        self.window = QWidget()
        command = HostCommand(
            "word",
            WORDS,
            fields=(Text("word", "Word"),),
            dialog=Dialog(title=WORDS, yes=WORDS, start=self.start, judge=self.judge),
            run=self.run,
        )
        acts = cast("Acts", SimpleNamespace(inventory=inventory))
        self.tab = FormTab("word", command, acts, self.drafts, self.window, self.news)
        self.window.show()

    def start(self, _acts: Acts, host_id: str) -> Answers:
        return {"word": self.words[host_id]}

    def judge(self, _acts: Acts, _host_id: str, answers: Answers) -> Iterator[Note]:
        if not answers["word"]:
            yield Note("word", "empty")

    def run(self, _acts: Acts, host_id: str, answers: Answers) -> None:
        self.words[host_id] = answers["word"]

    def others(self, host_id: str, word: str) -> None:
        self.words[host_id] = word
        self.news.emit(None)
        for signal in self.tab._news:
            signal.flush()

    @property
    def field(self) -> QLineEdit:
        found = self.tab.findChild(QLineEdit, "word-word")
        assert found is not None
        return found

    def button(self, name: str) -> QPushButton:
        found = self.tab.findChild(QPushButton, f"word-{name}")
        assert found is not None
        return found


@pytest.fixture
async def bench(qapp: QApplication) -> Any:
    made = Bench()
    made.tab.show_target("a")
    yield made
    await made.tab.shutdown()
    made.window.close()
    made.window.deleteLater()


async def test_a_draft_outlives_other_targets_until_it_is_saved(bench: Bench) -> None:
    assert bench.field.text() == "one"
    assert not bench.button("save").isEnabled()
    bench.field.setText("three")
    bench.tab.show_target("b")
    assert bench.field.text() == "two"
    assert not bench.button("reset").isEnabled()
    bench.tab.show_target("a")
    assert bench.field.text() == "three"
    bench.button("save").click()
    assert bench.words == {"a": "three", "b": "two"}
    assert not bench.drafts.keys("word")


async def test_as_it_was_is_no_draft_and_discarded_is_as_it_was(bench: Bench) -> None:
    bench.field.setText("three")
    bench.field.setText("one")
    assert not bench.drafts.keys("word")
    bench.field.setText("three")
    bench.button("reset").click()
    assert bench.field.text() == "one"
    assert not bench.drafts.keys("word")


async def test_what_is_wrong_is_not_saved(bench: Bench) -> None:
    bench.field.setText("")
    assert bench.drafts.keys("word")
    assert not bench.button("save").isEnabled()


async def test_what_others_change_shows_where_there_is_no_draft(bench: Bench) -> None:
    bench.others("a", "theirs")
    assert bench.field.text() == "theirs"
    assert not bench.button("changed-keep").isVisible()


async def test_over_a_draft_a_person_decides(bench: Bench) -> None:
    bench.field.setText("mine")
    bench.others("a", "theirs")
    assert bench.field.text() == "mine"
    assert bench.button("changed-keep").isVisible()
    bench.button("changed-keep").click()
    assert not bench.button("changed-keep").isVisible()
    assert bench.field.text() == "mine"
    bench.others("a", "again")
    bench.button("changed-reload").click()
    assert bench.field.text() == "again"
    assert not bench.drafts.keys("word")


async def test_others_who_wrote_the_same_leave_no_draft(bench: Bench) -> None:
    bench.field.setText("mine")
    bench.others("a", "mine")
    assert not bench.drafts.keys("word")
    assert not bench.button("changed-keep").isVisible()
