"""The form about network cards: what answers make of a card, what goes away with another connection, what is said."""

from typing import Any

import pytest

from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.interface import FORM
from vmgui.model.device import ListedDevice
from vmgui.model.device_network import (
    Filter,
    FilterParameter,
    HostOffloads,
    InterfaceDevice,
    InterfaceSource,
    PortForward,
    PortRange,
    Rate,
    VirtualPort,
    VlanTag,
)
from vmgui.model.device_parts import Address
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.model.host import DeviceOffer, DomainCapabilities
from vmgui.model.network import Network
from vmgui.model.node_device import NodeDevice
from vmgui.policy.device_values import with_values
from vmgui.words.note import Level, Note

MAC = "52:54:00:00:00:01"
CARD = InterfaceDevice(kind="network", mac=MAC, source=InterfaceSource(network="default"), model="virtio")
DEFAULT = Network("default", "1", active=True, autostart=True, forward="nat", bridge="virbr0")
ASLEEP = Network("lab", "2", active=False, autostart=False, forward="", bridge="virbr1")
OFFER = HardwareOffer(
    networks=(DEFAULT, ASLEEP),
    bridges=("br0", "virbr0"),
    filters=("clean-traffic", "no-arp-spoofing"),
    node_devices=(
        NodeDevice("net_eth0", "", "net", path="eth0"),
        NodeDevice("net_lo", "", "net", path="lo"),
        NodeDevice("net_vnet0", "", "net", path="vnet0"),
    ),
    macs={"52:54:00:00:00:99": "other"},
)


def capabilities(**more: Any) -> DomainCapabilities:
    """Of a host that tells no more than that."""
    blank = dict.fromkeys(("firmwares", "loader_paths", "cpu_modes", "cpu_models", "disk_buses"), ())
    blank |= dict.fromkeys(("video_models", "graphics_types", "tpm_models", "tpm_backends"), ())
    return DomainCapabilities(
        arch="x86_64", machine="q35", domain_type="kvm", emulator="", max_vcpus=1, secure_boot=False, rng=True,
        filesystem=True, **(blank | more),
    )  # fmt: skip


def scene(
    card: InterfaceDevice | None = CARD, *others: object, offer: HardwareOffer = OFFER, **machine: Any
) -> Scene:
    listed = [ListedDevice(one.mac, "interface", None, one) for one in (card, *others) if one is not None]
    whole = HardwareMachine(uuid="u", name="web", devices=tuple(listed), **machine)
    return Scene(whole, offer, listed[0] if card is not None else None)


def changed(card: InterfaceDevice, **answers: Any) -> InterfaceDevice:
    """What becomes of the card."""
    found = forms.wishes(FORM, scene(card), answers)
    if not found:
        return card
    (wish,) = found
    assert isinstance(wish, ChangeDevice)
    return with_values(card, wish.values)


def said(where: Scene, **answers: Any) -> list[Note]:
    return list(FORM.judge(where, {**forms.truth(FORM, where), **answers}))


def levels(where: Scene, **answers: Any) -> dict[str, Level]:
    return {note.field: note.level for note in said(where, **answers)}


def test_what_is_answered_as_it_is_changes_nothing() -> None:
    assert forms.wishes(FORM, scene(), forms.truth(FORM, scene())) == ()


@pytest.mark.parametrize(
    ("answer", "kind", "source"),
    [
        ("network:lab", "network", InterfaceSource(network="lab")),
        ("bridge:br0", "bridge", InterfaceSource(bridge="br0")),
        ("direct:eth0", "direct", InterfaceSource(device="eth0", mode="bridge")),
        ("user", "user", None),
    ],
)
def test_a_card_is_connected_otherwise(answer: str, kind: str, source: InterfaceSource | None) -> None:
    after = changed(CARD, source=answer)
    assert (after.kind, after.source, after.mac, after.model) == (kind, source, MAC, "virtio")


def test_another_network_alone_is_one_value() -> None:
    (wish,) = forms.wishes(FORM, scene(), {"source": "network:lab"})
    assert isinstance(wish, ChangeDevice)
    assert wish.values == (("source.network", "lab"),)


FULL = InterfaceDevice(
    kind="network", mac=MAC, source=InterfaceSource(network="default", port_group="sales"), model="virtio",
    virtual_port=VirtualPort(kind="openvswitch"), vlan_tags=(VlanTag(id=4),), filter=Filter(name="clean-traffic"),
    isolated=True, mtu=1400, inbound=Rate(average_kb_per_s=100, floor_kb_per_s=10), outbound=Rate(average_kb_per_s=9),
    target="web0", queues=2, link="down", trust_guest_rx_filters=True, driver="vhost",
)  # fmt: skip


