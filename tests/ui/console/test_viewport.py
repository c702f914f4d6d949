"""Guest pixels and widget pixels agree, at every scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize

from vmgui.console.rfb.events import Rect
from vmgui.ui.console.viewport import Viewport

SIDES = st.integers(1, 4000)


@given(SIDES, SIDES, SIDES, SIDES, st.sampled_from([1.0, 1.25, 1.5, 2.0]), st.booleans(), st.data())
def test_a_guest_pixels_place_leads_back_to_it(guest_w, guest_h, widget_w, widget_h, ratio, fit, data):
    view = Viewport(QSize(guest_w, guest_h), QSize(widget_w, widget_h), ratio, fit)
    target = view.target
    if target.isEmpty():
        return
    x = data.draw(st.integers(0, guest_w - 1))
    y = data.draw(st.integers(0, guest_h - 1))
    middle = QPointF(target.left() + (x + 0.5) * view.scale, target.top() + (y + 0.5) * view.scale)
    got_x, got_y = view.to_guest(middle)
    assert got_x == x
    # The height follows the width's scale, rounded to whole pixels at one to one.
    assert abs(got_y - y) <= 1
    assert view.to_widget(Rect(x, y, 1, 1)).contains(middle.toPoint())


@pytest.mark.parametrize("point", [QPointF(-50, -50), QPointF(5000, 5000)])
def test_points_beside_the_picture_are_held_at_its_edge(point):
    view = Viewport(QSize(100, 50), QSize(400, 400), 1.0, True)
    assert view.to_guest(point) in ((0, 0), (99, 49))


def test_a_picture_that_nearly_fits_stays_sharp():
    view = Viewport(QSize(1000, 500), QSize(1200, 900), 1.0, True)
    assert view.target == QRectF(100, 200, 1000, 500)
    assert view.is_exact


def test_one_to_one_means_the_screens_pixels():
    view = Viewport(QSize(1000, 500), QSize(10, 10), 2.0, False)
    assert view.natural_size == QSize(500, 250)
    assert view.is_exact


def test_without_a_picture_nothing_is_hit():
    view = Viewport(QSize(), QSize(10, 10), 1.0, True)
    assert view.target.isEmpty()
    assert view.to_guest(QPointF(3, 3)) == (0, 0)
