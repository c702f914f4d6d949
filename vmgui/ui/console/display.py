"""The picture of a guest: painted from the decoder's own memory, keyboard and pointer sent back.

Keyboard: while it has the focus everything goes to the guest; Ctrl+Alt pressed and let go alone gives
the keyboard (and a grabbed pointer) back to the window.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.console.rfb.events import CursorChanged, Rect
from vmgui.console.rfb.session import RfbSession
from vmgui.ui.console.keyboard import GuestKey, Keyboard
from vmgui.ui.console.modifier_watch import ALT, ModifierWatch
from vmgui.ui.console.viewport import Viewport

_BUTTONS = {
    Qt.MouseButton.LeftButton: 1,
    Qt.MouseButton.MiddleButton: 2,
    Qt.MouseButton.RightButton: 4,
    Qt.MouseButton.BackButton: 128,
}
_WHEEL_UP, _WHEEL_DOWN, _WHEEL_LEFT, _WHEEL_RIGHT = 8, 16, 32, 64
_WHEEL_STEP = 120
_UNBOUNDED = 16777215  # QWIDGETSIZE_MAX
_RELEASE_KEYS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Alt})
_F4 = GuestKey(0x3E, 0xFFC1)


class RfbDisplay(QWidget):
    """Shows one session's picture; black without one."""

    keyboard_released = Signal()  # Ctrl+Alt: the person wants back to the window
    grab_changed = Signal(bool)  # the pointer belongs to the guest (relative mouse)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._session: RfbSession | None = None
        self._image: QImage | None = None
        self._fit = True
        self._view_only = False
        self._keyboard = Keyboard()
        self._modifiers = ModifierWatch(self._keyboard, self)
        self._modifiers.lifted.connect(self._on_modifier_lifted)
        self._buttons = 0
        self._absolute = True
        self._grabbed = False
        self._release_armed = False
        self._wheel = QPoint()
        self._dirty = QRect()
        self.set_scale_to_fit(True)

    # What the pane tells

    def set_session(self, session: RfbSession | None) -> None:
        """Show this session from now on; None: nothing, the last picture goes."""
        self._let_go()
        self._session = session
        self._image = None
        self._absolute = True
        if session is not None:
            session.set_visible(self.isVisible())
        self.unsetCursor()
        self.update()

    def set_scale_to_fit(self, fit: bool) -> None:
        """The whole picture in the space there is, or one guest pixel for one of the screen."""
        self._fit = fit
        self._apply_size()

    def set_view_only(self, view_only: bool) -> None:
        """Only look: neither keys nor pointer reach the guest."""
        self._let_go()
        self._view_only = view_only

    def picture_changed(self) -> None:
        """The session has a picture of another size."""
        self._image = self._wrap()
        self._apply_size()
        self.update()

    def picture_updated(self, rects: tuple[Rect, ...]) -> None:
        """These parts of the picture are new."""
        if self._image is None:
            self.picture_changed()
            return
        region = QRegion()
        for rect in rects:
            region += self._view.to_widget(rect)
        if (region & self.visibleRegion()).isEmpty():
            # No paint event will come: scrolled away or covered. The session waits for our word.
            if self._session is not None:
                self._session.painted()
            return
        self.update(region)

    def cursor_changed(self, cursor: CursorChanged) -> None:
        """The guest's pointer looks otherwise."""
        if not cursor.width or not cursor.height:
            self.setCursor(Qt.CursorShape.BlankCursor)
            return
        image = QImage(
            cursor.argb,
            cursor.width,
            cursor.height,
            cursor.width * 4,
            QImage.Format.Format_ARGB32_Premultiplied,
        ).copy()
        scale = self._view.scale
        if scale < 1.0:
            # A pointer larger than what it points at hides it.
            scale = max(scale, 0.5)
        image.setDevicePixelRatio(max(0.25, 1.0 / scale))
        hot = QPoint(round(cursor.hot_x * scale), round(cursor.hot_y * scale))
        self.setCursor(QCursor(QPixmap.fromImage(image), hot.x(), hot.y()))

    def pointer_mode_changed(self, absolute: bool) -> None:
        """The guest has a tablet (positions) or a mouse (movements: the pointer is grabbed by a click)."""
        self._absolute = absolute
        if absolute:
            self._set_grabbed(False)

    def guest_size(self) -> QSize:
        """The picture's size in guest pixels; empty without one."""
        return self._image.size() if self._image is not None else QSize()

    def screenshot(self) -> QImage | None:
        """A copy of the picture as it is."""
        if self._session is None or self._image is None:
            return None
        with self._session.frame() as pixels:
            height, width = pixels.shape
            return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()

    # Size and place

    def sizeHint(self) -> QSize:
        return self._view.natural_size if not self._fit else QSize(720, 400)

    def minimumSizeHint(self) -> QSize:
        return self._view.natural_size if not self._fit else QSize(160, 100)

    @property
    def _view(self) -> Viewport:
        return Viewport(self.guest_size(), self.size(), self.devicePixelRatioF(), self._fit)

    def _apply_size(self) -> None:
        if self._fit:
            self.setMinimumSize(160, 100)
            self.setMaximumSize(_UNBOUNDED, _UNBOUNDED)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedSize(self._view.natural_size.expandedTo(QSize(1, 1)))
        self.updateGeometry()
        self.update()

    # Painting

    def _wrap(self) -> QImage | None:
        if self._session is None:
            return None
        with self._session.frame() as pixels:
            height, width = pixels.shape
        if not width or not height:
            return None
        # Only its size is used outside the frame's lock; pixels are read inside it.
        return QImage(width, height, QImage.Format.Format_RGB32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        session = self._session
        if session is None or self._image is None:
            painter.end()
            return
        view = self._view
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not view.is_exact)
        with session.frame() as pixels:
            height, width = pixels.shape
            if QSize(width, height) == view.guest:
                image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
                exposed = QRectF(event.rect()) & view.target
                painter.drawImage(exposed, image, view.source_of(exposed))
                painter.end()
                del image
        if painter.isActive():
            painter.end()
        session.painted()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session is not None:
            self._session.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let_go()
        if self._session is not None:
            self._session.set_visible(False)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and not self._view_only and self._session is not None:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut of the window acts while the guest has the keyboard
                return True
            if kind == QEvent.Type.KeyPress:
                self.keyPressEvent(event)  # Tab too, which Qt would keep for itself
                return True
        return super().event(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._session is None or self._view_only:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if not event.isAutoRepeat():
            self._release_armed = (
                event.key() in _RELEASE_KEYS and (modifiers | _modifier_of(event.key())) == both
            )
        if key := self._keyboard.pressed(event):
            self._send(key, down=True)
            self._modifiers.key_pressed()
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._session is None or self._view_only:
            super().keyReleaseEvent(event)
            return
        if key := self._keyboard.released(event):
            self._send(key, down=False)
        if self._release_armed and not event.isAutoRepeat():
            self._release_armed = False
            self._let_go()
            self.keyboard_released.emit()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.window().installEventFilter(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.window().removeEventFilter(self)
        else:
            self._modifiers.window_left()
        self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window manager takes Alt+F4 for itself and asks the window to close: where the guest has the keyboard,
        it was meant for the guest."""
        # Also while the window manager has it: in the window it is still the guest's.
        has_keyboard = (
            self._session is not None and not self._view_only and self.window().focusWidget() is self
        )
        if event.type() != QEvent.Type.Close or not has_keyboard or not self._modifiers.is_alt_held:
            return super().eventFilter(watched, event)
        event.ignore()
        keys = (_F4,) if self._keyboard.holds(ALT) else (ALT, _F4)
        for key in keys:
            self._send(key, down=True)
        for key in reversed(keys):
            self._send(key, down=False)
        return True

    def _on_modifier_lifted(self, key: GuestKey) -> None:
        self._send(key, down=False)

    def _send(self, key: GuestKey, *, down: bool) -> None:
        if self._session is not None:
            self._session.key(key.scancode, key.keysym, down)

    def _let_go(self) -> None:
        """Nothing stays pressed in the guest, nothing grabbed here."""
        for key in self._keyboard.release_all():
            self._send(key, down=False)
        self._release_armed = False
        if self._buttons and self._session is not None and self._absolute:
            self._buttons = 0
            x, y = self._view.to_guest(QPointF(self.mapFromGlobal(QCursor.pos())))
            self._session.pointer(x, y, 0)
        self._buttons = 0
        self._set_grabbed(False)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._view_only or self._session is None:
            super().mousePressEvent(event)
            return
        if not self._absolute and not self._grabbed:
            self._set_grabbed(True)
            return
        self._buttons |= _BUTTONS.get(event.button(), 0)
        self._send_pointer(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._view_only or self._session is None:
            super().mouseReleaseEvent(event)
            return
        self._buttons &= ~_BUTTONS.get(event.button(), 0)
        self._send_pointer(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._view_only and self._session is not None:
            self._send_pointer(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        session = self._session
        if self._view_only or session is None:
            event.ignore()
            return
        self._wheel += event.angleDelta()
        x, y = self._view.to_guest(event.position())
        steps_y, steps_x = int(self._wheel.y() / _WHEEL_STEP), int(self._wheel.x() / _WHEEL_STEP)
        self._wheel -= QPoint(steps_x * _WHEEL_STEP, steps_y * _WHEEL_STEP)
        for steps, forward, backward in (
            (steps_y, _WHEEL_UP, _WHEEL_DOWN),
            (steps_x, _WHEEL_LEFT, _WHEEL_RIGHT),
        ):
            for _ in range(min(abs(steps), 20)):
                button = forward if steps > 0 else backward
                if self._absolute:
                    session.pointer(x, y, self._buttons | button)
                    session.pointer(x, y, self._buttons)
                else:
                    session.pointer_moved(0, 0, self._buttons | button)
                    session.pointer_moved(0, 0, self._buttons)
        event.accept()

    def _send_pointer(self, position: QPointF) -> None:
        session = self._session
        if session is None:
            return
        if self._absolute:
            session.pointer(*self._view.to_guest(position), self._buttons)
            return
        if not self._grabbed:
            return
        centre = self.rect().center()
        moved = position.toPoint() - centre
        if moved.isNull() and not self._buttons:
            session.pointer_moved(0, 0, 0)
            return
        session.pointer_moved(moved.x(), moved.y(), self._buttons)
        if not moved.isNull():
            QCursor.setPos(self.mapToGlobal(centre))

    def _set_grabbed(self, grabbed: bool) -> None:
        if grabbed == self._grabbed:
            return
        self._grabbed = grabbed
        if grabbed:
            self.grabMouse(QCursor(Qt.CursorShape.BlankCursor))
            QCursor.setPos(self.mapToGlobal(self.rect().center()))
        else:
            self.releaseMouse()
        self.grab_changed.emit(grabbed)


def _modifier_of(key: int) -> Qt.KeyboardModifier:
    if key == Qt.Key.Key_Control:
        return Qt.KeyboardModifier.ControlModifier
    if key == Qt.Key.Key_Alt:
        return Qt.KeyboardModifier.AltModifier
    return Qt.KeyboardModifier.NoModifier
