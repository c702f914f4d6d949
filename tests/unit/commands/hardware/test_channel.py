"""What the form about channels wishes for."""

import pytest

from tests.unit.commands.hardware.device_scene import (
    about,
    added,
    capabilities,
    changed,
    refused,
    said,
    scene,
    wishes,
)
from vmgui.commands.hardware import channel
from vmgui.commands.hardware.every import form_of
from vmgui.model.device_character import ChannelDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.words.note import Level

AGENT = ChannelDevice(host=CharacterEnd(kind="unix"), target_kind="virtio", name="org.qemu.guest_agent.0")
SPICE = ChannelDevice(host=CharacterEnd(kind="spicevmc"), target_kind="virtio", name="com.redhat.spice.0")
VDAGENT = ChannelDevice(
    host=CharacterEnd(kind="qemu-vdagent", sources=(CharacterSource(clipboard=True),)),
    target_kind="virtio",
    name="com.redhat.spice.0",
)
DISPLAY = GraphicsDevice(kind="spice")


def test_a_new_one_is_the_first_that_is_not_there() -> None:
    assert added(channel.FORM, scene()) == AGENT
    assert added(channel.FORM, scene(AGENT, GraphicsDevice(kind="vnc"))) == VDAGENT
    assert added(channel.FORM, scene(AGENT)).name == "org.example.0"  # no display to share a clipboard with
    assert added(channel.FORM, scene(AGENT, DISPLAY)) == SPICE
    other = added(channel.FORM, scene(AGENT, SPICE))
    assert (other.name, other.host.kind) == ("org.example.0", "unix")
    assert added(channel.FORM, scene(AGENT, SPICE, other)).name == "org.example.1"


@pytest.mark.parametrize("other", [AGENT, SPICE, VDAGENT])
def test_what_it_is_for_makes_its_name_and_its_end(other: ChannelDevice) -> None:
    uses = {AGENT.host.kind: "agent", SPICE.host.kind: "spice", VDAGENT.host.kind: "vdagent"}
    form, at = about(AGENT)
    assert changed(form, at, use=uses[other.host.kind]) == other
    form, at = about(other)
    assert not wishes(form, at)


def test_one_of_another_program_has_a_name_of_its_own() -> None:
    form, at = about(AGENT)
    assert said(form, at, use="other") == {"name": Level.MISSING}
    assert changed(form, at, use="other", name="org.a.0", type="pty") == ChannelDevice(
        host=CharacterEnd(kind="pty"), target_kind="virtio", name="org.a.0"
    )


def test_there_is_one_of_each_name() -> None:
    form, at = about(AGENT, VDAGENT, DISPLAY)
    assert said(form, at, use="spice") == {"use": Level.ERROR}
    assert said(form, at, use="other", name="com.redhat.spice.0") == {"name": Level.ERROR}
    assert said(form, at, use="other", name="org.a.0") == {}


def test_a_host_without_spice_has_no_channel_of_it() -> None:
    form, at = about(AGENT)
    assert refused(form, at, "use") == {"spice"}
    form, at = about(AGENT, DISPLAY, can=capabilities(channel={"type": ("pty", "unix")}))
    assert refused(form, at, "use") == {"spice"}
    form, at = about(AGENT, DISPLAY, can=capabilities(console={"type": ("pty", "unix")}))
    assert refused(form, at, "use") == {"vdagent"}


def test_whether_the_guest_listens_is_said() -> None:
    for state, level in (("connected", Level.GOOD), ("disconnected", Level.INFO)):
        live = ChannelDevice(host=AGENT.host, target_kind="virtio", name=AGENT.name, state=state)
        form, at = about(AGENT, live=[live])
        assert said(form, at) == {"use": level}
        assert not wishes(form, at)


def test_a_forwarded_port_has_no_form() -> None:
    at = scene(ChannelDevice(target_kind="guestfwd"), about=0)
    assert at.listed is not None
    assert form_of(at.listed) is None


def test_the_clipboard_is_shared_or_not() -> None:
    form, at = about(VDAGENT)
    assert changed(form, at, clipboard=False).host.sources == (CharacterSource(clipboard=False),)
