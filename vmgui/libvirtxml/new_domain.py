"""NewDomain -> domain XML (https://libvirt.org/formatdomain.html), ready to be defined and to be read.

It is written by the declarations that existing machines are read and changed with.
Every machine is born able to grow: a maximum of vCPUs and memory above the current ones, spare PCIe ports, the
guest agent's channel. Addresses, aliases and the like are left to libvirt.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from vmgui.libvirtxml.devices.channel import AGENT_CHANNEL
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.fields import first, write_text
from vmgui.libvirtxml.safe import Element, number_of, parse, text_of
from vmgui.model.creation import (
    GraphicsListen,
    NetworkKind,
    NewDomain,
    Source,
    SourceKind,
    Sources,
)
from vmgui.model.device_character import ChannelDevice, ConsoleDevice, RngDevice, SerialDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_display import GraphicsDevice, InputDevice, Listen, VideoDevice
from vmgui.model.device_machine import TpmDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.device_parts import Boot, CharacterEnd
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain import Firmware
from vmgui.model.domain_values import DomainValues, FirmwareFeature, Timer
from vmgui.model.errors import InvalidConfig
from vmgui.model.host import DomainCapabilities
from vmgui.model.offer import canonical_machine
from vmgui.model.os_variant import GENERIC, OsVariant
from vmgui.policy.creation import is_display_open

OSINFO_NAMESPACE = "http://libosinfo.org/xmlns/libvirt/domain/1.0"
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
    return etree.tostring(root.getroottree(), encoding="unicode") + "\n"


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
    root = parse(xml, keep_comments=True)
    if not text_of(root, "uuid"):
        write_text(DOMAIN.ensure(root, ("uuid",)), uuid)
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
    return etree.tostring(root.getroottree(), encoding="unicode") + "\n"


_HOST_PTY = CharacterEnd(kind="pty")


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
        root = DOMAIN.write(self._values(uuid))
        memory = first(root, "memory")
        if self._new.os_id and memory is not None:
            root.insert(root.index(memory), self._metadata())
        devices = DOMAIN.ensure(root, ("devices",))
        devices.extend(kind_of(device).write(device) for device in self._devices())
        return root

    def _metadata(self) -> Element:
        metadata, tag = etree.Element("metadata"), f"{{{OSINFO_NAMESPACE}}}"
        info = etree.SubElement(metadata, tag + "libosinfo", nsmap={"libosinfo": OSINFO_NAMESPACE})
        etree.SubElement(info, tag + "os", {"id": self._new.os_id})
        return metadata

    def _values(self, uuid: str) -> DomainValues:
        new, kernel, initrd = self._new, self._sources.kernel, self._sources.initrd
        values = DomainValues(
            domain_type=new.domain_type,
            name=new.name,
            uuid=uuid,
            title=new.title,
            description=new.description,
            memory_max_kib=new.memory_max_kib,
            memory_kib=new.memory_kib,
            vcpu_placement="static",
            vcpus_max=new.vcpus_max,
            vcpus=new.vcpus if new.vcpus != new.vcpus_max else None,
            system_type="hvm",
            arch=new.arch,
            machine=new.machine,
            kernel=kernel.path if kernel is not None else "",
            initrd=initrd.path if kernel is not None and initrd is not None else "",
            kernel_arguments=new.kernel_args if kernel is not None else "",
            clock_offset="localtime" if self._is_windows else "utc",
            timers=self._timers(),
            on_poweroff="destroy",
            on_reboot="restart",
            on_crash="destroy",
            suspend_to_memory=False if self._is_x86 else None,
            suspend_to_disk=False if self._is_x86 else None,
            emulator=new.emulator,
        )
        return self._with_cpu(self._with_features(self._with_firmware(values)))

    def _with_firmware(self, values: DomainValues) -> DomainValues:
        if not self._new.firmware.is_uefi:
            return values
        secure = self._new.firmware is Firmware.UEFI_SECURE
        features = tuple(
            FirmwareFeature(name=name, enabled=secure) for name in ("enrolled-keys", "secure-boot")
        )
        return replace(values, firmware="efi", firmware_features=features)

    def _with_features(self, values: DomainValues) -> DomainValues:
        if not self._is_x86:
            return replace(
                values, acpi=self._new.arch in ("aarch64", "armv7l") and self._new.firmware.is_uefi
            )
        values = replace(
            values,
            acpi=True,
            apic=True,
            vmport=False if self._is_kvm or self._new.domain_type == "qemu" else None,
            smm=True if self._new.firmware is Firmware.UEFI_SECURE else None,
        )
        if not (self._is_windows and self._is_kvm):
            return values
        return replace(
            values,
            hyperv_mode="custom",
            hyperv_relaxed=True,
            hyperv_vapic=True,
            hyperv_spinlocks=True,
            hyperv_spinlock_retries=8191,
        )

    def _with_cpu(self, values: DomainValues) -> DomainValues:
        if self._is_x86:
            # Windows counts sockets and stops at two; every system likes cores.
            values = replace(values, cpu_sockets=1, cpu_dies=1, cpu_cores=self._new.vcpus_max, cpu_threads=1)
        if model := self._emulated_model():
            return replace(
                values,
                cpu_mode="custom",
                cpu_match="exact",
                cpu_check="none",
                cpu_model=model,
                cpu_model_fallback="allow",
            )
        modes = self._capabilities.cpu_modes if self._capabilities is not None else ()
        wanted = ("host-passthrough", "host-model") if self._is_kvm else ("maximum",)
        mode = next((mode for mode in wanted if mode in modes), "")
        if mode == "host-passthrough":
            return replace(values, cpu_mode=mode, cpu_check="none", cpu_migratable=True)
        return replace(values, cpu_mode=mode)

    def _emulated_model(self) -> str:
        """What today's systems ask for (x86-64-v2) and no more: all that QEMU can emulate costs a third of the
        speed (five levels of page tables, mitigations). What asks for more gets "maximum"."""
        if self._is_kvm or not self._is_x86 or self._capabilities is None:
            return ""
        needs_more = self._os.distro in _V3_DISTROS and number_of(self._os.version.split(".")[0]) >= 10
        return _EMULATED_MODEL if _EMULATED_MODEL in self._capabilities.cpu_models and not needs_more else ""

    def _timers(self) -> tuple[Timer, ...]:
        if not self._is_x86 or not self._is_kvm:
            # An emulated CPU that lags must not be made to catch up.
            return ()
        timers = (
            Timer(name="rtc", tick_policy="catchup"),
            Timer(name="pit", tick_policy="delay"),
            Timer(name="hpet", present=False),
        )
        return (*timers, Timer(name="hypervclock", present=True)) if self._is_windows else timers

    # Devices ----------------------------------------------------------------------------------------------

    def _devices(self) -> Iterator[object]:
        new, order = self._new, self._boot_order()
        if self._sources.disk is not None:
            yield self._disk(self._sources.disk, order.get("disk"))
        if new.source is SourceKind.CDROM or self._sources.cdrom is not None:
            yield self._cdrom(self._sources.cdrom, order.get("cdrom"))
        yield from self._controllers()
        if new.interface.kind is not NetworkKind.NONE:
            yield self._interface(order.get("network"))
        yield ChannelDevice(host=CharacterEnd(kind="unix"), target_kind="virtio", name=AGENT_CHANNEL)
        if new.arch != "s390x":
            yield SerialDevice(host=_HOST_PTY)
        yield ConsoleDevice(host=_HOST_PTY)
        # IBM Z has no USB.
        bus = "usb" if self._has_usb_bus else "virtio"
        if new.usb_tablet:
            yield InputDevice(kind="tablet", bus=bus)
        if not self._is_x86:
            yield InputDevice(kind="keyboard", bus=bus)
        yield from self._graphics()
        if new.tpm:
            yield TpmDevice(model=self._tpm_model(), backend="emulator", version="2.0")
        yield MemballoonDevice(
            model="virtio", free_page_reporting=True, stats_period_s=BALLOON_STATS_PERIOD_S
        )
        if self._capabilities is None or self._capabilities.rng:
            yield RngDevice(model="virtio", backend="random", path="/dev/urandom")

    def _boot_order(self) -> dict[str, Boot]:
        """A new, empty disk comes first: it cannot be booted until the system is on it, then it should be."""
        if self._sources.kernel is not None:
            return {}
        installer = {SourceKind.CDROM: "cdrom", SourceKind.NETWORK_BOOT: "network"}.get(self._new.source)
        names = ["disk"] if self._sources.disk is not None else []
        if installer is not None:
            names.insert(len(names) if self._new.new_volume is not None else 0, installer)
        return {name: Boot(order=number) for number, name in enumerate(names, 1)}

    def _target(self, bus: str) -> str:
        prefix = _TARGET_PREFIXES.get(bus, "sd")
        letters = self._letters.setdefault(prefix, itertools.cycle("abcdefghijklmnopqrstuvwxyz"))
        return prefix + next(letters)

    def _disk(self, source: Source, turn: Boot | None) -> DiskDevice:
        return DiskDevice(
            source_kind="block" if source.is_block else "file",
            device="disk",
            driver="qemu",
            format=source.format or "raw",
            discard="unmap",
            source=_disk_source(source),
            target=self._target(self._new.disk_bus),
            bus=self._new.disk_bus,
            boot=turn,
        )

    def _cdrom(self, source: Source | None, turn: Boot | None) -> DiskDevice:
        bus = self._cdrom_bus()
        return DiskDevice(
            source_kind="block" if source is not None and source.is_block else "file",
            device="cdrom",
            driver="qemu",
            format="raw",
            source=_disk_source(source) if source is not None else None,
            target=self._target(bus),
            bus=bus,
            read_only=True,
            boot=turn,
        )

    @property
    def _has_usb_bus(self) -> bool:
        return self._new.arch != "s390x"

    def _cdrom_bus(self) -> str:
        if self._is_x86:
            return "ide" if self._machine == "pc" else "sata"
        return "scsi"

    def _controllers(self) -> Iterator[ControllerDevice]:
        new = self._new
        has_usb = self._has_usb_bus and (new.usb_tablet or not self._is_x86)
        if has_usb:
            yield ControllerDevice(kind="usb", model="qemu-xhci", ports=15)
        buses = [new.disk_bus if self._sources.disk is not None else ""]
        if new.source is SourceKind.CDROM or self._sources.cdrom is not None:
            buses.append(self._cdrom_bus())
        has_scsi = "scsi" in buses
        if has_scsi:
            yield ControllerDevice(kind="scsi", model="virtio-scsi")
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
        yield ControllerDevice(kind="pci", model="pcie-root")
        for _ in range(taken + new.spare_pcie_ports):
            yield ControllerDevice(kind="pci", model="pcie-root-port")

    def _interface(self, turn: Boot | None) -> InterfaceDevice:
        nic = self._new.interface
        kind, source = {
            NetworkKind.VIRTUAL: ("network", InterfaceSource(network=nic.source)),
            NetworkKind.BRIDGE: ("bridge", InterfaceSource(bridge=nic.source)),
            NetworkKind.USER: ("user", None),
        }[nic.kind]
        return InterfaceDevice(kind=kind, mac=nic.mac, source=source, model=nic.model, boot=turn)

    def _graphics(self) -> Iterator[GraphicsDevice | VideoDevice]:
        new = self._new
        if new.video_model == "none":
            yield VideoDevice(model="none")
            return
        if new.graphics_listen is GraphicsListen.SOCKET:
            yield GraphicsDevice(kind="vnc", listens=(Listen(kind="none"),))
        else:
            address = new.graphics_address if new.graphics_listen is GraphicsListen.ADDRESS else "127.0.0.1"
            yield GraphicsDevice(
                kind="vnc",
                port=-1,
                auto_port=True,
                listen=address,
                password=self._vnc_password if is_display_open(new) else "",
                listens=(Listen(kind="address", address=address),),
            )
        yield VideoDevice(model=new.video_model, heads=1, primary=True)

    def _tpm_model(self) -> str:
        offered = self._capabilities.tpm_models if self._capabilities is not None else ()
        return next((model for model in _TPM_MODELS if model in offered), "tpm-crb")


def _disk_source(source: Source) -> DiskSource:
    return DiskSource(device=source.path) if source.is_block else DiskSource(file=source.path)
