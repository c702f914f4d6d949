"""What the form about input devices wishes for."""

from tests.unit.commands.hardware.device_scene import about, added, changed, refused, said, scene
from vmgui.commands.hardware import input as inputs
from vmgui.model.device_display import InputDevice
from vmgui.model.device_parts import Address
from vmgui.model.device_storage import ControllerDevice
from vmgui.words.note import Level

TABLET = InputDevice(kind="tablet", bus="usb", address=Address(kind="usb", bus="0", port="1"))
NO_USB = ControllerDevice(kind="usb", model="none")


def test_a_new_one_is_what_is_not_there() -> None:
    assert added(inputs.FORM, scene()) == InputDevice(kind="tablet", bus="usb")
    assert added(inputs.FORM, scene(TABLET)) == InputDevice(kind="keyboard", bus="usb")
    assert added(inputs.FORM, scene(NO_USB)) == InputDevice(kind="tablet", bus="virtio")


def test_on_another_bus_it_has_no_place_yet() -> None:
    form, at = about(TABLET)
    assert changed(form, at, bus="virtio") == InputDevice(kind="tablet", bus="virtio")
    assert changed(form, at, type="mouse").address == TABLET.address


def test_without_usb_there_is_virtio() -> None:
    form, at = about(InputDevice(kind="mouse", bus="virtio"), NO_USB)
    assert refused(form, at, "bus") == {"usb", "ps2"}


def test_what_a_machine_always_has_stays_as_it_is() -> None:
    form, at = about(InputDevice(kind="mouse", bus="ps2"))
    assert said(form, at) == {"bus": Level.INFO}
    assert said(form, at, bus="usb") == {"bus": Level.ERROR}
    assert said(form, at, type="keyboard") == {"bus": Level.ERROR}
    form, at = about(TABLET)
    assert said(form, at, bus="ps2") == {"bus": Level.ERROR}


def test_a_device_of_the_host_has_a_path() -> None:
    form, at = about(TABLET)
    assert said(form, at, type="passthrough") == {"path": Level.MISSING}
    assert said(form, at, type="passthrough", path="event3") == {"path": Level.ERROR}
    assert changed(form, at, type="passthrough", path="/dev/input/event3") == InputDevice(
        kind="passthrough", bus="virtio", event_device="/dev/input/event3"
    )
