"""What a network card is connected to, as one answer: "network:default", "bridge:br0", "direct:eth0", "user", "passt".

Another connection takes from the card what it cannot have any more: libvirt refuses most of that, some of it only when
the machine starts (measured with 9.0, 11.3 and 12.8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from vmgui.commands.fields import Option
from vmgui.commands.hardware.form import Scene
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.network import Network
from vmgui.policy.device_values import value_at
from vmgui.policy.plain_text import visible
from vmgui.words.say import Say, say

OTHER_BRIDGE = "bridge"
"""The answer of a bridge whose name is typed."""
USER, PASST, NOWHERE = "user", "passt", "null"
TAPS = ("network", "bridge")
"""The kinds of connection by which a machine is a part of a switch."""

_BACKEND = ("backend", "backend_log_path", "backend_hostname", "backend_fqdn", "port_forwards")
_OF_TAP = (  # what only a device of the host's own carries
    *("filter", "isolated", "mtu", "coalesce_frames", "send_buffer_bytes", "target"),
    *("tap_path", "vhost_path"),
)
_OF_TRAFFIC = ("inbound", "outbound", "bandwidth_class", "trust_guest_rx_filters", "queues")
_OF_ONE_KIND = (  # that goes with every other kind of connection
    *("virtual_port", "managed", "driver_model", "target_managed", "addresses", "routes"),
    *("script_path", "down_script_path", "backend_domain"),
)
_PATHS = (
    "kind",
    *(f"source.{one.name}" for one in fields(InterfaceSource)),
    *("vlan_trunk", "vlan_tags", "driver", "teaming"),
    *_BACKEND,
    *_OF_TAP,
    *_OF_TRAFFIC,
    *_OF_ONE_KIND,
)

_OTHER_KINDS = {
    "ethernet": say("Hardware", "A network device of the host that another program looks after"),
    "hostdev": say("Hardware", "A network card of the host for itself"),
    "vdpa": say("Hardware", "A vDPA device of the host"),
    "vhostuser": say("Hardware", "A socket of another program (vhost-user)"),
    "mcast": say("Hardware", "A multicast group"),
    "server": say("Hardware", "Another virtual machine, waiting for it (TCP)"),
    "client": say("Hardware", "Another virtual machine (TCP)"),
    "udp": say("Hardware", "Another virtual machine (UDP)"),
    NOWHERE: say("Hardware", "Nothing"),
}
_FORWARDS = {
    "": say("Hardware", "isolated"),
    "nat": say("Hardware", "NAT"),
    "route": say("Hardware", "routed"),
    "open": say("Hardware", "routed, no firewall"),
    "bridge": say("Hardware", "bridged"),
}
_USER_WORDS = say("Hardware", "User mode (NAT by the hypervisor itself)")
_PASST_WORDS = say("Hardware", "User mode by passt (can forward ports)")


def source_of(device: InterfaceDevice) -> str:
    """The answer that a card is."""
    source = device.source or InterfaceSource()
    if device.kind == "network":
        return f"network:{source.network}"
    if device.kind == "bridge":
        return f"bridge:{source.bridge}"
    if device.kind == "direct":
        return f"direct:{source.device}"
    return PASST if device.kind == USER and device.backend == PASST else device.kind


def kind_of(answer: str) -> str:
    """libvirt's word for the kind of connection: network, bridge, direct, user ..."""
    return USER if answer == PASST else answer.partition(":")[0]


def name_of(answer: str) -> str:
    """What is connected to: a network's, a bridge's or a network card's name."""
    return answer.partition(":")[2]


def connected(device: InterfaceDevice, answer: str) -> Mapping[str, object]:
    """The values that another connection changes, by their paths."""
    after = _connected(device, kind_of(answer), name_of(answer), is_passt=answer == PASST)
    return {path: value for path in _PATHS if (value := value_at(after, path)) != value_at(device, path)}


def _connected(device: InterfaceDevice, kind: str, name: str, *, is_passt: bool) -> InterfaceDevice:
    before = device.source or InterfaceSource()
    source: InterfaceSource | None = None
    if kind == "network":
        source = InterfaceSource(network=name)
    elif kind == "bridge":
        source = InterfaceSource(bridge=name, mac_table_manager=before.mac_table_manager)
    elif kind == "direct":
        source = InterfaceSource(device=name, mode=before.mode if device.kind == kind else "bridge")
    elif kind == device.kind == USER:
        source = device.source
    gone = set(_gone(device, kind, is_passt=is_passt))
    blank = InterfaceDevice()
    after = replace(device, kind=kind, source=source, **{one: getattr(blank, one) for one in gone})
    if is_passt:
        after = replace(after, backend=PASST)
    if kind != "network" and after.inbound is not None and after.inbound.floor_kb_per_s is not None:
        # Only networks promise a rate.
        after = replace(after, inbound=replace(after.inbound, floor_kb_per_s=None))
    return after


