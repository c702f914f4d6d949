"""What a machine's XML says of its share of the host's processors, and which devices it has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resources:
    """Of one machine, running or as it was defined."""

    cpu_weight: int | None = None  # <shares>; None: the host's default
    cpu_limit_percent: float | None = None  # of one processor, for each vCPU; None: no limit
    device_kinds: tuple[str, ...] = ()  # libvirt's words, one per device, in the order of the XML
