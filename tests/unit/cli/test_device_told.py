"""What a change does is told by keys, in JSON's units, and without passwords."""

from __future__ import annotations

from typing import Any

import pytest

from vmgui.cli.device_settings import kind_named
from vmgui.cli.device_subject import Subject
from vmgui.cli.device_told import STARS, changes, json_value, plain, when_words
from vmgui.commands.fields import Amount, Limit, LimitUnit, OnOff, Quantity, Text
from vmgui.commands.hardware.form import Knob, Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_network import Filter, InterfaceDevice, InterfaceSource, VlanTag
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.edit import When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    HardwareChange,
    HardwareMachine,
    HardwareOffer,
    HardwarePlan,
    HardwareWhy,
)
from vmgui.policy.hardware import plan

DISK = DiskDevice(source_kind="file", device="disk", source=DiskSource(file="/x.img"), target="vda")
LISTED = ListedDevice("vda", "disk", DISK, DISK)
SUBJECT = Subject(
    kind_named("disk"),
    Scene(HardwareMachine(uuid="", name="web", devices=(LISTED,)), HardwareOffer(), LISTED),
)


@pytest.mark.parametrize(
    ("field", "answer", "found"),
    [
        (Amount("size", "", quantity=Quantity.MEMORY_KIB), 2, 2048),
        (Amount("size", "", quantity=Quantity.DISK_BYTES), 2, 2),
        (Limit("rate", "", unit=LimitUnit.KB_PER_S), 2, 2000),
        (Limit("rate", "", unit=LimitUnit.KIB), 2, 2048),
        (OnOff("link", ""), True, True),
        (Text("password", "", secret=True), "x", STARS),
        (Text("password", "", secret=True), "", None),
    ],
)
def test_values_are_in_jsons_units(field: Any, answer: Any, found: Any) -> None:
    assert json_value(Knob(field), answer) == found


def test_a_key_applies_when_the_last_of_its_values_does() -> None:
    """A path that is answered makes two values another; what no key is about stands by its path."""
    wish = ChangeDevice("vda", (), LISTED)
    plan = HardwarePlan(
        (
            HardwareChange(wish, When.NOW, "source.file", "/x.img", "/x.img", "/y.img"),
            HardwareChange(
                wish, When.NEXT_START, "source.device", "", "", "", why=HardwareWhy.FIXED_WHILE_RUNNING
            ),
            HardwareChange(wish, When.NOW, "driver", "tap", "tap", "qemu"),
        )
    )
    path, driver = changes(SUBJECT, plan, {**SUBJECT.truth, "path": "/y.img"})
    assert (path["field"], path["from"], path["to"], path["when"]) == (
        *("vda:path", "/x.img", "/y.img"),
        "next-start",
    )
    assert "because" in path
    assert (driver["field"], driver["from"], driver["to"]) == ("vda:driver", "tap", "qemu")
    assert when_words(path).endswith(f": {path['because']}")


def test_a_password_that_no_key_is_about_is_stars() -> None:
    wish = ChangeDevice("graphics-0", (), LISTED)
    change = HardwareChange(wish, When.NOW, "password", "0ld", "0ld", "h0rses")
    told = changes(None, HardwarePlan((change,)), {})
    assert "0ld" not in str(told)
    assert "h0rses" not in str(told)
    assert told[0]["to"] == STARS


def test_what_is_added_is_called_by_its_kind() -> None:
    (told,) = changes(None, HardwarePlan((HardwareChange(AddDevice(DISK), When.NOW, saves=False),)), {})
    assert (told["field"], told["from"], told["saves"]) == ("disk", None, False)
    assert "/x.img" in told["to"]


def test_a_drive_that_is_added_is_called_by_its_kind_not_by_libvirts_tag() -> None:
    scene = Scene(HardwareMachine(uuid="", name="web"), HardwareOffer())
    added = HardwareChange(AddDevice(DiskDevice(device="cdrom", target="sda")), When.NOW)
    other = HardwareChange(AddDevice(ControllerDevice(kind="scsi")), When.NOW)
    found = changes(Subject(kind_named("cdrom"), scene), HardwarePlan((other, added)), {})
    assert [one["field"] for one in found] == ["controller", "cdrom"]


def test_what_another_connection_takes_from_a_card_is_told_by_key() -> None:
    card = InterfaceDevice(
        kind="network",
        source=InterfaceSource(network="default"),
        model="virtio",
        mac="52:54:00:00:00:01",
        mtu=1400,
        vlan_tags=(VlanTag(id=5),),
        filter=Filter(name="clean-traffic"),
    )
    listed = ListedDevice(card.mac, "interface", None, card)
    machine = HardwareMachine(uuid="", name="web", devices=(listed,))
    subject = Subject(kind_named("interface"), Scene(machine, HardwareOffer(), listed))
    answers = subject.answers({"source": "user"})
    found = changes(subject, plan(machine, subject.wishes(answers)), answers)
    told = {one["field"].removeprefix(f"{card.mac}:"): (one["from"], one["to"]) for one in found}
    assert told == {
        "source": ("network:default", "user"),
        "filter": ("clean-traffic", ""),
        "vlan": ("5", ""),
        "mtu": (1400, None),
    }


def test_what_a_device_does_not_say_and_its_password_are_left_out() -> None:
    told = plain(GraphicsDevice(kind="vnc", password="h0rses", port=None))  # noqa: S106 - of nobody
    assert told["kind"] == "vnc"
    assert "password" not in told
    assert None not in told.values()
    assert "" not in told.values()
    assert plain(DISK)["source"] == {"file": "/x.img"}
