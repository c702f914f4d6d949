"""`vmgui device add|change|remove`: wishes made by a form's own rules, foreseen or carried out."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import carried_out, named, not_confirmed, titles, told
from vmgui.cli.device_settings import is_secret, key_of, named_knobs
from vmgui.cli.device_subject import Subject, files_of, listed_of, new_device, subject_of
from vmgui.cli.device_told import changes, when_words
from vmgui.cli.verb import DONE, FAILED, Answer, Table, WrongUse
from vmgui.commands.hardware.every import form_of
from vmgui.commands.hardware.form import DeviceForm, Scene, removal
from vmgui.commands.hardware.labels import label
from vmgui.model.edit import Reach, When
from vmgui.model.errors import InvalidConfig, VmguiError
from vmgui.model.hardware import (
    HardwareMachine,
    HardwareOffer,
    HardwarePlan,
    RemoveDevice,
    Wish,
)
from vmgui.model.host import HostState
from vmgui.model.job import JobKind
from vmgui.policy.hardware import plan
from vmgui.policy.lifecycle import refusal, refused
from vmgui.services.background import in_thread
from vmgui.words.hardware import plan_lines
from vmgui.words.hardware_removal import ask
from vmgui.words.note import Level, Note
from vmgui.words.question import Question
from vmgui.words.say import say

if TYPE_CHECKING:
    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.hardware import HardwarePreview
    from vmgui.model.host import Host
    from vmgui.model.job import JobId

FROM_INPUT = "-"
"""Typed for a password that comes from the standard input: the words of a process are seen by others."""


@dataclass(frozen=True, slots=True)
class _Wished:
    """What is wished of a machine; `subject`: the form that it comes from."""

    machine: HardwareMachine
    wishes: tuple[Wish, ...]
    plan: HardwarePlan
    subject: Subject | None = None
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    warnings: tuple[str, ...] = ()
    loses: str = ""  # what goes for good with what is removed


_Wish = Callable[[HardwareMachine, HardwareOffer], Awaitable[_Wished]]


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on one machine."""

    session: Session
    hosts: tuple[Host, ...]
    domain: Domain
    reach: Reach
    is_check: bool
    yes: bool

    async def add(self, form: DeviceForm, typed: Mapping[str, str]) -> Answer:
        """A new device of this kind; `typed`: by the knobs' names."""

        async def wish(machine: HardwareMachine, offer: HardwareOffer) -> _Wished:
            return await self._wished(new_device(form, machine, offer), typed)

        return await self._done(wish, form.tag)

    async def change(self, id_: str, typed: Sequence[tuple[str, str]]) -> Answer:
        """What is called so; raises WrongUse for keys that it does not have."""

        async def wish(machine: HardwareMachine, offer: HardwareOffer) -> _Wished:
            subject = subject_of(machine, offer, id_)
            try:
                texts = named_knobs(subject.form, typed)
            except ValueError as error:
                raise WrongUse(f"vmgui: {error}") from None
            return await self._wished(subject, texts)

        return await self._done(wish)

    async def remove(self, id_: str) -> Answer:
        """Take it out; asks once."""

        async def wish(machine: HardwareMachine, offer: HardwareOffer) -> _Wished:
            listed = listed_of(machine, id_)
            form, scene = form_of(listed), Scene(machine, offer, listed)
            wishes = removal(form, scene)
            loses = form.loses(scene) if form is not None else ""
            return _Wished(machine, wishes, plan(machine, wishes, self.reach), loses=loses)

        return await self._done(wish)

    async def _wished(self, subject: Subject, typed: Mapping[str, str]) -> _Wished:
        secrets = {knob.name for knob in subject.form.knobs if is_secret(knob)}
        asked = [name for name, text in typed.items() if name in secrets and text == FROM_INPUT]
        if asked:
            typed = {**typed, **dict.fromkeys(asked, await _from_input())}
        machine = subject.scene.machine
        subject = await self._beside_others(subject)
        answers = subject.answers(typed)
        wishes = subject.wishes(answers)
        files = tuple(files_of(wishes))
        for path, is_drive in files:
            await self.session.hardware.look_into(self.domain.key, path, drive=is_drive)
        if files:
            # What is in them says in which format they are opened.
            subject = self._anew(subject)
            wishes = subject.wishes(answers)
        made = plan(machine, wishes, self.reach)
        notes = [*subject.notes(made, answers)]
        _check(notes, made)
        warnings = tuple(note.text for note in notes if note.level is Level.WARNING)
        return _Wished(machine, wishes, made, subject, answers, warnings)

    async def _beside_others(self, subject: Subject) -> Subject:
        """Where other machines count, with what they have: their cards' addresses, the host's devices in them."""
        host_id = self.domain.key.host_id
        tag = subject.form.tag if isinstance(subject.form, DeviceForm) else ""
        if tag == "interface":
            await self.session.know_machines(
                host.id for host in self.hosts if host.state is HostState.CONNECTED
            )
        elif tag == "hostdev":
            await self.session.know_machines((host_id,))
        else:
            return subject
        return self._anew(subject)

    def _anew(self, subject: Subject) -> Subject:
        offer = self.session.hardware.offer(self.domain.key)
        return replace(subject, scene=replace(subject.scene, offer=offer))

    async def _done(self, wish: _Wish, added: str = "") -> Answer:
        """`added`: the tag of what is added: what it is called is told afterwards."""
        session, domain, key = self.session, self.domain, self.domain.key
        session.speaker.speak()
        error: Exception | None = None
        wished: _Wished | None = None
        reason = refusal(domain, JobKind.EDIT, session.inventory.hosts[key.host_id])
        if reason is not None:
            error = refused(reason, subject=domain.name)
        else:
            try:
                machine = await session.hardware.look(key)
                wished = await wish(machine, await session.hardware.offered(key, session.timeout_s))
            except (VmguiError, TimeoutError) as raised:
                error = raised
        if self.is_check:
            return await self._foreseen(wished, error)
        if error is None and wished is not None:
            error = _why_impossible(wished.plan)
        if error is not None or wished is None:
            for line in error.detail.split("\n") if isinstance(error, InvalidConfig) else ():
                session.speaker.say(line)
            return await self._carried_out((), {key: _about(error, domain)})
        if not wished.plan.changes:
            return await self._carried_out((), {})
        question = None if self.yes else _question(wished)
        if question is not None and not await session.speaker.confirmed(question):
            return not_confirmed(session, (domain,))
        for line in (*plan_lines(wished.plan, label), *wished.warnings):
            session.speaker.say(line)
        answer = await self._carried_out(wished.wishes, {})
        if added and answer.status == DONE:
            await self._name_new(answer, wished.machine, added)
        return answer

    async def _foreseen(self, wished: _Wished | None, error: Exception | None) -> Answer:
        preview: HardwarePreview | None = None
        if error is None and wished is not None:
            try:
                preview = await self.session.hardware.preview(self.domain.key, wished.wishes, self.reach)
            except (VmguiError, TimeoutError) as raised:
                error = raised
        found: list[dict[str, Any]] = []
        document: dict[str, Any] = {**named(self.session, self.domain), "possible": False, "changes": []}
        document |= {"xml_diff": "", "virsh": []}
        because = [_because(self.session, self.domain, error)] if error is not None else []
        if preview is not None and wished is not None:
            found = changes(wished.subject, preview.plan, wished.answers)
            document["possible"] = preview.plan.is_possible
            document["changes"] = [{**one} for one in found]
            document["xml_diff"] = preview.live_diff + preview.saved_diff
            document["virsh"] = list(preview.virsh)
            impossible = [one for one in found if one["when"] == When.IMPOSSIBLE.value]
            because += [str(one["because"]) for one in impossible if "because" in one]
            for words in wished.warnings:
                self.session.speaker.say(words)
        if because:
            document["because"] = " ".join(because)
        is_well = document["possible"] and not self.session.has_failed(self.hosts)
        return Answer(document, partial(_table, document, found), DONE if is_well else FAILED)

    async def _carried_out(self, wishes: tuple[Wish, ...], errors: Mapping[DomainKey, Exception]) -> Answer:
        key = self.domain.key

        def submit(_keys: tuple[DomainKey, ...]) -> JobId:
            return self.session.hardware.change(key, wishes, self.reach)

        is_so = () if wishes else (key,)
        answer = await carried_out(
            *(self.session, self.hosts, (self.domain,), submit, errors), as_wanted=is_so
        )
        failed = answer.document["results"][0].get("error") if isinstance(answer.document, dict) else None
        if failed and not errors:
            # The reason itself has no room in the table.
            for line in failed["details"].splitlines():
                self.session.speaker.say(line)
        return answer

    async def _name_new(self, answer: Answer, before: HardwareMachine, tag: str) -> None:
        """What the new device is called, where its host tells that."""
        known = {one.id for one in before.devices}
        try:
            machine = await self.session.hardware.look(self.domain.key)
        except (VmguiError, TimeoutError):
            return
        new = [one.id for one in machine.devices if one.kind == tag and one.id not in known]
        if new and isinstance(answer.document, dict):
            answer.document["results"][0]["id"] = new[-1]


