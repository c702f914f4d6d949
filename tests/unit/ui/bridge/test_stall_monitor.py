"""The monitor sees a stall, says who made it, and leaves a quiet loop alone."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.waiting import eventually
from vmgui.ui.bridge.stall_monitor import StallMonitor


def hold_up(seconds: float) -> None:
    """What no code of ours may do; in processor time, so that a busy computer changes nothing."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def test_a_stall_is_seen_with_its_cause(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    log = tmp_path / "stalls.jsonl"
    monkeypatch.setenv("VMGUI_STALL_LOG", str(log))
    monitor = StallMonitor(warm_up_s=0.0)
    monitor.start()
    try:
        await asyncio.sleep(0.1)
        monitor.reset()
        hold_up(0.2)
        gap = await eventually(lambda: next((gap for gap in monitor.gaps if "hold_up" in gap.stack), None))
    finally:
        monitor.stop()
    assert gap.gap_ms > 150
    assert gap.busy_ms > 100
    assert "hold_up" in gap.stack
    assert monitor.max_gap_ms >= gap.gap_ms
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert any("hold_up" in line["stack"] and line["gap_ms"] > 150 for line in lines)
    assert any("stood still" in record.message for record in caplog.records)


async def test_the_start_of_the_program_counts_apart(qapp: QApplication) -> None:
    monitor = StallMonitor(warm_up_s=60.0)
    monitor.start()
    try:
        hold_up(0.12)
        await eventually(lambda: monitor.start_gap_ms > 100)
    finally:
        monitor.stop()
    assert monitor.gaps == ()


async def test_stopped_monitor_leaves_no_thread(qapp: QApplication) -> None:
    monitor = StallMonitor()
    monitor.start()
    monitor.stop()
    monitor.stop()
    monitor.start()
    monitor.stop()
