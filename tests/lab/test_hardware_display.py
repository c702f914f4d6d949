"""A display's password, changed by the form while the machine runs: who logs in, and when it applies."""

# ruff: noqa: S104 - a lab's own passwords, which other computers of the lab try

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Vnc
from tests.lab.editing import LIVE, xml_of
from tests.lab.generations import every_generation_if_long
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from tests.unit.console.probe import Probe
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.graphics import FORM
from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Disconnected, Updated
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.transport import TcpTarget
from vmgui.model.device_character import ChannelDevice
from vmgui.model.device_display import AudioDevice, GraphicsDevice
from vmgui.model.device_parts import CharacterEnd
from vmgui.model.edit import When
from vmgui.model.hardware import AddDevice, HardwareOffer, HardwareWhy, Wish

OLD, NEW = "old-pass", "new-pass"


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


async def answered(person: Person, **answers: Any) -> tuple[Wish, ...]:
    """What the form's answers wish for."""
    machine = await person.look()
    return forms.wishes(FORM, Scene(machine, HardwareOffer(), machine.device("graphics-0")), answers)


def logs_in(host: LabHost, password: str) -> bool:
    """Whether a viewer with this password sees the screen; blocks."""
    port = re.search(r"<graphics type='vnc' port='(\d+)'", xml_of(host, LIVE))
    assert port is not None
    with Probe(TcpTarget(host.address, int(port[1])), RfbOptions(password=password)) as probe:
        found = probe.wait_for((Updated, Disconnected))  # type: ignore[arg-type]
        if isinstance(found, Updated):
            return True
        assert found.reason is DisconnectReason.BAD_PASSWORD, found
        return False


async def whens(person: Person, wishes: tuple[Wish, ...]) -> list[When]:
    shown = await person.hardware.preview(await person.world.seen("web"), wishes)
    return [change.when for change in shown.plan.changes]


@every_generation_if_long
async def test_another_password_lets_in_at_once(here: Person, lab_host: LabHost) -> None:
    await asyncio.to_thread(lab_host.define_tiny, "web", start=True, vnc=Vnc("0.0.0.0", OLD))
    assert await asyncio.to_thread(logs_in, lab_host, OLD)
    wishes = await answered(here, password=NEW)
    assert await whens(here, wishes) == [When.NOW]
    await here.change(*wishes)
    assert await asyncio.to_thread(logs_in, lab_host, NEW)
    assert not await asyncio.to_thread(logs_in, lab_host, OLD)
    assert all(f"passwd='{NEW}'" in xml for xml in here.xml())
    # None at all is from the next start on: this one goes on to ask for it.
    wishes = await answered(here, password="")
    assert await whens(here, wishes) == [When.NEXT_START]
    await here.change(*wishes)
    assert ["passwd=" in xml for xml in here.xml()] == [True, False]
    assert await asyncio.to_thread(logs_in, lab_host, NEW)


@every_generation_if_long
async def test_one_that_started_without_has_a_password_at_the_next_start(
    here: Person, lab_host: LabHost
) -> None:
    await asyncio.to_thread(lab_host.define_tiny, "web", start=True, vnc=Vnc("0.0.0.0"))
    wishes = await answered(here, password=NEW)
    assert await whens(here, wishes) == [When.NEXT_START]
    await here.change(*wishes)
    assert ["passwd=" in xml for xml in here.xml()] == [False, True]
    assert NEW not in repr(here.told)
    with lab_host.connect() as connection:
        connection.lookupByName("web").destroy()
        connection.lookupByName("web").create()
    assert await asyncio.to_thread(logs_in, lab_host, NEW)
    assert not await asyncio.to_thread(logs_in, lab_host, OLD)


@every_generation_if_long
async def test_the_last_spice_display_goes_and_its_sound_goes_nowhere(
    here: Person, lab_host: LabHost
) -> None:
    await asyncio.to_thread(lab_host.define_tiny, "web")
    await here.change(*forms.wishes(FORM, Scene(await here.look(), HardwareOffer()), {"type": "spice"}))
    assert [one.kind for one in sounds(here)] == ["spice"]
    line = ChannelDevice(target_kind="virtio", name="com.redhat.spice.0", host=CharacterEnd(kind="spicevmc"))
    await here.change(AddDevice(line))
    machine = await here.look()
    (line_id,) = [
        one.id
        for one in machine.devices
        if isinstance(one.saved, ChannelDevice) and "spice" in one.saved.name
    ]
    shown = await here.hardware.preview(
        await here.world.seen("web"),
        forms.removal(FORM, Scene(machine, HardwareOffer(), machine.device("graphics-0"))),
    )
    assert (shown.plan.changes[-1].why, shown.plan.changes[-1].detail) == (
        HardwareWhy.IN_USE_BY,
        line_id,
    )
    await here.change(await here.remove(line_id))
    machine = await here.look()
    scene = Scene(machine, HardwareOffer(), machine.device("graphics-0"))
    assert FORM.loses(scene)
    await here.change(*forms.removal(FORM, scene))
    assert here.devices(GraphicsDevice)[1] == []
    assert [one.kind for one in sounds(here)] in ([], ["none"])


def sounds(person: Person) -> list[AudioDevice]:
    return [one for one in person.devices(AudioDevice)[1] if isinstance(one, AudioDevice)]
