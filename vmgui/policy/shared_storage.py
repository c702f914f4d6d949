"""Whether files of two hosts are one file: pure, and on the safe side.

Sure where both pools are of the same network storage, or volumes have names that are unique in the world. Else a
file of the same name in the same directory is told by its size and by when it was last written: looked at here,
there and here again, one file's times do not fall. Hosts look by opening it, at which a network file system tells
what is true then (nfs(5), close-to-open), unless it was mounted to be careless.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from vmgui.model.storage import Volume

SLACK_S = 0.1
"""For clocks: some network file systems take the writing client's."""
LONG_SLACK_S = 180.0
"""Three times what careless NFS clients keep a file's times (nfs(5), acregmax): where one file is to be expected."""


class Likeness(Enum):
    """How alike two files are."""

    OTHER = "other"
    SAME = "same"
    BY_TIME = "by_time"  # the same if `is_one_by_time` says so


@dataclass(frozen=True, slots=True)
class SoughtFile:
    """A volume of another host; `source` is what its pool is of, if that is on the network."""

    volume: Volume
    source: str = ""


class Sought:
    """Files of another host, found by where a pool of this host would show them."""

    def __init__(self, files: Iterable[SoughtFile]) -> None:
        self._by_source: dict[str, dict[str, SoughtFile]] = defaultdict(dict)
        self._by_directory: dict[str, dict[str, SoughtFile]] = defaultdict(dict)
        for file in files:
            if file.source:
                self._by_source[file.source][file.volume.name] = file
            directory = posixpath.dirname(file.volume.path)
            self._by_directory[directory][posixpath.basename(file.volume.path)] = file

    def in_pool(self, source: str, target_path: str) -> Mapping[str, SoughtFile]:
        """The files that a pool may show, by the names it would show them under."""
        found: dict[str, SoughtFile] = {}
        if target_path:
            found.update(self._by_directory.get(posixpath.normpath(target_path), {}))
        if source:
            found.update(self._by_source.get(source, {}))
        return found


def likeness(sought: SoughtFile, theirs: Volume, their_source: str) -> Likeness:
    """What everything but their times says."""
    ours = sought.volume
    if sought.source and sought.source == their_source:
        is_same = ours.name == theirs.name
    elif _is_unique(ours) or _is_unique(theirs):
        is_same = ours.key == theirs.key
    else:
        return Likeness.BY_TIME if ours.capacity_bytes == theirs.capacity_bytes else Likeness.OTHER
    return Likeness.SAME if is_same else Likeness.OTHER


def is_one_by_time(before_s: float, theirs_s: float, after_s: float, slack_s: float) -> bool:
    """Whether a file last written at `before_s` and later at `after_s` may be the one seen between; 0: not told."""
    if not (before_s and theirs_s and after_s):
        return True
    return before_s - slack_s <= theirs_s <= after_s + slack_s


def _is_unique(volume: Volume) -> bool:
    return bool(volume.key) and volume.key != volume.path
