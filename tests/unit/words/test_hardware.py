"""What changing hardware does, as a person reads it."""

from __future__ import annotations

import pytest

from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RngDevice
from vmgui.model.device_disk import Cookie, DiskDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_network import InterfaceDevice, VlanTag
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import Reach, When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareChange,
    HardwareMachine,
    HardwarePlan,
    HardwareWhy,
    RemoveDevice,
    SetAutostart,
)
from vmgui.policy.hardware import plan
from vmgui.words.hardware import plain_value, plan_lines, plan_words, reason_words, why_sentence

CARD = InterfaceDevice(kind="network", mac="52:54:00:00:00:01", model="virtio")
LISTED = ListedDevice(CARD.mac, "interface", CARD, CARD)
VALUES = DomainValues(name="web")
WEB = HardwareMachine(
    uuid="u", name="web", is_active=True, devices=(LISTED,), live=VALUES, saved=VALUES, autostart=False
)
CHANGED = ChangeDevice(CARD.mac, (("link", "down"), ("model", "e1000e")), LISTED)


def change(why: HardwareWhy | None = None, detail: str = "", **more: object) -> HardwareChange:
    given = {"when": When.NEXT_START, "path": "model", "why": why, "detail": detail} | more
    return HardwareChange(CHANGED, **given)  # pyright: ignore[reportArgumentType]


def test_a_plan_in_one_line() -> None:
    assert plan_words(plan(WEB, [CHANGED])) == "2 changes: link now, model at the next start"
    assert (
        plan_words(plan(WEB, [AddDevice(DiskDevice(target="vdb", bus="virtio"))])) == "1 change: disk vdb now"
    )
    assert plan_words(plan(WEB, [])) == ""
    never = plan(WEB, [CHANGED], Reach.NOW)
    assert plan_words(never) == "Not possible: model"


def test_a_line_for_each_change() -> None:
    wishes = [
        CHANGED,
        SetAutostart(True),
        RemoveDevice(CARD.mac, LISTED),
        AddDevice(RngDevice(model="virtio")),
    ]
    assert plan_lines(plan(WEB, wishes)) == [
        "Link: the default → down, now.",
        "Model: virtio → e1000e, at the next start: it cannot change while the machine runs.",
        "Start with the host: off → on, now.",
        "Remove Network card, now. It stays until the guest lets go of it.",
        "Add Random number generator, now.",
    ]


def test_what_one_field_stands_for_is_one_change() -> None:
    wish = ChangeDevice(CARD.mac, (("kind", "bridge"), ("source.bridge", "br0")), LISTED)
    found = plan(WEB, [wish])
    assert plan_lines(found, lambda _change: "Connection") == ["Connection: changed, now."]
    assert plan_words(found, lambda _change: "Connection") == "1 change: connection now"


def test_no_password_is_ever_told() -> None:
    display = ListedDevice("graphics-0", "graphics", GraphicsDevice(kind="vnc"), GraphicsDevice(kind="vnc"))
    wish = ChangeDevice("graphics-0", (("password", "sesame"),), display)
    found = HardwarePlan((HardwareChange(wish, When.NOW, "password", to="sesame", live="other"),))
    assert plan_lines(found) == ["Password: changed, now."]
    assert "sesame" not in plain_value((Cookie(name="id", value="sesame"),))


@pytest.mark.parametrize("why", HardwareWhy)
def test_every_reason_and_note_has_words(why: HardwareWhy) -> None:
    told = why_sentence(change(why, "rng-0")) or why_sentence(change(notes=((why, "/a"),)))
    assert told.endswith(".")
    assert "{" not in told


def test_reasons_name_what_they_are_about() -> None:
    assert (
        reason_words(change(HardwareWhy.IN_USE_BY, "sda, rng-0"))
        == "it is used by sda and random number generator"
    )
    assert (
        reason_words(change(HardwareWhy.NO_CONTROLLER, "usb")) == "the running machine has no USB controller"
    )
    assert reason_words(change(HardwareWhy.NO_CONTROLLER, "spice")) == "it needs a SPICE display"
    assert reason_words(change(HardwareWhy.NOT_RUNNING, "device")) == "the running machine does not have it"


def test_values_as_a_person_reads_them() -> None:
    assert plain_value(None) == plain_value("") == "the default"
    assert (plain_value(True), plain_value(False), plain_value(7)) == ("on", "off", "7")
    assert plain_value((VlanTag(id=4), VlanTag(id=5, native_mode="tagged"))) == "4, 5 tagged"


def test_the_machines_own_values() -> None:
    wish = ChangeMachine((("memory_access", "shared"),), VALUES)
    assert plan_words(plan(WEB, [wish])) == "1 change: memory access at the next start"
