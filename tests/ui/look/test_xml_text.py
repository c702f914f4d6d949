"""The editor of XML: what it colours, numbers and marks, and that a large text costs no more than what is seen of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextBlock
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.helpers.waiting import eventually
from vmgui.ui.look import theme
from vmgui.ui.look.xml_text import LineMark, MarkedLines, XmlText

TEXT = """<domain type='kvm'>
  <!-- a <b/>
  still -->  <name>web</name>
  <os/> <!-- one --> <a b="c"/>
</domain>
"""


async def shown(qtbot: QtBot, text: str) -> XmlText:
    editor = XmlText()
    qtbot.addWidget(editor)
    editor.resize(500, 300)
    editor.setPlainText(text)
    editor.show()
    await eventually(lambda: colours(editor.document().firstBlock()))
    return editor


def colours(block: QTextBlock) -> list[tuple[str, str]]:
    """Each coloured part of a line with its token."""
    names = {
        QColor(getattr(theme.tokens(), token)).name(): token
        for token in ("accent", "graph_memory", "success", "muted")
    }
    found = sorted(block.layout().formats(), key=lambda one: one.start)
    units = block.text().encode("utf-16-le")
    return [
        (
            units[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le"),
            names[one.format.foreground().color().name()],
        )
        for one in found
    ]


async def test_tags_names_values_and_comments_have_their_colours(qtbot: QtBot) -> None:
    theme.set_theme("light")
    editor = await shown(qtbot, TEXT)
    document = editor.document()
    # A tag's end may have the colour of the value's or of the name's end: each part is there once at least.
    first = colours(document.findBlockByNumber(0))
    assert first == [("<domain", "accent"), ("type", "graph_memory"), ("'kvm'", "success"), (">", "accent")]
    assert colours(document.findBlockByNumber(1)) == [("<!-- a <b/>", "muted")]
    third = colours(document.findBlockByNumber(2))
    assert third[0] == ("  still -->", "muted")
    assert ("<name", "accent") in third
    fourth = colours(document.findBlockByNumber(3))
    assert ("<!-- one -->", "muted") in fourth
    assert ('"c"', "success") in fourth


async def test_colours_are_no_edit_and_follow_what_is_typed(qtbot: QtBot) -> None:
    editor = await shown(qtbot, TEXT)
    assert not editor.document().isModified()
    assert not editor.document().isUndoAvailable()
    editor.textCursor().insertText("<!--")
    await eventually(
        lambda: colours(editor.document().firstBlock())[:1] == [("<!--<domain type='kvm'>", "muted")]
    )
    editor.undo()
    assert editor.text == TEXT
    await eventually(lambda: ("<domain", "accent") in colours(editor.document().firstBlock()))


async def test_a_theme_changes_its_colours(qtbot: QtBot) -> None:
    theme.set_theme("light")
    editor = await shown(qtbot, TEXT)
    theme.set_theme("dark")
    try:
        await eventually(lambda: ("<domain", "accent") in _safely(editor))
        assert not editor.document().isUndoAvailable()
    finally:
        theme.set_theme("light")


def _safely(editor: XmlText) -> list[tuple[str, str]]:
    try:
        return colours(editor.document().firstBlock())
    except KeyError:  # still those of the other theme
        return []


async def test_letters_that_count_twice_shift_no_colour(qtbot: QtBot) -> None:
    theme.set_theme("light")
    editor = await shown(qtbot, "<a b='\U0001f600'/> <!-- \U0001f600 --> <c/>\n")
    found = colours(editor.document().firstBlock())
    assert ("'\U0001f600'", "success") in found
    assert ("<!-- \U0001f600 -->", "muted") in found


async def test_of_a_large_text_only_what_is_seen_is_coloured(qtbot: QtBot) -> None:
    text = "<a>\n" + "  <b c='d'/>\n" * 90_000 + "</a>\n"
    assert len(text) > 1_000_000
    editor = await shown(qtbot, text)
    document = editor.document()
    seen = editor.height() // editor.fontMetrics().height() + 2
    coloured = sum(
        bool(document.findBlockByNumber(number).layout().formats()) for number in range(document.blockCount())
    )
    assert 0 < coloured <= seen
    editor.go_to(50_000)
    await eventually(lambda: colours(document.findBlockByNumber(49_999)))
    assert editor.textCursor().blockNumber() == 49_999
    assert not document.findBlockByNumber(25_000).layout().formats()


async def test_marked_lines_have_a_ground_in_the_text_and_beside_it(qtbot: QtBot) -> None:
    theme.set_theme("light")
    editor = await shown(qtbot, TEXT)
    editor.mark(
        [
            MarkedLines(2, 4, LineMark.CHANGED),
            MarkedLines(3, 3, LineMark.WRONG),
            MarkedLines(3, 3, LineMark.DOUBTFUL),
        ]
    )
    marks = [editor.mark_of(line) for line in range(1, 6)]
    assert marks == [None, LineMark.CHANGED, LineMark.WRONG, LineMark.CHANGED, None]
    image: QImage = editor.grab().toImage()
    block = editor.document().findBlockByNumber(2)
    line_px = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).center().y()
    y = round(editor.viewport().y() + line_px)
    ground = QColor(theme.tokens().danger_ground)
    assert image.pixelColor(editor.width() - 30, y) == ground
    assert image.pixelColor(3, y) == ground
    editor.mark(())
    assert editor.mark_of(3) is None
    assert editor.grab().toImage().pixelColor(editor.width() - 30, y) != ground


async def test_a_new_line_begins_under_the_one_before_and_tab_leaves(qtbot: QtBot) -> None:
    editor = await shown(qtbot, TEXT)
    editor.go_to(4, 100)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.textCursor().block().text() == "  "
    assert editor.tabChangesFocus()


async def test_the_text_is_kept_to_the_letter(qtbot: QtBot) -> None:
    text = "<a>no\u00a0break \u2028 here</a>\n"
    editor = await shown(qtbot, text)
    assert editor.text == text
    editor.replace_text(TEXT)
    assert not editor.document().isUndoAvailable()
    editor.exchange_text(text)
    assert editor.text == text
    editor.undo()
    assert editor.text == TEXT
