"""The operating systems a person can choose: osinfo-db where this computer has it, two generic ones anyway.

Read once, off the loop, from the places libosinfo reads (later ones win file by file):
https://gitlab.com/libosinfo/osinfo-db/-/blob/main/README.md
"""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from vmgui.libvirtxml import osinfo
from vmgui.libvirtxml.osinfo import SystemEntry
from vmgui.model.errors import InvalidConfig
from vmgui.model.os_variant import GENERIC, GENERIC_ID, GENERIC_LINUX, IsoIdentity, OsCatalogue, OsVariant
from vmgui.policy import os_detection
from vmgui.services.background import in_thread

log = logging.getLogger(__name__)

MAX_FILES = 10_000
_FILES_PER_BREATH = 20


def default_directories() -> tuple[Path, ...]:
    """Where osinfo-db may be, least important first."""
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    shared = ("/usr/share/osinfo", "/usr/local/share/osinfo", "/etc/osinfo", "/run/host/usr/share/osinfo")
    return (*(Path(place) for place in shared), Path(config) / "osinfo")


class OsVariants:
    """All known systems; loop thread only."""

    def __init__(self, directories: Sequence[Path] | None = None) -> None:
        self._directories = tuple(directories) if directories is not None else default_directories()
        self._catalogue: OsCatalogue | None = None
        self._guesses: dict[str, OsVariant] = {}
        self._loading: asyncio.Lock | None = None
        self._all: tuple[OsVariant, ...] = _with_generic(OsCatalogue())

    @property
    def is_complete(self) -> bool:
        """Whether osinfo-db has been read and is there; else only the generic ones are offered."""
        return self._catalogue is not None and bool(self._catalogue.variants)

    @property
    def all(self) -> tuple[OsVariant, ...]:
        """All systems, newest first within a distribution; the generic ones before `load` has ended."""
        return self._all

    async def load(self) -> tuple[OsVariant, ...]:
        """All systems, read now if that has not been done. Never fails: broken files are passed over."""
        if self._loading is None:
            self._loading = asyncio.Lock()
        async with self._loading:
            if self._catalogue is None:
                self._catalogue = await in_thread(_read, self._directories)
                self._all = _with_generic(self._catalogue)
        return self._all

    def get(self, os_id: str) -> OsVariant | None:
        """The system with that id, as far as read or detected."""
        if self._catalogue is not None and (found := self._catalogue.variants.get(os_id)) is not None:
            return found
        known = (*self._guesses.values(), GENERIC, GENERIC_LINUX)
        return next((variant for variant in known if variant.id == os_id), None)

    async def detect(self, iso: IsoIdentity) -> OsVariant | None:
        """The system on an installer CD, or None where it cannot be told."""
        await self.load()
        catalogue = self._catalogue or OsCatalogue()
        return self._remembered(await in_thread(os_detection.detect, catalogue, iso))

    async def alternatives(self, iso: IsoIdentity) -> tuple[OsVariant, ...]:
        """The systems an installer CD may be of where its label does not tell which; else none."""
        await self.load()
        return await in_thread(os_detection.alternatives, self._catalogue or OsCatalogue(), iso)

    async def guess_by_name(self, file_name: str) -> OsVariant | None:
        """The system the name of a disk image tells, or None."""
        await self.load()
        return self._remembered(os_detection.guess_by_name(self._catalogue or OsCatalogue(), file_name))

    def _remembered(self, variant: OsVariant | None) -> OsVariant | None:
        """A release newer than the database exists nowhere else; machines refer to it by its id."""
        if variant is not None and variant.is_guess:
            self._guesses[variant.id] = variant
        return variant


def _with_generic(catalogue: OsCatalogue) -> tuple[OsVariant, ...]:
    known = sorted(
        catalogue.variants.values(),
        key=lambda variant: (variant.release_date, variant.short_id),
        reverse=True,
    )
    ranked = sorted(known, key=lambda variant: variant.distro)
    generic = [GENERIC] if GENERIC_LINUX.id in catalogue.variants else [GENERIC, GENERIC_LINUX]
    assert GENERIC.id == GENERIC_ID
    return (*ranked, *generic)


def _read(directories: Sequence[Path]) -> OsCatalogue:
    started_s = time.monotonic()
    files: dict[str, Path] = {}
    for directory in directories:
        base = directory / "os"
        # A file in a person's folder replaces the system's of the same name.
        try:
            for path in sorted(base.glob("**/*.xml")):
                files[str(path.relative_to(base))] = path
        except OSError as error:
            # Closed to us, or just being replaced by an update.
            log.warning("%s: %s", base, error)
    entries: list[SystemEntry] = []
    for number, path in enumerate(list(files.values())[:MAX_FILES]):
        try:
            if path.stat().st_size <= osinfo.MAX_FILE_BYTES:
                entries += osinfo.parse_systems(path.read_bytes())
        except (OSError, InvalidConfig) as error:
            log.warning("%s: %s", path, error)
        if number % _FILES_PER_BREATH == 0:
            # Parsing holds the interpreter: let the window draw.
            time.sleep(0)
    today = datetime.now(UTC).date()
    catalogue = osinfo.build_catalogue(entries, platform.machine(), today)
    log.info("%d systems of osinfo-db read in %.2f s", len(catalogue.variants), time.monotonic() - started_s)
    return catalogue
