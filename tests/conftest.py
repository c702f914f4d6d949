"""What holds for every test: a world of its own, and nothing left behind.

The environment is set here, before Qt or the program is imported: no test ever sees or touches a person's
settings, keyring or cache, and all run the same whatever desktop, language or time zone they are started on.
"""

import atexit
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).parent
LAB_CACHE = "vmgui-lab"


def _make_private_world() -> None:
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")

    # Short, because a unix socket's path ends at 107 bytes.
    world = Path(tempfile.mkdtemp(prefix="vmgui-t-"))
    atexit.register(shutil.rmtree, world, ignore_errors=True)
    for variable, name in {
        "HOME": "home",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        place = world / name
        place.mkdir(mode=0o700)
        os.environ[variable] = str(place)
    # What is expensive to build (guests, CDs) is kept between runs, where `python -m tests.lab` keeps it too.
    (caches / LAB_CACHE).mkdir(parents=True, exist_ok=True)
    (world / "cache" / LAB_CACHE).symlink_to(caches / LAB_CACHE)

    # Qt would else dispatch libvirt's events on the GUI thread, through the GLib context both share.
    os.environ["QT_NO_GLIB"] = "1"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["TZ"] = "UTC"
    for variable in ("LANGUAGE", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_SCALE_FACTOR"):
        os.environ.pop(variable, None)
    # The same everywhere, and no windows on a person's desktop; tests/e2e starts an X server of its own.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


_make_private_world()

# A loaded machine is slow, not wrong; and what the CI says today it must say tomorrow.
hypothesis.settings.register_profile("vmgui", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("vmgui")

pytest.register_assert_rewrite("tests.helpers", "tests.lab")

# leaks first: of the fixtures that every test gets, it must be set up first and torn down last.
pytest_plugins = ["tests.helpers.async_tests", "tests.helpers.leaks", "tests.helpers.figures"]
if importlib.util.find_spec("tests.lab.fixtures") is not None:
    pytest_plugins.append("tests.lab.fixtures")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run soaks and large matrices (marked long)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder, leave out what is long, and say why what needs root cannot run."""
    root_only = pytest.mark.skip(reason="needs root: real hypervisors in network namespaces")
    for item in items:
        kind = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if kind in {"lab", "e2e"}:
            item.add_marker(kind)
        if (item.get_closest_marker("lab") or item.get_closest_marker("e2e")) and os.geteuid() != 0:
            item.add_marker(root_only)
    if not config.getoption("--long"):
        long = [item for item in items if item.get_closest_marker("long")]
        if long:
            config.hook.pytest_deselected(items=long)
            items[:] = [item for item in items if item.get_closest_marker("long") is None]
