"""libvirt's event loop: one daemon thread per process, registered before the first connection.

It carries events, keepalive messages and non-blocking streams
(https://libvirt.org/html/libvirt-libvirt-event.html). It can be registered once and never stopped.
"""

from __future__ import annotations

import logging
import threading

import libvirt

log = logging.getLogger(__name__)

THREAD_NAME = "libvirt-events"
TICK_MS = 1000

_lock = threading.Lock()
_thread: threading.Thread | None = None


def start() -> None:
    """Register and run the loop; does nothing the second time. Any thread."""
    global _thread
    with _lock:
        if _thread is not None:
            return
        libvirt.registerErrorHandler(_on_error, None)
        libvirt.virEventRegisterDefaultImpl()
        # The loop sleeps until something happens; a timer that ticks lets it come by when it is idle.
        libvirt.virEventAddTimeout(TICK_MS, _on_tick, None)
        _thread = threading.Thread(target=_run, name=THREAD_NAME, daemon=True)
        _thread.start()


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
