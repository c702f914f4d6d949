"""Devices under ids that people and scripts can name."""

import pytest
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


def _devices(xml: str) -> tuple[FoundDevice, ...]:
    return read_devices(f"<domain><devices>{xml}</devices></domain>")


def _channel(name: str) -> str:
    port = "<address type='virtio-serial' controller='0' bus='0' port='2'/>"
    return f"<channel type='unix'><target type='virtio' name='{name}'/>{port}</channel>"


def _stick(vendor: str, more: str = "") -> str:
    source = f"<source><vendor id='{vendor}'/><product id='0x0001'/>{more}</source>"
    return f"<hostdev mode='subsystem' type='usb'>{source}<address type='usb' bus='0' port='1'/></hostdev>"


def _folder(source: str, target: str) -> str:
    return f"<filesystem><source dir='{source}'/><target dir='{target}'/></filesystem>"


@pytest.mark.parametrize(
    ("live", "saved"),
    [
        (_channel("org.live.0"), _channel("org.saved.0")),
        (_stick("0x1111"), _stick("0x2222")),
        (_folder("/a", "a"), _folder("/b", "b")),
        ("<shmem name='a'/>", "<shmem name='b'/>"),
        ("<input type='tablet' bus='usb'/>", "<input type='keyboard' bus='usb'/>"),
        (
            "<redirdev bus='usb' type='tcp'><source mode='bind' host='::1' service='1'/></redirdev>",
            "<redirdev bus='usb' type='tcp'><source mode='bind' host='::1' service='2'/></redirdev>",
        ),
    ],
)
def test_two_that_have_nothing_in_common_are_never_one(live: str, saved: str) -> None:
    first, second = listed(_devices(live), _devices(saved))
    assert (first.saved, second.live) == (None, None)


@pytest.mark.parametrize(
    ("live", "saved"),
    [
        (_channel("org.a.0"), _channel("org.a.0")),
        (_stick("0x1111", "<address bus='1' device='3'/>"), _stick("0x1111")),
        (_folder("/a", "a"), _folder("/a", "renamed")),
        (_folder("/a", "a"), _folder("/other", "a")),
        ("<input type='tablet' bus='usb'/>", "<input type='tablet' bus='virtio'/>"),
        ("<graphics type='vnc'/>", "<graphics type='spice'/>"),
    ],
)
def test_what_is_changed_at_the_next_start_is_one_device(live: str, saved: str) -> None:
    (one,) = listed(_devices(live), _devices(saved))
    assert None not in (one.live, one.saved)
