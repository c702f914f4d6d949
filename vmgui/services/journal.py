"""Records every job and everything hosts tell in the log on this computer, and reads it.

On the loop thread only references are queued, whatever storms: entries are made of them in the store's thread.
"""

from __future__ import annotations

import asyncio
import getpass
import logging
import os
import socket
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from vmgui.model.changeset import ChangeSet
from vmgui.model.event import HostEvent
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.job import Job, JobId, JobResult
from vmgui.model.journal import JournalEntry, JournalFilter, JournalWritten
from vmgui.policy.journal import (
    connection_code,
    csv_line,
    entry_of_event,
    entry_of_host,
    entry_of_job,
)
from vmgui.services.background import in_thread
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.notifier import Notifier, Subscription
from vmgui.store.journal import JournalStore
from vmgui.store.whole_file import usual_umask

log = logging.getLogger(__name__)

PAGE = 200
EXPORT_PAGE = 500
_SHORT_REST_S = 0.002

Words = Callable[[JournalEntry], Sequence[str]]


class JournalService:
    """Records from the first moment to `close`; loop thread only. Without a store nothing is kept."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        store: JournalStore | None,
        *,
        jobs_only: bool = False,
    ) -> None:
        """`jobs_only`: what hosts tell is left to a window."""
        self.written: Notifier[JournalWritten] = Notifier()
        self._inventory = inventory
        self._store = store
        self._settled: dict[HostId, HostState] = {}
        self._open_jobs: dict[JobId, tuple[JobResult, ...]] = {}  # and what was last recorded of each
        self._run = uuid.uuid4().hex[:12]
        self._who = _who()
        self._subscriptions: list[Subscription] = []
        if store is None:
            return
        self._loop = asyncio.get_running_loop()
        store.start(self._on_written)
        self._subscriptions = [jobs.changed.subscribe(self._on_job)]
        if not jobs_only:
            self._subscriptions += (
                hosts.events.subscribe(self._on_events),
                inventory.changes.subscribe(self._on_change),
            )

    @property
    def problem(self) -> str:
        """Why nothing can be kept, in the system's words; empty: all is well."""
        return self._store.problem if self._store is not None else ""

    def record(self, entry: JournalEntry) -> None:
        """Keep an entry of another service."""
        if self._store is not None:
            self._store.record(lambda: (entry,))

    async def read(
        self,
        wanted: JournalFilter,
        *,
        before_id: int | None = None,
        after_id: int | None = None,
        ids: Sequence[int] = (),
        limit: int = PAGE,
    ) -> tuple[JournalEntry, ...]:
        """Entries, newest first; raises OSError where the log cannot be read."""
        if self._store is None:
            return ()
        return await in_thread(
            self._store.read, wanted, before_id=before_id, after_id=after_id, ids=ids, limit=limit
        )

    async def read_one(self, entry_id: int) -> JournalEntry | None:
        """One entry with its log; None: it is not kept any more."""
        return await in_thread(self._store.read_one, entry_id) if self._store is not None else None

    async def export(self, wanted: JournalFilter, path: Path, header: Sequence[str], words: Words) -> int:
        """Write what the filter lets through as CSV (RFC 4180, UTF-8), newest first; how many entries.

        `words` makes the cells of one entry, in a thread. The file appears whole or not at all (OSError).
        """
        if self._store is None:
            return 0
        return await in_thread(_export, self._store, wanted, path, tuple(header), words)

    async def close(self) -> None:
        """Record no more and finish writing (bounded)."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._subscriptions.clear()
        if self._store is not None:
            await in_thread(self._store.close)

    # What happens.

    def _on_events(self, told: HostEvents) -> None:
        if self._store is not None and told.events:
            make = partial(_entries, told.events, told.host_id, self._host_name(told.host_id), time.time())
            self._store.record(make, len(told.events))

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._settled.pop(host_id, None)
        for host in (*change.hosts_added, *change.hosts_changed):
            self._on_host(host)

    def _on_host(self, host: Host) -> None:
        before = self._settled.get(host.id)
        if host.state is before or host.state is HostState.CONNECTING:
            return
        self._settled[host.id] = host.state
        code = connection_code(before, host.state)
        if code:
            self.record(entry_of_host(host, code, time.time()))

    def _on_job(self, job: Job) -> None:
        if self._store is None:
            return
        if job.state.is_final:
            self._open_jobs.pop(job.id, None)
        elif self._open_jobs.get(job.id) == job.results:
            return
        else:
            # What it has made is known, too, if the program is killed before its end.
            self._open_jobs[job.id] = job.results
        hosts = {target.host_id for target in job.targets}
        host = self._host_name(next(iter(hosts))) if len(hosts) == 1 else ""
        token = f"{self._run}:{job.id}"
        who = self._who
        self._store.record(lambda: (entry_of_job(job, host, who, token),))

    def _host_name(self, host_id: HostId) -> str:
        host = self._inventory.hosts.get(host_id)
        return host.name if host is not None else ""

    def _on_written(self, written: JournalWritten) -> None:
        """Called in the store's thread."""
        if written.interrupted:
            log.warning("jobs interrupted when an earlier run ended: %d", len(written.interrupted))
        try:
            self._loop.call_soon_threadsafe(self.written.emit, written)
        except RuntimeError:
            # The loop has ended: nobody looks any more.
            return


def _entries(
    events: tuple[HostEvent, ...], host_id: HostId, host: str, at_unix_s: float
) -> Iterator[JournalEntry]:
    for event in events:
        entry = entry_of_event(event, host_id, host, at_unix_s)
        if entry is not None:
            yield entry


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        # A user without a name, as in some containers.
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def _export(
    store: JournalStore, wanted: JournalFilter, path: Path, header: tuple[str, ...], words: Words
) -> int:
    """Runs in a thread and pauses often, because the window's thread needs the interpreter too."""
    count = 0
    before_id: int | None = None
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(csv_line(header))
            while True:
                page = store.read(wanted, before_id=before_id, limit=EXPORT_PAGE)
                file.writelines(csv_line(words(entry)) for entry in page)
                count += len(page)
                if len(page) < EXPORT_PAGE:
                    break
                before_id = page[-1].id
                time.sleep(_SHORT_REST_S)
        os.chmod(temporary, 0o666 & ~usual_umask())
        os.replace(temporary, os.path.realpath(path))
    except BaseException:
        os.unlink(temporary)
        raise
    return count
