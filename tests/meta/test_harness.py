"""The test harness itself: each guard must really fail the test it guards.

Each case is a little test file, run by pytest in a process of its own with this project's conftest and settings.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_pytest(tmp_path: Path, source: str) -> subprocess.CompletedProcess[str]:
    test_file = tmp_path / "test_case.py"
    impatient = "from tests.helpers import leaks\nleaks.GRACE_S = 0.5\n"
    test_file.write_text("import asyncio, threading\nimport pytest\n" + impatient + textwrap.dedent(source))
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"),
            *("--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")),
            # Or pytest looks at all there is beside it, up to /tmp, where some things are closed to us.
            *("--confcutdir", str(tmp_path), str(test_file)),
        ],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


PASSING = {
    "async fixtures, signals and deadlines": """
        from PySide6.QtCore import QObject, Signal
        from tests.helpers.signals import await_signal, expect_signal
        from tests.helpers.waiting import eventually

        class Thing(QObject):
            changed = Signal(int, str)

        @pytest.fixture
        async def thing():
            async with asyncio.TaskGroup():
                yield Thing()

        @pytest.fixture(scope="session")
        async def number():
            await asyncio.sleep(0)
            return 3

        async def test_signal_during_an_action(thing, number):
            async with expect_signal(thing.changed, matches=lambda n, _: n == number) as seen:
                thing.changed.emit(1, "a")
                thing.changed.emit(3, "c")
            assert seen.args == (3, "c")

        async def test_signal_later(thing):
            asyncio.get_running_loop().call_later(0.01, thing.changed.emit, 2, "b")
            assert await await_signal(thing.changed) == (2, "b")

        async def test_signal_from_a_thread(thing):
            async with expect_signal(thing.changed) as seen:
                thread = threading.Thread(target=thing.changed.emit, args=(5, "t"))
                thread.start()
            thread.join()
            assert seen.args == (5, "t")

        async def test_missing_signal(thing):
            with pytest.raises(AssertionError, match="was not emitted within"):
                await await_signal(thing.changed, timeout_s=0.02)

        async def test_eventually():
            values = iter([0, 0, 7])
            assert await eventually(lambda: next(values)) == 7
            with pytest.raises(AssertionError, match="was still 0 after"):
                await eventually(lambda: 0, timeout_s=0.02)

        class TestMethods:
            @pytest.mark.parametrize("n", [1, 2])
            async def test_in_a_class(self, n, number):
                assert n < number
        """,
    "windows and timers that are cleaned up": """
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QLabel

        def test_window(qtbot):
            label = QLabel("text")
            qtbot.addWidget(label)
            label.show()

        def test_timer(qapp):
            timer = QTimer()
            timer.start(1000)
            timer.stop()
        """,
    "a model that keeps the rules": """
        from PySide6.QtCore import QStringListModel
        from tests.helpers.models import watch_model

        def test_model(qapp):
            model = QStringListModel(["a"])
            watch_model(model)
            model.setStringList(["a", "b"])
        """,
    "a world of its own": """
        import os, pathlib, platformdirs, PySide6.QtCore as core

        def test_places():
            world = pathlib.Path(os.environ["XDG_CONFIG_HOME"]).parent
            assert world.name.startswith("vmgui-t-")
            assert pathlib.Path.home().parent == world
            assert platformdirs.user_config_path("vmgui").is_relative_to(world)
            assert os.environ["QT_NO_GLIB"] == "1"
            settings = core.QSettings("vmgui", "vmgui")
            assert pathlib.Path(settings.fileName()).is_relative_to(world)
        """,
    "what is long waits to be asked for": """
        @pytest.mark.long
        def test_long():
            raise AssertionError("not asked for")

        def test_short():
            pass
        """,
}

FAILING = {
    "thread": (
        """
        stop = threading.Event()

        def test_leak():
            threading.Thread(target=stop.wait, args=(300,), name="stray", daemon=True).start()
        """,
        "thread stray",
    ),
    "task": (
        """
        kept = []

        async def test_leak():
            kept.append(asyncio.get_running_loop().create_task(asyncio.sleep(60), name="stray"))
        """,
        "name='stray'",
    ),
    "timer": (
        """
        from PySide6.QtCore import QTimer
        kept = []

        def test_leak(qapp):
            timer = QTimer(objectName="stray")
            timer.start(1000)
            kept.append(timer)
        """,
        "running timer 'stray'",
    ),
    "window": (
        """
        from PySide6.QtWidgets import QLabel
        kept = []

        def test_leak(qapp):
            kept.append(QLabel("stray"))
        """,
        "window <PySide6.QtWidgets.QLabel",
    ),
    "Qt warning": (
        """
        from PySide6.QtCore import qWarning

        def test_warning(qapp):
            qWarning("look out")
        """,
        "look out",
    ),
    "model that breaks the rules": (
        """
        from PySide6.QtCore import QAbstractListModel, QModelIndex
        from tests.helpers.models import watch_model

        class Model(QAbstractListModel):
            def rowCount(self, parent=QModelIndex()):
                return 2
            def data(self, index, role=0):
                return None

        def test_model(qapp):
            model = Model()
            watch_model(model)
            model.beginInsertRows(QModelIndex(), 0, 0)
            model.endInsertRows()
        """,
        "Compared values are not the same",
    ),
    "exception in a slot": (
        """
        from PySide6.QtCore import QObject, Signal

        class Thing(QObject):
            changed = Signal()

        def fail():
            raise ValueError("in the slot")

        def test_slot(qapp):
            thing = Thing()
            thing.changed.connect(fail)
            thing.changed.emit()
        """,
        "in the slot",
    ),
    "deadline": (
        """
        @pytest.mark.async_timeout(0.05)
        async def test_slow():
            await asyncio.sleep(60)
        """,
        "did not end within 0.05 s",
    ),
    "error nobody awaited": (
        """
        async def test_callback():
            asyncio.get_running_loop().call_soon(lambda: 1 / 0)
            await asyncio.sleep(0.01)
        """,
        "ZeroDivisionError",
    ),
    "file left open": (
        """
        def test_file(tmp_path):
            open(tmp_path / "x", "w")
        """,
        "unclosed file",
    ),
    "coroutine never awaited": (
        """
        async def work():
            pass

        async def test_forgotten():
            work()
        """,
        "was never awaited",
    ),
}


@pytest.mark.parametrize("name", PASSING)
def test_passes(name: str, tmp_path: Path) -> None:
    result = run_pytest(tmp_path, PASSING[name])
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", FAILING)
def test_fails_and_says_why(name: str, tmp_path: Path) -> None:
    source, words = FAILING[name]
    result = run_pytest(tmp_path, source + "\n\n        def test_next():\n            pass\n")
    assert result.returncode == 1, result.stdout + result.stderr
    assert words in result.stdout
    assert " passed" in result.stdout, "the guilty test fails,"
    assert "test_next" not in result.stdout, "the next one does not"