def _gone(device: InterfaceDevice, kind: str, *, is_passt: bool) -> Iterator[str]:
    """What a card that is connected otherwise does not keep."""
    if not is_passt:
        yield from _BACKEND
    if kind not in TAPS:
        yield from ("vlan_tags", "vlan_trunk", *_OF_TAP)
    if kind not in (*TAPS, "direct"):
        yield from _OF_TRAFFIC
    if kind != device.kind:
        yield from _OF_ONE_KIND
        if device.driver in ("vfio", "kvm", "xen"):  # how a card of the host is passed through
            yield "driver"
        if device.teaming is not None and device.teaming.kind == "transient" and kind != "network":
            yield "teaming"
    elif kind == "network":
        # What a switch knows the card by; of bridges the form asks for it.
        yield "virtual_port"


# What there is to choose from.


def options(scene: Scene) -> tuple[Option, ...]:
    """All that a card of this machine can be connected to."""
    found = [*_networks(scene), *_bridges(scene), *_cards(scene), *_user(scene)]
    found.append(
        Option(
            NOWHERE,
            say("Hardware", "Nothing"),
            why_not=say(
                "Hardware", "Hypervisors have no card without a network: choose “Unplugged” for its cable."
            ),
        )
    )
    present = source_of(scene.kept) if scene.kept is not None else ""
    if present and not any(option.value == present and not option.why_not for option in found):
        found = [option for option in found if option.value != present]
        found.append(Option(present, source_words(present)))
    return tuple(found)


def _networks(scene: Scene) -> Iterator[Option]:
    for network in scene.offer.networks:
        text = say("Hardware", "Network {name} ({kind})").format(
            name=visible(network.name), kind=_FORWARDS.get(network.forward, visible(network.forward))
        )
        hint: Say | str = ""
        if not network.active:
            text = say("Hardware", "{network}, not running").format(network=text)
            hint = say("Hardware", "The network must be started before the virtual machine.")
        yield Option(f"network:{network.name}", text, hint)


def _bridges(scene: Scene) -> Iterator[Option]:
    own = {network.bridge for network in scene.offer.networks if network.bridge}
    on_host = say("Hardware", "The virtual machine is on the same network as its host.")
    for name in scene.offer.bridges:
        if name not in own:  # its network is there already
            label = say("Hardware", "Bridge {name}").format(name=visible(name))
            yield Option(f"bridge:{name}", label, on_host)
    yield Option(OTHER_BRIDGE, say("Hardware", "Another bridge of the host"), on_host)


def _cards(scene: Scene) -> Iterator[Option]:
    """Network cards of the host itself; those that belong to virtual machines or are bridges are none."""
    hint = say(
        "Hardware",
        "The virtual machine is on the network of this card. The host itself and the virtual machine do not reach"
        " each other by it.",
    )
    no_macvtap = "" if scene.offer.is_privileged else say("Hardware", "Only the host's system libvirt can.")
    virtual = {*scene.offer.bridges, *(network.bridge for network in scene.offer.networks)}
    for device in scene.offer.node_devices:
        name = device.path
        if device.kind != "net" or not name or name in virtual:
            continue
        if name != "lo" and not name.startswith(("vnet", "macvtap", "tap")):
            label = say("Hardware", "Network card {name} of the host (macvtap)").format(name=visible(name))
            yield Option(f"direct:{name}", label, hint, no_macvtap)


def _user(scene: Scene) -> Iterator[Option]:
    yield Option(
        USER,
        _USER_WORDS,
        say(
            "Hardware",
            "The virtual machine reaches out through its host, and nothing reaches it. Needs no rights.",
        ),
    )
    why_not: Say | str = "" if offers_passt(scene) else say(
        "Hardware", "This host's libvirt does not offer passt (it needs libvirt 11 and the program “passt”)."
    )  # fmt: skip
    hint = say("Hardware", "Like user mode, and faster. The program “passt” must be installed on the host.")
    yield Option(PASST, _PASST_WORDS, hint, why_not)


def offers_passt(scene: Scene) -> bool:
    """Whether its host says that it has passt."""
    capabilities = scene.machine.capabilities
    return capabilities is not None and any(
        offer.name == "interface" and PASST in dict(offer.choices).get("backendType", ())
        for offer in capabilities.offers
    )


def source_words(answer: str) -> str:
    """What a card is connected to, where the host has nothing of that name."""
    kind, name = kind_of(answer), visible(name_of(answer))
    if kind == "network":
        return say("Hardware", "Network {name}").format(name=name)
    if kind == "bridge":
        return say("Hardware", "Bridge {name}").format(name=name)
    if kind == "direct":
        return say("Hardware", "Network card {name} of the host (macvtap)").format(name=name)
    if kind == USER:
        return str(_PASST_WORDS if answer == PASST else _USER_WORDS)
    return str(_OTHER_KINDS[kind]) if kind in _OTHER_KINDS else visible(kind)


def default_source(scene: Scene) -> str:
    """A virtual network that is up, else a bridge, else one that can be started, else user mode."""
    offer = scene.offer
    if not offer.is_privileged:
        return USER
    ranked = sorted(offer.networks, key=lambda network: (network.name != "default", not network.forward))
    active = [network for network in ranked if network.active]
    if active:
        return f"network:{active[0].name}"
    if offer.bridges:
        return f"bridge:{offer.bridges[0]}"
    return f"network:{ranked[0].name}" if ranked else USER


def network_of(scene: Scene, answer: str) -> Network | None:
    """The virtual network that is answered, where its host has it."""
    if kind_of(answer) != "network":
        return None
    return next((one for one in scene.offer.networks if one.name == name_of(answer)), None)
