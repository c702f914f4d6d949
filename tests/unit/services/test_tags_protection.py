"""A protected machine is not deleted, forced off or changed for the worse, whoever has said so and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import InvalidConfig, PartlyDone, VmguiError
from vmgui.model.job import Job, JobId, JobKind, JobState, LineKind
from vmgui.policy.lifecycle import NOT_IF_PROTECTED, ActionRefused, Refusal
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.deletion import DeletionService
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.tags import TagsService

MACHINE = """<domain type='test'><name>{name}</name><memory>1024</memory><os><type>hvm</type></os>
  <devices>{disk}</devices></domain>"""
DISK = "<disk type='file' device='disk'><source file='/default-pool/{}'/><target dev='vda'/></disk>"


@pytest.fixture
def tags(world: World, definitions: DefinitionIndex) -> TagsService:
    return TagsService(world.hosts, world.inventory, world.jobs, definitions)


@pytest.fixture(autouse=True)
def no_saved_states(other: libvirt.virConnect) -> Iterator[None]:
    yield
    for machine in other.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE):
        machine.managedSaveRemove()


@pytest.fixture
def lifecycle(world: World) -> LifecycleService:
    return LifecycleService(world.hosts, world.inventory, world.jobs)


@pytest.fixture
def deletion(world: World) -> DeletionService:
    return DeletionService(world.hosts, world.inventory, world.jobs)


@pytest.fixture
def shared(other: libvirt.virConnect) -> Iterator[str]:
    """A volume for machines to share."""
    pool = other.storagePoolLookupByName("default-pool")
    volume = pool.createXML("<volume><name>shared</name><capacity>1048576</capacity></volume>")
    yield volume.name()
    volume.delete()


def make(conn: libvirt.virConnect, name: str, *, disk: str = "", start: bool = True) -> libvirt.virDomain:
    machine = conn.defineXML(MACHINE.format(name=name, disk=DISK.format(disk) if disk else ""))
    if start:
        machine.create()
    return machine


def write(machine: libvirt.virDomain, inner: str) -> None:
    """As another program does, in this very moment."""
    flags = libvirt.VIR_DOMAIN_AFFECT_CONFIG | (libvirt.VIR_DOMAIN_AFFECT_LIVE if machine.isActive() else 0)
    xml = f"<traits>{inner}</traits>"
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, xml, "vmgui", NAMESPACE, flags)


def why_not(error: Exception | None) -> Refusal | None:
    return error.refusal if isinstance(error, ActionRefused) else None


async def test_many_are_protected_and_freed_as_one_job(
    world: World, definitions: DefinitionIndex, tags: TagsService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b", "c"))
    await world.connected()
    keys = [world.key(name) for name in "ab"]
    for on in (True, False):
        job = await world.jobs.wait(tags.set_protected(keys, on))
        assert (job.kind, job.state) == (JobKind.SET_PROTECTED, JobState.DONE)
        await eventually(lambda on=on: all(definitions.get(key).is_protected is on for key in keys))
        assert not definitions.get(world.key("c")).is_protected


Act = Callable[[LifecycleService, DomainKey], JobId]
ACTS: dict[JobKind, tuple[DomainState, Act]] = {
    JobKind.RESET: (DomainState.RUNNING, lambda service, key: service.reset([key])),
    JobKind.FORCE_OFF: (DomainState.RUNNING, lambda service, key: service.force_off([key])),
    JobKind.DISCARD_SAVED: (DomainState.SAVED, lambda service, key: service.discard_saved([key])),
    JobKind.START_AFRESH: (DomainState.SAVED, lambda service, key: service.start_afresh([key])),
    JobKind.START_NEW_FIRMWARE: (DomainState.OFF, lambda service, key: service.start_new_firmware([key])),
    JobKind.RENAME: (DomainState.OFF, lambda service, key: service.rename(key, "other")),
}


def test_all_that_is_refused_is_tried_here() -> None:
    assert {*ACTS, JobKind.DELETE} == NOT_IF_PROTECTED


@pytest.mark.parametrize("kind", ACTS)
async def test_what_another_program_has_just_protected_is_refused_by_the_job_itself(
    world: World, lifecycle: LifecycleService, other: libvirt.virConnect, kind: JobKind
) -> None:
    state, act = ACTS[kind]
    machine = make(other, "web", start=state is not DomainState.OFF)
    world.add(DEFAULT_URI)
    await world.connected()
    key = await world.seen("web")
    if state is DomainState.SAVED:
        await world.jobs.wait(lifecycle.save([key]))
    await eventually(lambda: world.find("web").state is state)
    write(machine, "<protected>yes</protected>")
    job = await world.jobs.wait(act(lifecycle, key))
    assert job.state is JobState.FAILED
    assert why_not(job.error) is Refusal.PROTECTED
    assert world.find("web").state is state
    assert bool(machine.isActive()) is (state is DomainState.RUNNING)
    assert bool(machine.hasManagedSaveImage()) is (state is DomainState.SAVED)
    write(machine, "")
    job = await world.jobs.wait(act(lifecycle, key))
    # The test driver cannot do all of it; it was asked to.
    assert why_not(job.error) is None


async def test_a_protected_one_is_used_as_any_other(
    world: World,
    lifecycle: LifecycleService,
    definitions: DefinitionIndex,
    tags: TagsService,
    other: libvirt.virConnect,
) -> None:
    write(make(other, "web"), "<protected>yes</protected>")
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [await world.seen("web")]
    for act, state in (
        (lifecycle.pause, DomainState.PAUSED),
        (lifecycle.resume, DomainState.RUNNING),
        (lifecycle.save, DomainState.SAVED),
        (lifecycle.restore, DomainState.RUNNING),
        (lifecycle.shut_down, DomainState.OFF),
        (lifecycle.start, DomainState.RUNNING),
    ):
        job = await world.jobs.wait(act(keys))
        assert job.state is JobState.DONE, (state, job.error)
        await eventually(lambda state=state: world.find("web").state is state)
    assert (await world.jobs.wait(lifecycle.set_autostart(keys, True))).state is JobState.DONE
    assert (await world.jobs.wait(lifecycle.set_notes(keys[0], "Front end"))).state is JobState.DONE
    await eventually(lambda: definitions.get(keys[0]).note == "Front end")
    assert definitions.get(keys[0]).is_protected, "through all of it"


async def test_many_are_forced_off_without_the_protected(
    world: World, lifecycle: LifecycleService, other: libvirt.virConnect
) -> None:
    machines = {name: make(other, name) for name in ("a", "b", "c")}
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [await world.seen(name) for name in machines]
    write(machines["b"], "<protected/>")
    job = await world.jobs.wait(lifecycle.force_off(keys))
    assert job.state is JobState.DONE
    assert [(line.subject, why_not(line.error)) for line in job.log if line.kind is LineKind.SKIPPED] == [
        ("b", Refusal.PROTECTED)
    ]
    assert {name: machine.isActive() for name, machine in machines.items()} == {"a": 0, "b": 1, "c": 0}


@pytest.mark.parametrize("kind", [JobKind.FORCE_OFF, JobKind.DELETE])
async def test_what_cannot_be_read_is_told_and_nothing_is_done(
    world: World,
    lifecycle: LifecycleService,
    deletion: DeletionService,
    other: libvirt.virConnect,
    kind: JobKind,
) -> None:
    machine = make(other, "web")
    world.add(DEFAULT_URI)
    await world.connected()
    key = await world.seen("web")
    write(machine, f"<later>{'x' * 300_000}</later>")
    if kind is JobKind.DELETE:
        job = await world.jobs.wait(deletion.delete(await deletion.plan(key), frozenset()))
    else:
        job = await world.jobs.wait(lifecycle.force_off([key]))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, InvalidConfig)
    assert machine.isActive()
    assert machine.isPersistent()


# Deletion.


async def delete_many(world: World, deletion: DeletionService, *keys: DomainKey) -> Job:
    plans = await deletion.plans(keys)
    return await world.jobs.wait(deletion.delete_many((plan, frozenset()) for plan in plans.plans))


async def test_there_is_no_plan_for_a_protected_one(
    world: World, deletion: DeletionService, other: libvirt.virConnect
) -> None:
    write(make(other, "web"), "<protected/>")
    world.add(DEFAULT_URI)
    await world.connected()
    with pytest.raises(VmguiError) as refused:
        await deletion.plan(await world.seen("web"))
    assert why_not(refused.value) is Refusal.PROTECTED
    assert refused.value.subject == "web"


async def test_many_are_deleted_without_the_protected_and_what_it_needs(
    world: World, deletion: DeletionService, other: libvirt.virConnect, shared: str
) -> None:
    for name in ("doomed", "heir"):
        make(other, name, disk=shared, start=False)
    make(other, "third", start=False)
    write(other.lookupByName("heir"), "<protected/>")
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [await world.seen(name) for name in ("doomed", "heir", "third")]
    plans = await deletion.plans(keys)
    assert [plan.name for plan in plans.plans] == ["doomed", "third"]
    assert plans.protected == (keys[1],)
    assert not plans.left_out
    assert [file.used_by for file in plans.plans[0].files] == [("heir",)], "it stays, and needs its disk"
    job = await delete_many(world, deletion, *keys)
    assert job.state is JobState.DONE
    assert {machine.name() for machine in other.listAllDomains()} == {"heir", "test"}
    only = await deletion.plans(keys[1:2])
    assert (only.plans, only.protected) == ((), (keys[1],))


async def test_what_was_protected_after_the_plan_stays_and_the_others_go(
    world: World, deletion: DeletionService, other: libvirt.virConnect
) -> None:
    machines = {name: make(other, name) for name in ("a", "b")}
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [await world.seen(name) for name in machines]
    plans = await deletion.plans(keys)
    write(machines["b"], "<protected/>")
    job = await world.jobs.wait(deletion.delete_many((plan, frozenset()) for plan in plans.plans))
    assert job.state is JobState.DONE
    assert [(line.subject, why_not(line.error)) for line in job.log if line.kind is LineKind.SKIPPED] == [
        ("b", Refusal.PROTECTED)
    ]
    assert {machine.name() for machine in other.listAllDomains()} == {"b", "test"}
    assert machines["b"].isActive()


@pytest.mark.parametrize("moment", ["before it is forced off", "after it was forced off"])
async def test_what_is_protected_in_the_last_moment_stays(
    world: World,
    deletion: DeletionService,
    other: libvirt.virConnect,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    machine = make(other, "web")
    world.add(DEFAULT_URI)
    await world.connected()
    plan = await deletion.plan(await world.seen("web"))
    if moment == "after it was forced off":
        destroy = hypervisor_lifecycle.destroy

        def destroy_then_protect(conn: Any, uuid: str) -> None:
            destroy(conn, uuid)
            write(machine, "<protected/>")

        monkeypatch.setattr(hypervisor_lifecycle, "destroy", destroy_then_protect)
        job = await world.jobs.wait(deletion.delete(plan, frozenset()))
        assert isinstance(job.error, PartlyDone)
        assert [why_not(error) for _, error in job.error.failed] == [Refusal.PROTECTED]
    else:
        find = deletion._find  # pyright: ignore[reportPrivateUsage]

        async def find_then_protect(*args: Any) -> Any:
            found = await find(*args)
            write(machine, "<protected/>")
            return found

        monkeypatch.setattr(deletion, "_find", find_then_protect)
        job = await world.jobs.wait(deletion.delete(plan, frozenset()))
        assert why_not(job.error) is Refusal.PROTECTED
        assert machine.isActive()
    assert machine.isPersistent()
