"""Logging: a rotating file in the XDG state folder, written by a thread of its own.

Every way an error can escape (a slot, a thread, a task, Qt itself) ends here, in one place.
"""

from __future__ import annotations

import asyncio
import copy
import faulthandler
import logging
import logging.handlers
import os
import queue
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from vmgui.policy.plain_text import visible

log = logging.getLogger("vmgui")

MAX_BYTES = 2 * 1024 * 1024
KEPT_FILES = 5
CLOSE_TIMEOUT_S = 2.0
LONGEST_MESSAGE = 8_000
MOST_LINES = 300
"""Of a traceback."""
CRASH_FILE = "crash.log"
"""Where each thread was when a library crashed the program; that of the run before is crash.1.log."""


class Logs:
    """Installs the handlers and the hooks; `close` writes what is left."""

    def __init__(self, directory: Path, *, debug: bool) -> None:
        self.path = directory / "vmgui.log"
        handlers: list[logging.Handler] = []
        formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s")
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = logging.handlers.RotatingFileHandler(
                self.path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
            )
            handlers.append(file)
        except OSError as error:
            print(f"vmgui: no log file: {error}", file=sys.stderr)
        if debug or not handlers:
            handlers.append(logging.StreamHandler())
        for handler in handlers:
            handler.setFormatter(formatter)
        # Writing a line may wait for the disk: never on the thread that logs.
        records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
        self._listener = _Listener(records, *handlers)
        self._listener.start()
        root = logging.getLogger()
        root.addHandler(_Recorder(records))  # type: ignore[arg-type]
        root.setLevel(logging.DEBUG if debug else logging.INFO)
        logging.getLogger("qasync").setLevel(logging.WARNING)
        logging.getLogger("asyncio").setLevel(logging.INFO)
        _watch_crashes(directory / CRASH_FILE)
        sys.excepthook = _on_exception
        sys.unraisablehook = _on_unraisable
        threading.excepthook = _on_thread_exception

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Log what the loop would otherwise print."""
        loop.set_exception_handler(_on_loop_exception)

    def watch_qt(self) -> None:
        """Log Qt's own messages."""
        from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

        levels = {
            QtMsgType.QtDebugMsg: logging.DEBUG,
            QtMsgType.QtInfoMsg: logging.INFO,
            QtMsgType.QtWarningMsg: logging.WARNING,
            QtMsgType.QtCriticalMsg: logging.ERROR,
            QtMsgType.QtFatalMsg: logging.CRITICAL,
        }
        qt_log = logging.getLogger("qt")

        def on_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
            qt_log.log(levels.get(kind, logging.WARNING), "%s", message)
            if kind is QtMsgType.QtFatalMsg:
                # Qt ends the process when this returns: the log's thread does not get to it.
                print(f"vmgui: {message}", file=sys.stderr, flush=True)

        qInstallMessageHandler(on_message)

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Write what is still queued; a disk that hangs is waited for no longer than `timeout_s`."""
        self._listener.stop_within(timeout_s)


class _Listener(logging.handlers.QueueListener):
    _thread: threading.Thread | None

    def stop_within(self, timeout_s: float) -> None:
        """`stop`, which would wait for the disk as long as that takes."""
        thread = self._thread
        if thread is not None:
            self.enqueue_sentinel()
            thread.join(timeout_s)
            self._thread = None


class _Recorder(logging.handlers.QueueHandler):
    """Makes the text of a record, in one line of its own whatever names are in it.

    What a record goes on with (a traceback) is indented: no line that begins with a time is anybody else's. Nothing
    in it steers a terminal that shows the log.
    """

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        made = copy.copy(record)
        made.msg = visible(record.getMessage(), LONGEST_MESSAGE)
        if record.exc_info:
            text = "".join(traceback.format_exception(*record.exc_info))
            made.msg += "".join(f"\n    {line}" for line in _lines(text))
        made.threadName = visible(record.threadName or "")
        made.args = made.exc_info = made.exc_text = made.stack_info = None
        return made


def _lines(text: str) -> list[str]:
    """Those of a traceback; of an endless one the last, which say what it was."""
    return [visible(line, LONGEST_MESSAGE) for line in text.rstrip("\n").split("\n")[-MOST_LINES:]]


def _watch_crashes(path: Path) -> None:
    """Have a crash tell where each thread was, to the very end of the process."""
    try:
        if os.path.exists(path) and path.stat().st_size > 0:
            log.warning("an earlier run crashed; %s says where", path)
            path.replace(path.with_suffix(".1.log"))
        # The handler keeps it open.
        faulthandler.enable(path.open("wb", buffering=0))
    except OSError as error:
        log.info("crashes are not told of: %s", error)


def _on_exception(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("unexpected error", exc_info=(kind, error, traceback))


def _on_unraisable(unraisable: Any) -> None:
    error = unraisable.exc_value
    log.error("ignored error in %r", unraisable.object, exc_info=error)


def _on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    name = arguments.thread.name if arguments.thread else "?"
    log.error("thread %s failed", name, exc_info=arguments.exc_value)


def _on_loop_exception(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    log.error("event loop: %s", context.get("message"), exc_info=context.get("exception"))
