"""What tasks make of a definition: each device is found as it was, whatever is taken away beside it."""

from __future__ import annotations

import pytest

from vmgui.hypervisor.hardware_tasks import Task, carried_out, changed
from vmgui.libvirtxml.edit import read_devices, read_values
from vmgui.model.device import FoundDevice, ListedDevice
from vmgui.model.device_character import RngDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.errors import NotFound
from vmgui.model.hardware import AddDevice, ChangeDevice, ChangeMachine, RemoveDevice, Values, Wish
from vmgui.policy.device import paired

XML = """<domain type="qemu"><name>a</name><devices>
<rng model="virtio"><backend model="random">/dev/a</backend></rng>
<rng model="virtio"><backend model="random">/dev/b</backend></rng>
<rng model="virtio"><backend model="random">/dev/c</backend></rng>
</devices></domain>
"""


def places(xml: str = XML) -> dict[str, FoundDevice]:
    return {pair.id: pair.saved for pair in paired((), read_devices(xml)) if pair.saved is not None}


def listed(id_: str) -> ListedDevice:
    return ListedDevice(id_, "rng", None, places()[id_].device)


def saved(wish: Wish, *then: tuple[str, object]) -> Task:
    values: Values = then
    return Task(wish, False, True, (), values)


def paths(xml: str) -> list[str]:
    return [one.device.path for one in read_devices(xml) if isinstance(one.device, RngDevice)]


def test_devices_without_names_are_the_ones_that_were_meant() -> None:
    tasks = (
        saved(RemoveDevice("rng-0", listed("rng-0"))),
        saved(RemoveDevice("rng-1", listed("rng-1"))),
        saved(ChangeDevice("rng-2", (("path", "/dev/z"),), listed("rng-2")), ("path", "/dev/z")),
        saved(AddDevice(RngDevice(model="virtio", backend="random", path="/dev/new"))),
    )
    assert paths(carried_out(XML, tasks, places(), live=False)) == ["/dev/z", "/dev/new"]


def test_one_device_is_changed_twice() -> None:
    seen = listed("rng-1")
    tasks = (
        saved(ChangeDevice("rng-1", (("path", "/dev/y"),), seen), ("path", "/dev/y")),
        saved(
            ChangeDevice("rng-1", (("model", "virtio-transitional"),), seen), ("model", "virtio-transitional")
        ),
    )
    after = carried_out(XML, tasks, places(), live=False)
    assert paths(after) == ["/dev/a", "/dev/y", "/dev/c"]
    assert after.count('model="virtio-transitional"') == 1


def test_what_is_not_saved_is_not_in_the_definition() -> None:
    task = Task(AddDevice(RngDevice(model="virtio")), True, False)
    assert carried_out(XML, (task,), places(), live=False) == XML
    assert len(paths(carried_out(XML, (task,), places(), live=True))) == 4


def test_the_machine_itself() -> None:
    task = saved(ChangeMachine((("title", "t"),), DomainValues()), ("title", "t"))
    assert read_values(carried_out(XML, (task,), places(), live=False)).title == "t"


def test_what_is_gone_is_named() -> None:
    with pytest.raises(NotFound) as caught:
        carried_out(XML, (saved(RemoveDevice("rng-7", listed("rng-1"))),), places(), live=False)
    assert caught.value.subject == "rng-7"


def test_a_password_goes_with_none() -> None:
    word = "a"
    assert changed(GraphicsDevice(password=word), (("password", None),)) == GraphicsDevice()


def test_what_is_kept_since_it_was_seen_goes_as_the_plan_says() -> None:
    seen = ListedDevice("rng-1", "rng", places()["rng-1"].device, None)
    assert paths(carried_out(XML, (saved(RemoveDevice("rng-1", seen)),), places(), live=False)) == [
        "/dev/a",
        "/dev/c",
    ]


def test_many_changes_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from vmgui.libvirtxml import edit

    parsed: list[str] = []
    parse = edit.parse

    def counted(xml: str, *, keep_comments: bool) -> object:
        parsed.append(xml)
        return parse(xml, keep_comments=keep_comments)

    known, tasks = (
        places(),
        [
            saved(ChangeDevice(id_, (("path", f"/dev/{id_}"),), listed(id_)), ("path", f"/dev/{id_}"))
            for id_ in ("rng-0", "rng-1", "rng-2")
        ],
    )
    monkeypatch.setattr(edit, "parse", counted)
    after = carried_out(XML, tasks, known, live=False)
    assert len(parsed) == 1
    assert paths(after) == ["/dev/rng-0", "/dev/rng-1", "/dev/rng-2"]
