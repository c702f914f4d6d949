"""What the overview says of a machine, in words."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from vmgui.model.device import Disk, Interface
from vmgui.model.domain import AddressSource, Domain, DomainConfig, DomainRates, Firmware, GuestInfo
from vmgui.model.host import Host
from vmgui.policy.tags import os_name
from vmgui.services.uptime import Uptime
from vmgui.ui.look.fact_list import Fact
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.health import age_note
from vmgui.words.states import reason_words, state_words
from vmgui.words.uptime import uptime_words

translate = QCoreApplication.translate

MOST_LINES = 16
"""Addresses, disks and interfaces beyond these are only counted."""

_DEVICE_KINDS = {"pci": "PCI", "usb": "USB", "mdev": "mdev", "scsi": "SCSI", "scsi_host": "SCSI"}
_TONES = {"running": "success", "paused": "warning", "crashed": "danger"}


def os_words(config: DomainConfig | None, guest: GuestInfo | None) -> str:
    """What the guest says it is, else what it was set up as; empty: not known."""
    if guest is not None and guest.os_name:
        return guest.os_name
    return os_name(config.os_id) if config is not None else ""


def first_address(guest: GuestInfo | None) -> str:
    """The one for the header: IPv4 before IPv6, never link-local."""
    if guest is None:
        return ""
    useful = [found.address for found in guest.addresses if not found.is_local]
    useful.sort(key=lambda address: ":" in address)
    return useful[0] if useful else ""


def _source_words(source: AddressSource) -> str:
    match source:
        case AddressSource.AGENT:
            return translate("Overview", "from the guest agent")
        case AddressSource.LEASE:
            return translate("Overview", "from the network's DHCP")
        case AddressSource.ARP:
            return translate("Overview", "seen by the host")


def state_facts(
    domain: Domain,
    host: Host | None,
    config: DomainConfig | None,
    guest: GuestInfo | None,
    uptime: Uptime | None,
) -> list[Fact]:
    """State, uptime, guest."""
    state = state_words(domain.state)
    facts = [
        Fact(
            translate("Overview", "State"),
            state,
            note=reason_words(domain),
            tone=_TONES.get(domain.state.value, ""),
        )
    ]
    if host is not None:
        note = age_note(host, time.monotonic())
        facts.append(Fact(translate("Overview", "Host"), host.name, note=note))
    if running := uptime_words(uptime):
        facts.append(Fact(translate("Overview", "Running"), running))
    system = os_words(config, guest)
    if system:
        facts.append(Fact(translate("Overview", "Operating system"), system))
    if guest is not None and guest.hostname:
        facts.append(Fact(translate("Overview", "Name in the guest"), guest.hostname, copy=guest.hostname))
    label = translate("Overview", "Addresses")
    addresses = guest.addresses if guest is not None else ()
    for found in addresses[:MOST_LINES]:
        source = _source_words(found.source)
        note = " · ".join(part for part in (found.interface, source) if part)
        facts.append(Fact(label, f"{found.address}/{found.prefix}", note=note, copy=found.address))
    if len(addresses) > MOST_LINES:
        facts.append(Fact(label, _more(len(addresses) - MOST_LINES)))
    if not addresses and domain.state.is_active:
        facts.append(
            Fact(
                label,
                fmt.NONE,
                note=translate(
                    "Overview",
                    "Not known: the guest has no agent and took no address from a network of this host.",
                ),
            )
        )
    facts.append(Fact(translate("Overview", "Identifier"), domain.key.uuid, copy=domain.key.uuid))
    return facts


def hardware_facts(domain: Domain, config: DomainConfig | None, rates: DomainRates | None) -> list[Fact]:
    """CPU, memory, firmware, disks, interfaces."""
    cpus = counts.virtual_cpus(domain.vcpus)
    if domain.vcpus_max > domain.vcpus:
        cpus = translate("Overview", "{cpus}, up to {maximum}").format(
            cpus=cpus, maximum=fmt.count(domain.vcpus_max)
        )
    memory = fmt.size_kib(domain.memory_kib)
    if domain.memory_max_kib > domain.memory_kib:
        memory = translate("Overview", "{memory}, up to {maximum}").format(
            memory=memory, maximum=fmt.size_kib(domain.memory_max_kib)
        )
    used = ""
    if rates is not None and rates.memory_used_kib is not None and domain.memory_kib:
        used = translate("Overview", "{used} in use").format(used=fmt.size_kib(rates.memory_used_kib))
    facts = [
        Fact(translate("Overview", "Processor"), cpus, note=_cpu_note(config)),
        Fact(translate("Overview", "Memory"), memory, note=used),
    ]
    if config is None:
        return facts
    if config.firmware is not Firmware.NONE or config.has_tpm:
        facts.append(Fact(translate("Overview", "Firmware"), _firmware(config), note=config.machine))
    elif config.machine:
        facts.append(Fact(translate("Overview", "Machine type"), config.machine))
    label = translate("Overview", "Disks")
    for disk in config.disks[:MOST_LINES]:
        facts.append(_disk_fact(label, disk))
    if len(config.disks) > MOST_LINES:
        facts.append(Fact(label, _more(len(config.disks) - MOST_LINES)))
    if not config.disks:
        facts.append(Fact(label, translate("Overview", "None")))
    label = translate("Overview", "Network")
    for interface in config.interfaces[:MOST_LINES]:
        facts.append(_interface_fact(label, interface))
    if len(config.interfaces) > MOST_LINES:
        facts.append(Fact(label, _more(len(config.interfaces) - MOST_LINES)))
    if not config.interfaces:
        facts.append(Fact(label, translate("Overview", "Not connected to any network")))
    facts += _shared_and_lent(config)
    if config.graphics:
        kinds = fmt.joined([graphics.kind.upper() for graphics in config.graphics])
        facts.append(Fact(translate("Overview", "Display"), kinds, note=fmt.joined(config.video_models)))
    return facts


def _cpu_note(config: DomainConfig | None) -> str:
    if config is None:
        return ""
    mode = {
        "host-passthrough": translate("Overview", "the host's own processor"),
        "host-model": translate("Overview", "like the host's processor"),
        "maximum": translate("Overview", "all the features there are"),
        "custom": translate("Overview", "a chosen model"),
    }.get(config.cpu_mode, "")
    kind = {
        "kvm": translate("Overview", "hardware acceleration"),
        "qemu": translate("Overview", "emulated, slow"),
    }.get(config.domain_type, "")
    return " · ".join(part for part in (config.arch, kind, mode) if part)


def _firmware(config: DomainConfig) -> str:
    text = {
        Firmware.BIOS: translate("Overview", "BIOS"),
        Firmware.UEFI: translate("Overview", "UEFI"),
        Firmware.UEFI_SECURE: translate("Overview", "UEFI with secure boot"),
    }.get(config.firmware, "")
    return " · ".join(part for part in (text, translate("Overview", "TPM") if config.has_tpm else "") if part)


def _disk_fact(label: str, disk: Disk) -> Fact:
    if not disk.source:
        value = translate("Overview", "Empty drive") if disk.device in ("cdrom", "floppy") else fmt.NONE
    else:
        value = disk.source
    kind = {
        "cdrom": translate("Overview", "CD drive"),
        "floppy": translate("Overview", "floppy drive"),
        "lun": translate("Overview", "passed-through disk"),
    }.get(disk.device, translate("Overview", "disk"))
    parts = [disk.target, kind, disk.bus, disk.format]
    if disk.read_only and disk.device == "disk":
        parts.append(translate("Overview", "read-only"))
    if disk.shareable:
        parts.append(translate("Overview", "shared"))
    return Fact(label, value, note=" · ".join(part for part in parts if part), copy=disk.source)


def _interface_fact(label: str, interface: Interface) -> Fact:
    match interface.kind:
        case "network":
            value = translate("Overview", "Network {name}").format(name=interface.source)
        case "bridge":
            value = translate("Overview", "Bridge {name}").format(name=interface.source)
        case "user":
            value = translate("Overview", "Shared with the host's user (NAT)")
        case "direct":
            value = translate("Overview", "Directly on {name}").format(name=interface.source)
        case _:
            value = f"{interface.kind} {interface.source}".strip()
    if not interface.link_up:
        value += " · " + translate("Overview", "cable unplugged")
    note = " · ".join(part for part in (interface.mac, interface.model, interface.target) if part)
    return Fact(label, value, note=note, copy=interface.mac)


def _shared_and_lent(config: DomainConfig) -> list[Fact]:
    """What of the host the machine has: directories, devices."""
    facts: list[Fact] = []
    label = translate("Overview", "Shared folders")
    for folder in config.filesystems[:MOST_LINES]:
        note = " · ".join(part for part in (folder.target, folder.driver) if part)
        facts.append(Fact(label, folder.source or fmt.NONE, note=note, copy=folder.source))
    if len(config.filesystems) > MOST_LINES:
        facts.append(Fact(label, _more(len(config.filesystems) - MOST_LINES)))
    label = translate("Overview", "Devices of the host")
    for device in config.host_devices[:MOST_LINES]:
        facts.append(Fact(label, device.source or fmt.NONE, note=_DEVICE_KINDS.get(device.kind, device.kind)))
    if len(config.host_devices) > MOST_LINES:
        facts.append(Fact(label, _more(len(config.host_devices) - MOST_LINES)))
    return facts


def _more(count: int) -> str:
    return counts.and_more(count)
