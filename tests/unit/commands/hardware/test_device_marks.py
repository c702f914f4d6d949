"""What is said under the fields of a form about a device: nobody is kept from a change by what is so already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.unit.commands.hardware import device_scene, machine_scene
from vmgui.commands.hardware import channel, device_marks, interface, machine_form, start
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import DeviceForm, MachineForm, Scene
from vmgui.model.device import AGENT_CHANNEL, ListedDevice
from vmgui.model.device_character import ChannelDevice, SerialDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource, VlanTag
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareOffer, HardwarePlan
from vmgui.model.network import Network
from vmgui.words.note import Level, Note

NOTHING = HardwarePlan(())
DEFAULT = Network("default", "1", active=True, autostart=True, forward="nat", bridge="virbr0")
LAB = Network("lab", "2", active=True, autostart=True, forward="nat", bridge="virbr1")
TAGGED = InterfaceDevice(
    kind="network",
    mac="52:54:00:00:00:09",
    source=InterfaceSource(network="default"),
    model="virtio",
    vlan_tags=(VlanTag(id=5),),
)


def judged(form: DeviceForm, at: Scene, **answers: Any) -> dict[str, Level]:
    return {note.field: note.level for note in device_marks.judge(form, at, NOTHING, answers)}


def card(device: InterfaceDevice = TAGGED) -> Scene:
    return device_scene.scene(
        device, about=0, version=device_scene.OLD, offer=HardwareOffer(networks=(DEFAULT, LAB))
    )


def test_what_a_card_has_already_is_a_warning() -> None:
    assert judged(interface.FORM, card(), model="e1000e")["vlan"] is Level.WARNING


def test_what_is_answered_itself_blocks() -> None:
    assert judged(interface.FORM, card(), vlan="6")["vlan"] is Level.ERROR
    bare = card(replace(TAGGED, vlan_tags=()))
    assert "vlan" not in judged(interface.FORM, bare)
    assert judged(interface.FORM, bare, vlan="5")["vlan"] is Level.ERROR


def test_what_another_answer_makes_wrong_blocks() -> None:
    assert judged(interface.FORM, card(), source="network:lab")["vlan"] is Level.ERROR


def test_a_new_one_is_not_spared() -> None:
    at = device_scene.scene(version=device_scene.OLD, offer=HardwareOffer(networks=(DEFAULT,)))
    assert judged(interface.FORM, at, source="network:default", vlan="5")["vlan"] is Level.ERROR


def test_what_was_missing_already_is_not_asked_for() -> None:
    nowhere = SerialDevice(host=CharacterEnd(kind="unix"), target_kind="isa-serial")
    form, at = device_scene.about(nowhere)
    assert device_scene.said(form, at)["path"] is Level.MISSING
    assert "path" not in judged(form, at, log="/var/log/line")


def test_likewise_of_the_machine_itself() -> None:
    def judge(_scene: Scene, answers: Any) -> list[Note]:
        return [Note("title", "No such title.")] if answers["title"] == "bad" else []

    form = MachineForm(
        kind="start", title=start.FORM.title, icon="power", knobs=start.FORM.knobs, judge=judge
    )
    form = replace(form, first=start.FORM.first)
    at = machine_scene.scene(DomainValues(title="bad"))
    (note,) = machine_form.judge(form, at, NOTHING, {"description": "more"})
    assert note.level is Level.WARNING
    good = machine_scene.scene(DomainValues(title="good"))
    (note,) = machine_form.judge(form, good, NOTHING, {"title": "bad"})
    assert note.level is Level.ERROR


def agent(path: str = "") -> ChannelDevice:
    sources = (CharacterSource(mode="bind", path=path),) if path else ()
    return ChannelDevice(
        host=CharacterEnd(kind="unix", sources=sources), target_kind="virtio", name=AGENT_CHANNEL
    )


def test_a_socket_that_libvirt_named_at_the_start_is_not_pending() -> None:
    live = agent("/var/lib/libvirt/qemu/channel/target/domain-4-bare/org.qemu.guest_agent.0")
    at = device_scene.scene(agent(), about=0, live=(live,))
    assert at.listed is not None
    assert not device_marks.is_pending(channel.FORM, at.listed)
    assert not device_marks.marks(channel.FORM, at, NOTHING, {})


def test_a_field_that_is_not_shown_is_not_pending() -> None:
    at = device_scene.scene(agent("/run/then"), about=0, live=(agent("/run/now"),))
    assert at.listed is not None
    assert not device_marks.is_pending(channel.FORM, at.listed)
    assert not device_marks.marks(channel.FORM, at, NOTHING, {})


def test_what_is_shown_and_differs_is() -> None:
    then = replace(agent("/run/then"), name="org.example.0")
    listed = ListedDevice("channel-0", "channel", replace(then, host=agent("/run/now").host), then)
    at = device_scene.scene(then, about=0, live=(listed.live,))
    assert device_marks.is_pending(channel.FORM, listed)
    assert [mark.field for mark in device_marks.marks(channel.FORM, at, NOTHING, {})] == ["path"]
    assert forms.reverted(channel.FORM, at, "path")
