"""Where a guest's picture lies in a widget: pixels there to pixels here and back. Pure geometry."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt

from vmgui.console.rfb.events import Rect

# Nearly its own size: sharp beats filling the last strip.
_SHARP_UP_TO = 1.35


@dataclass(frozen=True, slots=True)
class Viewport:
    """`guest` in guest pixels, `widget` in Qt's, `ratio` screen pixels for one of Qt's; `fit`: scale to fit."""

    guest: QSize
    widget: QSize
    ratio: float
    fit: bool

    @property
    def natural_size(self) -> QSize:
        """The size at which one guest pixel is one pixel of the screen."""
        return QSize(round(self.guest.width() / self.ratio), round(self.guest.height() / self.ratio))

    @property
    def target(self) -> QRectF:
        """The picture's place in the widget; empty without a picture."""
        if self.guest.isEmpty():
            return QRectF()
        if not self.fit:
            return QRectF(QPointF(0, 0), self.natural_size.toSizeF())
        guest = self.guest.toSizeF()
        size = guest.scaled(self.widget.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        if 1.0 <= size.width() * self.ratio / guest.width() < _SHARP_UP_TO:
            size = QSizeF(guest.width() / self.ratio, guest.height() / self.ratio)
        left = (self.widget.width() - size.width()) / 2
        top = (self.widget.height() - size.height()) / 2
        # On whole pixels of the screen, or a sharp picture blurs.
        return QRectF(
            round(left * self.ratio) / self.ratio,
            round(top * self.ratio) / self.ratio,
            size.width(),
            size.height(),
        )

    @property
    def scale(self) -> float:
        """Qt pixels for one guest pixel."""
        return self.target.width() / self.guest.width() if not self.guest.isEmpty() else 1.0

    @property
    def is_exact(self) -> bool:
        """Whether each guest pixel is one pixel of the screen: nothing to smooth."""
        return abs(self.target.width() * self.ratio - self.guest.width()) < 0.5

    def to_widget(self, rect: Rect) -> QRect:
        """What of the widget shows `rect`, with the neighbours that smooth scaling mixes in."""
        target, scale = self.target, self.scale
        area = QRectF(
            target.left() + rect.x * scale,
            target.top() + rect.y * scale,
            rect.width * scale,
            rect.height * scale,
        )
        return area.toAlignedRect().adjusted(-2, -2, 2, 2)

    def to_guest(self, position: QPointF) -> tuple[int, int]:
        """The guest pixel under a point, held inside the picture."""
        target = self.target
        if target.isEmpty():
            return 0, 0
        x = int((position.x() - target.left()) / self.scale)
        y = int((position.y() - target.top()) / self.scale)
        return min(max(x, 0), self.guest.width() - 1), min(max(y, 0), self.guest.height() - 1)

    def source_of(self, exposed: QRectF) -> QRectF:
        """The part of the picture that `exposed`, a part of `target`, shows."""
        target, scale = self.target, self.scale
        return QRectF(
            (exposed.left() - target.left()) / scale,
            (exposed.top() - target.top()) / scale,
            exposed.width() / scale,
            exposed.height() / scale,
        )
