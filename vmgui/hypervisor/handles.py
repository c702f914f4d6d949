"""Handles of a few machines, kept between polls: one call about them instead of a look-up of each, or a list of all.

They live on the connection they came from, and keep it open: it is to `forget` them before it is closed.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import libvirt

_ATTRIBUTE = "vmgui_handles"
ABSENT_S = 30.0
"""How long a machine that was not there is believed to be still away."""


@dataclass(frozen=True, slots=True)
class _Kept:
    handles: dict[str, libvirt.virDomain]
    absent: frozenset[str]
    at_s: float


def running_handles(conn: libvirt.virConnect, uuids: Iterable[str]) -> list[libvirt.virDomain]:
    """Handles of those of these machines that run, or ran when they were last looked for."""
    wanted = frozenset(uuids)
    if not wanted:
        return []
    kept: _Kept | None = getattr(conn, _ATTRIBUTE, None)
    if kept is None or not _knows(kept, wanted):
        kept = _look(conn, wanted)
        setattr(conn, _ATTRIBUTE, kept)
    return [handle for text, handle in kept.handles.items() if text in wanted]


def forget(conn: libvirt.virConnect) -> None:
    """Let go of them; before `conn` is closed, and harmless at any time."""
    if hasattr(conn, _ATTRIBUTE):
        delattr(conn, _ATTRIBUTE)


def _knows(kept: _Kept, wanted: frozenset[str]) -> bool:
    unknown = wanted - kept.handles.keys()
    return not unknown or (unknown <= kept.absent and time.monotonic() - kept.at_s < ABSENT_S)


def _look(conn: libvirt.virConnect, wanted: frozenset[str]) -> _Kept:
    # The binding calls them a str; they are the 16 raw bytes.
    texts: dict[Any, str] = {uuid.UUID(text).bytes: text for text in wanted}
    found = {
        texts[raw]: domain
        for domain in conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE)
        if (raw := domain.UUID()) in texts
    }
    return _Kept(found, wanted - found.keys(), time.monotonic())
