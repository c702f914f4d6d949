"""What a preview says to type: of the machine that runs, and of its definition; no passwords."""

from __future__ import annotations

import libvirt

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.hardware import look, preview
from vmgui.hypervisor.hardware_look import SOME, HardwareLook
from vmgui.hypervisor.hardware_tasks import Task
from vmgui.hypervisor.hardware_virsh import prepared
from vmgui.libvirtxml.edit import read_devices
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RngDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.edit import Reach
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, RemoveDevice
from vmgui.policy.device import listed, paired

MAC = "aa:bb:cc:dd:ee:ff"


def looked(live: str, saved: str) -> tuple[HardwareLook, ListedDevice]:
    xml = "<domain><devices>{}</devices></domain>"
    both = read_devices(xml.format(live)), read_devices(xml.format(saved))
    (one,) = listed(*both)
    machine = HardwareMachine(uuid="u", name="web", is_active=True, devices=(one,))
    return HardwareLook(machine, xml.format(live), xml.format(saved), paired(*both)), one


def test_a_card_that_is_changed_and_another_that_goes(conn: libvirt.virConnect) -> None:
    card = look(conn, UUID).device(MAC)
    assert card is not None
    (line,) = preview(conn, UUID, (ChangeDevice(MAC, (("link", "down"),), card),), Reach.NEXT_START).virsh
    assert line.startswith("virsh update-device test /dev/stdin --config <<'EOF'\n<interface")
    assert '<link state="down"/>' in line
    (line,) = preview(conn, UUID, (RemoveDevice(MAC, card),), Reach.NEXT_START).virsh
    assert line.startswith("virsh detach-device test /dev/stdin --config <<'EOF'\n<interface")


def test_what_is_the_same_in_both_is_typed_once() -> None:
    found, one = looked("<rng model='virtio'/>", "<rng model='virtio'/>")
    tasks = (
        Task(AddDevice(RngDevice(model="virtio")), True, True),
        Task(RemoveDevice(one.id, one), True, True),
    )
    attached, detached = prepared(found, tasks)
    assert (attached[0], attached[2]) == ("attach-device", ("--live", "--config"))
    assert (detached[0], detached[2]) == ("detach-device", ("--live", "--config"))


def test_what_is_told_names_the_device_as_it_stands_there() -> None:
    found, one = looked("<rng model='virtio'><alias name='rng0'/></rng>", "<rng model='virtio'/>")
    live, saved = prepared(found, (Task(RemoveDevice(one.id, one), True, True),))
    assert ("rng0" in live[1], live[2]) == (True, ("--live",))
    assert ("rng0" in saved[1], saved[2]) == (False, ("--config",))


def test_a_display_keeps_its_password_and_shows_stars() -> None:
    found, _ = looked("<graphics type='vnc' port='-1'/>", "<graphics type='vnc' port='-1'/>")
    guarded = GraphicsDevice(kind="vnc", port=-1, password=SOME)
    seen = ListedDevice("graphics-0", "graphics", guarded, guarded)
    values = (("port", 5901),)
    told = prepared(found, (Task(ChangeDevice("graphics-0", values, seen), True, True, values, values),))
    assert all('passwd="*' in xml for _, xml, _ in told)
