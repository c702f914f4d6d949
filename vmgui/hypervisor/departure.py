"""Whether a call has left for its host: decided once, between who makes it and who no longer waits for it.

A call that fails while it waits for a thread or for a connection was never sent, and whoever asked for it has
to know: nothing was done. That holds only if the call cannot leave afterwards.
"""

from __future__ import annotations

import threading

from vmgui.model.errors import ConnectionLost


class Departure:
    """One call's; any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_left = False
        self._is_called_off = False

    def leave(self) -> None:
        """The call is about to be made; raises ConnectionLost where nobody waits for it any more."""
        with self._lock:
            if self._is_called_off:
                raise ConnectionLost("nobody waits for the call any more").unsent()
            self._has_left = True

    def call_off(self) -> bool:
        """Nobody waits any more: whether it has left; if not, it never will."""
        with self._lock:
            self._is_called_off = True
            return self._has_left
