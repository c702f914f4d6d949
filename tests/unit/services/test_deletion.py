"""Plans and deletions on libvirt's test driver, which has pools, snapshots and checkpoints."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import SLOW
from vmgui.model.deletion import DeletionPlan, DeletionPlans, KeepReason
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Busy, InvalidConfig, InvalidState, NotFound, PartlyDone, TimedOut
from vmgui.model.event import EventKind
from vmgui.model.job import Job, JobState, LineKind
from vmgui.services import pools
from vmgui.services.deletion import DeletionService, PlanChanged, act, evidence
from vmgui.services.deletion import service as service_module

POOL = "default-pool"
MACHINE = """<domain type='test'><name>{name}</name><memory>1024</memory><os><type>hvm</type></os>
  <devices>{disks}</devices></domain>"""
DISK = (
    "<disk type='file' device='{device}'><source file='/default-pool/{file}'/><target dev='{target}'/></disk>"
)


def make_volume(conn: libvirt.virConnect, name: str) -> str:
    pool = conn.storagePoolLookupByName(POOL)
    made = pool.createXML(f"<volume><name>{name}</name><capacity>1048576</capacity></volume>")
    return made.path()


def make_machine(conn: libvirt.virConnect, name: str, *files: str, cd: str = "", start: bool = False) -> None:
    disks = "".join(
        DISK.format(device="disk", file=file, target=f"vd{letter}")
        for file, letter in zip(files, "abcd", strict=False)
    )
    if cd:
        disks += DISK.format(device="cdrom", file=cd, target="sda")
    made = conn.defineXML(MACHINE.format(name=name, disks=disks))
    if start:
        made.create()


def volumes(conn: libvirt.virConnect) -> set[str]:
    return set(conn.storagePoolLookupByName(POOL).listVolumes())


@pytest.fixture
def storage(other: libvirt.virConnect) -> Iterator[libvirt.virConnect]:
    for name in ("one", "two", "cd.iso"):
        make_volume(other, name)
    yield other
    pool = other.storagePoolLookupByName(POOL)
    for name in pool.listVolumes():
        pool.storageVolLookupByName(name).delete()
    for machine in other.listAllDomains():
        if machine.name() == "test":
            continue
        is_kept = machine.isPersistent()
        if machine.isActive():
            machine.destroy()
        if is_kept:
            machine.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)


@pytest.fixture
def service(world: World) -> DeletionService:
    return DeletionService(world.hosts, world.inventory, world.jobs)


async def seen(world: World, name: str) -> DomainKey:
    await eventually(lambda: any(row.name == name for row in world.inventory.domains_of("h1")))
    return world.key(name)


async def delete(world: World, service: DeletionService, plan: DeletionPlan, *paths: str) -> Job:
    return await world.jobs.wait(service.delete(plan, frozenset(paths)))


def offered(plan: DeletionPlan) -> list[str]:
    return [file.path for file in plan.files if file.can_delete]


async def test_a_machine_goes_with_the_chosen_disks_only(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one", "two", cd="cd.iso", start=True)
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert plan.active
    assert offered(plan) == ["/default-pool/one", "/default-pool/two"]
    assert all(file.allocation_bytes > 0 for file in plan.files if file.can_delete)
    reasons = {file.path: file.reason for file in plan.files}
    assert reasons["/default-pool/cd.iso"] is KeepReason.READ_ONLY
    job = await delete(world, service, plan, "/default-pool/one")
    assert job.state is JobState.DONE, (job.error, job.log)
    assert [line.kind for line in job.log] == [
        LineKind.FORCED_OFF, LineKind.UNDEFINED, LineKind.FILE_DELETED, LineKind.DONE,
    ]  # fmt: skip
    await eventually(lambda: all(row.name != "doomed" for row in world.inventory.domains.values()))
    assert volumes(storage) == {"two", "cd.iso"}


async def test_the_deletion_of_a_file_tells_of_its_pool_only(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    told: list[str] = []
    world.hosts.events.subscribe(
        lambda news: told.extend(event.name for event in news.events if event.kind is EventKind.POOL)
    )
    assert (await delete(world, service, plan, "/default-pool/one")).state is JobState.DONE
    # What the fixture did to it may be told only now.
    assert set(told) == {POOL}


async def test_a_disk_of_another_machine_is_not_offered_and_not_deleted_when_asked_for(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one", "two")
    make_machine(storage, "heir", "two")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert offered(plan) == ["/default-pool/one"]
    kept = next(file for file in plan.files if file.path.endswith("two"))
    assert (kept.reason, kept.used_by) == (KeepReason.SHARED, ("heir",))
    job = await delete(world, service, plan, "/default-pool/two")
    assert isinstance(job.error, InvalidConfig)
    assert "two" in volumes(storage)
    assert storage.lookupByName("doomed")


async def test_snapshots_are_named_and_go_too(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one")
    machine = storage.lookupByName("doomed")
    for name in ("first", "second"):
        machine.snapshotCreateXML(f"<domainsnapshot><name>{name}</name></domainsnapshot>")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert set(plan.snapshots) == {"first", "second"}
    assert (await delete(world, service, plan)).state is JobState.DONE
    assert "one" in volumes(storage)


async def test_a_saved_machine_goes_with_its_saved_state(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", start=True)
    storage.lookupByName("doomed").managedSave()
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert plan.has_managed_save
    assert not plan.active
    assert (await delete(world, service, plan)).state is JobState.DONE


async def test_a_transient_machine_is_gone_once_it_is_off(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    disks = DISK.format(device="disk", file="one", target="vda")
    storage.createXML(MACHINE.format(name="doomed", disks=disks))
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    job = await delete(world, service, plan, "/default-pool/one")
    assert job.state is JobState.DONE, job.error
    assert "one" not in volumes(storage)


@pytest.mark.parametrize("change", ["started", "disk taken", "snapshot", "renamed"])
async def test_nothing_is_deleted_when_the_machine_changed(
    world: World, service: DeletionService, storage: libvirt.virConnect, change: str
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    machine = storage.lookupByName("doomed")
    match change:
        case "started":
            machine.create()
        case "disk taken":
            make_machine(storage, "thief", "one")
        case "snapshot":
            machine.snapshotCreateXML("<domainsnapshot><name>new</name></domainsnapshot>")
        case _:
            machine.rename("other")
    job = await delete(world, service, plan, "/default-pool/one")
    assert job.state is JobState.FAILED
    assert isinstance(job.error, PlanChanged)
    assert "one" in volumes(storage)
    assert storage.lookupByUUIDString(plan.key.uuid)


async def test_a_machine_that_is_gone_is_said(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    storage.lookupByName("doomed").undefine()
    job = await delete(world, service, plan, "/default-pool/one")
    assert isinstance(job.error, NotFound)
    assert "one" in volumes(storage)
    with pytest.raises(NotFound):
        await service.plan(plan.key)


async def test_files_that_cannot_be_deleted_are_named_and_can_be_tried_again(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one", "two")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    real = act.delete_volume

    def refuse(conn: libvirt.virConnect, path: str) -> None:
        if path.endswith("two"):
            raise Busy("in use, for the test")
        real(conn, path)

    monkeypatch.setattr(act, "delete_volume", refuse)
    first = await delete(world, service, plan, *offered(plan))
    assert isinstance(first.error, PartlyDone)
    assert first.error.done == ("doomed", "/default-pool/one")
    assert [path for path, _ in first.error.failed] == ["/default-pool/two"]
    assert volumes(storage) == {"two", "cd.iso"}

    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert isinstance(second.error, PartlyDone)

    monkeypatch.setattr(act, "delete_volume", real)
    again = world.jobs.retry(second.id)
    assert again is not None
    assert (await world.jobs.wait(again)).state is JobState.DONE
    assert volumes(storage) == {"cd.iso"}


async def test_a_file_that_comes_to_be_in_doubt_while_others_go_is_kept(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one", "two")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert all(file.is_chosen for file in plan.files)
    real = act.delete_volume

    def define_meanwhile(conn: libvirt.virConnect, path: str) -> None:
        real(conn, path)
        away = DISK.format(device="disk", file="away", target="vda").replace(
            "<source", "<driver type='qcow2'/><source"
        )
        storage.defineXML(MACHINE.format(name="heir", disks=away))

    monkeypatch.setattr(act, "delete_volume", define_meanwhile)
    job = await delete(world, service, plan, *offered(plan))
    assert job.state is JobState.DONE, (job.error, job.log)
    (kept,) = (line for line in job.log if line.kind is LineKind.FILE_KEPT)
    assert (kept.subject, kept.needed_by) == ("/default-pool/two", ("heir",))
    assert volumes(storage) == {"two", "cd.iso"}


async def test_what_is_in_doubt_goes_if_a_person_chose_it(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one")
    away = DISK.format(device="disk", file="away", target="vda").replace(
        "<source", "<driver type='qcow2'/><source"
    )
    storage.defineXML(MACHINE.format(name="heir", disks=away))
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert [(file.is_chosen, file.can_delete) for file in plan.files] == [(False, True)]
    job = await delete(world, service, plan, "/default-pool/one")
    assert job.state is JobState.DONE, (job.error, job.log)
    assert "one" not in volumes(storage)


AWAY = DISK.format(device="disk", file="away", target="vda").replace(
    "<source", "<driver type='qcow2'/><source"
)
"""No file of this name is there: it may be a link to a storage that is away, and be based on anything beside it."""


async def test_what_a_running_machine_writes_to_goes_with_it_whatever_may_be_based_on_other_files(
    world: World, service: DeletionService, storage: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_machine(storage, "doomed", "one", start=True)
    storage.defineXML(MACHINE.format(name="stale", disks=AWAY))
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    assert [file.is_chosen for file in plan.files] == [True]
    real = act.definition.undefine

    def refuse(*_args: object, **_more: object) -> None:
        raise Busy("for the test")

    with monkeypatch.context() as patch:
        patch.setattr(act.definition, "undefine", refuse)
        first = await delete(world, service, plan, "/default-pool/one")
    assert isinstance(first.error, PartlyDone)
    assert act.definition.undefine is real
    # It is off by now: nothing came to be based on its disk while it ran.
    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE, (second.error, second.log)
    assert volumes(storage) == {"two", "cd.iso"}


async def test_one_stale_definition_among_many_does_not_keep_the_disks_of_all(
    world: World, service: DeletionService, storage: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_machine(storage, "first", "one")
    make_machine(storage, "second", "two")
    storage.defineXML(MACHINE.format(name="stale", disks=AWAY))
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [world.key(name) for name in ("first", "second", "stale")]
    without = (await service.plans(keys[:2])).plans
    assert [file.is_chosen for plan in without for file in plan.files] == [False, False]
    # Nor where not all of them are looked at together right before the act.
    monkeypatch.setattr(service_module, "LOOK_AHEAD", 1)
    plans = await service.plans(keys)
    assert [file.is_chosen for plan in plans.plans[:2] for file in plan.files] == [True, True]
    job = await world.jobs.wait(service.delete_many(everything(plans)))
    assert job.state is JobState.DONE, (job.error, job.log)
    assert volumes(storage) == {"cd.iso"}


async def test_what_a_machine_may_need_that_was_to_go_and_does_not_counts_again(
    world: World, service: DeletionService, storage: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_machine(storage, "first", "one")
    storage.defineXML(MACHINE.format(name="stale", disks=AWAY))
    world.add(DEFAULT_URI)
    await world.connected()
    plans = await service.plans([world.key("first"), world.key("stale")])
    has_failed = asyncio.Event()
    real = act.Deletion._undefine

    async def in_order(self: act.Deletion, connection: Connection, plan: DeletionPlan) -> None:
        if plan.name == "stale":
            has_failed.set()
            raise Busy("for the test")
        await has_failed.wait()
        await real(self, connection, plan)

    monkeypatch.setattr(act.Deletion, "_undefine", in_order)
    job = await world.jobs.wait(service.delete_many(everything(plans)))
    (kept,) = (line for line in job.log if line.kind is LineKind.FILE_KEPT)
    assert (kept.subject, kept.needed_by) == ("/default-pool/one", ("stale",))
    assert "one" in volumes(storage)


async def test_what_a_machine_may_need_whose_turn_does_not_come_counts_again(
    world: World, service: DeletionService, storage: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_machine(storage, "first", "one")
    storage.defineXML(MACHINE.format(name="stale", disks=AWAY))
    world.add(DEFAULT_URI)
    await world.connected()
    plans = await service.plans([world.key("first"), world.key("stale")])
    real = act.Deletion._undefine

    async def cancel_then(self: act.Deletion, connection: Connection, plan: DeletionPlan) -> None:
        await real(self, connection, plan)
        world.jobs.cancel(job_id)

    monkeypatch.setattr(act.Deletion, "_undefine", cancel_then)
    monkeypatch.setattr(service_module, "Step", partial(service_module.Step, concurrent=1))
    job_id = service.delete_many(everything(plans))
    job = await world.jobs.wait(job_id)
    (kept,) = (line for line in job.log if line.kind is LineKind.FILE_KEPT)
    assert (kept.subject, kept.needed_by) == ("/default-pool/one", ("stale",))
    assert storage.lookupByName("stale")


async def test_a_file_left_over_that_found_a_new_owner_is_kept(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))

    def refuse(_conn: libvirt.virConnect, _path: str) -> None:
        raise Busy("in use, for the test")

    with monkeypatch.context() as patch:
        patch.setattr(act, "delete_volume", refuse)
        first = await delete(world, service, plan, "/default-pool/one")
    make_machine(storage, "heir", "one")
    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE
    assert [line.kind for line in second.log] == [LineKind.FILE_KEPT, LineKind.DONE]
    assert "one" in volumes(storage)


async def test_forced_off_but_not_undefined_says_what_is_left(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one", start=True)
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))

    def refuse(_conn: object, _plan: object) -> None:
        raise Busy("for the test")

    with monkeypatch.context() as patch:
        patch.setattr(act, "_undefine", refuse)
        first = await delete(world, service, plan, "/default-pool/one")
    assert isinstance(first.error, PartlyDone)
    assert [name for name, _ in first.error.failed] == ["doomed", "/default-pool/one"]
    assert not storage.lookupByName("doomed").isActive()
    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE, second.error
    assert "one" not in volumes(storage)


async def test_a_machine_started_in_the_very_moment_keeps_its_disks(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    real = act._undefine

    def start_first(conn: libvirt.virConnect, plan: DeletionPlan) -> None:
        hypervisor_lifecycle.start(conn, plan.key.uuid)
        real(conn, plan)

    monkeypatch.setattr(act, "_undefine", start_first)
    job = await delete(world, service, plan, "/default-pool/one")
    assert job.state is JobState.FAILED
    assert isinstance(job.error, InvalidState)
    assert "one" in volumes(storage)


@pytest.mark.parametrize("is_taken", [False, True])
async def test_a_disk_in_a_pool_that_rests_goes_with_the_pools_start(
    world: World, service: DeletionService, storage: libvirt.virConnect, is_taken: bool
) -> None:
    make_machine(storage, "doomed", "one")
    storage.storagePoolLookupByName(POOL).destroy()
    world.add(DEFAULT_URI)
    await world.connected()
    try:
        plan = await service.plan(world.key("doomed"))
        (file,) = plan.files
        assert (file.can_delete, file.pool_to_start) == (True, POOL)
        if is_taken:
            # Known before the act, or only when the pool is there: either way it stays.
            storage.storagePoolLookupByName(POOL).create()
            make_machine(storage, "heir", "one")
            storage.storagePoolLookupByName(POOL).destroy()
        job = await delete(world, service, plan, file.path)
        assert not storage.storagePoolLookupByName(POOL).isActive()
        assert isinstance(job.error, PlanChanged) if is_taken else job.state is JobState.DONE
    finally:
        pool = storage.storagePoolLookupByName(POOL)
        if not pool.isActive():
            pool.create()
    assert ("one" in volumes(storage)) is is_taken


async def test_a_pool_that_others_use_by_then_goes_on_and_the_file_is_deleted_all_the_same(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(_conn: libvirt.virConnect, _pool: str) -> None:
        raise Busy("target is busy")

    make_machine(storage, "doomed", "one")
    storage.storagePoolLookupByName(POOL).destroy()
    world.add(DEFAULT_URI)
    await world.connected()
    monkeypatch.setattr(act, "rest_pool", busy)
    job = await delete(world, service, await service.plan(world.key("doomed")), "/default-pool/one")
    assert job.state is JobState.DONE, (job.error, job.log)
    assert volumes(storage) == {"two", "cd.iso"}
    assert f"{POOL}: left running: target is busy" in [line.text for line in job.log]


async def test_pools_that_do_not_answer_keep_the_files_and_not_the_machine(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    await world.connected()
    real = evidence.look_at_storage

    def hang(
        conn: libvirt.virConnect, *args: object, only_pool: str | None = None, **kwargs: object
    ) -> object:
        if only_pool is None:
            raise TimedOut("no answer, for the test")
        return real(conn, *args, only_pool=only_pool, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(evidence, "look_at_storage", hang)
        await pools.list_pools(world.hosts.connection("h1"))
        # Each by itself: what answers is as good as ever.
        assert offered(await service.plan(world.key("doomed"))) == ["/default-pool/one"]

    def silent(*_args: object, **_kwargs: object) -> object:
        raise TimedOut("no answer, for the test")

    monkeypatch.setattr(evidence, "look_at_storage", silent)
    plan = await service.plan(world.key("doomed"))
    assert [file.reason for file in plan.files] == [KeepReason.UNKNOWN]
    assert [pool.name for pool in plan.pools_not_read] == [POOL]
    assert (await delete(world, service, plan)).state is JobState.DONE
    assert "one" in volumes(storage)


# Many at once.


def examined(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many machines each look at a host asked about, from now on."""
    looks: list[int] = []
    real = evidence.examine

    def examine(conn: libvirt.virConnect, uuids: Collection[str], *args: object, **kwargs: object) -> object:
        looks.append(len(uuids))
        return real(conn, uuids, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence, "examine", examine)
    return looks


