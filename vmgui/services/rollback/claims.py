"""What the attempts of this run count on, so that none stops what another one needs."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager

from vmgui.model.host import HostId


class Claims:
    """Pools and networks by name, claimed before they are looked at; loop thread only."""

    def __init__(self) -> None:
        self._claims: dict[str, tuple[HostId, frozenset[str]]] = {}

    @contextmanager
    def of(self, host_id: HostId, who: str, things: Collection[str]) -> Generator[None]:
        """`who` counts on these while it lasts."""
        self._claims[who] = (host_id, frozenset(things))
        try:
            yield
        finally:
            del self._claims[who]

    def is_claimed(self, host_id: HostId, thing: str) -> bool:
        """Whether somebody counts on it."""
        return any(where == host_id and thing in things for where, things in self._claims.values())
