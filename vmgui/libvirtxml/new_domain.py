"""NewDomain -> domain XML (https://libvirt.org/formatdomain.html), ready to be defined and to be read.

Every machine is born able to grow: a maximum of vCPUs and memory above the current ones, spare PCIe ports, the
guest agent's channel. Addresses, aliases and the like are left to libvirt.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vmgui.libvirtxml.safe import Element, number_of, parse, text_of
from vmgui.model.creation import (
    GraphicsListen,
    NetworkKind,
    NewDomain,
    Source,
    SourceKind,
    Sources,
)
from vmgui.model.domain import Firmware
from vmgui.model.errors import InvalidConfig
from vmgui.model.host import DomainCapabilities
from vmgui.model.offer import canonical_machine
from vmgui.model.os_variant import GENERIC, OsVariant
from vmgui.policy.creation import is_display_open

OSINFO_NAMESPACE = "http://libosinfo.org/xmlns/libvirt/domain/1.0"
AGENT_CHANNEL = "org.qemu.guest_agent.0"
BALLOON_STATS_PERIOD_S = 5
HIDDEN_PASSWORD = "*****"  # noqa: S105 - what a person sees in the place of one
_X86 = frozenset({"x86_64", "i686"})
_PCIE_MACHINES = frozenset({"q35", "virt"})
_TARGET_PREFIXES = {"virtio": "vd", "ide": "hd", "fdc": "fd", "xen": "xvd"}
_EMULATED_MODEL = "Nehalem"
_V3_DISTROS = frozenset({"rhel", "almalinux", "rocky", "centos-stream", "ol"})
_TPM_MODELS = ("tpm-crb", "tpm-tis", "tpm-tis-device", "tpm-spapr")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a machine's XML says it is; empty `uuid`: libvirt chooses one."""

    name: str
    uuid: str


def build_domain(
    new: NewDomain,
    sources: Sources,
    capabilities: DomainCapabilities | None = None,
    os: OsVariant | None = None,
    *,
    uuid: str = "",
    vnc_password: str = HIDDEN_PASSWORD,
) -> str:
    """The XML of a new machine; raises InvalidConfig for characters XML cannot carry.

    `vnc_password`, at most eight characters, is for a screen that is served to a network.
    """
    try:
        root = _Builder(new, sources, capabilities, os or GENERIC, vnc_password).build(uuid)
    except ValueError as error:
        raise InvalidConfig(str(error), subject=new.name) from error
    etree.indent(root, space="  ")
    return etree.tostring(root, encoding="unicode") + "\n"