def everything(plans: DeletionPlans) -> list[tuple[DeletionPlan, frozenset[str]]]:
    return [(plan, frozenset(offered(plan))) for plan in plans.plans]


async def test_many_machines_are_one_job_with_one_look_before_the_question_one_before_the_act_and_one_a_file(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"doomed-{number}" for number in range(12)]
    for name in names:
        make_volume(storage, name)
        make_machine(storage, name, name)
    world.add(DEFAULT_URI)
    await world.connected()
    looks = examined(monkeypatch)
    plans = await service.plans(world.key(name) for name in names)
    assert [plan.name for plan in plans.plans] == names
    assert looks == [12]
    job = await world.jobs.wait(service.delete_many(everything(plans)))
    assert job.state is JobState.DONE, (job.error, job.log)
    assert looks == [12, 12, *[0] * 12]
    assert job.targets_done == 12
    assert volumes(storage) == {"one", "two", "cd.iso"}


async def test_what_two_of_the_many_share_stays_even_if_both_go(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "first", "one", "two")
    make_machine(storage, "second", "two")
    world.add(DEFAULT_URI)
    await world.connected()
    plans = await service.plans([world.key("first"), world.key("second")])
    assert [offered(plan) for plan in plans.plans] == [["/default-pool/one"], []]
    job = await world.jobs.wait(service.delete_many(everything(plans)))
    assert job.state is JobState.DONE, (job.error, job.log)
    assert volumes(storage) == {"two", "cd.iso"}


