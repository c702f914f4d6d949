"""Machines' tags, folders and protection, changed as jobs; what they are is in the index of definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.hypervisor.tags import change_tags
from vmgui.model.domain import DomainKey
from vmgui.model.job import JobId, JobKind
from vmgui.model.tags import TagsChange
from vmgui.services.batch import Batch, Sign, Step
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService


class TagsService:
    """Tags of all machines of all hosts; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        definitions: DefinitionIndex,
        sign: Sign | None = None,
    ) -> None:
        """`sign`: makes a call that changes a definition, and tells that this program did (EditService.signed)."""
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._definitions = definitions
        self._sign = sign

    def tags(self) -> Counter[str]:
        """The tags in use on all hosts, and how often."""
        return Counter(tag for definition in self._definitions.all() for tag in definition.tags)

    def folders(self) -> Counter[str]:
        """The folders in use on all hosts, and how often."""
        return Counter(definition.folder for definition in self._definitions.all() if definition.folder)

    def change_tags(self, changes: Mapping[DomainKey, TagsChange]) -> JobId:
        """Change tags and folders, as one job; the machines may run or be off."""
        return self._change(JobKind.SET_TAGS, changes)

    def set_protected(self, keys: Iterable[DomainKey], on: bool) -> JobId:
        """Protect them from deletion, force off and what else would lose something, or do so no longer; one job."""
        return self._change(JobKind.SET_PROTECTED, dict.fromkeys(keys, TagsChange(is_protected=on)))

    def _change(self, kind: JobKind, changes: Mapping[DomainKey, TagsChange]) -> JobId:
        async def act(key: DomainKey, _context: JobContext) -> None:
            def call(conn: Any, uuid: str) -> None:
                change_tags(conn, uuid, changes[key])

            if self._sign is not None:
                await self._sign(key, call)
            else:
                await self._hosts.connection(key.host_id).run(call, key.uuid)
            # Not every host tells of it.
            self._definitions.read_again(key.host_id, (key.uuid,))

        return Batch(self._hosts, self._inventory, self._jobs, Step(kind, act), tuple(changes)).submit()
