"""Tags and folders, written as one job."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.definition import NO_DEFINITION
from vmgui.model.domain import DomainKey
from vmgui.model.errors import PermissionDenied
from vmgui.model.job import JobState
from vmgui.model.tags import TagsChange
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.tags import TagsService


@pytest.fixture
def tags(world: World, definitions: DefinitionIndex) -> TagsService:
    return TagsService(world.hosts, world.inventory, world.jobs, definitions)


async def test_tags_are_written_seen_and_counted(
    world: World, definitions: DefinitionIndex, tags: TagsService, test_driver: Callable[..., str]
) -> None:
    news: list[frozenset[DomainKey]] = []
    definitions.changed.subscribe(news.append)
    world.add(test_driver("a", "b", "c"))
    await world.connected()
    keys = [world.key(name) for name in "abc"]
    job = await world.jobs.wait(
        tags.change_tags({key: TagsChange(add=("web",), folder="shop") for key in keys[:2]})
    )
    assert job.state is JobState.DONE
    await eventually(lambda: tags.tags() == {"web": 2} and tags.folders() == {"shop": 2})
    assert {key for told in news for key in told} == set(keys[:2])
    assert definitions.get(keys[2]) == NO_DEFINITION


async def test_a_read_only_host_refuses(
    world: World, tags: TagsService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"), read_only=True)
    await world.connected()
    job = await world.jobs.wait(tags.change_tags({world.key("a"): TagsChange(add=("web",))}))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, PermissionDenied)
