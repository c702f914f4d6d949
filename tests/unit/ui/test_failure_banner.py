"""A failure is told where it happened or, if nobody looks there, where the person is; until the next try."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from vmgui.model.domain import DomainKey
from vmgui.model.errors import NoSpace
from vmgui.model.job import Job, JobKind, JobState, JobTarget
from vmgui.services.inventory import Inventory
from vmgui.ui.failure_banner import FailureBanner
from vmgui.words import language
from vmgui.words.errors import ErrorText

WEB, DB, MAIL = (DomainKey("h1", name) for name in ("web", "db", "mail"))


@pytest.fixture
def banner(qapp: QApplication) -> Iterator[FailureBanner]:
    language.install(qapp, "en")
    services: Any = SimpleNamespace(inventory=Inventory())
    made = FailureBanner(services, print)
    made.show_places((WEB,))
    yield made
    made.close()
    made.deleteLater()
    language.install(qapp, "en")


def failed(job_id: int, *keys: DomainKey) -> Job:
    targets = tuple(JobTarget(key.uuid, key.host_id, key) for key in keys)
    return Job(job_id, JobKind.SET_NOTES, targets, JobState.FAILED, error=NoSpace("full"))


def title(banner: FailureBanner) -> str:
    label = banner.findChild(QLabel, "error-title")
    assert label is not None
    return label.text() if not banner.isHidden() else ""


def close(banner: FailureBanner) -> None:
    button = banner.findChild(QToolButton, "error-close")
    assert button is not None
    button.click()


def test_it_is_closed_in_another_language_than_it_came_in(banner: FailureBanner, qapp: QApplication) -> None:
    banner.show_jobs((failed(1, DB),))
    english = title(banner)
    assert "db" in english
    language.install(qapp, "es")
    qapp.sendPostedEvents()
    assert "db" in title(banner)
    assert title(banner) != english
    close(banner)
    assert title(banner) == ""
    banner.show_places((DB,))
    assert title(banner) == ""


def test_told_elsewhere_it_goes_with_the_next_try(banner: FailureBanner) -> None:
    job = failed(1, DB, MAIL)
    banner.show_jobs((job,))
    banner.show_jobs((replace(failed(2, WEB), state=JobState.DONE),))
    assert title(banner), "a job of another place"
    banner.show_jobs((replace(failed(3, DB), state=JobState.DONE),))
    assert title(banner), "the other one's is still as it was"
    banner.show_jobs((replace(failed(4, MAIL), state=JobState.RUNNING),))
    assert title(banner) == ""


def test_told_elsewhere_it_goes_with_its_machines(banner: FailureBanner) -> None:
    banner.show_jobs((failed(1, DB, MAIL),))
    banner.forget_places((DB,))
    assert title(banner)
    banner.forget_places((MAIL,))
    assert title(banner) == ""
    host = Job(2, JobKind.SET_NOTES, (JobTarget("h2", "h2"),), JobState.FAILED, error=NoSpace("full"))
    banner.show_jobs((host,))
    assert title(banner)
    banner.forget_places(("h2",))
    assert title(banner) == ""


def test_what_is_no_job_stays_until_it_is_closed(banner: FailureBanner) -> None:
    banner.show_error(ErrorText("Something went wrong"))
    banner.show_jobs((failed(1, WEB),))
    assert "web" in title(banner)
    banner.show_jobs((replace(failed(2, WEB), state=JobState.DONE),))
    assert title(banner) == "Something went wrong"
    banner.forget_places((WEB,))
    close(banner)
    assert title(banner) == ""
