"""Edits as jobs: one after the other for each machine, and told to who keeps the history."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.helpers.world import World
from vmgui.hypervisor import edits as engine
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Setting, SettingKey
from vmgui.model.errors import Busy, ChangedMeanwhile, InvalidConfig, PartlyDone, PermissionDenied
from vmgui.model.job import JobKind, JobState
from vmgui.policy.edit import base
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import Defined, EditService, Wish

VCPUS_MAX = SettingKey(Setting.VCPUS_MAX)
MEMORY_MAX = SettingKey(Setting.MEMORY_MAX_KIB)


@pytest.fixture
def edits(world: World, definitions: DefinitionIndex) -> EditService:
    return EditService(world.hosts, world.inventory, world.jobs, definitions)


@pytest.fixture
def told(edits: EditService) -> list[Defined]:
    found: list[Defined] = []
    edits.defined.subscribe(found.append)
    return found


async def wish(edits: EditService, key: DomainKey, vcpus_max: int) -> Wish:
    wishes = {VCPUS_MAX: vcpus_max}
    return Wish(wishes, base(await edits.look(key), wishes))


async def test_many_are_changed_as_one_job_with_a_result_for_each(
    world: World, edits: EditService, told: list[Defined], test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b", "c"))
    await world.connected()
    keys = [world.key(name) for name in "abc"]
    wishes = {key: await wish(edits, key, count) for key, count in zip(keys, (4, 1, 2), strict=True)}
    job = await world.jobs.wait(edits.change(wishes))
    assert job.kind is JobKind.EDIT
    # Of two CPUs the second would have less than it uses; the third is so already.
    assert isinstance(job.error, PartlyDone)
    assert (set(job.error.done), [name for name, _ in job.error.failed]) == ({"a", "c"}, ["b"])
    assert isinstance(job.error.failed[0][1], InvalidConfig)
    assert [(one.key, one.plan is not None) for one in told] == [(keys[0], True)]
    assert ">4</vcpu>" in told[0].after
    assert ">4</vcpu>" not in told[0].before


async def test_a_text_is_defined_from_what_was_shown(
    world: World, edits: EditService, told: list[Defined], test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"))
    await world.connected()
    key = world.key("a")
    text = await edits.text(key, saved=True)
    other = text.replace("<memory", "<title>ours</title><memory", 1)
    job = await world.jobs.wait(edits.define(key, other, text))
    assert (job.kind, job.state) == (JobKind.DEFINE, JobState.DONE)
    assert [one.plan for one in told] == [None]
    job = await world.jobs.wait(edits.define(key, text, text))
    assert isinstance(job.error, ChangedMeanwhile)
    assert len(told) == 1


async def test_who_holds_the_definition_is_waited_for(
    world: World, edits: EditService, told: list[Defined], test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b"))
    await world.connected()
    keys = [world.key(name) for name in "ab"]
    wishes = {key: await wish(edits, key, 4) for key in keys}
    assert edits.lock(keys[0]) is not edits.lock(keys[1])
    async with edits.lock(keys[0]):
        held = edits.change({keys[0]: wishes[keys[0]]})
        # The other machine's is over while this one has not begun.
        await world.jobs.wait(edits.change({keys[1]: wishes[keys[1]]}))
        assert [one.key for one in told] == [keys[1]]
        assert not world.jobs.jobs[held].state.is_final
    await world.jobs.wait(held)
    assert [one.key for one in told] == [keys[1], keys[0]]


async def test_two_from_the_same_look_do_not_overwrite_each_other(
    world: World, edits: EditService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"))
    await world.connected()
    key = world.key("a")
    wishes = [await wish(edits, key, count) for count in (4, 5)]
    jobs = await asyncio.gather(*(world.jobs.wait(edits.change({key: one})) for one in wishes))
    assert sorted(job.state.value for job in jobs) == ["done", "failed"]
    assert {type(job.error) for job in jobs} == {type(None), ChangedMeanwhile}


async def test_a_preview_needs_no_job(
    world: World, edits: EditService, told: list[Defined], test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"))
    await world.connected()
    preview = await edits.preview(world.key("a"), {VCPUS_MAX: 4})
    assert ">4</vcpu>" in preview.saved_diff
    assert not world.jobs.jobs
    assert not told


async def test_a_read_only_host_refuses(
    world: World, edits: EditService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"), read_only=True)
    await world.connected()
    key = world.key("a")
    text = await edits.text(key, saved=True)
    jobs = (edits.change({key: await wish(edits, key, 4)}), edits.define(key, text, text))
    for job in [await world.jobs.wait(job) for job in jobs]:
        assert isinstance(job.error, PermissionDenied)


async def test_what_a_migration_may_have_left_behind_is_no_success(
    world: World,
    edits: EditService,
    told: list[Defined],
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It began while the machine was being defined; the test driver has none, so it is said to."""
    world.add(test_driver("a"))
    await world.connected()
    key = world.key("a")
    one = await wish(edits, key, 4)
    answers = iter((False, True, False, True))
    monkeypatch.setattr(engine, "is_migrating", lambda _domain: next(answers))
    job = await world.jobs.wait(edits.change({key: one}))
    assert isinstance(job.error, Busy)
    assert [">4</vcpu>" in it.after for it in told] == [True]
    text = await edits.text(key, saved=True)
    job = await world.jobs.wait(edits.define(key, text.replace(">4</vcpu>", ">5</vcpu>"), text))
    assert isinstance(job.error, Busy)
    assert len(told) == 2
