"""Network cards in full: everything libvirt documents about `<interface>`."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Address, Boot, Device, IpAddress, Reconnect, Rom, Route, Teaming, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSource:
    """`<source>`: what a card is connected to; which values there are depends on the card's `kind`."""

    network: str = ""
    port_group: str = ""
    port_id: str = ""
    bridge: str = ""
    mac_table_manager: str = ""
    device: str = ""
    mode: str = ""  # of direct vepa, bridge, private, passthrough; of vhost-user server, client
    kind: str = ""  # of vhost-user unix
    path: str = ""
    name: str = ""  # of internal
    address: str = ""  # of mcast, server, client, udp
    port: int | None = None
    local_address: str = ""
    local_port: int | None = None
    switch_id: str = ""  # of VMware
    port_group_id: str = ""
    connection_id: str = ""
    host_address: Address | None = None  # of a passed-through card
    usb_vendor: str = ""
    usb_product: str = ""
    reconnect: Reconnect | None = None
    addresses: tuple[IpAddress, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualPort:
    """`<virtualport>`: how a switch knows the card."""

    kind: str = ""  # openvswitch, 802.1Qbg, 802.1Qbh, midonet
    manager_id: str = ""
    type_id: str = ""
    type_id_version: str = ""
    instance_id: str = ""
    profile_id: str = ""
    interface_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VlanTag:
    """One tag of a `<vlan>`."""

    id: int | None = None
    native_mode: str = ""  # tagged, untagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A limit in one direction: what libvirt calls kilobytes are 1000 bytes of a rate and 1024 of a burst, as for tc."""

    average_kb_per_s: int | None = None
    peak_kb_per_s: int | None = None
    burst_kib: int | None = None
    floor_kb_per_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterParameter:
    """A value that a network filter is given."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`<filterref>`: the network filter a card goes through."""

    name: str = ""
    parameters: tuple[FilterParameter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortRange:
    """Ports of the host, and where they end in the guest."""

    start: int | None = None
    end: int | None = None
    to: int | None = None
    exclude: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortForward:
    """`<portForward>` of passt."""

    protocol: str = ""  # tcp, udp
    address: str = ""
    device: str = ""
    ranges: tuple[PortRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestOffloads:
    """Work that the guest may leave to the host."""

    checksum: bool | None = None
    tso4: bool | None = None
    tso6: bool | None = None
    ecn: bool | None = None
    ufo: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostOffloads(GuestOffloads):
    """Work that the host may leave to the guest."""

    gso: bool | None = None
    merged_buffers: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceDevice(Device):
    """`<interface>`."""

    kind: str = ""  # network, bridge, user, direct, ethernet, hostdev, vdpa, vhostuser, udp, null ...
    managed: bool | None = None
    trust_guest_rx_filters: bool | None = None
    mac: str = ""
    mac_type: str = ""
    mac_check: bool | None = None
    mac_current: str = ""  # what the guest has made of it; only in a running machine
    source: InterfaceSource | None = None
    virtual_port: VirtualPort | None = None
    vlan_trunk: bool | None = None
    vlan_tags: tuple[VlanTag, ...] = ()
    isolated: bool | None = None
    inbound: Rate | None = None
    outbound: Rate | None = None
    bandwidth_class: int | None = None
    target: str = ""
    target_managed: bool | None = None
    guest_device: str = ""
    guest_actual_device: str = ""  # only in a running machine
    model: str = ""
    driver: str = ""  # vhost, qemu, vfio
    driver_model: str = ""
    transmit_mode: str = ""
    io_event_fd: bool | None = None
    event_index: bool | None = None
    queues: int | None = None
    rx_queue_size: int | None = None
    tx_queue_size: int | None = None
    rss: bool | None = None
    rss_hash_report: bool | None = None
    virtio: Virtio = field(default_factory=Virtio)
    host_offloads: HostOffloads = field(default_factory=HostOffloads)
    guest_offloads: GuestOffloads = field(default_factory=GuestOffloads)
    backend: str = ""  # default, passt
    backend_log_path: str = ""
    backend_hostname: str = ""
    backend_fqdn: str = ""
    tap_path: str = ""
    vhost_path: str = ""
    filter: Filter | None = None
    link: str = ""  # up, down; empty: up
    mtu: int | None = None
    coalesce_frames: int | None = None
    send_buffer_bytes: int | None = None
    addresses: tuple[IpAddress, ...] = ()
    routes: tuple[Route, ...] = ()
    port_forwards: tuple[PortForward, ...] = ()
    script_path: str = ""
    down_script_path: str = ""
    backend_domain: str = ""  # of Xen
    teaming: Teaming | None = None
    boot: Boot | None = None
    rom: Rom | None = None
