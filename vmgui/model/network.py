"""Virtual networks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """A virtual network."""

    name: str
    uuid: str
    active: bool
    autostart: bool
    forward: str  # nat, route, bridge, open ...; empty: isolated
    bridge: str
    persistent: bool = True  # False: it is gone once it is stopped
