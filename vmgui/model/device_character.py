"""Serial lines, consoles, channels and what else speaks character by character, in full."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Boot, CharacterEnd, Device, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialDevice(Device):
    """`<serial>`."""

    host: CharacterEnd = field(default_factory=CharacterEnd)
    tty: str = ""
    target_kind: str = ""  # isa-serial, usb-serial, virtio, sclp ...
    port: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelDevice(SerialDevice):
    """`<parallel>`: the same for an old printer's port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleDevice(SerialDevice):
    """`<console>`: the same where the guest's first terminal is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDevice(Device):
    """`<channel>`: a private line between host and guest."""

    host: CharacterEnd = field(default_factory=CharacterEnd)
    target_kind: str = ""  # virtio, guestfwd, xen
    name: str = ""
    state: str = ""  # connected, disconnected: only in a running machine
    target_address: str = ""  # of guestfwd
    target_port: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartcardDevice(Device):
    """`<smartcard>`."""

    mode: str = ""  # host, host-certificates, passthrough
    certificates: tuple[str, ...] = ()
    database: str = ""
    host: CharacterEnd = field(default_factory=CharacterEnd)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirdevDevice(Device):
    """`<redirdev>`: USB devices of whoever looks at the display."""

    bus: str = ""
    host: CharacterEnd = field(default_factory=CharacterEnd)
    boot: Boot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirRule:
    """`<usbdev>`: which USB devices may be redirected; empty: any."""

    usb_class: str = ""
    vendor: str = ""
    product: str = ""
    version: str = ""
    allow: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirfilterDevice:
    """`<redirfilter>`: the first rule that fits decides."""

    rules: tuple[RedirRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RngDevice(Device):
    """`<rng>`: a source of randomness."""

    model: str = ""
    backend: str = ""  # random, egd, builtin
    path: str = ""  # of random
    host: CharacterEnd = field(default_factory=CharacterEnd)  # of egd
    rate_bytes: int | None = None
    rate_period_ms: int | None = None
    virtio: Virtio = field(default_factory=Virtio)
