"""What a running machine has left to plug devices in."""

from vmgui.model.device_character import RngDevice
from vmgui.model.hardware import HardwareWhy
from vmgui.policy.hardware_room import Room


def test_a_port_that_is_given_back_is_there_though_more_were_wanted() -> None:
    for room in (
        Room(0, 0, True, True, True, True, 9_000_000),
        Room(None, 0, True, True, True, True, 9_000_000),
    ):
        device = RngDevice(model="virtio")
        assert room.take(device) == (HardwareWhy.NO_FREE_PORT, "")
        room.give(device)
        assert room.take(device) is None