def test_user_mode_keeps_nothing_that_only_a_device_of_the_host_has() -> None:
    assert changed(FULL, source="user") == InterfaceDevice(
        kind="user", mac=MAC, model="virtio", link="down", driver="vhost"
    )


def test_a_bridge_keeps_all_but_what_only_networks_have() -> None:
    after = changed(FULL, source="bridge:br0")
    assert (after.source, after.virtual_port) == (InterfaceSource(bridge="br0"), None)
    assert after.inbound == Rate(average_kb_per_s=100)
    assert (after.filter, after.mtu, after.vlan_tags, after.isolated) == (
        FULL.filter,
        1400,
        FULL.vlan_tags,
        True,
    )


def test_another_network_takes_the_port_of_the_old_one_away() -> None:
    after = changed(FULL, source="network:lab")
    assert (after.source, after.virtual_port) == (InterfaceSource(network="lab"), None)
    assert after.inbound == FULL.inbound


def test_macvtap_keeps_limits_and_no_filter() -> None:
    after = changed(FULL, source="direct:eth0")
    assert (after.filter, after.mtu, after.isolated, after.vlan_tags) == (None, None, None, ())
    assert (after.outbound, after.queues) == (FULL.outbound, 2)


def test_what_was_answered_before_another_connection_was_chosen_is_nothing() -> None:
    after = changed(CARD, source="user", mtu=1400, filter="clean-traffic", isolated=True, vlan="4", queues=3)
    assert after == InterfaceDevice(kind="user", mac=MAC, model="virtio")


def test_passt_forwards_ports_and_leaves_with_them() -> None:
    after = changed(CARD, source="passt", forwards=("tcp 127.0.0.1:2222 -> 22",))
    assert after == InterfaceDevice(
        kind="user", mac=MAC, model="virtio", backend="passt",
        port_forwards=(
            PortForward(protocol="tcp", address="127.0.0.1", ranges=(PortRange(start=2222, to=22),)),
        ),
    )  # fmt: skip
    assert forms.truth(FORM, scene(after))["source"] == "passt"
    assert changed(after, source="user") == InterfaceDevice(kind="user", mac=MAC, model="virtio")


def test_a_bridge_may_be_typed() -> None:
    after = changed(CARD, source="bridge", bridge_name=" br7 ")
    assert after.source == InterfaceSource(bridge="br7")
    assert levels(scene(), source="bridge")["bridge_name"] is Level.MISSING
    assert levels(scene(), source="bridge", bridge_name="a b")["bridge_name"] is Level.ERROR
    assert changed(CARD, source="network:lab", bridge_name="br7").source == InterfaceSource(network="lab")
    assert changed(after, source="bridge:br1", bridge_name="br9").source == InterfaceSource(bridge="br1")
    # One that is there already is only to be corrected.
    assert changed(after, source="bridge", bridge_name="br7") == after


def test_open_vswitch_is_asked_of_bridges_only() -> None:
    bridge = changed(CARD, source="bridge:br0", virtualport="openvswitch")
    assert bridge.virtual_port == VirtualPort(kind="openvswitch")
    assert changed(bridge, virtualport="").virtual_port is None
    assert changed(bridge, source="bridge:br1").virtual_port == VirtualPort(kind="openvswitch")
    assert changed(CARD, virtualport="openvswitch") == CARD
    assert levels(scene(bridge), isolated=True)["isolated"] is Level.ERROR


def test_another_model_leaves_what_only_virtio_has_and_an_address_of_another_bus() -> None:
    card = InterfaceDevice(
        kind="network", mac=MAC, source=InterfaceSource(network="default"), model="virtio", driver="vhost", queues=4,
        host_offloads=HostOffloads(gso=False), address=Address(kind="pci", bus="0x01"),
    )  # fmt: skip
    express = changed(card, model="e1000e")
    assert (express.address, express.driver, express.queues) == (card.address, "", None)
    assert express.host_offloads == HostOffloads()
    assert changed(card, model="rtl8139").address is None


def test_filters_keep_their_parameters() -> None:
    parameters = (FilterParameter(name="IP", value="10.0.0.1"),)
    card = changed(CARD, filter="clean-traffic")
    assert card.filter == Filter(name="clean-traffic")
    card = with_values(card, {"filter.parameters": parameters}.items())
    assert changed(card, filter="no-arp-spoofing").filter == Filter(
        name="no-arp-spoofing", parameters=parameters
    )
    assert changed(card, filter="").filter is None
    assert levels(scene(), filter="gone")["filter"] is Level.ERROR


