"""The line under a form that differs from what is so, and the preview that unfolds from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QTabBar, QVBoxLayout, QWidget

from vmgui.commands.menus import MENU_BAR
from vmgui.ui.kit.apply_strip import ApplyStrip
from vmgui.ui.kit.preview import PreviewPane
from vmgui.ui.look import theme
from vmgui.ui.look.message import Message
from vmgui.words import language
from vmgui.words.note import Note

W = TypeVar("W", bound=QWidget)
DIFF = "--- now\n+++ then\n@@ -1 +1 @@\n-<vcpu>2</vcpu>\n+<vcpu>4</vcpu>\n <b>&amp;</b>"


def named(widget: QWidget, kind: type[W], name: str) -> W:
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def strip(qapp: QApplication) -> Iterator[ApplyStrip]:
    theme.install(qapp, "light")
    window = QWidget()
    column = QVBoxLayout(window)
    column.addStretch(1)
    made = ApplyStrip("s", window)
    column.addWidget(made)
    window.resize(640, 480)
    window.show()
    yield made
    window.close()
    window.deleteLater()


@pytest.fixture
def pane(qapp: QApplication) -> Iterator[PreviewPane]:
    theme.install(qapp, "light")
    made = PreviewPane("p")
    made.resize(600, 200)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    theme.set_theme("light")


def titles(pane: PreviewPane) -> list[str]:
    tabs = named(pane, QTabBar, "p-parts")
    return [tabs.tabText(place) for place in range(tabs.count())]


def test_it_is_there_only_while_something_differs(strip: ApplyStrip) -> None:
    assert not strip.isVisible()
    strip.show_state("2 changes: memory now", can_apply=True)
    assert strip.isVisible()
    assert named(strip, QLabel, "s-summary").text() == "2 changes: memory now"
    assert named(strip, QPushButton, "s-apply").isEnabled()
    strip.clear()
    assert not strip.isVisible()


def test_its_buttons_say_what_is_wanted(strip: ApplyStrip) -> None:
    heard: list[object] = []
    strip.apply_asked.connect(lambda: heard.append("apply"))
    strip.discard_asked.connect(lambda: heard.append("discard"))
    strip.preview_wanted.connect(heard.append)
    strip.show_state("1 change", can_apply=True)
    for name in ("apply", "discard", "preview", "preview"):
        named(strip, QPushButton, f"s-{name}").click()
    assert heard == ["apply", "discard", True, False]


def test_what_keeps_it_from_being_applied_is_said(strip: ApplyStrip) -> None:
    strip.show_state(
        "1 change", can_apply=False, note=Note("memory", "More than the host has", fix="Take 8 GiB")
    )
    assert not named(strip, QPushButton, "s-apply").isEnabled()
    assert named(strip, Message, "s-note").isVisible()
    wanted: list[str] = []
    strip.fix_wanted.connect(wanted.append)
    fix = named(strip, QPushButton, "s-note-fix")
    assert (fix.text(), fix.accessibleName()) == ("Take 8 GiB", "To apply: Take 8 GiB")
    fix.click()
    assert wanted == ["memory"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_presses_the_button_that_has_the_keyboard(strip: ApplyStrip, key: Qt.Key) -> None:
    heard: list[str] = []
    strip.apply_asked.connect(lambda: heard.append("apply"))
    strip.show_state("1 change", can_apply=True)
    apply = named(strip, QPushButton, "s-apply")
    QTest.keyClick(apply, key)
    QTest.keyClick(apply, key, Qt.KeyboardModifier.ControlModifier)  # Ctrl+Return starts a machine
    assert heard == ["apply"] * (2 if key == Qt.Key.Key_Space else 1)


@pytest.mark.parametrize("code", ["en", "es"])
def test_its_letters_are_no_menus(qapp: QApplication, code: str) -> None:
    language.install(qapp, code)
    try:
        strip = ApplyStrip("s")
        texts = [named(strip, QPushButton, f"s-{name}").text() for name in ("apply", "discard", "preview")]
        texts += [str(menu.title) for menu in MENU_BAR]
        letters = [text.partition("&")[2][:1].casefold() for text in texts]
        assert all(letters)
        assert len(letters) == len(set(letters)), texts
        assert "&" not in named(strip, QPushButton, "s-apply").accessibleName()
        strip.deleteLater()
    finally:
        language.install(qapp, "en")


def test_while_it_is_applied_nothing_is_pressed(strip: ApplyStrip) -> None:
    strip.show_state("Applying", can_apply=True, is_busy=True)
    assert named(strip, Message, "s-busy").isVisible()
    for name in ("apply", "discard"):
        assert not named(strip, QPushButton, f"s-{name}").isEnabled()


def test_the_keyboard_stays_where_it_is_as_long_as_it_can(strip: ApplyStrip) -> None:
    strip.show_state("1 change", can_apply=True)
    strip.window().activateWindow()
    apply = named(strip, QPushButton, "s-apply")
    apply.setFocus()
    strip.show_state("2 changes", can_apply=True)
    assert strip.window().focusWidget() is apply
    strip.show_state("Applying", can_apply=True, is_busy=True)
    assert strip.window().focusWidget() is named(strip, QPushButton, "s-preview")


def test_folded_it_is_one_line_high_and_the_buttons_stay_where_they_are(
    strip: ApplyStrip, qapp: QApplication
) -> None:
    strip.show_state("A summary " * 40, can_apply=True)
    apply = named(strip, QPushButton, "s-apply")
    qapp.sendPostedEvents()
    assert strip.height() < 2 * apply.height()
    place = apply.mapTo(strip.window(), apply.rect().topLeft())
    strip.preview.show_preview(("words",) * 50, "", "", ())
    named(strip, QPushButton, "s-preview").click()
    qapp.sendPostedEvents()
    assert strip.preview.isVisible()
    assert apply.mapTo(strip.window(), apply.rect().topLeft()) == place


def test_only_parts_with_something_are_there(pane: PreviewPane) -> None:
    assert titles(pane) == []
    pane.show_preview(("Memory: 4 GiB",), "", DIFF, ("virsh setmem",))
    assert titles(pane) == ["In words", "XML after the next start", "Commands"]
    text = named(pane, QPlainTextEdit, "p-text")
    assert (text.toPlainText(), text.accessibleName()) == ("Memory: 4 GiB", "In words")
    assert text.isReadOnly()
    pane.clear()
    assert (titles(pane), text.isVisible()) == ([], False)


def test_the_part_in_front_stays_so_with_news(pane: PreviewPane) -> None:
    pane.show_preview(("a",), DIFF, DIFF, ("virsh a",))
    named(pane, QTabBar, "p-parts").setCurrentIndex(3)
    pane.show_preview(("b",), "", "", ("virsh b",))
    assert named(pane, QPlainTextEdit, "p-text").toPlainText() == "virsh b"
    pane.show_preview(("c",), "", "", ())
    assert named(pane, QPlainTextEdit, "p-text").toPlainText() == "c"
    pane.show_preview(("d",), DIFF, "", ("virsh d",))
    assert named(pane, QPlainTextEdit, "p-text").toPlainText() == "virsh d"


def test_the_part_in_front_is_copied_as_it_is_shown(pane: PreviewPane) -> None:
    pane.show_preview(("a",), "", "", ("virsh 'x\u202ey'", "virsh b"))
    named(pane, QTabBar, "p-parts").setCurrentIndex(1)
    named(pane, QPushButton, "p-copy").click()
    assert QGuiApplication.clipboard().text() == "virsh 'x\\u202ey'\nvirsh b"


def colours_of(pane: PreviewPane) -> list[str]:
    found: list[str] = []
    block = named(pane, QPlainTextEdit, "p-text").document().firstBlock()
    while block.isValid():
        formats = block.layout().formats()
        found.append(formats[0].format.foreground().color().name() if formats else "")
        block = block.next()
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_goes_and_comes_has_the_themes_colours(pane: PreviewPane, name: str) -> None:
    pane.show_preview(("+ words are no diff",), DIFF, "", ())
    assert colours_of(pane) == [""]
    named(pane, QTabBar, "p-parts").setCurrentIndex(1)
    theme.set_theme(name)
    colours = theme.tokens()
    muted, gone, come = (QColor(one).name() for one in (colours.muted, colours.danger, colours.success))
    assert colours_of(pane) == [muted, muted, muted, gone, come, ""]
    assert named(pane, QPlainTextEdit, "p-text").toPlainText() == DIFF


def test_the_first_time_it_says_that_it_is_found_out(pane: PreviewPane) -> None:
    pane.show_busy()
    assert named(pane, Message, "p-message").isVisible()


def test_it_is_as_high_as_its_longest_part_up_to_a_limit(pane: PreviewPane) -> None:
    pane.show_preview(("a",), "", "", ())
    low_px = pane.sizeHint().height()
    pane.show_preview(("a",), "", "", ("b",) * 8)
    high_px = pane.sizeHint().height()
    pane.show_preview(("a",), DIFF * 100, "", ())
    assert low_px < high_px < pane.sizeHint().height() <= 240


def test_while_it_is_found_out_the_last_one_stays(pane: PreviewPane) -> None:
    pane.show_preview(("a",), "", "", ())
    height_px = pane.sizeHint().height()
    pane.show_busy()
    assert "Finding out what would happen…" in [label.accessibleName() for label in pane.findChildren(QLabel)]
    assert pane.sizeHint().height() == height_px
    assert named(pane, QPlainTextEdit, "p-text").isVisible()
    pane.show_preview(("b",), "", "", ())
    assert "Finding out what would happen…" not in [
        label.accessibleName() for label in pane.findChildren(QLabel)
    ]
    pane.show_error("The host is gone")
    assert named(pane, Message, "p-message").text == "The host is gone"
    assert not named(pane, QPlainTextEdit, "p-text").isVisible()


def test_tab_leaves_the_text(pane: PreviewPane) -> None:
    text = named(pane, QPlainTextEdit, "p-text")
    assert text.tabChangesFocus()
    assert text.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_ctrl_s_applies_what_can_be_applied(strip: ApplyStrip) -> None:
    heard: list[None] = []
    strip.apply_asked.connect(lambda: heard.append(None))
    window = strip.window()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)

    def press() -> int:
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        return len(heard)

    strip.show_state("1 change: memory now", can_apply=False)
    assert press() == 0
    strip.show_state("1 change: memory now", can_apply=True)
    assert press() == 1
    strip.clear()
    assert press() == 1


def test_the_keyboard_comes_back_to_the_form_past_an_open_preview(strip: ApplyStrip) -> None:
    window = strip.window()
    field = QPushButton("a field", window)
    field.show()
    strip.show_state("1 change: memory now", can_apply=True)
    fold = named(strip, QPushButton, "s-preview")
    fold.click()
    fold.setFocus()
    strip.clear()
    assert window.focusWidget() is field
