"""Network cards."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_network import InterfaceDevice, InterfaceSource, VirtualPort

MAC = "52:54:00:0a:0b:01"
# In an order in which one after the other can be answered.
_ANSWERS = {
    "link": "down",
    "filter": "clean-traffic",
    "mtu": 1400,
    "isolated": True,
    "queues": 2,
    "mac": "52:54:00:0a:0b:02",
    "model": "e1000e",
    "source": "user",
}

CASES = (
    Case(
        "interface",
        InterfaceDevice(
            kind="network", mac=MAC, source=InterfaceSource(network="default"), model="virtio", link="up"
        ),
        _ANSWERS,
        {"mac": "53:54:00:0a:0b:02", "source": "network:nowhere"},
        name="network",
    ),
    Case(
        "interface",
        InterfaceDevice(
            kind="bridge",
            mac=MAC,
            source=InterfaceSource(bridge="br0"),
            virtual_port=VirtualPort(kind="openvswitch", interface_id="09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f"),
            model="virtio",
            mtu=1400,
        ),
        {"source": "network:default", "vlan": "10, 20", "virtualport": "", "mtu": None},
        {"vlan": "4096"},
        starts=False,
        name="bridge",
    ),
    Case(
        "interface",
        InterfaceDevice(
            kind="direct", mac=MAC, source=InterfaceSource(device="eth0", mode="bridge"), model="e1000e"
        ),
        {"mode": "vepa", "source": "bridge:br0", "model": "virtio"},
        starts=False,
        name="macvtap",
    ),
    Case(
        "interface",
        InterfaceDevice(kind="user", mac=MAC, model="virtio", backend="passt"),
        {"forwards": ("tcp 127.0.0.1:2222 -> 22", "udp 5000-5010"), "source": "user"},
        {"forwards": ("tcp 0",)},
        starts=False,  # a host of the lab has no passt
        name="passt",
        hosts="cd",
    ),
)