def _check(notes: Iterable[Note], made: HardwarePlan) -> None:
    """Raise what the window would not apply; what the plan says against it is told with its changes."""
    blocks = [note for note in notes if note.level.blocks and note.text]
    if blocks and made.is_possible:
        raise InvalidConfig("\n".join(f"{key_of(note.field)}: {note.text}" for note in blocks))


def _why_impossible(made: HardwarePlan) -> Exception | None:
    if made.is_possible:
        return None
    impossible = tuple(change for change in made.changes if change.when is When.IMPOSSIBLE)
    return InvalidConfig("\n".join(plan_lines(HardwarePlan(impossible), label)))


def _about(error: Exception | None, domain: Domain) -> Exception:
    assert error is not None
    return error.about(subject=domain.name) if isinstance(error, VmguiError) else error


def _because(session: Session, domain: Domain, error: Exception) -> str:
    """In a sentence: what is wrong with a setting says that itself."""
    if isinstance(error, InvalidConfig) and error.detail:
        return " ".join(error.detail.split("\n"))
    document = told(session, domain, error)
    return document["text"]


def _question(wished: _Wished) -> Question | None:
    """Of a removal; what goes first, lest it comes back, is none that a person asked for."""
    asked = wished.wishes[-1] if wished.wishes else None
    if not isinstance(asked, RemoveDevice):
        return None
    question = ask(wished.machine, wished.plan.of(asked)[0])
    return replace(question, consequence=" ".join(filter(None, (question.consequence, wished.loses))))


def _table(document: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> Table:
    machine = (document["name"], document["host"])
    rows = [(*machine, one["field"], one["text"], when_words(one)) for one in found]
    if document.get("because") and not rows:
        rows = [(*machine, "", "", document["because"])]
    elif not rows:
        rows = [(*machine, "", "", str(say("CommandLine", "It is so already.")))]
    more = (say("CommandLine", "Setting"), say("CommandLine", "Change"), say("CommandLine", "When"))
    return Table(titles(*more), rows)


async def _from_input() -> str:
    line = await in_thread(sys.stdin.readline)
    return line.rstrip("\n")
