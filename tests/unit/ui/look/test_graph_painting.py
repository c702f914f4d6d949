"""Where times and values stand in a graph, and that what is not known is not drawn."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from vmgui.ui.look.graph_painting import Curve, GraphPicture, TimeAxis

pytestmark = pytest.mark.usefixtures("qapp")


def picture(times_s: list[float], values: list[float | None]) -> GraphPicture:
    curve = Curve("graph_cpu", False, times_s, values)
    return GraphPicture(
        QSize(400, 150), TimeAxis(break_s=100.0), (curve,), 100.0, lambda value: f"{value:.0f}"
    )


def painted(one: GraphPicture) -> QImage:
    image = QImage(one.size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    one.paint(painter, QFont())
    painter.end()
    return image


def inked(one: GraphPicture, at_s: float) -> bool:
    """Whether anything of the curve stands above or below this time."""
    room = one.room
    x = round(room.right() + at_s / one.axis.span_s * room.width())
    with_, without = painted(one), painted(replace(one, curves=()))
    return any(with_.pixel(x, y) != without.pixel(x, y) for y in range(one.size.height()))


def test_the_pointer_s_place_is_a_time() -> None:
    one = picture([], [])
    room = one.room
    assert one.time_at(QPointF(room.right(), room.center().y())) == 0.0
    assert one.time_at(QPointF(room.left(), room.top())) == -600.0
    assert one.time_at(room.center()) == pytest.approx(-300.0)
    assert one.time_at(QPointF(room.left() - 1, room.top())) is None


def test_a_long_pause_and_an_unknown_value_are_holes() -> None:
    steady = picture([-300.0, -250.0, -200.0], [30.0, 30.0, 30.0])
    assert inked(steady, -250.0)
    assert not inked(picture([-300.0, -250.0, -200.0], [30.0, None, 30.0]), -250.0)
    assert not inked(picture([-300.0, -150.0], [30.0, 30.0]), -225.0)
    assert inked(picture([-300.0], [30.0]), -300.0), "a single value is seen"