def read_identity(xml: str) -> Identity:
    """Name and UUID in a machine's XML; raises InvalidConfig if it is none."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    name = root.findtext("name") or ""
    if not name.strip():
        raise InvalidConfig("the machine has no <name>")
    return Identity(name, text_of(root, "uuid"))


def complete_domain(xml: str, uuid: str, moved: dict[str, str], vnc_password: str = HIDDEN_PASSWORD) -> str:
    """A person's XML with a UUID if it has none, with files where they really are (planned -> real path), and
    with a password where stars stand for one."""
    root = parse(xml)
    node = root.find("uuid")
    if node is None or not (node.text or "").strip():
        if node is None:
            node = etree.Element("uuid")
            root.insert(0, node)
        node.text = uuid
    for source in root.iterfind("devices/disk/source"):
        for name in ("file", "dev"):
            if source.get(name, "") in moved:
                source.set(name, moved[source.get(name, "")])
    for graphics in root.iterfind("devices/graphics"):
        if graphics.get("passwd") == HIDDEN_PASSWORD:
            graphics.set("passwd", vnc_password)
    for name in ("kernel", "initrd"):
        file = root.find(f"os/{name}")
        if file is not None and (file.text or "").strip() in moved:
            file.text = moved[(file.text or "").strip()]
    return etree.tostring(root, encoding="unicode") + "\n"


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    node = etree.SubElement(parent, tag, attributes)
    node.text = text
    return node


class _Builder:
    def __init__(
        self,
        new: NewDomain,
        sources: Sources,
        capabilities: DomainCapabilities | None,
        os: OsVariant,
        vnc_password: str,
    ) -> None:
        self._new = new
        self._vnc_password = vnc_password
        self._sources = sources
        self._capabilities = capabilities
        self._os = os
        self._is_x86 = new.arch in _X86
        self._machine = canonical_machine(new.machine)
        self._is_windows = os.family == "winnt"
        self._is_kvm = new.domain_type == "kvm"
        self._letters: dict[str, Iterator[str]] = {}

    def build(self, uuid: str) -> Element:
        new = self._new
        root = etree.Element("domain", {"type": new.domain_type})
        _add(root, "name", new.name)
        if uuid:
            _add(root, "uuid", uuid)
        if new.title:
            _add(root, "title", new.title)
        if new.description:
            _add(root, "description", new.description)
        if new.os_id:
            self._metadata(root)
        _add(root, "memory", str(new.memory_max_kib), unit="KiB")
        _add(root, "currentMemory", str(new.memory_kib), unit="KiB")
        vcpu = _add(root, "vcpu", str(new.vcpus_max), placement="static")
        if new.vcpus_max != new.vcpus:
            vcpu.set("current", str(new.vcpus))
        self._boot(root)
        self._features(root)
        self._cpu(root)
        self._clock(root)
        _add(root, "on_poweroff", "destroy")
        _add(root, "on_reboot", "restart")
        _add(root, "on_crash", "destroy")
        if self._is_x86:
            power = _add(root, "pm")
            _add(power, "suspend-to-mem", enabled="no")
            _add(power, "suspend-to-disk", enabled="no")
        self._devices(root)
        return root

    def _metadata(self, root: Element) -> None:
        metadata = _add(root, "metadata")
        tag = f"{{{OSINFO_NAMESPACE}}}"
        info = etree.SubElement(metadata, tag + "libosinfo", nsmap={"libosinfo": OSINFO_NAMESPACE})
        etree.SubElement(info, tag + "os", {"id": self._new.os_id})

    def _boot(self, root: Element) -> None:
        new = self._new
        node = _add(root, "os")
        kind = _add(node, "type", "hvm")
        if new.arch:
            kind.set("arch", new.arch)
        if new.machine:
            kind.set("machine", new.machine)
        if new.firmware.is_uefi:
            node.set("firmware", "efi")
            secure = "yes" if new.firmware is Firmware.UEFI_SECURE else "no"
            firmware = _add(node, "firmware")
            _add(firmware, "feature", enabled=secure, name="enrolled-keys")
            _add(firmware, "feature", enabled=secure, name="secure-boot")
        if self._sources.kernel is not None:
            _add(node, "kernel", self._sources.kernel.path)
            if self._sources.initrd is not None:
                _add(node, "initrd", self._sources.initrd.path)
            if new.kernel_args:
                _add(node, "cmdline", new.kernel_args)

    def _features(self, root: Element) -> None:
        if not self._is_x86:
            if self._new.arch in ("aarch64", "armv7l") and self._new.firmware.is_uefi:
                _add(_add(root, "features"), "acpi")
            return
        features = _add(root, "features")
        _add(features, "acpi")
        _add(features, "apic")
        if self._is_windows and self._is_kvm:
            hyperv = _add(features, "hyperv", mode="custom")
            _add(hyperv, "relaxed", state="on")
            _add(hyperv, "vapic", state="on")
            _add(hyperv, "spinlocks", state="on", retries="8191")
        if self._is_kvm or self._new.domain_type == "qemu":
            _add(features, "vmport", state="off")
        if self._new.firmware is Firmware.UEFI_SECURE:
            _add(features, "smm", state="on")

    def _cpu(self, root: Element) -> None:
        modes = self._capabilities.cpu_modes if self._capabilities is not None else ()
        wanted = ("host-passthrough", "host-model") if self._is_kvm else ("maximum",)
        mode = next((mode for mode in wanted if mode in modes), "")
        model = self._emulated_model()
        if not mode and not model and not self._is_x86:
            return
        cpu = _add(root, "cpu")
        if model:
            cpu.set("mode", "custom")
            cpu.set("match", "exact")
            cpu.set("check", "none")
            _add(cpu, "model", model, fallback="allow")
        elif mode:
            cpu.set("mode", mode)
        if mode == "host-passthrough":
            cpu.set("check", "none")
            cpu.set("migratable", "on")
        if self._is_x86:
            # Windows counts sockets and stops at two; every system likes cores.
            _add(cpu, "topology", sockets="1", dies="1", cores=str(self._new.vcpus_max), threads="1")

    def _emulated_model(self) -> str:
        """What today's systems ask for (x86-64-v2) and no more: all that QEMU can emulate costs a third of the
        speed (five levels of page tables, mitigations). What asks for more gets "maximum"."""
        if self._is_kvm or not self._is_x86 or self._capabilities is None:
            return ""
        needs_more = self._os.distro in _V3_DISTROS and number_of(self._os.version.split(".")[0]) >= 10
        return _EMULATED_MODEL if _EMULATED_MODEL in self._capabilities.cpu_models and not needs_more else ""

    def _clock(self, root: Element) -> None:
        clock = _add(root, "clock", offset="localtime" if self._is_windows else "utc")
        if not self._is_x86 or not self._is_kvm:
            # An emulated CPU that lags must not be made to catch up.
            return
        _add(clock, "timer", name="rtc", tickpolicy="catchup")
        _add(clock, "timer", name="pit", tickpolicy="delay")
        _add(clock, "timer", name="hpet", present="no")
        if self._is_windows:
            _add(clock, "timer", name="hypervclock", present="yes")

    # Devices ----------------------------------------------------------------------------------------------

    def _devices(self, root: Element) -> None:
        new = self._new
        devices = _add(root, "devices")
        if new.emulator:
            _add(devices, "emulator", new.emulator)
        order = self._boot_order()
        if self._sources.disk is not None:
            self._disk(devices, self._sources.disk, order.get("disk"))
        if new.source is SourceKind.CDROM or self._sources.cdrom is not None:
            self._cdrom(devices, self._sources.cdrom, order.get("cdrom"))
        self._controllers(devices)
        if new.interface.kind is not NetworkKind.NONE:
            self._interface(devices, order.get("network"))
        channel = _add(devices, "channel", type="unix")
        _add(channel, "target", type="virtio", name=AGENT_CHANNEL)
        self._serial(devices)
        # IBM Z has no USB.
        bus = "usb" if self._has_usb_bus else "virtio"
        if new.usb_tablet:
            _add(devices, "input", type="tablet", bus=bus)
        if not self._is_x86:
            _add(devices, "input", type="keyboard", bus=bus)
        self._graphics(devices)
        if new.tpm:
            tpm = _add(devices, "tpm", model=self._tpm_model())
            _add(tpm, "backend", type="emulator", version="2.0")
        balloon = _add(devices, "memballoon", model="virtio", freePageReporting="on")
        _add(balloon, "stats", period=str(BALLOON_STATS_PERIOD_S))
        if self._capabilities is None or self._capabilities.rng:
            rng = _add(devices, "rng", model="virtio")
            _add(rng, "backend", "/dev/urandom", model="random")

    def _boot_order(self) -> dict[str, int]:
        """A new, empty disk comes first: it cannot be booted until the system is on it, then it should be."""
        if self._sources.kernel is not None:
            return {}
        installer = {SourceKind.CDROM: "cdrom", SourceKind.NETWORK_BOOT: "network"}.get(self._new.source)
        names = ["disk"] if self._sources.disk is not None else []
        if installer is not None:
            names.insert(len(names) if self._new.new_volume is not None else 0, installer)
        return {name: number for number, name in enumerate(names, 1)}

    def _target(self, bus: str) -> str:
        prefix = _TARGET_PREFIXES.get(bus, "sd")
        letters = self._letters.setdefault(prefix, itertools.cycle("abcdefghijklmnopqrstuvwxyz"))
        return prefix + next(letters)

    def _disk(self, devices: Element, source: Source, order: int | None) -> None:
        bus = self._new.disk_bus
        disk = _add(devices, "disk", type="block" if source.is_block else "file", device="disk")
        _add(disk, "driver", name="qemu", type=source.format or "raw", discard="unmap")
        _add(disk, "source", **{"dev" if source.is_block else "file": source.path})
        _add(disk, "target", dev=self._target(bus), bus=bus)
        if order is not None:
            _add(disk, "boot", order=str(order))

    def _cdrom(self, devices: Element, source: Source | None, order: int | None) -> None:
        bus = self._cdrom_bus()
        is_block = source is not None and source.is_block
        disk = _add(devices, "disk", type="block" if is_block else "file", device="cdrom")
        _add(disk, "driver", name="qemu", type="raw")
        if source is not None:
            _add(disk, "source", **{"dev" if is_block else "file": source.path})
        _add(disk, "target", dev=self._target(bus), bus=bus)
        _add(disk, "readonly")
        if order is not None:
            _add(disk, "boot", order=str(order))

    @property
    def _has_usb_bus(self) -> bool:
        return self._new.arch != "s390x"

    def _cdrom_bus(self) -> str:
        if self._is_x86:
            return "ide" if self._machine == "pc" else "sata"
        return "scsi"

    def _controllers(self, devices: Element) -> None:
        new = self._new
        has_usb = self._has_usb_bus and (new.usb_tablet or not self._is_x86)
        if has_usb:
            _add(devices, "controller", type="usb", model="qemu-xhci", ports="15")
        buses = [new.disk_bus if self._sources.disk is not None else ""]
        if new.source is SourceKind.CDROM or self._sources.cdrom is not None:
            buses.append(self._cdrom_bus())
        has_scsi = "scsi" in buses
        if has_scsi:
            _add(devices, "controller", type="scsi", model="virtio-scsi")
        if self._machine not in _PCIE_MACHINES or not new.spare_pcie_ports:
            return
        # libvirt puts the machine's own devices on the first ports: what is to stay free comes on top.
        taken = (
            has_usb
            + has_scsi
            + (self._sources.disk is not None and new.disk_bus == "virtio")
            + (new.interface.kind is not NetworkKind.NONE)
            + (self._capabilities is None or self._capabilities.rng)
            + 2  # virtio-serial, balloon
        )
        _add(devices, "controller", type="pci", model="pcie-root")
        for _ in range(taken + new.spare_pcie_ports):
            _add(devices, "controller", type="pci", model="pcie-root-port")

    def _interface(self, devices: Element, order: int | None) -> None:
        nic = self._new.interface
        kinds = {NetworkKind.VIRTUAL: "network", NetworkKind.BRIDGE: "bridge", NetworkKind.USER: "user"}
        kind = kinds[nic.kind]
        interface = _add(devices, "interface", type=kind)
        if nic.mac:
            _add(interface, "mac", address=nic.mac)
        if kind != "user":
            _add(interface, "source", **{kind: nic.source})
        if nic.model:
            _add(interface, "model", type=nic.model)
        if order is not None:
            _add(interface, "boot", order=str(order))

    def _serial(self, devices: Element) -> None:
        if self._new.arch != "s390x":
            _add(devices, "serial", type="pty")
        _add(devices, "console", type="pty")

    def _graphics(self, devices: Element) -> None:
        new = self._new
        if new.video_model == "none":
            _add(_add(devices, "video"), "model", type="none")
            return
        if new.graphics_listen is GraphicsListen.SOCKET:
            graphics = _add(devices, "graphics", type="vnc")
            _add(graphics, "listen", type="none")
        else:
            address = new.graphics_address if new.graphics_listen is GraphicsListen.ADDRESS else "127.0.0.1"
            graphics = _add(devices, "graphics", type="vnc", port="-1", autoport="yes", listen=address)
            if is_display_open(new):
                graphics.set("passwd", self._vnc_password)
            _add(graphics, "listen", type="address", address=address)
        _add(_add(devices, "video"), "model", type=new.video_model, heads="1", primary="yes")

    def _tpm_model(self) -> str:
        offered = self._capabilities.tpm_models if self._capabilities is not None else ()
        return next((model for model in _TPM_MODELS if model in offered), "tpm-crb")
