"""What libvirt wrote into a running device is no change that waits for the next start."""

from __future__ import annotations

from dataclasses import replace

from vmgui.model.device_character import ChannelDevice, SerialDevice
from vmgui.model.device_display import GraphicsDevice, Listen
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.model.domain_values import CpuFeature
from vmgui.policy.device_running import as_asked, features_differ


def test_an_address_and_a_port_that_the_host_chose() -> None:
    saved = GraphicsDevice(kind="vnc", port=-1, auto_port=True, listens=(Listen(kind="address"),))
    started = (Listen(kind="address", address="127.0.0.1"),)
    live = replace(saved, port=5901, listen="127.0.0.1", listens=started)
    assert as_asked(live, saved) == saved
    asked = replace(saved, listens=(Listen(kind="address", address="0.0.0.0"),), listen="0.0.0.0")  # noqa: S104
    assert as_asked(live, asked).listens == started
    assert as_asked(live, replace(saved, listens=(Listen(kind="none"),))).listens == started


def test_the_host_s_end_of_a_line() -> None:
    live = SerialDevice(
        host=CharacterEnd(kind="pty", sources=(CharacterSource(path="/dev/pts/3"),)), target_kind="isa-serial"
    )
    saved = SerialDevice(host=CharacterEnd(kind="pty"), target_kind="isa-serial")
    assert as_asked(live, saved) == saved
    file = SerialDevice(host=CharacterEnd(kind="file", sources=(CharacterSource(path="/log"),)))
    assert as_asked(live, file) == live


def test_a_socket_that_libvirt_named() -> None:
    named = (CharacterSource(mode="bind", path="/run/libvirt/qemu/channel/1-web/agent"),)
    live = ChannelDevice(name="agent", host=CharacterEnd(kind="unix", sources=named))
    saved = ChannelDevice(name="agent", host=CharacterEnd(kind="unix"))
    assert as_asked(live, saved) == saved
    other = (CharacterSource(mode="bind", path="/mine"),)
    assert as_asked(live, replace(saved, host=CharacterEnd(kind="unix", sources=other))) == live


def test_a_card_of_a_network_that_is_a_bridge() -> None:
    saved = InterfaceDevice(kind="network", source=InterfaceSource(network="lan"))
    live = InterfaceDevice(kind="bridge", source=InterfaceSource(network="lan", bridge="br0"))
    assert as_asked(live, saved) == saved
    other = replace(saved, source=InterfaceSource(network="office"))
    assert as_asked(live, other).source == live.source


def test_features_that_nobody_asked_for() -> None:
    require = CpuFeature(name="hypervisor", policy="require")
    assert not features_differ([require], [])
    assert not features_differ([require], [CpuFeature(name="hypervisor", policy="require")])
    assert features_differ([require], [CpuFeature(name="vmx", policy="require")])
    assert features_differ([require], [CpuFeature(name="hypervisor", policy="disable")])
