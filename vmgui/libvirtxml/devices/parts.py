"""Where the values stand that many kinds of devices have (https://libvirt.org/formatdomain.html#devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import choice, on_off, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, group, listed, optional, values

if TYPE_CHECKING:
    from vmgui.model.device_parts import (
        Address,
        Auth,
        Boot,
        CharacterEnd,
        CharacterSource,
        IoThread,
        IpAddress,
        Reconnect,
        Rom,
        Route,
        Secret,
        SecurityLabel,
        Teaming,
        Virtio,
    )

ADDRESS: Kind[Address] = Kind(
    "address",
    "device_parts.Address",
    choice(
        "kind",
        "@type",
        "pci drive virtio-serial ccid usb spapr-vio ccw isa virtio-mmio dimm unassigned",
    ),
    word("domain", "@domain"),
    word("controller", "@controller"),
    word("bus", "@bus"),
    word("slot", "@slot"),
    word("function", "@function"),
    on_off("multifunction", "@multifunction"),
    word("target", "@target"),
    word("unit", "@unit"),
    word("port", "@port"),
    word("device", "@device"),
    word("uuid", "@uuid"),
    word("cssid", "@cssid"),
    word("ssid", "@ssid"),
    word("devno", "@devno"),
    word("iobase", "@iobase"),
    word("irq", "@irq"),
    word("reg", "@reg"),
    word("base", "@base"),
    word("zpci_uid", "zpci/@uid"),
    word("zpci_fid", "zpci/@fid"),
)

# At the end of every device, as libvirt writes them.
COMMON = (
    text("alias", "alias/@name"),
    optional("address", "address", ADDRESS),
    whole("acpi_index", "acpi/@index"),
    word("acpi_nodeset", "acpi/@nodeset"),
)

BOOT: Kind[Boot] = Kind("boot", "device_parts.Boot", whole("order", "@order"), text("loadparm", "@loadparm"))
ROM: Kind[Rom] = Kind(
    "rom", "device_parts.Rom", yes_no("enabled", "@enabled"), on_off("bar", "@bar"), text("path", "@file")
)

VIRTIO: Kind[Virtio] = Kind(
    "driver",
    "device_parts.Virtio",
    on_off("iommu", "@iommu"),
    on_off("ats", "@ats"),
    on_off("packed", "@packed"),
    on_off("page_per_vq", "@page_per_vq"),
)

IO_THREAD: Kind[IoThread] = Kind(
    "iothread",
    "device_parts.IoThread",
    whole("id", "@id"),
    values(whole("queues", "queue/@id")),
)

SECURITY_LABEL: Kind[SecurityLabel] = Kind(
    "seclabel",
    "device_parts.SecurityLabel",
    word("model", "@model"),
    yes_no("relabel", "@relabel"),
    yes_no("label_skip", "@labelskip"),
    word("label", "label"),
)

RECONNECT: Kind[Reconnect] = Kind(
    "reconnect",
    "device_parts.Reconnect",
    yes_no("enabled", "@enabled"),
    whole("timeout_s", "@timeout"),
    whole("delay_s", "@delay"),
)

SECRET: Kind[Secret] = Kind(
    "secret",
    "device_parts.Secret",
    choice("kind", "@type", "ceph iscsi passphrase"),
    word("uuid", "@uuid"),
    text("usage", "@usage"),
)
AUTH: Kind[Auth] = Kind(
    "auth", "device_parts.Auth", text("username", "@username"), optional("secret", "secret", SECRET)
)

IP_ADDRESS: Kind[IpAddress] = Kind(
    "ip",
    "device_parts.IpAddress",
    word("address", "@address"),
    choice("family", "@family", "ipv4 ipv6"),
    whole("prefix", "@prefix"),
    word("peer", "@peer"),
)
ROUTE: Kind[Route] = Kind(
    "route",
    "device_parts.Route",
    choice("family", "@family", "ipv4 ipv6"),
    word("address", "@address"),
    word("netmask", "@netmask"),
    whole("prefix", "@prefix"),
    word("gateway", "@gateway"),
    whole("metric", "@metric"),
)
TEAMING: Kind[Teaming] = Kind(
    "teaming",
    "device_parts.Teaming",
    choice("kind", "@type", "persistent transient"),
    text("persistent_alias", "@persistent"),
)

_CHARACTER_SOURCE: Kind[CharacterSource] = Kind(
    "source",
    "device_parts.CharacterSource",
    choice("mode", "@mode", "bind connect"),
    text("path", "@path"),
    word("host", "@host"),
    word("service", "@service"),
    yes_no("tls", "@tls"),
    on_off("append", "@append"),
    text("channel", "@channel"),
    text("master", "@master"),
    text("slave", "@slave"),
    yes_no("clipboard", "clipboard/@copypaste"),
    choice("mouse_mode", "mouse/@mode", "server client"),
    optional("reconnect", "reconnect", RECONNECT),
    listed("security_labels", "seclabel", SECURITY_LABEL),
)
CHARACTER_END: Kind[CharacterEnd] = Kind(
    "source",
    "device_parts.CharacterEnd",
    choice(
        "kind",
        "@type",
        "pty file unix tcp udp dev pipe null stdio vc spicevmc spiceport nmdm qemu-vdagent dbus",
    ),
    listed("sources", "source", _CHARACTER_SOURCE),
    choice("protocol", "protocol/@type", "raw telnet telnets tls"),
    text("log_path", "log/@file"),
    on_off("log_append", "log/@append"),
)


VIRTIO_MODELS = "virtio virtio-transitional virtio-non-transitional"
virtio = group("virtio", "driver", VIRTIO)
boot = optional("boot", "boot", BOOT)
rom = optional("rom", "rom", ROM)
teaming = optional("teaming", "teaming", TEAMING)
addresses = listed("addresses", "ip", IP_ADDRESS)
routes = listed("routes", "route", ROUTE)
host = group("host", ".", CHARACTER_END)
