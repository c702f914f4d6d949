"""`--demo`: a sample machine on the person's own hypervisor, made by the wizard's own services."""

from __future__ import annotations

import asyncio
import logging
import os
import sys

from PySide6.QtGui import QPixmap

from vmgui.app.arguments import Arguments
from vmgui.model.domain import DomainKey
from vmgui.model.errors import TimedOut, VmguiError
from vmgui.model.job import JobState
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.services.background import in_thread
from vmgui.services.demo import DemoService
from vmgui.services.services import Services
from vmgui.ui.main_window import MainWindow
from vmgui.words.errors import explain

log = logging.getLogger(__name__)

LOGIN_TIMEOUT_S = 900.0
"""A busy computer emulates slowly; a guest that does not go on is noticed by its screen long before."""
SHUTDOWN_TIMEOUT_S = 60.0
PICTURE_SIZE = (1280, 800)


async def run_demo(arguments: Arguments, services: Services, window: MainWindow) -> int:
    """Create (or find), start and show the sample machine; with a screenshot asked for, take it.

    The exit status: 0 when everything asked for was done. What was not is said on the terminal, whatever it was.
    """
    try:
        await _run(arguments, services, window)
    except _NotDone as reason:
        _tell(str(reason))
        return 1
    except asyncio.CancelledError:
        if arguments.screenshot is not None:
            _tell(f"stopped before {arguments.screenshot} was made")
        raise
    except Exception as error:
        log.warning("the demo failed", exc_info=not isinstance(error, VmguiError))
        _tell(f"the demo failed. {explain(error).as_text()}")
        return 1
    if arguments.screenshot is not None:
        print(f"vmgui: saved {arguments.screenshot}")
    return 0


class _NotDone(Exception):
    """Something asked for could not be done; the words say what."""


def _tell(words: str) -> None:
    """Names and a host's words may hold anything: a terminal is not to obey them."""
    lines = [visible(line, TEXT_CHARS) for line in words.splitlines()]
    print("vmgui: " + "\n".join(lines), file=sys.stderr)


async def _run(arguments: Arguments, services: Services, window: MainWindow) -> None:
    demo = DemoService(services.hosts, services.inventory, services.jobs, services.creation)
    goal = arguments.screenshot
    if goal is not None:
        if not await in_thread(os.access, goal.absolute().parent, os.W_OK | os.X_OK):
            raise _NotDone(f"{goal} cannot be written: {goal.absolute().parent} takes no files from you")
        # The screen of no display is small; the picture shall look like the window of most people.
        window.resize(*PICTURE_SIZE)
    key = await demo.run()
    window.show_domain(key, tab="console")
    if goal is None:
        return
    try:
        late: TimedOut | None = None
        try:
            await demo.wait_for_login(key, timeout_s=LOGIN_TIMEOUT_S)
        except TimedOut as error:
            # How far it got is better than nothing.
            late = error
        # The picture follows the serial line by one refresh.
        await asyncio.sleep(2)
        picture: QPixmap = window.grab()
        if not await _save(picture, arguments):
            raise _NotDone(f"{goal} cannot be written")
        if late is not None:
            raise _NotDone(
                f"the machine did not ask for a login within {LOGIN_TIMEOUT_S:g} s; {goal} shows how far it got"
            )
    finally:
        await _shut_down(services, key)


async def _save(picture: QPixmap, arguments: Arguments) -> bool:
    # No person waits at this window: writing here stalls nobody.
    return picture.save(str(arguments.screenshot))


async def _shut_down(services: Services, key: DomainKey) -> None:
    """Cleanly if the guest listens, else by force: nothing of the demo keeps running."""
    job_id = services.lifecycle.shut_down((key,))
    try:
        job = await asyncio.wait_for(services.jobs.wait(job_id), SHUTDOWN_TIMEOUT_S)
        if job.state is JobState.DONE:
            return
    except TimeoutError:
        services.jobs.cancel(job_id)
    await services.jobs.wait(services.lifecycle.force_off((key,)))
