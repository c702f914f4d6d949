"""What is shown of a machine that the wizard has made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from tests.helpers.waiting import eventually
from vmgui.app.new_machines import NewMachines
from vmgui.model.domain import DomainKey
from vmgui.model.job import JobId, JobKind, JobTarget
from vmgui.services.jobs import JobContext, JobService


def key_of(job_id: JobId) -> DomainKey:
    return DomainKey("h1", f"made by {job_id}")


class Made:
    """Creation, once its job has ended; there is no inventory here: its news may come later."""

    def __init__(self, *, was_started: bool) -> None:
        self._was_started = was_started

    def created_key(self, job_id: JobId) -> DomainKey | None:
        return key_of(job_id)

    def was_started(self, _job_id: JobId) -> bool:
        return self._was_started


async def _work(_job: JobContext) -> None:
    """Nothing: what it made is told by `Made`."""


async def _failing(_job: JobContext) -> None:
    raise OSError("no room")


@pytest.mark.parametrize(("was_started", "tab"), [(True, "console"), (False, "overview")])
async def test_the_console_opens_by_what_was_made_not_by_what_the_inventory_knows(
    was_started: bool, tab: str
) -> None:
    jobs = JobService()
    services: Any = SimpleNamespace(jobs=jobs, creation=Made(was_started=was_started))
    shown: list[tuple[DomainKey, str]] = []
    parent = QObject()
    new_machines = NewMachines(services, parent, lambda key, tab: shown.append((key, tab)))
    job_id = jobs.submit(JobKind.CREATE, (JobTarget("new", "h1"),), _work)
    new_machines.on_created(job_id)
    await eventually(lambda: bool(shown))
    assert shown == [(key_of(job_id), tab)]
    await jobs.close()


async def test_nothing_is_shown_of_a_failed_job() -> None:
    jobs = JobService()
    services: Any = SimpleNamespace(jobs=jobs, creation=Made(was_started=False))
    shown: list[DomainKey] = []
    parent = QObject()
    new_machines = NewMachines(services, parent, lambda key, _tab: shown.append(key))
    failed = jobs.submit(JobKind.CREATE, (JobTarget("bad", "h1"),), _failing)
    new_machines.on_created(failed)
    good = jobs.submit(JobKind.CREATE, (JobTarget("new", "h1"),), _work)
    await jobs.wait(failed)
    await jobs.wait(good)
    new_machines.on_created(good)
    await eventually(lambda: bool(shown))
    assert shown == [key_of(good)]
    await jobs.close()
