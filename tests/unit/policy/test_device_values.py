from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.device_parts import Boot
from vmgui.policy.device_values import value_at, with_values


def test_a_value_of_a_part_that_is_missing_is_what_its_class_says() -> None:
    assert value_at(InterfaceDevice(), "source.network") == ""
    assert value_at(DiskDevice(), "boot.order") is None


def test_a_part_is_made_where_it_is_missing_and_goes_when_nothing_is_left_in_it() -> None:
    disk = with_values(DiskDevice(target="vda"), [("boot.order", 1)])
    assert disk == DiskDevice(target="vda", boot=Boot(order=1))
    assert with_values(disk, [("boot.order", None)]) == DiskDevice(target="vda")


def test_the_rest_of_a_part_stays() -> None:
    card = InterfaceDevice(source=InterfaceSource(network="lan", port_group="blue"))
    changed = with_values(card, [("source.network", "dmz"), ("link", "down")])
    assert changed.source == InterfaceSource(network="dmz", port_group="blue")
    assert changed.link == "down"


def test_a_part_that_is_always_there_stays_when_it_is_empty() -> None:
    disk = with_values(DiskDevice(), [("virtio.packed", True), ("virtio.packed", None)])
    assert disk == DiskDevice()
