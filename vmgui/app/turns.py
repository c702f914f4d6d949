"""Lets the window's thread have its turn soon, whatever the worker threads do; before any of them starts.

Python's lock: who wants it waits until its holder has had the switch interval, 5 ms unless told otherwise. The
window's thread gives the lock away in most calls of the toolkit: painting a list while a worker makes rows
of an answer is dozens of such waits, together more than a person overlooks.

The C library's memory: blocks that are freed are gathered unmerged (mallopt(3), M_MXFAST) until somebody wants a
larger one, who then merges them all. After ten thousand machines' XML that is 70 ms for one short string, and a
thread that makes Python's strings holds Python's lock meanwhile. And it keeps a store of memory for each thread, up
to eight times as many as there are processors, each with holes of its own (M_ARENA_MAX): two serve a hundred hosts'
threads as fast, with 12 MiB less.

Python's collector: it looks through all that lives again and again while a fleet is being read, in whatever thread
it is due, and holds the lock: 10,000 machines are 50 ms. Here the whole is only looked through while it is small.
What has become large is the fleet: its parts go with their last reference, as ever, and are set aside (gc.freeze).
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys

SWITCH_INTERVAL_S = 0.001
_M_MXFAST = 1
_M_ARENA_MAX = -8
_ARENAS = 2
COLLECT_EVERY_S = 15.0
COLLECTED_AT_MOST = 30_000
"""Objects looked through at once: some 10 ms."""
_OLDEST = 2
_NEVER = 1_000_000


def keep_short() -> None:
    """Make the longest wait for Python's lock short; for the whole process."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    # Other C libraries have neither the call nor the habit.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MXFAST, 0)
        mallopt(_M_ARENA_MAX, _ARENAS)


async def keep_collections_short() -> None:
    """Collect what is old every quarter of a minute, or set it aside; what there is already stays for good."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    # Modules and widgets stay to the end.
    gc.freeze()
    while True:
        await asyncio.sleep(COLLECT_EVERY_S)
        collect_or_keep()


def collect_or_keep() -> None:
    """Look for old garbage, unless that is too much to look through."""
    if len(gc.get_objects(_OLDEST)) > COLLECTED_AT_MOST:
        gc.freeze()
    else:
        gc.collect()
