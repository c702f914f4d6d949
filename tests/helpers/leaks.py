"""A pytest plugin: a test that leaves a thread, task, timer or window behind fails.

Compared is what exists before the first and after the last function-scoped fixture of a test, so what a session
fixture owns (a lab host's connection, say) is no leak. What a leaking test left is removed, so that the next
test starts clean and only the guilty one fails.
"""

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.async_tests import FIXTURE_TASK, session_loop

GRACE_S = 30.0  # of what is just ending, on a busy computer

# Live as long as the process by design.
LASTING_THREADS = frozenset({
    "libvirt-events",  # libvirt's event loop can be registered once and never stopped
    "thread-starter",  # waits for what others want started
})  # fmt: skip

# Qt makes one of each for itself when first needed, and keeps it.
LASTING_WINDOW_CLASSES = frozenset({"QTipLabel", "QDesktopScreenWidget", "QRollEffect", "QAlphaWidget"})

_failed = pytest.StashKey[bool]()
_started_timers: "weakref.WeakSet[QTimer]" = weakref.WeakSet()


@dataclass
class _Alive:
    threads: set[threading.Thread] = field(default_factory=set)
    tasks: "set[asyncio.Task[object]]" = field(default_factory=set)
    timers: set[QTimer] = field(default_factory=set)
    windows: set[QWidget] = field(default_factory=set)

    def __sub__(self, before: "_Alive") -> "_Alive":
        return _Alive(
            self.threads - before.threads,
            self.tasks - before.tasks,
            self.timers - before.timers,
            self.windows - before.windows,
        )

    def __bool__(self) -> bool:
        return bool(self.threads or self.tasks or self.timers or self.windows)

    def __str__(self) -> str:
        lines = [f"thread {thread.name}" for thread in self.threads]
        lines += [f"task {task!r}" for task in self.tasks]
        lines += [
            f"running timer {timer.objectName()!r} of {timer.parent()!r}, every {timer.interval()} ms"
            for timer in self.timers
        ]
        lines += [f"window {window!r}" for window in self.windows]
        return "\n".join(lines)


def pytest_configure() -> None:
    """Take note of each timer started from Python; Qt itself keeps no list."""
    original = QTimer.start

    def start(self: QTimer, *args: int) -> None:
        _started_timers.add(self)
        original(self, *args)

    QTimer.start = start  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


@pytest.fixture(autouse=True)
def leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    config = request.config
    before = _alive(config)
    yield
    left = _wait_until_gone(config, before)
    if not left:
        return
    report = str(left)
    _remove(config, left)
    # A failed test's traceback keeps its widgets alive: its own failure is what matters.
    if not request.node.stash.get(_failed, False):
        pytest.fail(f"left behind by the test:\n{report}", pytrace=False)


def _alive(config: pytest.Config) -> _Alive:
    threads = {
        thread
        for thread in threading.enumerate()
        if thread.name not in LASTING_THREADS and not thread.name.startswith("Dummy-")
    }
    loop = session_loop(config)
    tasks: set[asyncio.Task[object]] = set()
    if loop is not None:
        tasks = {task for task in asyncio.all_tasks(loop) if not task.get_name().startswith(FIXTURE_TASK)}
    timers = {timer for timer in list(_started_timers) if shiboken6.isValid(timer) and timer.isActive()}
    windows: set[QWidget] = set()
    if isinstance(QApplication.instance(), QApplication):
        windows = {
            window
            for window in QApplication.topLevelWidgets()
            if window.metaObject().className() not in LASTING_WINDOW_CLASSES
        }
    return _Alive(threads, tasks, timers, windows)


def _wait_until_gone(config: pytest.Config, before: _Alive) -> _Alive:
    """What is left after giving things that are just ending the time to do so."""
    left = _alive(config) - before
    deadline = time.monotonic() + GRACE_S
    collected = False
    while left and time.monotonic() < deadline:
        del left
        if not collected:
            gc.collect()
            collected = True
        _settle(config)
        left = _alive(config) - before
    return left


def _settle(config: pytest.Config) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    loop = session_loop(config)
    if loop is not None:
        loop.run_until_complete(asyncio.sleep(0.02))
    else:
        time.sleep(0.02)


def _remove(config: pytest.Config, left: _Alive) -> None:
    loop = session_loop(config)
    if loop is not None and left.tasks:
        for task in left.tasks:
            task.cancel()
        loop.run_until_complete(asyncio.wait(left.tasks, timeout=GRACE_S))
    for timer in left.timers:
        if shiboken6.isValid(timer):
            timer.stop()
    for window in left.windows:
        if shiboken6.isValid(window):
            window.hide()
            window.deleteLater()
    _settle(config)
