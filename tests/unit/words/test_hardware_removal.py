"""What is asked before a device is taken out."""

from __future__ import annotations

from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareMachine, RemoveDevice
from vmgui.policy.hardware import plan
from vmgui.words.hardware_removal import ask
from vmgui.words.question import Question

VALUES = DomainValues(name="web")
DISK = DiskDevice(target="vdb", bus="virtio", format="qcow2", source=DiskSource(file="/images/data.qcow2"))


def machine(listed: ListedDevice, *, is_active: bool) -> HardwareMachine:
    return HardwareMachine(
        uuid="u",
        name="web",
        is_active=is_active,
        devices=(listed,),
        live=VALUES if is_active else None,
        saved=VALUES,
    )


def question(listed: ListedDevice, *, is_active: bool, loses: str = "") -> Question:
    web = machine(listed, is_active=is_active)
    (change,) = plan(web, [RemoveDevice(listed.id, listed)]).changes
    return ask(web, change, loses)


def test_it_says_what_goes_what_stays_and_what_the_guest_has_to_do() -> None:
    asked = question(ListedDevice("vdb", "disk", DISK, DISK), is_active=True)
    assert asked.title == "Remove disk vdb from web?"
    assert asked.text == "/images/data.qcow2 (virtio, qcow2)\nIt is taken out of “web” while that runs."
    assert "/images/data.qcow2 stays on the host." in asked.consequence
    assert "It stays until the guest lets go of it." in asked.consequence
    assert asked.other_label == "Remove at the next start"


def test_of_a_machine_that_is_off_there_is_one_way() -> None:
    asked = question(ListedDevice("vdb", "disk", None, DISK), is_active=False, loses="The keys are lost.")
    assert "“web” does not have it when it starts again." in asked.text
    assert asked.other_label == ""
    assert asked.consequence.endswith("The keys are lost.")


def test_what_the_running_machine_does_not_have_goes_at_the_next_start_only() -> None:
    assert question(ListedDevice("vdb", "disk", None, DISK), is_active=True).other_label == ""
    assert question(ListedDevice("vdb", "disk", DISK, None), is_active=True).other_label == ""
