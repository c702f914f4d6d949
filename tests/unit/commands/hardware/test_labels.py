"""Values are called as the fields of their forms are."""

from __future__ import annotations

from vmgui.commands.hardware.labels import label
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RngDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import When
from vmgui.model.hardware import AddDevice, ChangeDevice, ChangeMachine, HardwareChange

RNG = RngDevice(model="virtio", backend="random", path="/dev/urandom")


def test_values_are_called_as_their_fields_are() -> None:
    wish = ChangeDevice("rng-0", (("path", "/dev/random"),), ListedDevice("rng-0", "rng", RNG, RNG))
    assert label(HardwareChange(wish, When.NEXT_START, "path")) == "Device of the host"
    assert label(HardwareChange(wish, When.NEXT_START, "acpi_index")) == ""


def test_what_no_form_is_about_has_no_name_there() -> None:
    assert label(HardwareChange(AddDevice(RNG), When.NOW)) == ""
    wish = ChangeMachine((("uuid", "x"),), DomainValues())
    assert label(HardwareChange(wish, When.NEXT_START, "uuid")) == ""
