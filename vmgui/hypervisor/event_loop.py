"""libvirt's event loop: one daemon thread per process, registered before the first connection.

It carries events, keepalive messages and non-blocking streams
(https://libvirt.org/html/libvirt-libvirt-event.html). It can be registered once and never stopped.
"""

from __future__ import annotations

import logging
import threading

import libvirt

from vmgui.model.errors import OutOfThreads

log = logging.getLogger(__name__)

THREAD_NAME = "libvirt-events"
TICK_MS = 1000

_lock = threading.Lock()
_thread: threading.Thread | None = None
_is_registered = False


def start() -> None:
    """Register and run the loop; does nothing the second time. Any thread.

    Raises OutOfThreads where the computer has no thread to give: the next one tries again.
    """
    global _thread, _is_registered
    with _lock:
        if _thread is not None:
            return
        if not _is_registered:
            libvirt.registerErrorHandler(_on_error, None)
            libvirt.virEventRegisterDefaultImpl()
            # The loop sleeps until something happens; a timer that ticks lets it come by when it is idle.
            libvirt.virEventAddTimeout(TICK_MS, _on_tick, None)
            _is_registered = True
        thread = threading.Thread(target=_run, name=THREAD_NAME, daemon=True)
        try:
            thread.start()
        except (RuntimeError, MemoryError, OSError) as error:
            raise OutOfThreads(f"no thread can be started: {error}") from None
        _thread = thread


def _run() -> None:
    while True:
        try:
            libvirt.virEventRunDefaultImpl()
        except libvirt.libvirtError:
            log.exception("one round of libvirt's event loop failed")


def _on_tick(_timer: int, _opaque: object) -> None:
    return


def _on_error(_context: object, error: object) -> None:
    """libvirt prints errors to the terminal unless somebody takes them; exceptions carry them too."""
    log.debug("libvirt: %s", error)
