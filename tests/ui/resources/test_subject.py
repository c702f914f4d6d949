"""What the Resources tab asks of the services, and what it makes on the screen of a machine with many devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from tests.unit.commands.test_edits import GIB, GIB_KIB, machine, values
from vmgui.commands import edits, lifecycle
from vmgui.commands.command import MachineCommand
from vmgui.commands.edits import HostUse
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.edit import CardFacts, DiskFacts, EditedMachine, Reach, Setting, SettingKey
from vmgui.model.errors import HostUnreachable
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.model.job import JobId
from vmgui.policy.lifecycle import Refusal
from vmgui.services.edits import EditService, Wish
from vmgui.services.inventory import Inventory
from vmgui.ui.kit.form import Form
from vmgui.ui.look.button import ElidedButton
from vmgui.ui.look.plain import ElidedLabel
from vmgui.ui.resources.subject import Known, ResourcesSubject

KEY = DomainKey("h", "u")
MEMORY, MEMORY_MAX = SettingKey(Setting.MEMORY_KIB), SettingKey(Setting.MEMORY_MAX_KIB)


class Bench:
    """One machine of one host; what is asked of the service is written down."""

    def __init__(self) -> None:
        self.machine: EditedMachine = machine(values())
        self.wishes: list[Mapping[DomainKey, Wish]] = []
        self.commands: list[tuple[MachineCommand, tuple[DomainKey, ...]]] = []
        self.inventory = Inventory()
        self.set_host(HostState.CONNECTED)
        self.inventory.set_domains("h", [Domain(KEY, "web-01", DomainState.RUNNING)])
        service = cast("EditService", SimpleNamespace(look=self.look, change=self.change))
        self.subject = ResourcesSubject(service, self.inventory, self.carry_out)

    def set_host(self, state: HostState, *, read_only: bool = False) -> None:
        self.inventory.set_host(Host(HostConfig("h", "host-a", "test:///x", read_only=read_only), state))

    async def look(self, _key: DomainKey) -> EditedMachine:
        return self.machine

    def change(self, wishes: Mapping[DomainKey, Wish]) -> JobId:
        self.wishes.append(wishes)
        return 1

    def carry_out(self, command: MachineCommand, keys: tuple[DomainKey, ...]) -> None:
        self.commands.append((command, keys))

    def answers(self, known: Known, **others: Any) -> dict[str, Any]:
        return {**self.subject.answers(known), **others}


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_what_a_person_saw_goes_with_their_wish(bench: Bench) -> None:
    seen = await bench.subject.look(KEY)
    bench.machine = machine(values(memory_kib=GIB_KIB), saved=values(memory_kib=GIB_KIB))
    now = await bench.subject.look(KEY)
    bench.subject.apply(KEY, now, {"memory": seen}, bench.answers(now, memory=GIB_KIB // 2))
    ((key, wish),) = bench.wishes[0].items()
    assert key == KEY
    assert wish == Wish({MEMORY: GIB_KIB // 2}, ((MEMORY, 2 * GIB_KIB, 2 * GIB_KIB),), Reach.BOTH)


async def test_what_is_pending_is_taken_back_at_the_next_start(bench: Bench) -> None:
    bench.machine = machine(values(), saved=values(memory_max_kib=4 * GIB_KIB))
    known = await bench.subject.look(KEY)
    bench.subject.revert(KEY, known, "memory-max")
    wish = bench.wishes[0][KEY]
    assert (wish.values, wish.reach) == ({MEMORY_MAX: 2 * GIB_KIB}, Reach.NEXT_START)


async def test_what_helps_is_a_command_of_the_window(bench: Bench) -> None:
    bench.machine = machine(has_saved_state=True)
    known = await bench.subject.look(KEY)
    answers = bench.answers(known, **{"vda:size": 40 * GIB})
    assert bench.subject.mended(KEY, known, answers, "vda:size") is None
    assert bench.commands == [(lifecycle.DISCARD_SAVED, (KEY,))]


async def test_values_stay_to_be_read_when_the_host_is_gone(bench: Bench) -> None:
    bench.set_host(HostState.UNREACHABLE)
    with pytest.raises(HostUnreachable):
        await bench.subject.look(KEY)
    bench.set_host(HostState.CONNECTED)
    known = await bench.subject.look(KEY)
    assert known.why_not is None
    bench.set_host(HostState.UNREACHABLE)
    kept = await bench.subject.look(KEY)
    assert kept == replace(known, why_not=Refusal.HOST_OFFLINE)
    assert bench.subject.why_not(kept)


async def test_a_host_that_may_only_be_read_shows_and_says_so(bench: Bench) -> None:
    bench.set_host(HostState.CONNECTED, read_only=True)
    bench.machine = machine(values(), saved=values(memory_max_kib=4 * GIB_KIB))
    known = await bench.subject.look(KEY)
    assert known.why_not is Refusal.READ_ONLY
    (mark,) = bench.subject.marks(known, bench.subject.answers(known))
    assert mark.pending
    assert not mark.can_revert
    assert not mark.can_hasten


async def test_what_was_seen_later_goes_with_the_wish_that_was_made_later(bench: Bench) -> None:
    first = await bench.subject.look(KEY)
    bench.machine = machine(values(memory_kib=GIB_KIB), saved=values(memory_kib=GIB_KIB))
    then = await bench.subject.look(KEY)
    answers = bench.answers(then, memory=GIB_KIB // 2, vcpus=1)
    bench.subject.apply(KEY, then, {"vcpus": first, "memory": then}, answers)
    vcpus = SettingKey(Setting.VCPUS)
    assert bench.wishes[0][KEY].base == ((vcpus, 2, 2), (MEMORY, GIB_KIB, GIB_KIB))


async def test_what_is_pending_is_made_so_now_and_kept_as_it_is(bench: Bench) -> None:
    bench.machine = machine(values(memory_kib=GIB_KIB), saved=values())
    known = await bench.subject.look(KEY)
    bench.subject.hasten(KEY, known, "memory")
    wish = bench.wishes[0][KEY]
    assert wish == Wish({MEMORY: 2 * GIB_KIB}, ((MEMORY, GIB_KIB, 2 * GIB_KIB),), Reach.NOW)
    assert bench.subject.hasten(KEY, known, "vcpus") is None


async def test_of_a_host_that_is_gone_nothing_applies_now(bench: Bench) -> None:
    bench.machine = machine(values())
    known = await bench.subject.look(KEY)
    answers = bench.answers(known, memory=10 * 1024)
    assert bench.subject.summary(known, answers).endswith(" now: memory")
    bench.set_host(HostState.UNREACHABLE)
    kept = await bench.subject.look(KEY)
    assert bench.subject.summary(kept, answers).endswith(" kept: memory")
    assert not any(mark.chip for mark in bench.subject.marks(kept, answers))
    assert list(bench.subject.judge(kept, answers)) == []


async def test_news_of_the_host_are_its_own_until_they_say_something(bench: Bench) -> None:
    await bench.subject.look(KEY)
    bench.set_host(HostState.CONNECTED)
    assert not bench.subject.concerns(KEY, ChangeSet())
    bench.set_host(HostState.UNREACHABLE)
    assert bench.subject.concerns(KEY, ChangeSet())
    assert bench.subject.concerns(KEY, object())  # of the machine's own watch


def test_of_many_devices_only_what_is_seen_is_made(bench: Bench, qapp: QApplication) -> None:
    disks = tuple(DiskFacts(f"vd{number}", size_bytes=GIB) for number in range(30))
    cards = tuple(CardFacts(f"52:54:00:00:00:{number:02x}", "network") for number in range(30))
    known = Known(machine(values(), disks=disks, cards=cards), HostUse())
    form = Form("resources", bench.subject.rows(known), roomy=True, chips=bench.subject.chips)
    form.offer(bench.subject.offers(known))
    form.set_answers(bench.subject.answers(known))
    assert set(form.controls) == {"vcpus", "vcpus-max", "memory", "memory-max"}
    assert len(form.answers()) == 4 + 30 + 2 + 30 * 12 + 30 * 6
    form.open_as({"disk-sizes"})
    assert form.controls["vd7:size"].read() == GIB
    form.deleteLater()


def test_a_long_file_name_makes_the_form_no_wider(qapp: QApplication) -> None:
    disks = (DiskFacts("vda", source=f"/images/{'long-name-' * 15}.qcow2", size_bytes=GIB),)
    known = Known(machine(values(), disks=disks), HostUse())
    form = Form("resources", rows_of(known), roomy=True, chips=ResourcesSubject.chips)
    title = form.findChild(ElidedButton, "resources-disk-vda")
    assert title is not None
    assert form.minimumSizeHint().width() < 600
    form.resize(600, 400)
    form.show()
    assert title.mapTo(form, title.rect().topRight()).x() <= 600
    assert title.shown_text.endswith("…")
    assert title.toolTip().endswith(".qcow2)")
    assert title.accessibleName().endswith("qcow2)")
    form.resize(form.sizeHint().width() + 2000, 400)
    assert title.shown_text == title.text()
    form.deleteLater()


def rows_of(known: Known) -> tuple[Any, ...]:
    return Bench().subject.rows(known)


def test_a_legend_without_room_begins_at_its_beginning(qapp: QApplication) -> None:
    """The number stands there."""
    form = Form("resources", rows_of(Known(machine(values()), HostUse())), roomy=True)
    offers = edits.offers(machine(values()), HostUse(3, 4 * GIB_KIB))
    form.offer({name: replace(offer, others_words="given to others " * 20) for name, offer in offers.items()})
    form.set_answers(edits.truth(machine(values())))
    form.show()
    form.resize(400, 400)
    legends = [label for label in form.findChildren(ElidedLabel) if "left of" in label.text()]
    assert len(legends) == 2
    assert all(label.text().startswith(label.shown_text.rstrip("…")) for label in legends)
    assert any(label.shown_text.endswith("…") for label in legends)
    form.deleteLater()
