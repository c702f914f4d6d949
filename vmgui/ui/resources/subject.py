"""What the Resources tab is about: a machine as its host has it now, and what answers do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from vmgui.commands import edits, lifecycle
from vmgui.commands.command import MachineCommand
from vmgui.commands.fields import Answers
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.edit import EditedMachine, Plan, Reach, Remedy, Values
from vmgui.model.errors import HostUnreachable
from vmgui.model.job import JobId, JobKind
from vmgui.policy import edit, edit_pending
from vmgui.policy.lifecycle import Refusal, refusal
from vmgui.services.edits import EditService, Wish
from vmgui.services.inventory import Inventory
from vmgui.ui.kit.draft_subject import Subject
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.preview import PreviewText
from vmgui.ui.kit.section import Row, Section
from vmgui.words import edits as words
from vmgui.words.errors import ErrorText, explain
from vmgui.words.mark import Mark
from vmgui.words.note import Note
from vmgui.words.refusals import refusal_words

CarryOut = Callable[[MachineCommand, tuple[DomainKey, ...]], object]
"""A command of the window, with its question."""

_COMMANDS = {Remedy.START: lifecycle.START, Remedy.DISCARD_SAVED: lifecycle.DISCARD_SAVED}


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a machine, what others have of its host, and why it cannot be changed; None: it can."""

    machine: EditedMachine
    use: edits.HostUse
    why_not: Refusal | None = None


class ResourcesSubject(Subject[Known]):
    """Of one machine after the other."""

    chips = edits.CHIPS

    def __init__(self, service: EditService, inventory: Inventory, carry_out: CarryOut) -> None:
        self._service, self._inventory, self._carry_out = service, inventory, carry_out
        self._kept: tuple[DomainKey, Known] | None = None  # for when its host cannot be asked
        self._read_at: tuple[object, ...] = ()  # what was so in the inventory when it was last read
        self._planned: tuple[EditedMachine, Values, Plan] | None = None

    def takes(self, key: Target) -> bool:
        return isinstance(key, DomainKey) and key in self._inventory.domains

    async def look(self, key: Target) -> Known:
        assert isinstance(key, DomainKey)
        self._read_at, why_not = self._place(key), self._why_not(key)
        if why_not is Refusal.HOST_OFFLINE:
            if self._kept is None or self._kept[0] != key:
                raise HostUnreachable("not connected")
            return replace(self._kept[1], why_not=why_not)
        machine = await self._service.look(key)
        domains = self._inventory.domains_of(key.host_id)
        use = edits.host_use(domains, key)
        known = Known(machine, use, self._why_not(key))
        self._kept = key, known
        return known

    def concerns(self, key: Target, news: object) -> bool:
        """News are of the machine's watch, or of its host: only whether that can be asked counts."""
        return not isinstance(news, ChangeSet) or self._place(key) != self._read_at

    def rows(self, truth: Known) -> tuple[Row | Section, ...]:
        return (
            *edits.sliders(truth.machine),
            *(
                Section(part.name, part.title, part.fields, of=part.of, late=True)
                for part in edits.parts(truth.machine)
            ),
        )

    def offers(self, truth: Known) -> Mapping[str, Any]:
        return edits.offers(truth.machine, truth.use)

    def answers(self, truth: Known) -> Answers:
        return edits.truth(truth.machine)

    def why_not(self, truth: Known) -> str:
        return refusal_words(truth.why_not) if truth.why_not is not None else ""

    def judge(self, truth: Known, answers: Answers) -> Iterable[Note]:
        return () if truth.why_not is not None else edits.judge(self._plan(truth, answers))

    def marks(self, truth: Known, answers: Answers) -> Sequence[Mark]:
        found = edits.marks(truth.machine, self._plan(truth, answers))
        if truth.why_not is None:
            return found
        # Nothing can be done: what is answered applies at no time, what is pending stays so.
        held = (replace(mark, can_revert=False, can_hasten=False) for mark in found)
        return [mark if mark.pending else replace(mark, chip="") for mark in held]

    def summary(self, truth: Known, answers: Answers) -> str:
        plan = self._plan(truth, answers)
        return words.plan_words(plan) if truth.why_not is None else words.kept_words(plan)

    def overtaken(self, base: Known, truth: Known, name: str) -> str:
        return edits.overtaken(base.machine, truth.machine, name)

    def mended(self, key: Target, truth: Known, answers: Answers, name: str) -> Answers | None:
        assert isinstance(key, DomainKey)
        found = edits.mended(truth.machine, answers, name)
        if isinstance(found, Remedy):
            self._carry_out(_COMMANDS[found], (key,))
            return None
        return found

    def revert(self, key: Target, truth: Known, name: str) -> JobId | None:
        values = edit_pending.reverted(truth.machine, edits.key_of(name))
        return self._change(key, values, Reach.NEXT_START, truth) if values else None

    def hasten(self, key: Target, truth: Known, name: str) -> JobId | None:
        values = edit_pending.hastened(truth.machine, edits.key_of(name))
        return self._change(key, values, Reach.NOW, truth) if values else None

    def apply(self, key: Target, truth: Known, bases: Mapping[str, Known], answers: Answers) -> JobId:
        return self._change(key, edits.wishes(truth.machine, answers), Reach.BOTH, truth, bases)

    async def preview(self, key: Target, truth: Known, answers: Answers) -> PreviewText:
        assert isinstance(key, DomainKey)
        found = await self._service.preview(key, edits.wishes(truth.machine, answers))
        said = tuple(words.plan_lines(found.plan))
        return PreviewText(said, found.live_diff, found.saved_diff, found.virsh)

    def explain(self, key: Target, error: BaseException) -> ErrorText:
        assert isinstance(key, DomainKey)
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        names = [one.name if one is not None else "" for one in (domain, host)]
        return explain(error, *names)

    def _change(
        self,
        key: Target,
        values: Values,
        reach: Reach,
        truth: Known,
        bases: Mapping[str, Known] = MappingProxyType({}),
    ) -> JobId:
        """`bases`: what was seen of each field; of others that is `truth`."""
        assert isinstance(key, DomainKey)
        seen = ((one, bases.get(edits.name_of(one), truth).machine) for one in values)
        base = tuple(row for one, machine in seen for row in edit.base(machine, (one,)))
        return self._service.change({key: Wish(values, base, reach)})

    def _plan(self, truth: Known, answers: Answers) -> Plan:
        """Judged, marked and summed up with each letter that is typed: the last one is kept."""
        asked = edits.wishes(truth.machine, answers)
        if self._planned is None or self._planned[0] is not truth.machine or self._planned[1] != asked:
            self._planned = truth.machine, asked, edit.plan(truth.machine, asked)
        return self._planned[2]

    def _place(self, key: Target) -> tuple[object, ...]:
        """What of the inventory says that a machine is to be read again."""
        assert isinstance(key, DomainKey)
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        return key, domain, host is not None and host.state, self._why_not(key)

    def _why_not(self, key: DomainKey) -> Refusal | None:
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        if host is None or domain is None:
            return Refusal.HOST_OFFLINE
        return refusal(domain, JobKind.EDIT, host)