def test_vlan_tags_are_typed() -> None:
    assert changed(CARD, vlan="42").vlan_tags == (VlanTag(id=42),)
    native = VlanTag(id=20, native_mode="untagged")
    card = with_values(CARD, {"vlan_tags": (native,), "vlan_trunk": True}.items())
    after = changed(card, vlan="20, 30")
    assert (after.vlan_tags, after.vlan_trunk) == ((native, VlanTag(id=30)), True)
    assert changed(after, vlan="").vlan_tags == ()
    assert levels(scene(), vlan="4096")["vlan"] is Level.ERROR
    assert levels(scene(libvirt_version=9_000_000), vlan="4")["vlan"] is Level.ERROR
    assert "vlan" not in levels(scene(libvirt_version=12_008_000), vlan="4")
    bridge = changed(CARD, source="bridge:br0")
    assert levels(scene(bridge, libvirt_version=9_000_000), vlan="4")["vlan"] is Level.ERROR
    assert "vlan" not in levels(scene(bridge, libvirt_version=11_003_000), vlan="4")


@pytest.mark.parametrize(
    ("mac", "level"),
    [
        ("53:54:00:00:00:02", Level.ERROR),
        ("52:54:00:00:00", Level.ERROR),
        ("00:00:00:00:00:00", Level.ERROR),
        ("52:54:00:00:00:07", Level.ERROR),  # of another card
        ("52:54:00:00:00:99", Level.WARNING),  # of another machine
        ("", Level.MISSING),
        ("52-54-00-AA-00-03", None),
    ],
)
def test_addresses_are_judged(mac: str, level: Level | None) -> None:
    other = InterfaceDevice(kind="user", mac="52:54:00:00:00:07")
    assert levels(scene(CARD, other), mac=mac).get("mac") is level


def test_an_address_is_written_as_libvirt_writes_it() -> None:
    assert changed(CARD, mac="52-54-00-AA-00-03").mac == "52:54:00:aa:00:03"


def test_what_there_is_to_be_connected_to() -> None:
    found = {option.value: option for option in FORM.knob("source").offer(scene())}  # type: ignore[misc]
    assert [*found] == [
        "network:default", "network:lab", "bridge:br0", "bridge", "direct:eth0", "user", "passt", "null",
    ]  # fmt: skip
    assert str(found["network:default"].label) == "Network default (NAT)"
    assert str(found["network:lab"].label) == "Network lab (isolated), not running"
    assert found["passt"].why_not
    assert found["null"].why_not
    told = capabilities(
        offers=(DeviceOffer("interface", True, True, (("backendType", ("default", "passt")),)),)
    )
    offered = FORM.knob("source").offer(scene(capabilities=told))  # type: ignore[misc]
    assert not next(option for option in offered if option.value == "passt").why_not


def test_what_a_card_is_connected_to_is_offered_whatever_it_is() -> None:
    card = InterfaceDevice(
        kind="vhostuser", mac=MAC, source=InterfaceSource(kind="unix", path="/s", mode="client")
    )
    options = FORM.knob("source").offer(scene(card))  # type: ignore[misc]
    assert str(options[-1].label) == "A socket of another program (vhost-user)"
    assert changed(card, link="down") == with_values(card, {"link": "down"}.items())
    assert not said(scene(card))


@pytest.mark.parametrize("answer", ["network:gone", "nonsense", "direct:a/b", "null", "bridge:"])
def test_what_cannot_be_connected_to_is_said(answer: str) -> None:
    assert levels(scene(), source=answer)["source"] is Level.ERROR


def test_a_network_that_sleeps_is_said() -> None:
    assert levels(scene(), source="network:lab") == {"source": Level.WARNING}


def test_a_new_card_has_an_address_that_nobody_has_and_keeps_it() -> None:
    (wish,) = forms.wishes(FORM, scene(None), {})
    (again,) = forms.wishes(FORM, scene(None), {"link": "up"})
    assert isinstance(wish, AddDevice)
    assert wish == again
    card = wish.device
    assert isinstance(card, InterfaceDevice)
    assert (card.kind, card.source, card.model) == ("network", InterfaceSource(network="default"), "virtio")
    assert card.mac.startswith("52:54:00:")
    taken = HardwareOffer(macs={card.mac: "other"})
    (wish,) = forms.wishes(FORM, scene(None, offer=taken), {})
    assert isinstance(wish, AddDevice)
    assert isinstance(wish.device, InterfaceDevice)
    assert (wish.device.kind, wish.device.source) == ("user", None)
    assert wish.device.mac != card.mac
    assert not said(scene(None))
