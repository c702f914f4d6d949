"""Closes the parts of something one after the other, whatever becomes of each: none may keep the next from it."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

LIMIT_S = 10.0
"""Longer than any part takes by its own limits: only one that forgot them is left to itself."""

Close = Callable[[], Awaitable[None] | None]


async def close_each(*parts: tuple[str, Close], limit_s: float = LIMIT_S) -> bool:
    """Whether all of them closed; what one raises is logged. Cancelled, it closes the rest all the same."""
    all_closed = True
    cancelled: asyncio.CancelledError | None = None
    for name, close in parts:
        try:
            async with asyncio.timeout(limit_s):
                closing = close()
                if inspect.isawaitable(closing):
                    await closing
        except asyncio.CancelledError as error:
            cancelled = error
        except TimeoutError:
            log.warning("%s did not close within %g s", name, limit_s)
            all_closed = False
        except Exception:
            log.exception("closing %s failed", name)
            all_closed = False
    if cancelled is not None:
        raise cancelled
    return all_closed
