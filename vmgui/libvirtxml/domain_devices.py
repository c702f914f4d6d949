"""What lists show of a machine's devices, short and derived: where a disk's data is, what a card is connected to.

It is read for every machine of every host: only these values, through the declarations in `devices/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from vmgui.libvirtxml.devices.disk import BACKING, DISK
from vmgui.libvirtxml.devices.filesystem import FILESYSTEM
from vmgui.libvirtxml.devices.graphics import GRAPHICS, LISTEN
from vmgui.libvirtxml.devices.hostdev import HOSTDEV
from vmgui.libvirtxml.devices.interface import INTERFACE, INTERFACE_SOURCE
from vmgui.libvirtxml.devices.parts import BOOT
from vmgui.libvirtxml.devices.storage_source import DISK_SOURCE
from vmgui.libvirtxml.fields import first, whole_of
from vmgui.libvirtxml.safe import Element
from vmgui.model.device import Disk, Filesystem, Graphics, HostDevice, Interface

if TYPE_CHECKING:
    from vmgui.model.device_disk import StorageHost
    from vmgui.model.device_host import HostdevSource
    from vmgui.model.device_parts import Address

_MAX_BACKING_DEPTH = 200
_NO_LISTENER = etree.Element("listen")

_disk = DISK.partial("target", "bus", "device", "source_kind", "format", "read_only", "shareable")
_backing_kind = BACKING.partial("source_kind")
_place = DISK_SOURCE.partial("pool", "volume", "file", "device", "directory", "name", "path")
_files = DISK_SOURCE.partial("file", "device", "pool", "volume")
_target = DISK.partial("target")
_interface = INTERFACE.partial("mac", "kind", "model", "target", "link")
_connection = INTERFACE_SOURCE.partial("network", "bridge", "device", "name", "path", "address")
_mac = INTERFACE.partial("mac")
_turn = BOOT.partial("order")
_graphics = GRAPHICS.partial("kind", "port", "tls_port", "listen", "socket")
_listen = LISTEN.partial("kind", "address", "socket")
_filesystem = FILESYSTEM.partial(
    *("driver", "target", "directory", "file", "device", "name", "ram_size"),
)
_hostdev = HOSTDEV.partial("kind", "source")


def read_disk(node: Element) -> Disk:
    """A `<disk>`."""
    said = _disk(node)
    source = first(node, "source")
    place = _place_of(said.source_kind, source)
    chain: list[str] = []
    backing = first(node, "backingStore")
    while backing is not None and len(chain) < _MAX_BACKING_DEPTH:
        path = _place_of(_backing_kind(backing).source_kind, first(backing, "source"))
        if not path:
            break
        chain.append(path)
        backing = first(backing, "backingStore")
    more = dict.fromkeys(name for inner in node.iter("source") for name in _names_in(inner))
    return Disk(
        target=said.target,
        bus=said.bus,
        device=said.device or "disk",
        source_type=("volume" if _names_volume(source) else said.source_kind) or "file",
        source=place,
        format=said.format,
        read_only=said.read_only,
        shareable=said.shareable,
        backing_chain=tuple(chain),
        more_files=tuple([name for name in more if name != place and name not in chain]),
    )


def read_interface(node: Element) -> Interface:
    """An `<interface>`."""
    said, source = _interface(node), first(node, "source")
    if source is None:
        name = ""
    else:
        to = _connection(source)
        name = to.network or to.bridge or to.device or to.name or to.path or to.address
    return Interface(
        mac=said.mac,
        kind=said.kind,
        source=name,
        model=said.model,
        target=said.target,
        link_up=said.link != "down",
    )


def read_graphics(node: Element) -> Graphics:
    """A `<graphics>`."""
    said, listener = _graphics(node), first(node, "listen")
    listen = _listen(listener if listener is not None else _NO_LISTENER)
    address = listen.address or said.listen
    return Graphics(
        kind=said.kind,
        port=-1 if said.port is None else said.port,
        tls_port=-1 if said.tls_port is None else said.tls_port,
        listen=address if listen.kind in ("", "address", "network") else "",
        socket_path=said.socket or listen.socket,
        # Only in secure XML; a validity date or a passwd attribute tells either way.
        has_password=node.get("passwd") is not None or node.get("passwdValidTo") is not None,
        listens=listen.kind != "none",
    )


def read_filesystem(node: Element) -> Filesystem:
    """A `<filesystem>`."""
    said = _filesystem(node)
    source = said.directory or said.file or said.device or said.name
    return Filesystem(
        said.driver, source or ("" if said.ram_size is None else str(said.ram_size)), said.target
    )


def read_host_device(node: Element) -> HostDevice:
    """A `<hostdev>`."""
    said = _hostdev(node)
    return HostDevice(
        said.kind, _host_device_source(said.kind, said.source) if said.source is not None else ""
    )


def read_boot_order(disks: list[Element], interfaces: list[Element]) -> tuple[str, ...]:
    """The devices that have a turn, by target or MAC; empty: no device has one."""
    turns: list[tuple[int, str]] = []
    for node in (*disks, *interfaces):
        boot = first(node, "boot")
        order = _turn(boot).order if boot is not None else None
        if order is not None and order > 0:
            turns.append((order, _target(node).target if node.tag == "disk" else _mac(node).mac))
    return tuple(name for _, name in sorted(turns))


def _place_of(kind: str, source: Element | None) -> str:
    """Where a `<disk>` or `<backingStore>` reads from; empty: no medium."""
    if source is None:
        return ""
    said = _place(source)
    if kind == "volume" or (said.pool and said.volume):
        # A snapshot's disk may leave its type out; a pool and a volume name a volume all the same.
        return f"{said.pool}/{said.volume}"
    if kind in ("network", "nvme"):
        whole = DISK_SOURCE.read(source)
        if kind == "nvme":
            return f"nvme://{_pci_address(whole.address)}/{whole.namespace}"
        # Of a replicated store every host that knows where things are; a client asks any.
        hosts = ",".join(_host_place(host) for host in whole.hosts)
        return f"{whole.protocol}://{hosts}/{whole.name}{'?' if whole.query else ''}{whole.query}"
    return said.file or said.device or said.directory or said.name or said.path


def _names_volume(source: Element | None) -> bool:
    return source is not None and bool(source.get("pool") and source.get("volume"))


def _names_in(source: Element) -> Iterator[str]:
    said = _files(source)
    if said.file:
        yield said.file
    if said.device:
        yield said.device
    if said.pool and said.volume:
        yield f"{said.pool}/{said.volume}"


def _host_place(host: StorageHost) -> str:
    """`name:port` as in a URL, or the path of a socket."""
    if not host.name:
        return host.socket
    name = f"[{host.name}]" if ":" in host.name and not host.name.startswith("[") else host.name
    return f"{name}:{host.port}" if host.port else name


def _pci_address(address: Address | None) -> str:
    """As lspci writes it: 0000:0a:00.0."""
    if address is None:
        return ""
    domain, bus, slot, function = (
        whole_of(text) or 0 for text in (address.domain, address.bus, address.slot, address.function)
    )
    return f"{domain:04x}:{bus:02x}:{slot:02x}.{function:x}"


def _host_device_source(kind: str, source: HostdevSource) -> str:
    address = source.address
    if kind == "pci":
        return _pci_address(address)
    if kind == "usb":
        if source.vendor or source.product:
            return f"{whole_of(source.vendor) or 0:04x}:{whole_of(source.product) or 0:04x}"
        return f"{address.bus}-{address.device}" if address is not None else "-"
    if kind == "mdev":
        return address.uuid if address is not None else ""
    if kind == "scsi":
        if address is None:
            return source.name
        return f"{source.adapter} {address.bus}:{address.target}:{address.unit}"
    if kind == "scsi_host":
        return source.wwpn
    # Of containers.
    return " ".join((source.block or source.character or source.interface).split())
