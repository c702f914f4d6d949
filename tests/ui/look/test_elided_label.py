"""A line that is too long for its place says so."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from vmgui.ui.look import theme
from vmgui.ui.look.plain import ElidedLabel

LONG = "Tienda en línea, base de datos principal (producción)"


def test_a_text_without_room_ends_in_an_ellipsis(qapp: QApplication) -> None:
    theme.install(qapp, "light")
    label = ElidedLabel()
    label.setText(LONG)
    label.resize(label.sizeHint())
    assert label.shown_text == LONG
    whole = label.grab().toImage()
    label.resize(label.width() // 2, label.height())
    assert label.shown_text.endswith("…")
    assert LONG.startswith(label.shown_text[:-1])
    assert label.text() == label.toolTip() == LONG
    # Painted as well, and not just cut: the place where the sign stands is another picture.
    half = label.grab().toImage()
    assert half != whole.copy(0, 0, half.width(), half.height())
    assert half != ElidedLabel().grab(label.rect()).toImage()
    # Whoever holds it need not be as wide as the text.
    assert label.sizePolicy().horizontalPolicy() is label.sizePolicy().Policy.Ignored
    label.deleteLater()
