"""Which media were inserted last on each host, in `media.toml`: offered first the next time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vmgui.model.host import HostId
from vmgui.policy.media import RECENT_MOST, remembered
from vmgui.store.toml_file import TomlFile

VERSION = 1


class MediaStore:
    """Paths as their hosts have them, the last one first; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "media.toml", version=VERSION)
        self._recent: dict[HostId, tuple[str, ...]] = {}
        self.refresh()

    def recent(self, host_id: HostId) -> tuple[str, ...]:
        """Those of a host."""
        return self._recent.get(host_id, ())

    def remember(self, host_id: HostId, path: str) -> None:
        """This one was inserted now; written in the background."""
        before = self.recent(host_id)
        self._recent[host_id] = after = remembered(before, path)
        if after != before:
            self.file.change({("recent", host_id): list(after)})

    def refresh(self) -> None:
        """Take over what other processes changed."""
        self._recent = _read(self.file.content)

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


def _read(document: dict[str, Any]) -> dict[HostId, tuple[str, ...]]:
    hosts: object = document.get("recent", {})
    if not isinstance(hosts, dict):
        return {}
    return {
        str(host_id): tuple(path for path in paths if isinstance(path, str))[:RECENT_MOST]
        for host_id, paths in hosts.items()
        if isinstance(paths, list)
    }
