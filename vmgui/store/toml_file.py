"""One TOML file that is read once and written in the background, atomically.

The last state wins: many changes in a row cost one write. A broken file is kept beside the new one
(`.broken`), never silently overwritten.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

log = logging.getLogger(__name__)

MAX_BYTES = 4 * 1024 * 1024


class TomlFile:
    """A document on disk; `read` at start, `save` at every change, `close` at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._condition = threading.Condition()
        self._pending: str | None = None
        self._closing = False
        self._writer: threading.Thread | None = None

    def read(self) -> tomlkit.TOMLDocument:
        """The document; empty when there is none or it is broken."""
        try:
            if self._path.stat().st_size > MAX_BYTES:
                log.warning("%s is too large and is not read", self._path)
                return tomlkit.document()
            return tomlkit.parse(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return tomlkit.document()
        except (TOMLKitError, UnicodeDecodeError) as error:
            log.warning("%s cannot be read (%s); it is kept as .broken", self._path, error)
            with contextlib.suppress(OSError):
                os.replace(self._path, self._path.with_suffix(".broken"))
            return tomlkit.document()
        except OSError as error:
            log.warning("%s cannot be read: %s", self._path, error)
            return tomlkit.document()

    def save(self, document: tomlkit.TOMLDocument) -> None:
        """Write soon, on a thread of its own; never blocks."""
        text = tomlkit.dumps(document)
        with self._condition:
            self._pending = text
            if self._writer is None:
                self._writer = threading.Thread(
                    target=self._write_loop, name=f"vmgui-save:{self._path.name}", daemon=True
                )
                self._writer.start()
            self._condition.notify_all()

    def close(self, timeout_s: float = 1.0) -> None:
        """Finish the last write, waiting at most `timeout_s`."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
            writer = self._writer
        if writer is not None:
            writer.join(timeout_s)

    def _write_loop(self) -> None:
        while True:
            with self._condition:
                while self._pending is None and not self._closing:
                    self._condition.wait()
                text, self._pending = self._pending, None
                if text is None:
                    return
            try:
                _write_atomically(self._path, text)
            except OSError as error:
                log.warning("%s cannot be written: %s", self._path, error)


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
