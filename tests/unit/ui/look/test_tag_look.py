"""Tags' colours: readable, the same for everybody, whatever the tag is called."""

import pytest
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.unit.ui.look.test_tokens import contrast
from vmgui.ui.look import theme
from vmgui.ui.look.tag_look import paint_tags, swatch, tag_colours
from vmgui.ui.look.tokens import DARK_TAGS, LIGHT_TAGS, TagColours


@pytest.mark.parametrize("look", [*LIGHT_TAGS, *DARK_TAGS], ids=lambda look: look.ground)
def test_text_on_every_chip_is_readable(look: TagColours) -> None:
    assert contrast(look.text, look.ground) >= 4.5


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_tag_has_one_colour_in_each_theme(qapp: QApplication, chosen: str) -> None:
    theme.install(qapp, chosen)
    theme.set_theme(chosen)
    known = LIGHT_TAGS if chosen == "light" else DARK_TAGS
    assert tag_colours("web") == tag_colours("WEB") == known[1]
    assert {tag_colours(f"tag {number}") for number in range(200)} == set(known)
    assert tag_colours("\ud800") in known
    assert not swatch("web", 2.0).isNull()
    theme.set_theme("light")


def test_only_as_many_chips_as_there_is_room_for(qapp: QApplication) -> None:
    image = QImage(400, 30, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    tags = ("production", "web", "customer")
    assert paint_tags(painter, QFont(), tags, 390, 395, 15) == 395
    few = paint_tags(painter, QFont(), tags, 280, 395, 15)
    every = paint_tags(painter, QFont(), tags, 0, 395, 15)
    painter.end()
    assert 280 <= few < 395
    assert every < few
