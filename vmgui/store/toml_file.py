"""One TOML file that several processes of a person may change, and that is never lost.

Read once, then followed; changes are written in the background by a thread of the file's own: under a lock, into
what the file says at that moment, whole or not at all. What could not be written stays and is tried again.

    the file is             content                     changes
    missing                 nothing                     written
    good                    the file                    written
    of a newer vmgui        the file                    wait until it is one of ours
    unreadable now          what was last read          wait until it can be read
    damaged                 the kept copy               written into the copy; the damaged file is put aside
    damaged, `asks`         what was last read          wait until the person has chosen

Beside it: `x.kept.toml`, the last good state; `x.broken`, what was damaged; `.x.toml.lock`.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import threading
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from vmgui.model.stored_files import FileNotice, FileTrouble
from vmgui.store.file_lock import locked
from vmgui.store.own_thread import try_to_start
from vmgui.store.toml_changes import Changes, apply, joined, without
from vmgui.store.toml_look import Seen, Signature, modified_unix_s, put_aside, read, read_text, signature_of
from vmgui.store.whole_file import write_whole

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""How often others' changes are looked for."""
RETRY_S = 5.0
_ANY = (-1, -1, -1)
_NEVER = (-2, -2, -2)


class _Answer(Enum):
    """What the person wants instead of a damaged file."""

    KEPT = "kept"
    ANEW = "anew"


