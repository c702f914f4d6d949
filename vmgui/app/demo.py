"""`--demo`: a sample machine on the person's own hypervisor, made by the wizard's own services."""

from __future__ import annotations

import asyncio
import logging

from PySide6.QtGui import QPixmap

from vmgui.app.cli import Arguments
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.job import JobState
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.services.demo import DemoService
from vmgui.services.services import Services
from vmgui.ui.main_window import MainWindow

log = logging.getLogger(__name__)

LOGIN_TIMEOUT_S = 240.0
SHUTDOWN_TIMEOUT_S = 60.0
PICTURE_SIZE = (1280, 800)


async def run_demo(arguments: Arguments, services: Services, window: MainWindow) -> int:
    """Create (or find), start and show the sample machine; with a screenshot asked for, take it.

    The exit status: 0 when everything asked for was done.
    """
    demo = DemoService(services.hosts, services.inventory, services.jobs, services.creation)
    if arguments.screenshot:
        # The screen of no display is small; the picture shall look like the window of most people.
        window.resize(*PICTURE_SIZE)
    try:
        key = await demo.run()
    except VmguiError as error:
        log.warning("the demo could not start: %s", error)
        if arguments.screenshot:
            print(f"vmgui: the demo could not start: {visible(str(error), TEXT_CHARS)}")
        return 1
    window.show_domain(key, tab="console")
    if arguments.screenshot is None:
        return 0
    try:
        await demo.wait_for_login(key, timeout_s=LOGIN_TIMEOUT_S)
        # The picture follows the serial line by one refresh.
        await asyncio.sleep(2)
        picture: QPixmap = window.grab()
        if not await _save(picture, arguments):
            print(f"vmgui: {arguments.screenshot} cannot be written")
            return 1
    finally:
        await _shut_down(services, key)
    print(f"vmgui: saved {arguments.screenshot}")
    return 0


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
