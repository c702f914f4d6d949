"""What a host told before: kept on this computer, shown while the host cannot be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vmgui.model.domain import Domain
from vmgui.model.host import HostInfo


@dataclass(frozen=True, slots=True)
class LastSeen:
    """One host's inventory at one moment."""

    uri: str  # how it was reached: under another address another host may answer
    seen_unix_s: float
    info: HostInfo | None = None
    domains: tuple[Domain, ...] = ()
    xmls: Mapping[str, str] = field(default_factory=dict[str, str])  # by UUID, of machines somebody looked at
