"""A table as a tab: rows by target, news while it is seen and while it is not."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from vmgui.services.notifier import Notifier
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table_tab import TableTab
from vmgui.words.say import say

COLUMNS: tuple[Column[str], ...] = (Column("word", say("Hosts", "Connect"), str),)


async def test_rows_are_the_target_s_and_follow_the_news(qapp: QApplication) -> None:
    rows = {"a": ["one"], "b": []}
    news: Notifier[None] = Notifier()
    window = QWidget()
    tab = TableTab("t", say("Hosts", "Connect"), COLUMNS, str, lambda target: rows[str(target)], window, news)
    (signal,) = tab._news
    window.show()
    tab.show_target("a")
    assert tab.model.rows == ["one"]
    rows["a"].append("two")
    news.emit(None)
    signal.flush()
    assert list(tab.model.rows) == ["one", "two"]
    tab.show_target("b")
    none = tab.findChild(QLabel, "t-none")
    assert none is not None
    assert none.isVisible()
    window.hide()
    rows["b"].append("three")
    news.emit(None)
    signal.flush()
    assert not list(tab.model.rows)
    window.show()
    assert list(tab.model.rows) == ["three"]
    await tab.shutdown()
    window.close()
    window.deleteLater()