class TomlFile:
    """A document on disk. Its methods may be called from any thread and return at once, the first `read` excepted."""

    def __init__(
        self,
        path: Path,
        *,
        version: int = 0,
        ids: Mapping[str, str] | None = None,
        asks: bool = False,
        look_every_s: float = LOOK_EVERY_S,
        retry_s: float = RETRY_S,
    ) -> None:
        """`version`: the newest that is understood, 0: it has none; `ids`: the id's field of each list of tables;
        `asks`: a person is asked before a damaged file is replaced.
        """
        self._path = path
        self._version = version
        self._ids = dict(ids or {})
        self._asks = asks
        self._look_every_s = look_every_s
        self._retry_s = retry_s
        self._condition = threading.Condition()
        self._pending: Changes = {}
        self._answer: _Answer | None = None
        self._closing = False
        self._thread: threading.Thread | None = None
        self._changed: Callable[[], None] | None = None
        self._unwritten: tuple[float, str] | None = None
        self._retry_at_s = 0.0
        self._aside = ""
        self._kept_at_s = 0.0
        self._seen = Seen()
        self._good: dict[str, Any] = {}
        self._unsettled: Signature | None = _NEVER
        self._take(self._look())

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    @property
    def kept_path(self) -> Path:
        """Where its last good state is."""
        return self._path.with_name(f"{self._path.stem}.kept{self._path.suffix}")

    @property
    def content(self) -> dict[str, Any]:
        """The document as it is to be used now, with what is not written yet; the caller's own."""
        with self._condition:
            plain, pending = copy.deepcopy(self._good), dict(self._pending)
        apply(plain, pending, self._ids)
        return plain

    @property
    def is_known(self) -> bool:
        """Whether `content` is all there is: what it does not name is not there."""
        with self._condition:
            return self._seen.trouble is not FileTrouble.UNREADABLE and not (
                self._asks and self._seen.trouble is FileTrouble.DAMAGED
            )

    @property
    def notice(self) -> FileNotice | None:
        """What a person should know, if anything."""
        with self._condition:
            seen, unwritten, path = self._seen, self._unwritten, str(self._path)
            if seen.trouble is FileTrouble.DAMAGED:
                at_s = self._kept_at_s
                return FileNotice(
                    seen.trouble,
                    path,
                    unwritten[1] if unwritten is not None else seen.reason,
                    kept_copy=str(self.kept_path) if at_s else "",
                    kept_unix_s=at_s,
                    waits=self._waits,
                )
            if seen.trouble is not None:
                return FileNotice(seen.trouble, path, seen.reason)
            if unwritten is not None:
                return FileNotice(FileTrouble.UNWRITABLE, path, unwritten[1], since_unix_s=unwritten[0])
            if self._aside:
                return FileNotice(FileTrouble.DAMAGED, path, aside=self._aside)
        return None

    def change(self, changes: Changes) -> None:
        """Have these written soon."""
        if not changes:
            return
        with self._condition:
            self._pending = joined(self._pending, changes)
            self._wake()

    def follow(self, changed: Callable[[], None]) -> None:
        """From now on look for others' changes; `changed` is called on the file's thread after each, and when
        `notice` is another."""
        with self._condition:
            self._changed = changed
            self._wake()

    def retry(self) -> None:
        """Read or write it again now."""
        with self._condition:
            self._seen_again()
            self._wake()

    def use_kept(self) -> None:
        """Put the kept copy into the place of the damaged file, which is put aside."""
        self._choose(_Answer.KEPT)

    def start_anew(self) -> None:
        """Begin with nothing; the damaged file is put aside."""
        self._choose(_Answer.ANEW)

    def dismiss(self) -> None:
        """The person knows where the damaged file was put."""
        with self._condition:
            self._aside = ""

    def close(self, timeout_s: float = 1.0) -> None:
        """Finish the last write, waiting at most `timeout_s`."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
            thread = self._thread
            has_nobody = thread is None and (self._pending or self._answer)
        if thread is not None:
            thread.join(timeout_s)
        elif has_nobody:
            # No thread was to be had: what is left is written here.
            self._run()

    # With the condition held.

    @property
    def _waits(self) -> bool:
        return self._asks and self._seen.trouble is FileTrouble.DAMAGED and self._answer is None

    @property
    def _may_write(self) -> bool:
        if self._waits or not (self._pending or self._answer):
            return False
        return self._seen.trouble in (None, FileTrouble.DAMAGED)

    def _choose(self, answer: _Answer) -> None:
        with self._condition:
            self._answer = answer
            self._wake()

    def _wake(self) -> None:
        self._retry_at_s = 0.0
        if self._thread is None and not self._closing:
            self._thread = try_to_start(self._run, f"vmgui-file:{self._path.name}")
        self._condition.notify_all()

    def _seen_again(self) -> None:
        # Unlike any signature: the next look reads it.
        self._seen = replace(self._seen, signature=_ANY)

    # The file's thread.

    def _run(self) -> None:
        self._keep_copy(self._seen)
        while True:
            with self._condition:
                if not self._closing and not self._is_due():
                    self._condition.wait(self._rest_s())
                closing, writes = self._closing, self._may_write
                is_due = self._is_due() or closing
            before = self._state()
            if writes and is_due:
                self._write()
            elif not closing:
                self._look_again()
            if closing:
                if self._pending:
                    log.warning("%s: the last changes could not be saved", self._path)
                return
            if self._state() != before and self._changed is not None:
                self._changed()

    def _is_due(self) -> bool:
        return self._may_write and time.monotonic() >= self._retry_at_s

    def _rest_s(self) -> float | None:
        if self._changed is not None or self._pending:
            return self._look_every_s
        return None

    def _state(self) -> tuple[object, ...]:
        return self._good, self._seen.trouble, self._seen.reason, self._unwritten, self._aside, self._waits

    def _look_again(self) -> None:
        """Read it where it is another than before, once nobody is at it any more."""
        now = signature_of(self._path)
        if now == self._seen.signature and self._seen.trouble is not FileTrouble.UNREADABLE:
            self._unsettled = _NEVER
        elif now == self._unsettled or self._seen.signature == _ANY:
            self._unsettled = _NEVER
            seen = self._look()
            self._take(seen)
            self._keep_copy(seen)
        else:
            # An editor may be in the middle of it.
            self._unsettled = now

    def _write(self) -> None:
        """Put what waits into what the file says now."""
        with self._condition:
            changes, answer = dict(self._pending), self._answer
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with locked(self._path.with_name(f".{self._path.name}.lock")):
                seen = self._write_into(self._look(), changes, answer)
        except (OSError, TOMLKitError, ValueError, RecursionError) as error:
            self._failed(error)
            return
        except Exception as error:
            # Whatever a library makes of a file people edit: this thread lives, and what waits is not lost.
            log.exception("%s: changes could not be put in", self._path)
            self._failed(error)
            return
        self._take(seen, changes)
        self._keep_copy(seen)

    def _write_into(self, seen: Seen, changes: Changes, answer: _Answer | None) -> Seen:
        if seen.trouble is FileTrouble.DAMAGED:
            if self._asks and answer is None:
                return seen
            kept = Seen() if answer is _Answer.ANEW else self._read_kept()
            if kept.trouble not in (None, FileTrouble.DAMAGED):
                # It is all there is: nothing is put in its place before it can be read.
                raise OSError(None, f"{self.kept_path.name}: {kept.reason}")
            seen = replace(kept if kept.trouble is None else Seen(), trouble=seen.trouble)
        elif seen.trouble is not None:
            return seen
        if self._version and (changes or answer):
            changes = {("version",): self._version, **changes}
        plain = copy.deepcopy(seen.plain)
        apply(plain, changes, self._ids)
        document = tomlkit.parse(seen.text)
        apply(document, changes, self._ids)
        text = tomlkit.dumps(document)
        if tomllib.loads(text) != plain:
            # Of layout and content, the content counts.
            text = tomlkit.dumps(plain)
        if seen.trouble is not None:
            self._aside = put_aside(self._path)
        elif text == seen.text:
            return seen
        if answer is _Answer.ANEW:
            # The copy of what was there outlives the next good state.
            with contextlib.suppress(FileNotFoundError):
                os.replace(
                    self.kept_path, self._path.with_name(f"{self._path.stem}.before{self._path.suffix}")
                )
        write_whole(self._path, text.encode())
        return Seen(plain, text, signature_of(self._path))

    def _failed(self, error: Exception) -> None:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        with self._condition:
            self._retry_at_s = time.monotonic() + self._retry_s
            if self._unwritten is None or self._unwritten[1] != reason:
                log.warning("%s cannot be written: %s", self._path, error)
            self._unwritten = (self._unwritten[0] if self._unwritten else time.time(), reason)

    # Looking.

    def _look(self) -> Seen:
        seen = read(self._path, self._version, self._ids)
        if seen.trouble is None and not seen.text.strip() and (self._asks or seen.signature):
            kept = self._read_kept()
            if kept.trouble is FileTrouble.UNREADABLE:
                # Nobody can tell whether there was something.
                return replace(seen, trouble=kept.trouble, reason=f"{self.kept_path.name}: {kept.reason}")
            if kept.trouble is None and any(name != "version" for name in kept.plain):
                # As a crash leaves a file whose content did not get onto the disk in time.
                reason = "the file is empty" if seen.signature else "the file is gone"
                return Seen(signature=seen.signature, trouble=FileTrouble.DAMAGED, reason=reason)
        return seen

    def _read_kept(self) -> Seen:
        return read(self.kept_path, self._version, self._ids)

    def _take(self, seen: Seen, written: Changes | None = None) -> None:
        good = self._good
        kept_at_s = 0.0
        if seen.trouble in (None, FileTrouble.NEWER):
            good = seen.plain
        elif seen.trouble is FileTrouble.DAMAGED:
            kept = self._read_kept()
            kept_at_s = modified_unix_s(self.kept_path) if kept.trouble is None else 0.0
            if not self._asks:
                good = kept.plain if kept.trouble is None else {}
        with self._condition:
            if seen.trouble is not None and seen.trouble is not self._seen.trouble:
                log.warning("%s: %s: %s", self._path, seen.trouble.value, seen.reason)
            self._seen, self._kept_at_s = seen, kept_at_s
            if written is not None and seen.trouble is None:
                self._pending = without(self._pending, written)
                self._answer = self._unwritten = None
            if good != self._good:
                self._good = good

    def _keep_copy(self, seen: Seen) -> None:
        if seen.trouble is not None or not seen.text.strip():
            return
        try:
            # One that makes no sense is replaced.
            with contextlib.suppress(FileNotFoundError, ValueError):
                if read_text(self.kept_path)[0] == seen.text:
                    return
            write_whole(self.kept_path, seen.text.encode())
        except OSError as error:
            log.info("%s: no copy is kept: %s", self._path, error)
