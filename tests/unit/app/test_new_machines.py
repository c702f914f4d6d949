"""What is shown of a machine that the wizard has made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from tests.helpers.waiting import eventually
from vmgui.app.new_machines import NewMachines
from vmgui.model.domain import DomainKey
from vmgui.model.job import JobKind, JobResult, JobTarget, ThingKind
from vmgui.services.jobs import JobContext, JobService, Work

KEY = DomainKey("h1", "made")


def _making(*, is_running: bool) -> Work:
    """There is no inventory here: its news may come later."""

    async def work(job: JobContext) -> None:
        job.tell_results(JobResult(ThingKind.MACHINE, "new", "h1", KEY, is_running=is_running))

    return work


async def _failing(job: JobContext) -> None:
    job.tell_results(JobResult(ThingKind.MACHINE, "bad", "h1", DomainKey("h1", "bad")))
    raise OSError("no room")


@pytest.mark.parametrize(("is_running", "tab"), [(True, "console"), (False, "overview")])
async def test_the_console_opens_by_what_was_made_not_by_what_the_inventory_knows(
    is_running: bool, tab: str
) -> None:
    jobs = JobService()
    services: Any = SimpleNamespace(jobs=jobs)
    shown: list[tuple[DomainKey, str]] = []
    parent = QObject()
    new_machines = NewMachines(services, parent, lambda key, tab: shown.append((key, tab)))
    job_id = jobs.submit(JobKind.CREATE, (JobTarget("new", "h1"),), _making(is_running=is_running))
    new_machines.on_created(job_id)
    await eventually(lambda: bool(shown))
    assert shown == [(KEY, tab)]
    await jobs.close()


async def test_nothing_is_shown_of_a_failed_job() -> None:
    jobs = JobService()
    services: Any = SimpleNamespace(jobs=jobs)
    shown: list[DomainKey] = []
    parent = QObject()
    new_machines = NewMachines(services, parent, lambda key, _tab: shown.append(key))
    failed = jobs.submit(JobKind.CREATE, (JobTarget("bad", "h1"),), _failing)
    new_machines.on_created(failed)
    good = jobs.submit(JobKind.CREATE, (JobTarget("new", "h1"),), _making(is_running=False))
    await jobs.wait(failed)
    await jobs.wait(good)
    new_machines.on_created(good)
    await eventually(lambda: bool(shown))
    assert shown == [KEY]
    await jobs.close()
