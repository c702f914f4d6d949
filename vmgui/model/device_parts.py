"""Parts that many kinds of devices have. Texts are libvirt's own words; empty, None or False: not said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`<address>`: where a device sits; which values there are depends on `kind`.

    Numbers of a bus are kept as written: libvirt wants some in hexadecimal and others in decimal.
    """

    kind: str = ""  # pci, drive, usb, virtio-serial, ccid, isa, ccw, dimm, unassigned ...
    domain: str = ""
    bus: str = ""
    slot: str = ""
    function: str = ""
    multifunction: bool | None = None
    controller: str = ""
    target: str = ""
    unit: str = ""
    port: str = ""  # of USB also 1.2
    device: str = ""  # of a USB device of the host
    uuid: str = ""  # of a mediated device
    cssid: str = ""
    ssid: str = ""
    devno: str = ""
    iobase: str = ""
    irq: str = ""
    reg: str = ""
    base: str = ""  # where a memory module begins
    zpci_uid: str = ""
    zpci_fid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What almost every device has."""

    alias: str = ""
    address: Address | None = None
    acpi_index: int | None = None
    acpi_nodeset: str = ""  # NUMA nodes of the guest that the device is close to


@dataclass(frozen=True, slots=True, kw_only=True)
class Boot:
    """`<boot>`: the device's turn when the machine looks for a system; 1 is first."""

    order: int | None = None
    loadparm: str = ""  # of IBM Z: which entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Rom:
    """`<rom>`: the card's own program."""

    enabled: bool | None = None
    bar: bool | None = None  # whether the guest sees it
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Virtio:
    """What every virtio device can be told."""

    iommu: bool | None = None
    ats: bool | None = None
    packed: bool | None = None
    page_per_vq: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IoThread:
    """An I/O thread and the queues it serves; none: all that nobody else does."""

    id: int | None = None
    queues: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityLabel:
    """`<seclabel>` of a device's file."""

    model: str = ""  # selinux, dac ...
    relabel: bool | None = None
    label_skip: bool | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconnect:
    """Whether and after which time a lost connection is made again."""

    enabled: bool | None = None
    timeout_s: int | None = None
    delay_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A secret that libvirt keeps: by UUID or by what it is for."""

    kind: str = ""  # ceph, iscsi, passphrase
    uuid: str = ""
    usage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """Who logs in at a store, and with which secret."""

    username: str = ""
    secret: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IpAddress:
    """`<ip>`: an address, with the length of the network's prefix."""

    address: str = ""
    family: str = ""  # ipv4, ipv6
    prefix: int | None = None
    peer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`<route>`."""

    family: str = ""
    address: str = ""
    netmask: str = ""
    prefix: int | None = None
    gateway: str = ""
    metric: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaming:
    """`<teaming>`: two network cards that are one for the guest, so that it can migrate."""

    kind: str = ""  # persistent, transient
    persistent_alias: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterSource:
    """`<source>` of a character device: a path, or a host and service; of UDP there are two."""

    mode: str = ""  # connect, bind; of nmdm none
    path: str = ""
    host: str = ""
    service: str = ""
    tls: bool | None = None
    append: bool | None = None
    channel: str = ""  # of spiceport, dbus
    master: str = ""  # of nmdm
    slave: str = ""
    clipboard: bool | None = None  # of qemu-vdagent
    mouse_mode: str = ""
    reconnect: Reconnect | None = None
    security_labels: tuple[SecurityLabel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterEnd:
    """The host's end of a character device."""

    kind: str = ""  # pty, file, unix, tcp, udp, spicevmc ...
    sources: tuple[CharacterSource, ...] = ()
    protocol: str = ""  # raw, telnet, telnets, tls
    log_path: str = ""
    log_append: bool | None = None
