"""What a failed job is helped by, on the banner where it is told; on test hypervisors made deaf or forgetful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPushButton, QWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.model.domain import DomainState
from vmgui.model.errors import SavedStateDamaged
from vmgui.model.job import JobKind, JobState
from vmgui.words import language


def button(bench: Bench, name: str) -> QPushButton | None:
    """One of the banner's, if it is shown."""
    found = bench.window.details.findChildren(QPushButton, name)
    return next((one for one in found if one.isVisible()), None)


def other_text(bench: Bench) -> str:
    shown = button(bench, "error-other")
    return shown.text() if shown is not None else ""


async def test_of_many_only_those_that_ignored_it_are_forced_off(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    deaf = bench.domain("web-01").key.uuid
    real = hypervisor_lifecycle.shutdown
    monkeypatch.setattr(
        hypervisor_lifecycle, "shutdown", lambda conn, uuid: None if uuid == deaf else real(conn, uuid)
    )
    monkeypatch.setattr(bench.services.lifecycle, "_shut_down_timeout_s", 0.0)
    await bench.select("web-01")
    bench.services.lifecycle.shut_down((bench.key("web-01"), bench.key("web-02")))
    await eventually(lambda: other_text(bench) == "Force off…")
    words = texts(bench.window.details)
    assert "did not shut down" in words
    assert "The host did not answer" not in words
    # One that runs and is selected as well is none of its business.
    inventory = bench.window.inventory
    inventory.tree.selectionModel().select(
        inventory.model.index_of(bench.key("db-01")), QItemSelectionModel.SelectionFlag.Select
    )
    press(bench.window.details, "error-other")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web-01?" in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-01", DomainState.OFF)
    assert bench.domain("db-01").state is DomainState.RUNNING
    await eventually(lambda: not other_text(bench))


async def test_a_guest_nobody_looks_at_can_be_forced_off_as_well(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    monkeypatch.setattr(hypervisor_lifecycle, "shutdown", lambda _conn, _uuid: None)
    monkeypatch.setattr(bench.services.lifecycle, "_shut_down_timeout_s", 0.0)
    await bench.select("db-01")
    bench.services.lifecycle.shut_down((bench.key("web-01"),))
    await eventually(lambda: other_text(bench) == "Force off…")
    press(bench.window.details, "error-other")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web-01?" in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-01", DomainState.OFF)


@pytest.mark.parametrize(
    "pressed",
    [
        lambda bench: (bench.window.details, "error-other"),
        lambda bench: (bench.window.jobs.line, "jobs-line-remedy"),
        lambda bench: (bench.window.jobs, "jobs-remedy"),
    ],
    ids=["banner", "line", "list"],
)
async def test_a_damaged_saved_state_is_discarded_after_a_question(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, pressed: Callable[[Bench], tuple[QWidget, str]]
) -> None:
    await bench.connect()
    start = hypervisor_lifecycle.start

    def refuse(_conn: Any, _uuid: str) -> bool:
        raise SavedStateDamaged("operation failed: image magic is incorrect", code=9)

    monkeypatch.setattr(hypervisor_lifecycle, "start", refuse)
    # The test driver does not know the flag.
    monkeypatch.setattr(hypervisor_lifecycle, "start_afresh", start)
    await bench.select("web-01")
    bench.services.lifecycle.save((bench.key("web-01"),))
    await bench.state("web-01", DomainState.SAVED)
    await eventually(lambda: bench.action("start").text() == "Restore")
    bench.trigger("start")
    await eventually(lambda: other_text(bench) == "Discard saved state and start…")
    assert "can never be restored" in texts(bench.window.details)
    assert button(bench, "error-retry") is None
    # Neither do the jobs offer the same again, in their line or in their list.
    line, jobs = bench.window.jobs.line, bench.window.jobs
    assert not line.findChild(QPushButton, "jobs-line-retry").isVisible()
    press(line, "jobs-expand")
    jobs.table.setCurrentIndex(jobs.model.index(0, 0))
    assert not jobs.findChild(QPushButton, "jobs-retry").isEnabled()
    for place, name in ((line, "jobs-line-remedy"), (jobs, "jobs-remedy")):
        offered = place.findChild(QPushButton, name)
        assert offered.isVisible()
        assert offered.text() == "Discard saved state and start…"
    press(*pressed(bench))
    dialog = await bench.dialog("confirm-dialog")
    assert "What ran when it was saved is lost; its disks stay." in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-01", DomainState.RUNNING)
    assert [job.kind for job in bench.services.jobs.jobs.values()][-1] is JobKind.START_AFRESH
    await eventually(lambda: not other_text(bench))


async def test_a_saved_state_discarded_meanwhile_needs_no_question(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    start = hypervisor_lifecycle.start

    def refuse(_conn: Any, _uuid: str) -> bool:
        raise SavedStateDamaged("operation failed: image magic is incorrect", code=9)

    await bench.select("web-01")
    bench.services.lifecycle.save((bench.key("web-01"),))
    await bench.state("web-01", DomainState.SAVED)
    monkeypatch.setattr(hypervisor_lifecycle, "start", refuse)
    bench.services.lifecycle.start((bench.key("web-01"),))
    await eventually(lambda: "can never be restored" in texts(bench.window.details))
    bench.services.lifecycle.discard_saved((bench.key("web-01"),))
    await bench.state("web-01", DomainState.OFF)
    monkeypatch.setattr(hypervisor_lifecycle, "start", start)
    jobs = bench.window.jobs
    press(jobs.line, "jobs-expand")
    rows = range(jobs.model.rowCount())
    failed = next(row for row in rows if jobs.model.rows[row].state is JobState.FAILED)
    jobs.table.setCurrentIndex(jobs.model.index(failed, 0))
    press(jobs, "jobs-remedy")
    await bench.state("web-01", DomainState.RUNNING)


async def test_the_button_speaks_the_language_of_the_window(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, qapp: Any
) -> None:
    await bench.connect()
    monkeypatch.setattr(hypervisor_lifecycle, "shutdown", lambda _conn, _uuid: None)
    monkeypatch.setattr(bench.services.lifecycle, "_shut_down_timeout_s", 0.0)
    await bench.select("web-01")
    bench.services.lifecycle.shut_down((bench.key("web-01"),))
    await eventually(lambda: other_text(bench) == "Force off…")
    language.install(qapp, "es")
    await eventually(lambda: other_text(bench) == "Forzar apagado…")
