"""Devices under ids that people and scripts can name."""

from hypothesis import given
from hypothesis import strategies as st

from vmgui.libvirtxml.edit import read_devices
from vmgui.model.device import DevicePlace, FoundDevice
from vmgui.model.device_character import RngDevice
from vmgui.model.device_parts import Address
from vmgui.policy.device import listed, paired

LIVE = """<domain><devices><disk><target dev='vda'/></disk><disk><target dev='vda'/></disk><disk/>
<interface type='user'><mac address='52:54:00:AA:BB:CC'/></interface><interface type='user'/>
<controller type='usb'/><controller type='pci'/><strange/></devices></domain>"""
SAVED = "<domain><devices><disk><target dev='vda'/></disk><disk><target dev='vdb'/></disk></devices></domain>"


def test_each_has_an_id_of_its_own() -> None:
    found = listed(read_devices(LIVE), read_devices(SAVED))
    assert [(one.id, one.kind, one.live is not None, one.saved is not None) for one in found] == [
        ("vda", "disk", True, True),
        ("disk-1", "disk", True, False),
        ("disk-2", "disk", True, False),
        ("52:54:00:aa:bb:cc", "interface", True, False),
        ("interface-1", "interface", True, False),
        ("controller-0", "controller", True, False),
        ("controller-1", "controller", True, False),
        ("strange-0", "strange", True, False),
        ("vdb", "disk", False, True),
    ]


def _rngs(*slots: int) -> list[FoundDevice]:
    return [
        FoundDevice(
            DevicePlace("rng", at),
            RngDevice(model="virtio", address=Address(kind="pci", slot=f"0x{slot:02x}")),
        )
        for at, slot in enumerate(slots)
    ]


def test_one_of_two_alike_that_goes_at_the_next_start_is_not_taken_for_the_other() -> None:
    first, second = listed(_rngs(3, 4), _rngs(4))
    assert (first.live is not None, first.saved) == (True, None)
    assert second.live == second.saved


@given(st.lists(st.integers(1, 9), max_size=5), st.lists(st.integers(1, 9), max_size=5))
def test_each_device_is_there_once_under_an_id_of_its_own(now: list[int], then: list[int]) -> None:
    found = paired(_rngs(*now), _rngs(*then))
    assert len({pair.id for pair in found}) == len(found)
    assert [pair.live.place.index for pair in found if pair.live] == list(range(len(now)))
    assert sorted(pair.saved.place.index for pair in found if pair.saved) == list(range(len(then)))
    assert found == paired(_rngs(*now), _rngs(*then))
