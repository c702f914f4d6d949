"""How the inventory is looked at: grouped by what, sorted by what, and views a person saved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Grouping(Enum):
    """What the top level of the inventory is."""

    HOST = "host"
    TAG = "tag"
    FOLDER = "folder"
    STATE = "state"
    OS = "os"


class Sort(Enum):
    """In which order machines stand within their group; the name settles equals."""

    NAME = "name"
    STATE = "state"  # running ones first
    MEMORY = "memory"  # the largest first


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with its grouping and order, under a name."""

    name: str
    filter: str = ""
    grouping: Grouping = Grouping.HOST
    sort: Sort = Sort.NAME


@dataclass(frozen=True, slots=True)
class LastView:
    """How the inventory was left; `collapsed` names groups as "grouping:value"."""

    grouping: Grouping = Grouping.HOST
    sort: Sort = Sort.NAME
    collapsed: frozenset[str] = frozenset()
