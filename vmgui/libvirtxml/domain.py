"""Domain XML -> DomainConfig (https://libvirt.org/formatdomain.html): what the details show.

Every machine's definition is read, so only what is needed, by the declarations of `domain_values` and `devices/`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.channel import CHANNEL
from vmgui.libvirtxml.devices.video import VIDEO
from vmgui.libvirtxml.domain_devices import (
    read_boot_order,
    read_disk,
    read_filesystem,
    read_graphics,
    read_host_device,
    read_interface,
)
from vmgui.libvirtxml.domain_os import os_id_of
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.fields import first
from vmgui.libvirtxml.safe import Element, parse
from vmgui.libvirtxml.tags_element import element_of
from vmgui.model.device import AGENT_CHANNEL, Disk
from vmgui.model.domain import DomainConfig, Firmware
from vmgui.model.errors import InvalidConfig

if TYPE_CHECKING:
    from vmgui.model.domain_values import DomainValues

# Both spellings exist: virt-install wrote the first, GNOME Boxes the second.
QEMU = "{http://libvirt.org/schemas/domain/qemu/1.0}"
_PATH_IN_OPTIONS = re.compile(r"""(?:^|[=:,"'\s])(?P<path>/(?:[^,"'\n]|,,)+)""")
_WORDS_OF_PEOPLE = frozenset({"title", "description", "metadata"})

_read_values = DOMAIN.partial(
    *("uuid", "name", "title", "description", "domain_type", "arch", "machine", "nvram", "nvram_file"),
    *(
        "vcpus",
        "vcpus_max",
        "memory_kib",
        "memory_max_kib",
        "cpu_mode",
        "cpu_model",
        "kernel",
        "boot_devices",
    ),
    *("system_type", "firmware", "loader_kind", "loader_secure", "firmware_features"),
)
_read_video = VIDEO.partial("model")
_read_channel = CHANNEL.partial("name")


def parse_domain(xml: str) -> DomainConfig:
    """What a machine's XML says; raises InvalidConfig."""
    return domain_of(parse(xml), xml)


def domain_of(root: Element, xml: str) -> DomainConfig:
    """What a machine's parsed `xml` says; raises InvalidConfig."""
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    said = _read_values(root)
    vcpus_max = 1 if said.vcpus_max is None else said.vcpus_max
    memory_max_kib = said.memory_max_kib or 0
    of = _devices_by_tag(root)
    disks, interfaces = of.get("disk", []), of.get("interface", [])
    return DomainConfig(
        uuid=said.uuid,
        name=said.name.strip(),
        domain_type=said.domain_type,
        title=said.title.strip(),
        description=said.description.strip(),
        arch=said.arch,
        machine=said.machine,
        firmware=_firmware(said, has_os=first(root, "os") is not None),
        nvram_path=said.nvram or said.nvram_file,
        has_tpm="tpm" in of,
        vcpus=vcpus_max if said.vcpus is None else said.vcpus,
        vcpus_max=vcpus_max,
        memory_kib=memory_max_kib if said.memory_kib is None else said.memory_kib,
        memory_max_kib=memory_max_kib,
        cpu_mode=said.cpu_mode or ("custom" if said.cpu_model else ""),
        os_id=os_id_of(root),
        kernel_path=said.kernel,
        boot_order=read_boot_order(disks, interfaces) or said.boot_devices,
        disks=tuple([read_disk(node) for node in disks]),
        interfaces=tuple([read_interface(node) for node in interfaces]),
        graphics=tuple([read_graphics(node) for node in of.get("graphics", [])]),
        filesystems=tuple([read_filesystem(node) for node in of.get("filesystem", [])]),
        host_devices=tuple([read_host_device(node) for node in of.get("hostdev", [])]),
        video_models=tuple([_read_video(node).model for node in of.get("video", [])]),
        has_agent_channel=any(_read_channel(node).name == AGENT_CHANNEL for node in of.get("channel", [])),
        has_serial_console="serial" in of or "console" in of,
        is_protected=element_of(root).is_protected,
        xml=xml,
    )


def _devices_by_tag(root: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    devices = first(root, "devices")
    for node in devices if devices is not None else ():
        found.setdefault(str(node.tag), []).append(node)
    return found


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
    return tuple(dict.fromkeys(disk for node in nodes if (disk := read_disk(node)).source))


def paths_in_options(options: str) -> frozenset[str]:
    """Whatever may be an absolute path in QEMU's options, which double a comma that is no separator."""
    whole = (match["path"].replace(",,", ",") for match in _PATH_IN_OPTIONS.finditer(options))
    return frozenset(path.rstrip() for path in whole)


def display_passwords(xml: str) -> tuple[str, ...]:
    """The password of each display in a secure XML, in the order of `graphics`; empty: none. Not to be kept."""
    return tuple(node.get("passwd", "") for node in parse(xml).iterfind("devices/graphics"))


_PC = frozenset({"", "i386", "i486", "i586", "i686", "x86_64", "amd64"})
_WITHOUT_FIRMWARE = frozenset({"lxc", "openvz", "vz", "bhyve"})


def _firmware(said: DomainValues, *, has_os: bool) -> Firmware:
    if said.firmware != "efi" and said.loader_kind != "pflash":
        is_hvm = said.system_type in ("", "hvm") and said.domain_type not in _WITHOUT_FIRMWARE
        return Firmware.BIOS if not has_os or (is_hvm and said.arch in _PC) else Firmware.NONE
    # Secure boot needs both: firmware that enforces it and keys enrolled (absent: libvirt does not know).
    features = {feature.name: feature.enabled is True for feature in said.firmware_features}
    secure = features.get("secure-boot", said.loader_secure is True)
    return Firmware.UEFI_SECURE if secure and features.get("enrolled-keys", True) else Firmware.UEFI
