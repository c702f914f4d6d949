"""Where times and values stand in a graph, and that what is not known is not drawn."""

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from vmgui.ui.look.graph_painting import Curve, GraphPicture, TimeAxis
from vmgui.ui.look.theme import tokens

pytestmark = pytest.mark.usefixtures("qapp")


def picture(times_s: list[float], values: list[float | None]) -> GraphPicture:
    curve = Curve("graph_cpu", False, times_s, values)
    return GraphPicture(QSize(400, 150), TimeAxis(), (curve,), 100.0, lambda value: f"{value:.0f}")


def inked(one: GraphPicture, at_s: float) -> bool:
    """Whether the curve's colour stands anywhere above this time."""
    image = QImage(one.size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    one.paint(painter, QFont())
    painter.end()
    room = one.room
    x = round(room.right() + at_s / one.axis.span_s * room.width())
    ink = QColor(tokens().graph_cpu).rgb()
    return any(image.pixel(x, y) == ink for y in range(round(room.top()), round(room.bottom())))


def test_the_pointer_s_place_is_a_time() -> None:
    one = picture([], [])
    room = one.room
    assert one.time_at(QPointF(room.right(), room.center().y())) == 0.0
    assert one.time_at(QPointF(room.left(), room.top())) == -600.0
    assert one.time_at(room.center()) == pytest.approx(-300.0)
    assert one.time_at(QPointF(room.left() - 1, room.top())) is None


def test_a_long_pause_and_an_unknown_value_are_holes() -> None:
    steady = picture([-300.0, -295.0, -290.0], [50.0, 50.0, 50.0])
    assert inked(steady, -295.0)
    assert not inked(picture([-300.0, -295.0, -290.0], [50.0, None, 50.0]), -295.0)
    assert not inked(picture([-300.0, -200.0], [50.0, 50.0]), -250.0)
    assert inked(picture([-300.0], [50.0]), -300.0), "a single value is seen"
