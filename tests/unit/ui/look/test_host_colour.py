"""Every mark has a colour of its own in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from vmgui.model.host import HOST_COLOURS
from vmgui.ui.look import theme
from vmgui.ui.look.host_colour import host_colour, host_colour_icon


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_can_be_told_from_the_others(qapp: QApplication, scheme: str) -> None:
    theme.install(qapp, scheme)
    try:
        colours = [host_colour(name) for name in HOST_COLOURS]
        assert all(colour is not None and colour.isValid() for colour in colours)
        assert len({colour.name() for colour in colours if colour is not None}) == len(HOST_COLOURS)
        for name, colour in zip(HOST_COLOURS, colours, strict=True):
            picture = host_colour_icon(name).pixmap(12, 12).toImage()
            assert picture.pixelColor(6, 6) == colour
    finally:
        theme.set_theme("light")


def test_none_and_unknown_have_none(qapp: QApplication) -> None:
    assert host_colour("") is None
    assert host_colour("url(x)") is None
