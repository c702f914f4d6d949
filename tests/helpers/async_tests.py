"""A pytest plugin: `async def` tests and fixtures run on one qasync loop, the kind the program runs on.

One loop for the whole session, because a QApplication exists once and a loop per test would hide what a test
leaves behind. Nothing has to be marked: an `async def test_...` simply works, and so does an `async def` fixture
of any scope, with or without `yield`. A test's own deadline is four minutes, or `@pytest.mark.async_timeout(seconds)`;
errors that reach the loop's exception handler meanwhile fail the test.
"""

import asyncio
import functools
import inspect
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import pytestqt.plugin
import qasync
from PySide6.QtWidgets import QApplication

# Far more than anything takes, even beside programs that keep all processors: only what hangs is ended.
DEFAULT_TIMEOUT_S = 240.0
FIXTURE_TIMEOUT_S = 240.0
FIXTURE_TASK = "fixture "
_LOOP_FIXTURE = "event_loop"
_loop_key = pytest.StashKey[qasync.QEventLoop]()


class _Loop(qasync.QEventLoop):
    def run_until_complete(self, future: Awaitable[Any]) -> Any:
        """As qasync's, without its last turn of Qt while the loop no longer runs: what that calls starts tasks."""
        task = asyncio.ensure_future(future, loop=self)
        task.add_done_callback(self._end)
        try:
            self.run_forever()
        finally:
            task.remove_done_callback(self._end)
        if not task.done():
            raise RuntimeError("the event loop was stopped before what it was to complete")
        return task.result()

    def _end(self, _task: object) -> None:
        self.stop()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "async_timeout(seconds): the deadline of one async test, instead of four minutes"
    )
    # pytest-qt lets Qt turn between the steps of a test: a task whose timer is due must find its loop running.
    pytestqt.plugin._process_events = functools.partial(_turn, config)


def _turn(config: pytest.Config) -> None:
    loop, application = session_loop(config), QApplication.instance()
    if loop is not None:
        loop.run_until_complete(asyncio.sleep(0))
    elif isinstance(application, QApplication):
        application.processEvents()


@pytest.fixture(scope="session")
def event_loop(qapp: QApplication, pytestconfig: pytest.Config) -> Iterator[qasync.QEventLoop]:
    """The session's loop; ask for it only to use a loop from a plain function."""
    # Closing a test's last window must not stop the loop under the next one.
    qapp.setQuitOnLastWindowClosed(False)
    loop = _Loop(qapp)
    asyncio.set_event_loop(loop)
    pytestconfig.stash[_loop_key] = loop
    yield loop
    del pytestconfig.stash[_loop_key]
    asyncio.set_event_loop(None)
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def session_loop(config: pytest.Config) -> qasync.QEventLoop | None:
    """The loop if any test has needed it so far."""
    return config.stash.get(_loop_key, None)


def pytest_itemcollected(item: pytest.Item) -> None:
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.fixturenames.insert(0, _LOOP_FIXTURE)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> object | None:
    test = pyfuncitem.obj
    if not inspect.iscoroutinefunction(inspect.unwrap(test)):
        return None
    loop: qasync.QEventLoop = pyfuncitem.funcargs[_LOOP_FIXTURE]
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    marker = pyfuncitem.get_closest_marker("async_timeout")
    timeout_s = float(marker.args[0]) if marker else DEFAULT_TIMEOUT_S
    with _loop_errors_fail(loop):
        _run(loop, test(**arguments), timeout_s, f"test {pyfuncitem.name}")
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Turn an async fixture into a plain one that runs its steps on the loop, then let pytest set it up."""
    function = fixturedef.func
    if inspect.isasyncgenfunction(function):
        loop = request.getfixturevalue(_LOOP_FIXTURE)
        fixturedef.func = _run_generator_fixture(loop, function, fixturedef.argname)
    elif inspect.iscoroutinefunction(function):
        loop = request.getfixturevalue(_LOOP_FIXTURE)
        fixturedef.func = _run_coroutine_fixture(loop, function, fixturedef.argname)


def _run_coroutine_fixture(
    loop: qasync.QEventLoop, function: Callable[..., Awaitable[Any]], name: str
) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        return _run(loop, function(*args, **kwargs), FIXTURE_TIMEOUT_S, f"fixture {name}")

    # pytest looks through wrappers when it decides how to call a fixture.
    del run.__wrapped__
    return run


def _run_generator_fixture(
    loop: qasync.QEventLoop, function: Callable[..., AsyncIterator[Any]], name: str
) -> Callable[..., Iterator[Any]]:
    """One task lives from set-up to teardown: a TaskGroup or a timeout around the `yield` needs that."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Iterator[Any]:
        ready: asyncio.Future[Any] = loop.create_future()
        finish = asyncio.Event()

        async def live() -> None:
            async for value in function(*args, **kwargs):
                if ready.done():
                    raise AssertionError(f"the async fixture {name} yields more than once")
                ready.set_result(value)
                await finish.wait()

        async def yielded() -> Any:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                task.result()
                raise AssertionError(f"the async fixture {name} did not yield")
            return ready.result()

        async def ended() -> None:
            await task

        task = loop.create_task(live(), name=f"{FIXTURE_TASK}{name}")
        try:
            yield _run(loop, yielded(), FIXTURE_TIMEOUT_S, f"fixture {name}")
        finally:
            finish.set()
            if ready.done():
                _run(loop, ended(), FIXTURE_TIMEOUT_S, f"teardown of fixture {name}")
            elif not task.done():
                task.cancel()
                loop.run_until_complete(asyncio.wait({task}, timeout=60))

    del run.__wrapped__
    return run


def _run(loop: qasync.QEventLoop, awaitable: Awaitable[Any], timeout_s: float, what: str) -> Any:
    async def with_deadline() -> Any:
        deadline = asyncio.timeout(timeout_s)
        try:
            async with deadline:
                return await awaitable
        except TimeoutError:
            if deadline.expired():
                raise AssertionError(f"{what} did not end within {timeout_s:g} s") from None
            raise

    task = loop.create_task(with_deadline(), name=what)
    return loop.run_until_complete(task)


@contextmanager
def _loop_errors_fail(loop: qasync.QEventLoop) -> Iterator[None]:
    contexts: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: contexts.append(context))
    try:
        yield
    finally:
        loop.set_exception_handler(None)
    if contexts:
        pytest.fail("errors nobody awaited reached the event loop:\n" + "\n".join(map(_describe, contexts)))


def _describe(context: dict[str, Any]) -> str:
    error = context.get("exception")
    details = "".join(traceback.format_exception(error)) if isinstance(error, BaseException) else ""
    return f"{context.get('message')}\n{details}"
