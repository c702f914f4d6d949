"""A display session: what a window holds. Every method may be called from any thread and none waits.

Events come in tuples to `listener`, in the worker's thread: it must hand them over to its own (a queued
signal); where not even a thread can be had, the one `Disconnected` comes in that of `start`. The order is theirs; `Disconnected` is the last and always comes, exactly once.

Painting, without tearing and without a queue that grows:

    with session.frame() as pixels:       # (height, width) uint32, 0x??RRGGBB: QImage.Format_RGB32
        if pixels is not self._pixels:    # after Connected and Resized: wrap anew, keep the array
            ...
        painter.drawImage(...)
    session.painted()                     # after each Updated, drawn or not: the next one may come
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from vmgui.console.rfb.commands import (
    KeyInput,
    Painted,
    PointerInput,
    PointerMotion,
    ProvideCredentials,
    ReleaseKeys,
    ResizeDesktop,
    SendCutText,
    SetVisible,
)
from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.events import SessionEvent
from vmgui.console.rfb.keys import keys_of
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.pump import Pump
from vmgui.console.rfb.transport import RfbTarget

Listener = Callable[[tuple[SessionEvent, ...]], None]


class RfbSession:
    """One connection to one display, from `start` to `Disconnected`; reconnecting is a new session."""

    def __init__(self, target: RfbTarget, options: RfbOptions, listener: Listener) -> None:
        self._pump = Pump(target, options, listener)
        self._view_only = options.view_only

    # Life

    def start(self) -> None:
        """Connect, in a thread of its own."""
        self._pump.start()

    def stop(self) -> None:
        """End the session from whatever it is doing; `Disconnected(STOPPED)` follows within milliseconds."""
        self._pump.stop()

    def join(self, timeout_s: float) -> bool:
        """Wait until the thread has ended: has it? Not for a GUI thread."""
        return self._pump.join(timeout_s)

    def provide_credentials(self, password: str, username: str = "") -> None:
        """The answer to `CredentialsNeeded`."""
        self._pump.post(ProvideCredentials(username, password))

    # Picture

    def frame(self) -> AbstractContextManager[Pixels]:
        """The picture, held still for the length of the block: paint or copy, then leave."""
        return self._pump.surface.locked()

    def painted(self) -> None:
        """The last `Updated` has been dealt with; until then no further one comes."""
        self._pump.post(Painted())

    def set_visible(self, visible: bool) -> None:
        """Hidden, nothing is asked of the server and no picture is delivered; the connection stays."""
        self._pump.post(SetVisible(visible))

    def resize_desktop(self, width: int, height: int) -> None:
        """Ask the guest for another screen size; `Resized` or `ResizeRefused` follows, or nothing."""
        self._pump.post(ResizeDesktop(width, height))

    # Input; dropped while view-only

    def set_view_only(self, view_only: bool) -> None:
        """Look, don't touch."""
        if view_only:
            self.release_keys()
        self._view_only = view_only

    def key(self, scancode: int, keysym: int, down: bool) -> None:
        """A key by XT scancode (0: none) and X keysym (0: none); see `keys`."""
        if not self._view_only:
            self._pump.post(KeyInput(scancode, keysym, down))

    def send_keys(self, combination: str) -> None:
        """Press and release "Ctrl+Alt+Del" and the like; KeyError if a key's name is not known."""
        keys = keys_of(combination)
        for key in keys:
            self.key(key.scancode, key.keysym, True)
        for key in reversed(keys):
            self.key(key.scancode, key.keysym, False)

    def release_keys(self) -> None:
        """Let go of every key that is down (the window has lost the focus)."""
        self._pump.post(ReleaseKeys())

    def pointer(self, x: int, y: int, buttons: int) -> None:
        """Pointer at this pixel of the guest (bit 0 left, 1 middle, 2 right, 3/4 wheel up/down)."""
        if not self._view_only:
            self._pump.post(PointerInput(x, y, buttons))

    def pointer_moved(self, dx: int, dy: int, buttons: int) -> None:
        """Pointer moved by so many pixels, once `PointerModeChanged(absolute=False)` was said."""
        if not self._view_only:
            self._pump.post(PointerMotion(dx, dy, buttons))

    def cut_text(self, text: str) -> None:
        """Give the guest our clipboard (what Latin-1 cannot say becomes a question mark)."""
        if not self._view_only:
            self._pump.post(SendCutText(text))
