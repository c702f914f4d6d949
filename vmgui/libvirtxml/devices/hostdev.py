"""`<hostdev>` (https://libvirt.org/formatdomain.html#host-device-assignment)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import ADDRESS, AUTH, COMMON, addresses, boot, rom, routes, teaming
from vmgui.libvirtxml.devices.storage_source import STORAGE_HOST
from vmgui.libvirtxml.fields import choice, flag, on_off, text, word, yes_no
from vmgui.libvirtxml.kind import Kind, listed, optional

if TYPE_CHECKING:
    from vmgui.model.device_host import HostdevDevice, HostdevSource

_SOURCE: Kind[HostdevSource] = Kind(
    "source",
    "device_host.HostdevSource",
    choice("startup_policy", "@startupPolicy", "mandatory requisite optional"),
    choice("guest_reset", "@guestReset", "off uninitialized on"),
    yes_no("write_filtering", "@writeFiltering"),
    choice("protocol", "@protocol", "iscsi vhost adapter"),
    text("name", "@name"),
    word("wwpn", "@wwpn"),
    listed("hosts", "host", STORAGE_HOST),
    optional("auth", "auth", AUTH),
    text("initiator_iqn", "initiator/iqn/@name"),
    word("adapter", "adapter/@name"),
    word("vendor", "vendor/@id"),
    word("product", "product/@id"),
    optional("address", "address", ADDRESS),
    word("block", "block"),
    word("character", "char"),
    word("interface", "interface"),
)

HOSTDEV: Kind[HostdevDevice] = Kind(
    "hostdev",
    "device_host.HostdevDevice",
    choice("mode", "@mode", "subsystem capabilities"),
    choice("kind", "@type", "pci usb scsi scsi_host mdev storage misc net"),
    yes_no("managed", "@managed"),
    choice(
        "model",
        "@model",
        "virtio virtio-transitional virtio-non-transitional vfio-pci vfio-ccw vfio-ap",
    ),
    on_off("display", "@display"),
    on_off("ramfb", "@ramfb"),
    yes_no("raw_io", "@rawio"),
    choice("sgio", "@sgio", "filtered unfiltered"),
    choice("driver", "driver/@name", "vfio kvm xen"),
    word("driver_model", "driver/@model"),
    yes_no("iommufd", "driver/@iommufd"),
    optional("source", "source", _SOURCE),
    addresses,
    routes,
    teaming,
    flag("read_only", "readonly"),
    flag("shareable", "shareable"),
    boot,
    rom,
    *COMMON,
)
