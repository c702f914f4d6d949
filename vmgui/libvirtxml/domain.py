"""Domain XML -> DomainConfig (https://libvirt.org/formatdomain.html): what the details show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vmgui.libvirtxml.safe import Element, attribute_of, number_of, parse, size_bytes_of, text_of
from vmgui.libvirtxml.tags_element import element_of
from vmgui.model.device import Disk, Filesystem, Graphics, HostDevice, Interface
from vmgui.model.domain import DomainConfig, Firmware
from vmgui.model.errors import InvalidConfig

# Both spellings exist: virt-install wrote the first, GNOME Boxes the second.
_OSINFO_NAMESPACES = (
    "http://libosinfo.org/xmlns/libvirt/domain/1.0",
    "https://libosinfo.org/xmlns/libvirt/domain/1.0",
)
_MAX_BACKING_DEPTH = 200
QEMU = "{http://libvirt.org/schemas/domain/qemu/1.0}"
_PATH_IN_OPTIONS = re.compile(r"""(?:^|[=:,"'\s])(?P<path>/(?:[^,"'\n]|,,)+)""")
_WORDS_OF_PEOPLE = frozenset({"title", "description", "metadata"})
_DISK_SOURCE_ATTRIBUTES = ("file", "dev", "dir", "name", "volume", "path")
_INTERFACE_SOURCE_ATTRIBUTES = ("network", "bridge", "dev", "name", "path", "address")
AGENT_CHANNEL = "org.qemu.guest_agent.0"


def parse_domain(xml: str) -> DomainConfig:
    """What a machine's XML says; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    vcpus_max = number_of(text_of(root, "vcpu"), 1)
    memory_max_kib = size_bytes_of(root.find("memory")) // 1024
    current = root.find("currentMemory")
    devices = root.find("devices")
    if devices is None:
        devices = parse(b"<devices/>")
    return DomainConfig(
        uuid=text_of(root, "uuid"),
        name=text_of(root, "name"),
        domain_type=root.get("type", ""),
        title=text_of(root, "title"),
        description=text_of(root, "description"),
        arch=attribute_of(root, "os/type", "arch"),
        machine=attribute_of(root, "os/type", "machine"),
        firmware=_firmware(root),
        nvram_path=_nvram_path(root),
        has_tpm=devices.find("tpm") is not None,
        vcpus=number_of(attribute_of(root, "vcpu", "current"), vcpus_max),
        vcpus_max=vcpus_max,
        memory_kib=size_bytes_of(current) // 1024 if current is not None else memory_max_kib,
        memory_max_kib=memory_max_kib,
        cpu_mode=_cpu_mode(root),
        os_id=os_id_of(root),
        kernel_path=text_of(root, "os/kernel"),
        boot_order=_boot_order(root, devices),
        disks=tuple(_disk(node) for node in devices.findall("disk")),
        interfaces=tuple(_interface(node) for node in devices.findall("interface")),
        graphics=tuple(_graphics(node) for node in devices.findall("graphics")),
        filesystems=tuple(_filesystem(node) for node in devices.findall("filesystem")),
        host_devices=tuple(_host_device(node) for node in devices.findall("hostdev")),
        video_models=tuple(attribute_of(node, "model", "type") for node in devices.findall("video")),
        has_agent_channel=any(
            attribute_of(node, "target", "name") == AGENT_CHANNEL for node in devices.findall("channel")
        ),
        has_serial_console=devices.find("serial") is not None or devices.find("console") is not None,
        is_protected=element_of(root).is_protected,
        xml=xml,
    )


def parse_paths(xml: str) -> frozenset[str]:
    """Every absolute path in the XML of a machine or of its snapshot, but for those in what people wrote.

    Also those within options that are handed to QEMU as they are: `file=/path,if=virtio`, `{"filename": "/path"}`.
    """
    found: set[str] = set()
    waiting = [parse(xml)]
    while waiting:
        node = waiting.pop()
        waiting += (child for child in node if child.tag not in _WORDS_OF_PEOPLE)
        values = list(map(str, node.attrib.values()))
        found.update(value for value in values if value.startswith("/"))
        if str(node.tag).startswith(QEMU):
            found.update(path for value in values for path in paths_in_options(value))
        if (text := (node.text or "").strip()).startswith("/"):
            found.add(text)
    return frozenset(found)


def parse_disks(xml: str) -> tuple[Disk, ...]:
    """Every disk with a source in the XML of a machine, or of its snapshot, at whatever depth."""
    nodes = (node for node in parse(xml).iter("disk") if node.find("source") is not None)
    return tuple(dict.fromkeys(disk for node in nodes if (disk := _disk(node)).source))


def paths_in_options(options: str) -> frozenset[str]:
    """Whatever may be an absolute path in QEMU's options, which double a comma that is no separator."""
    whole = (match["path"].replace(",,", ",") for match in _PATH_IN_OPTIONS.finditer(options))
    return frozenset(path.rstrip() for path in whole)


def display_passwords(xml: str) -> tuple[str, ...]:
    """The password of each display in a secure XML, in the order of `graphics`; empty: none. Not to be kept."""
    return tuple(node.get("passwd", "") for node in parse(xml).iterfind("devices/graphics"))


_PC = frozenset({"", "i386", "i486", "i586", "i686", "x86_64", "amd64"})
_WITHOUT_FIRMWARE = frozenset({"lxc", "openvz", "vz", "bhyve"})


def _firmware(root: Element) -> Firmware:
    node = root.find("os")
    if node is None:
        return Firmware.BIOS
    loader = node.find("loader")
    by_attribute = node.get("firmware") == "efi"
    by_loader = loader is not None and loader.get("type") == "pflash"
    if not (by_attribute or by_loader):
        is_pc = attribute_of(node, "type", "arch") in _PC and text_of(node, "type") in ("", "hvm")
        return Firmware.BIOS if is_pc and root.get("type") not in _WITHOUT_FIRMWARE else Firmware.NONE
    features = {
        feature.get("name"): feature.get("enabled") == "yes" for feature in node.findall("firmware/feature")
    }
    # Secure boot needs both: firmware that enforces it and keys enrolled (absent: libvirt does not know).
    secure = loader is not None and loader.get("secure") == "yes"
    if "secure-boot" in features:
        secure = features["secure-boot"]
    if not features.get("enrolled-keys", True):
        secure = False
    return Firmware.UEFI_SECURE if secure else Firmware.UEFI


def _nvram_path(root: Element) -> str:
    node = root.find("os/nvram")
    if node is None:
        return ""
    return (node.text or "").strip() or attribute_of(node, "source", "file")


def _cpu_mode(root: Element) -> str:
    node = root.find("cpu")
    if node is None:
        return ""
    return node.get("mode") or ("custom" if node.find("model") is not None else "")


def os_id_of(root: Element) -> str:
    """The libosinfo id in the metadata of a `<domain>`; empty: none."""
    for namespace in _OSINFO_NAMESPACES:
        found = attribute_of(root, f"metadata/{{{namespace}}}libosinfo/{{{namespace}}}os", "id")
        if found:
            return found
    return ""


def _boot_order(root: Element, devices: Element) -> tuple[str, ...]:
    """Per-device order by target or MAC; else the classes of `<os><boot dev>` (hd, cdrom, network)."""
    ordered: list[tuple[int, str]] = []
    for node in (*devices.findall("disk"), *devices.findall("interface")):
        order = number_of(attribute_of(node, "boot", "order"))
        if order > 0:
            name = attribute_of(node, "target", "dev") if node.tag == "disk" else ""
            ordered.append((order, name or attribute_of(node, "mac", "address")))
    if ordered:
        return tuple(name for _, name in sorted(ordered))
    return tuple(node.get("dev", "") for node in root.findall("os/boot"))


def disk_source(node: Element) -> str:
    """Where a `<disk>`, `<backingStore>` or `<mirror>` reads from; empty: no medium."""
    source = node.find("source")
    if source is None:
        return ""
    kind = _kind_of_source(node, source)
    if kind == "volume":
        return f"{source.get('pool', '')}/{source.get('volume', '')}"
    if kind == "network":
        # Of a replicated store every host that knows where things are; a client asks any.
        places = ",".join(_host_place(host) for host in source.findall("host"))
        query = source.get("query", "")
        name = source.get("name", "") + (f"?{query}" if query else "")
        return f"{source.get('protocol', '')}://{places}/{name}"
    if kind == "nvme":
        return f"nvme://{_pci_address(source.find('address'))}/{source.get('namespace', '')}"
    for name in _DISK_SOURCE_ATTRIBUTES:
        if value := source.get(name):
            return value
    return ""


def _kind_of_source(node: Element, source: Element | None) -> str:
    """A snapshot's disk may leave its type out; a pool and a volume name a volume all the same."""
    is_volume = source is not None and source.get("pool") and source.get("volume")
    return "volume" if is_volume else node.get("type", "")


def _host_place(host: Element) -> str:
    """`name:port` as in a URL, or the path of a socket."""
    name, port = host.get("name", ""), host.get("port", "")
    if not name:
        return host.get("socket", "")
    if ":" in name and not name.startswith("["):
        name = f"[{name}]"
    return f"{name}:{port}" if port else name


def _pci_address(node: Element | None) -> str:
    """As lspci writes it: 0000:0a:00.0."""
    if node is None:
        return ""
    domain, bus, slot, function = (_hex(node.get(name)) for name in ("domain", "bus", "slot", "function"))
    return f"{domain:04x}:{bus:02x}:{slot:02x}.{function:x}"


def _hex(text: str | None) -> int:
    try:
        return int(text or "0", 0)
    except ValueError:
        return 0


def _disk(node: Element) -> Disk:
    chain: list[str] = []
    backing = node.find("backingStore")
    while backing is not None and len(chain) < _MAX_BACKING_DEPTH:
        path = disk_source(backing)
        if not path:
            break
        chain.append(path)
        backing = backing.find("backingStore")
    source = disk_source(node)
    more = dict.fromkeys(name for inner in node.iter("source") for name in _files_of_source(inner))
    return Disk(
        target=attribute_of(node, "target", "dev"),
        bus=attribute_of(node, "target", "bus"),
        device=node.get("device", "disk"),
        source_type=_kind_of_source(node, node.find("source")) or "file",
        source=source,
        format=attribute_of(node, "driver", "type"),
        read_only=node.find("readonly") is not None,
        shareable=node.find("shareable") is not None,
        backing_chain=tuple(chain),
        more_files=tuple(name for name in more if name != source and name not in chain),
    )


def _files_of_source(source: Element) -> Iterator[str]:
    yield from (value for name in ("file", "dev") if (value := source.get(name)))
    if (pool := source.get("pool")) and (volume := source.get("volume")):
        yield f"{pool}/{volume}"


def _interface(node: Element) -> Interface:
    source = node.find("source")
    values = [source.get(name, "") for name in _INTERFACE_SOURCE_ATTRIBUTES] if source is not None else []
    return Interface(
        mac=attribute_of(node, "mac", "address"),
        kind=node.get("type", ""),
        source=next((value for value in values if value), ""),
        model=attribute_of(node, "model", "type"),
        target=attribute_of(node, "target", "dev"),
        link_up=attribute_of(node, "link", "state", "up") != "down",
    )


def _graphics(node: Element) -> Graphics:
    listen_type = attribute_of(node, "listen", "type")
    address = attribute_of(node, "listen", "address") or node.get("listen", "")
    return Graphics(
        kind=node.get("type", ""),
        port=number_of(node.get("port"), -1),
        tls_port=number_of(node.get("tlsPort"), -1),
        listen=address if listen_type in ("", "address", "network") else "",
        socket_path=node.get("socket", "") or attribute_of(node, "listen", "socket"),
        # Only in secure XML; a validity date or a passwd attribute tells either way.
        has_password=node.get("passwd") is not None or node.get("passwdValidTo") is not None,
        listens=listen_type != "none",
    )


def _host_device(node: Element) -> HostDevice:
    kind = node.get("type", "")
    return HostDevice(kind, _host_device_source(kind, node.find("source")))


def _host_device_source(kind: str, source: Element | None) -> str:
    if source is None:
        return ""
    address = source.find("address")
    if kind == "pci":
        return _pci_address(address)
    if kind == "usb":
        vendor, product = attribute_of(source, "vendor", "id"), attribute_of(source, "product", "id")
        if vendor or product:
            return f"{_hex(vendor):04x}:{_hex(product):04x}"
        return f"{attribute_of(source, 'address', 'bus')}-{attribute_of(source, 'address', 'device')}"
    if kind == "mdev":
        return attribute_of(source, "address", "uuid")
    if kind == "scsi":
        unit = ":".join(attribute_of(source, "address", name) for name in ("bus", "target", "unit"))
        return (
            f"{attribute_of(source, 'adapter', 'name')} {unit}"
            if address is not None
            else source.get("name", "")
        )
    if kind == "scsi_host":
        return source.get("wwpn", "")
    # Of containers: <block>, <char>, <interface> hold the name.
    return next((" ".join((child.text or "").split()) for child in source if (child.text or "").strip()), "")


def _filesystem(node: Element) -> Filesystem:
    source = node.find("source")
    values = (
        [source.get(name, "") for name in ("dir", "file", "dev", "name", "usage")]
        if source is not None
        else []
    )
    return Filesystem(
        driver=attribute_of(node, "driver", "type"),
        source=next((value for value in values if value), ""),
        target=attribute_of(node, "target", "dir"),
    )
