"""What a person wants to be told of, and what is amiss right now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.host import HostId


class AlertKind(Enum):
    """What can be amiss."""

    POOL_FULL = "pool_full"
    HOST_MEMORY = "host_memory"
    HOST_CPU = "host_cpu"
    DOMAIN_CRASHED = "domain_crashed"
    DOMAIN_IO_ERROR = "domain_io_error"
    HOST_LOST = "host_lost"

    @property
    def has_limit(self) -> bool:
        """Whether it is about a share of something, in per cent."""
        return self in (AlertKind.POOL_FULL, AlertKind.HOST_MEMORY, AlertKind.HOST_CPU)


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When to tell: above `limit_percent` for as long as `hold_s`; the others have no limit."""

    enabled: bool = True
    limit_percent: float = 0.0
    hold_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """All rules, and whether the desktop tells too."""

    pool_full: AlertRule = AlertRule(limit_percent=90.0)
    host_memory: AlertRule = AlertRule(limit_percent=95.0, hold_s=60.0)
    host_cpu: AlertRule = AlertRule(limit_percent=95.0, hold_s=300.0)
    domain_crashed: AlertRule = AlertRule()
    domain_io_error: AlertRule = AlertRule()
    host_lost: AlertRule = AlertRule(hold_s=10.0)
    on_desktop: bool = True

    def rule(self, kind: AlertKind) -> AlertRule:
        """The rule of that kind."""
        rule = getattr(self, kind.value)
        assert isinstance(rule, AlertRule)
        return rule


@dataclass(frozen=True, slots=True, order=True)
class AlertKey:
    """What an alert is about: one per kind and thing. `thing`: a machine's or pool's UUID, or empty."""

    kind_name: str  # AlertKind's value
    host_id: HostId
    thing: str = ""

    @property
    def kind(self) -> AlertKind:
        """What is amiss."""
        return AlertKind(self.kind_name)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something is amiss since `since_unix_s`."""

    key: AlertKey
    host: str  # the host's name
    subject: str = ""  # the machine's or pool's name
    since_unix_s: float = 0.0
    percent: float | None = None  # what was measured when it began
    limit_percent: float | None = None
