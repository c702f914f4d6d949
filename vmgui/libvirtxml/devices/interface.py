"""`<interface>` (https://libvirt.org/formatdomain.html#network-interfaces)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import (
    ADDRESS,
    COMMON,
    IP_ADDRESS,
    RECONNECT,
    ROUTE,
    addresses,
    boot,
    rom,
    routes,
    teaming,
    virtio,
)
from vmgui.libvirtxml.fields import choice, on_off, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, group, listed, optional

if TYPE_CHECKING:
    from vmgui.model.device_network import (
        Filter,
        InterfaceDevice,
        InterfaceSource,
        PortForward,
        Rate,
        VirtualPort,
        VlanTag,
    )

INTERFACE_SOURCE: Kind[InterfaceSource] = Kind(
    "source",
    "device_network.InterfaceSource",
    text("network", "@network"),
    text("port_group", "@portgroup"),
    word("port_id", "@portid"),
    text("bridge", "@bridge"),
    choice("mac_table_manager", "@macTableManager", "kernel libvirt"),
    text("device", "@dev"),
    choice("mode", "@mode", "vepa bridge private passthrough server client"),
    choice("kind", "@type", "unix"),
    text("path", "@path"),
    text("name", "@name"),
    word("address", "@address"),
    whole("port", "@port"),
    word("local_address", "local/@address"),
    whole("local_port", "local/@port"),
    word("switch_id", "@switchid"),
    word("port_group_id", "@portgroupid"),
    word("connection_id", "@connectionid"),
    optional("host_address", "address", ADDRESS),
    word("usb_vendor", "vendor/@id"),
    word("usb_product", "product/@id"),
    optional("reconnect", "reconnect", RECONNECT),
    listed("addresses", "ip", IP_ADDRESS),
    listed("routes", "route", ROUTE),
)
_VIRTUAL_PORT: Kind[VirtualPort] = Kind(
    "virtualport",
    "device_network.VirtualPort",
    choice("kind", "@type", "openvswitch 802.1Qbg 802.1Qbh midonet"),
    word("manager_id", "parameters/@managerid"),
    word("type_id", "parameters/@typeid"),
    word("type_id_version", "parameters/@typeidversion"),
    word("instance_id", "parameters/@instanceid"),
    text("profile_id", "parameters/@profileid"),
    word("interface_id", "parameters/@interfaceid"),
)
_VLAN_TAG: Kind[VlanTag] = Kind(
    "tag",
    "device_network.VlanTag",
    whole("id", "@id"),
    choice("native_mode", "@nativeMode", "tagged untagged"),
)
_RATE: Kind[Rate] = Kind(
    "inbound",
    "device_network.Rate",
    whole("average_kb_per_s", "@average"),
    whole("peak_kb_per_s", "@peak"),
    whole("burst_kib", "@burst"),
    whole("floor_kb_per_s", "@floor"),
)
_FILTER: Kind[Filter] = Kind(
    "filterref",
    "device_network.Filter",
    text("name", "@filter"),
    listed(
        "parameters",
        "parameter",
        Kind("parameter", "device_network.FilterParameter", text("name", "@name"), text("value", "@value")),
    ),
)
_PORT_FORWARD: Kind[PortForward] = Kind(
    "portForward",
    "device_network.PortForward",
    choice("protocol", "@proto", "tcp udp"),
    word("address", "@address"),
    text("device", "@dev"),
    listed(
        "ranges",
        "range",
        Kind(
            "range",
            "device_network.PortRange",
            whole("start", "@start"),
            whole("end", "@end"),
            whole("to", "@to"),
            yes_no("exclude", "@exclude"),
        ),
    ),
)
_GUEST_OFFLOADS = (
    on_off("checksum", "@csum"),
    on_off("tso4", "@tso4"),
    on_off("tso6", "@tso6"),
    on_off("ecn", "@ecn"),
    on_off("ufo", "@ufo"),
)
_HOST_OFFLOADS = (*_GUEST_OFFLOADS, on_off("gso", "@gso"), on_off("merged_buffers", "@mrg_rxbuf"))

INTERFACE: Kind[InterfaceDevice] = Kind(
    "interface",
    "device_network.InterfaceDevice",
    choice(
        "kind",
        "@type",
        "network bridge user direct ethernet hostdev vdpa vhostuser internal mcast client server udp null vds",
    ),
    yes_no("managed", "@managed"),
    yes_no("trust_guest_rx_filters", "@trustGuestRxFilters"),
    word("mac", "mac/@address"),
    choice("mac_type", "mac/@type", "generated static"),
    yes_no("mac_check", "mac/@check"),
    word("mac_current", "mac/@currentAddress"),
    optional("source", "source", INTERFACE_SOURCE),
    optional("virtual_port", "virtualport", _VIRTUAL_PORT),
    yes_no("vlan_trunk", "vlan/@trunk"),
    listed("vlan_tags", "vlan/tag", _VLAN_TAG, key="id"),
    yes_no("isolated", "port/@isolated"),
    optional("inbound", "bandwidth/inbound", _RATE),
    optional("outbound", "bandwidth/outbound", _RATE),
    whole("bandwidth_class", "bandwidth/@classID"),
    text("script_path", "script/@path"),
    text("down_script_path", "downscript/@path"),
    text("backend_domain", "backenddomain/@name"),
    text("target", "target/@dev"),
    yes_no("target_managed", "target/@managed"),
    text("guest_device", "guest/@dev"),
    text("guest_actual_device", "guest/@actual"),
    word("model", "model/@type"),
    choice("driver", "driver/@name", "vhost qemu vfio kvm xen"),
    word("driver_model", "driver/@model"),
    choice("transmit_mode", "driver/@txmode", "iothread timer"),
    on_off("io_event_fd", "driver/@ioeventfd"),
    on_off("event_index", "driver/@event_idx"),
    whole("queues", "driver/@queues"),
    whole("rx_queue_size", "driver/@rx_queue_size"),
    whole("tx_queue_size", "driver/@tx_queue_size"),
    on_off("rss", "driver/@rss"),
    on_off("rss_hash_report", "driver/@rss_hash_report"),
    virtio,
    group("host_offloads", "driver/host", Kind("host", "device_network.HostOffloads", *_HOST_OFFLOADS)),
    group("guest_offloads", "driver/guest", Kind("guest", "device_network.GuestOffloads", *_GUEST_OFFLOADS)),
    choice("backend", "backend/@type", "default passt"),
    text("backend_log_path", "backend/@logFile"),
    text("backend_hostname", "backend/@hostname"),
    text("backend_fqdn", "backend/@fqdn"),
    text("tap_path", "backend/@tap"),
    text("vhost_path", "backend/@vhost"),
    optional("filter", "filterref", _FILTER),
    choice("link", "link/@state", "up down"),
    whole("mtu", "mtu/@size"),
    whole("coalesce_frames", "coalesce/rx/frames/@max"),
    whole("send_buffer_bytes", "tune/sndbuf"),
    addresses,
    routes,
    listed("port_forwards", "portForward", _PORT_FORWARD),
    teaming,
    boot,
    rom,
    *COMMON,
)