async def test_one_that_changed_stays_and_one_half_done_is_finished_by_the_retry(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "half", "one")
    make_machine(storage, "started", "two")
    make_machine(storage, "whole")
    world.add(DEFAULT_URI)
    await world.connected()
    plans = await service.plans(world.key(name) for name in ("half", "started", "whole"))
    storage.lookupByName("started").create()

    def refuse(_conn: libvirt.virConnect, _path: str) -> None:
        raise Busy("in use, for the test")

    with monkeypatch.context() as patch:
        patch.setattr(act, "delete_volume", refuse)
        first = await world.jobs.wait(service.delete_many(everything(plans)))
    assert isinstance(first.error, PartlyDone)
    assert first.error.done == ("whole",)
    errors = dict(first.error.failed)
    assert isinstance(errors["half"], PartlyDone), "its name is told though it is gone"
    assert isinstance(errors["started"], PlanChanged)
    assert {target.name for target in first.targets_failed} == {"half", "started"}
    assert storage.lookupByName("started").isActive()
    storage.lookupByName("started").destroy()

    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE, (second.error, second.log)
    assert {target.name for target in second.targets} == {"half", "started"}
    assert volumes(storage) == {"cd.iso"}


async def test_a_host_that_does_not_answer_keeps_nobody_elses_machines(
    world: World,
    service: DeletionService,
    storage: libvirt.virConnect,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_machine(storage, "doomed", "one")
    world.add(DEFAULT_URI)
    world.add(test_driver("far"), "h2")
    await world.connected()
    await world.connected("h2")
    real = service_module.find_plans

    async def find_plans(
        connection: Connection,
        host_id: str,
        keys: Collection[DomainKey],
        going: Collection[DomainKey],
        on_wait: OnWait | None,
    ) -> object:
        if host_id == "h2":
            await asyncio.Event().wait()
        return await real(connection, host_id, keys, going, on_wait)

    monkeypatch.setattr(service_module, "find_plans", find_plans)
    keys = [world.key("doomed"), world.key("far", "h2")]
    plans = await service.plans(keys, patience_s=1.0)
    assert [plan.name for plan in plans.plans] == ["doomed"]
    (left_out,) = plans.left_out
    assert (left_out.host_id, left_out.keys) == ("h2", (keys[1],))
    assert isinstance(left_out.error, TimedOut)


async def test_one_that_waits_behind_others_of_its_host_says_so_at_each_step(
    world: World, service: DeletionService, storage: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_machine(storage, "doomed", "one", start=True)
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await service.plan(world.key("doomed"))
    connection = world.hosts.connection("h1")
    real = connection.run
    waited: list[str] = []

    async def run(call: Callable[..., object], *args: object, **options: object) -> object:
        """Behind others, each time."""
        lane: Any = options.get("lane")
        if lane is None:
            return await real(call, *args, **options)  # type: ignore[arg-type]
        go = threading.Event()
        others = [
            asyncio.ensure_future(real(lambda _conn: go.wait(120), lane=lane)) for _ in range(lane.threads)
        ]
        await asyncio.sleep(0)
        mine = asyncio.ensure_future(real(call, *args, **options))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        if job_id and world.jobs.jobs[job_id].waits_in_line:
            waited.append(call.__name__)
        go.set()
        await asyncio.gather(*others)
        return await mine

    monkeypatch.setattr(connection, "run", run)
    job_id = 0
    job_id = service.delete(plan, frozenset(offered(plan)))
    job = await world.jobs.wait(job_id)
    assert (job.state, job.waits_in_line) == (JobState.DONE, False)
    assert waited == ["examine", "destroy", "examine", "delete_volume"]


async def test_cancelled_while_it_waits_to_be_looked_at_nothing_is_deleted(
    world: World, service: DeletionService, storage: libvirt.virConnect
) -> None:
    make_machine(storage, "doomed", "one")
    make_machine(storage, "other", "two")
    world.add(DEFAULT_URI)
    await world.connected()
    plans = await service.plans([world.key("doomed"), world.key("other")])
    connection = world.hosts.connection("h1")
    go = threading.Event()
    others = asyncio.gather(
        *(connection.run(lambda _conn: go.wait(120), lane=SLOW) for _ in range(SLOW.threads))
    )
    await asyncio.sleep(0)
    job_id = service.delete_many((plan, frozenset(offered(plan))) for plan in plans.plans)
    await eventually(lambda: world.jobs.jobs[job_id].state is JobState.RUNNING)
    world.jobs.cancel(job_id)
    job = await world.jobs.wait(job_id)
    assert job.state is JobState.CANCELLED
    assert not others.done()
    go.set()
    assert all(await others)
    assert {"one", "two"} <= volumes(storage)
    assert {machine.name() for machine in storage.listAllDomains()} >= {"doomed", "other"}
