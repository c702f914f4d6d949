"""Faults of the program itself, where somebody waits: told like any other failure, never a silence."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from typing import TypeVar

from vmgui.model.errors import InternalFault, OutOfThreads, VmguiError
from vmgui.services.background import NoThread

log = logging.getLogger(__name__)

T = TypeVar("T")


async def ours(work: Awaitable[T]) -> T:
    """The result of `work`; what it raises that is no VmguiError is logged and becomes InternalFault."""
    try:
        return await work
    except VmguiError:
        raise
    except NoThread as error:
        raise OutOfThreads(error.strerror or "") from None
    except Exception as error:
        log.exception("what somebody waits for failed unexpectedly")
        raise InternalFault(f"{type(error).__name__}: {error}") from None
