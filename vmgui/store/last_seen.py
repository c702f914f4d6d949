"""The last inventory of each host, one file per host: a line about the host, then a line per machine (JSON).

Read and written in a thread, a line at a time, so that ten thousand machines never hold up the window. What
is broken or of another version is ignored: it can be had again from the host.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import HostId, HostInfo
from vmgui.model.last_seen import LastSeen
from vmgui.store.plain_data import NotPlain, from_plain, to_plain

log = logging.getLogger(__name__)

FORMAT = "vmgui last seen"
VERSION = 1
MAX_DOMAINS = 50_000
MAX_LINE_CHARS = 1024 * 1024
MAX_BYTES = 256 * 1024 * 1024
MAX_XML_CHARS = 256 * 1024


class LastSeenStore:
    """All methods block: call them in a thread, one at a time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, host_id: HostId) -> LastSeen | None:
        """What was seen of a host before; None where nothing is kept or it cannot be read."""
        path = self._path(host_id)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise NotPlain("it is too large")
            with path.open(encoding="utf-8") as file:
                return _read(host_id, file)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            log.warning("%s cannot be read and is ignored: %s", path, error)
            return None

    def save(self, host_id: HostId, seen: LastSeen) -> None:
        """Keep this instead of what was kept before."""
        path = self._path(host_id)
        try:
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, temporary = tempfile.mkstemp(dir=self._directory, prefix=f".{path.name}.")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                    for line in _lines(seen):
                        file.write(line)
                os.replace(temporary, path)
            except OSError:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
                raise
        except OSError as error:
            log.warning("%s cannot be written: %s", path, error)

    def forget(self, host_id: HostId) -> None:
        """Keep nothing of a host."""
        with contextlib.suppress(OSError):
            self._path(host_id).unlink(missing_ok=True)

    def forget_others(self, host_ids: Iterable[HostId]) -> None:
        """Keep nothing of hosts that are no longer in the list, nor what a crash left half written."""
        known = {self._path(host_id).name for host_id in host_ids}
        try:
            found = [path for path in self._directory.iterdir() if path.name not in known]
        except OSError:
            return
        for path in found:
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, host_id: HostId) -> Path:
        # The id comes from a file that a person may edit: never a path.
        return self._directory / f"{hashlib.sha256(host_id.encode()).hexdigest()[:32]}.jsonl"


def _lines(seen: LastSeen) -> Iterator[str]:
    domains = seen.domains[:MAX_DOMAINS]
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "uri": seen.uri,
        "seen_unix_s": seen.seen_unix_s,
        "domains": len(domains),
    }
    if seen.info is not None:
        head["info"] = to_plain(seen.info)
    yield _line(head)
    for domain in domains:
        plain = to_plain(domain)
        # The host's part of the key is the file.
        plain["key"] = domain.key.uuid
        xml = seen.xmls.get(domain.key.uuid, "")
        if xml and len(xml) <= MAX_XML_CHARS:
            plain["xml"] = xml
        yield _line(plain)


def _line(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(host_id: HostId, file: TextIO) -> LastSeen:
    head = _parse(file)
    if head.get("format") != FORMAT or head.get("version") != VERSION:
        raise NotPlain("it is of another version")
    count = int(head["domains"])
    if not 0 <= count <= MAX_DOMAINS:
        raise NotPlain("it has too many machines")
    domains: list[Domain] = []
    xmls: dict[str, str] = {}
    for _ in range(count):
        plain = _parse(file)
        uuid, xml = plain.pop("key"), plain.pop("xml", "")
        plain["key"] = to_plain(DomainKey(host_id, str(uuid)))
        domains.append(from_plain(Domain, plain))
        if xml and isinstance(xml, str):
            xmls[str(uuid)] = xml
    info = head.get("info")
    return LastSeen(
        uri=str(head["uri"]),
        seen_unix_s=float(head["seen_unix_s"]),
        info=from_plain(HostInfo, info) if info is not None else None,
        domains=tuple(domains),
        xmls=xmls,
    )


def _parse(file: TextIO) -> dict[str, Any]:
    line = file.readline(MAX_LINE_CHARS)
    if not line.endswith("\n"):
        raise NotPlain("it ends too early")
    plain = json.loads(line)
    if not isinstance(plain, dict):
        raise NotPlain("a line is no object")
    return plain
