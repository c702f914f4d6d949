"""The window with a machine's XML, on libvirt's test driver: what is typed is judged, kept, applied, refused."""

import libvirt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.domain import DomainState
from vmgui.model.job import JobKind, JobState
from vmgui.ui.look.xml_text import LineMark
from vmgui.ui.xml.window import XmlWindow
from vmgui.words import language


async def opened(bench: Bench, name: str = "web-01") -> XmlWindow:
    await bench.select(name)
    bench.trigger("xml")
    window = bench.window.xml.of(bench.key(name))
    assert window is not None
    await eventually(lambda: window.saved.text)
    return window


def replace(window: XmlWindow, old: str, new: str) -> None:
    """As a person would: it is found, and written over."""
    cursor = window.saved.document().find(old, 0)
    assert not cursor.isNull(), old
    window.saved.setTextCursor(cursor)
    assert not window.saved.isReadOnly()
    cursor.insertText(new)


async def judged(window: XmlWindow) -> None:
    await eventually(lambda: window._judged is not None and window._judged.text == window.saved.text)


def line_of(window: XmlWindow, words: str) -> int:
    return window.saved.text[: window.saved.text.index(words)].count("\n") + 1


async def applied(bench: Bench, window: XmlWindow) -> None:
    await judged(window)
    press(window, "xml-strip-apply")
    await bench.jobs_end()
    await eventually(lambda: not window._is_busy)


async def test_a_change_is_applied_for_the_next_start(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    assert window.strip.isHidden()
    replace(window, "Front end of the shop.", "Back end & more.".replace("&", "&amp;"))
    await judged(window)
    assert "1 line changed" in texts(window)
    press(window, "xml-strip-preview")
    preview = window.findChild(type(window.strip.preview), "xml-strip-preview-pane")
    assert preview is not None
    assert "+  <description>Back end &amp; more.</description>" in preview._text.toPlainText()
    await applied(bench, window)
    (job,) = bench.services.jobs.jobs.values()
    assert (job.kind, job.state) == (JobKind.DEFINE, JobState.DONE)
    await eventually(lambda: window.strip.isHidden())
    assert "Back end &amp; more." in window.saved.text
    assert not window.isWindowModified()
