"""What the form of the Hardware tab is about: one device, one that is to be added, or the machine itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vmgui.commands.fields import Answers, Field
from vmgui.commands.hardware import device_marks, every, form, machine_form
from vmgui.commands.hardware.form import DeviceForm, Knob, MachineForm, Scene
from vmgui.commands.hardware.labels import label
from vmgui.commands.hardware.tab import PLACE
from vmgui.model.edit import Reach, When
from vmgui.model.errors import NotFound
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwarePlan, Wish
from vmgui.model.job import JobId, JobState
from vmgui.policy import hardware
from vmgui.policy.lifecycle import Refusal
from vmgui.services.hardware import HardwareService
from vmgui.services.jobs import JobService
from vmgui.ui.hardware.items import DEVICE, MACHINE, NEW, id_of
from vmgui.ui.hardware.reading import HardwareReading, Read
from vmgui.ui.kit.draft import Drafts, MachinePart
from vmgui.ui.kit.draft_subject import Draft, Subject
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.preview import PreviewText
from vmgui.ui.kit.section import Row, Section
from vmgui.words import hardware as words
from vmgui.words.errors import ErrorText, explain
from vmgui.words.mark import Mark
from vmgui.words.note import Note
from vmgui.words.refusals import refusal_words
from vmgui.words.say import say

_NOTHING_TO_CHANGE = say("HardwareTab", "There is nothing to change about this device.")
AnyForm = DeviceForm | MachineForm


class _Unlike:
    """Equals no answer: what is to be added differs from what is so until it is added or discarded."""

    def __repr__(self) -> str:
        return "not there yet"


UNLIKE = _Unlike()


@dataclass(frozen=True, slots=True)
class Known:
    """One item as it was read. `why_not`: why it cannot be changed; None: it can."""

    form: AnyForm
    scene: Scene
    is_new: bool = False
    why_not: Refusal | None = None


class HardwareSubject(Subject[Known]):
    """Its targets are `MachinePart`s of the machine that `reading` reads."""

    chips = form.CHIPS

    def __init__(self, service: HardwareService, jobs: JobService, reading: HardwareReading) -> None:
        self._service, self._jobs, self._reading = service, jobs, reading
        self._under_way: dict[MachinePart, JobId] = {}
        # Of what was to be added: the job, and the devices that were there before, of which kind it is.
        self._added: dict[MachinePart, tuple[JobId, frozenset[str], str]] = {}
        self._planned: tuple[HardwareMachine, tuple[Wish, ...], HardwarePlan] | None = None

    def takes(self, key: Target) -> bool:
        return isinstance(key, MachinePart) and self._reading.is_known(key.of) and self._form(key) is not None

    async def look(self, key: Target) -> Known:
        assert isinstance(key, MachinePart)
        job = self._jobs.jobs.get(self._under_way.get(key, -1))
        # What was read before its end may not have all that it did.
        anew = key in self._under_way
        if job is None or job.state.is_final:
            self._under_way.pop(key, None)
        read = await self._reading.look(key.of, anew=anew)
        known = self._of(key, read)
        if known is None:
            raise NotFound("the device is gone", subject=key.id.partition(":")[2])
        return known

    def known(self, key: Target) -> Known | None:
        assert isinstance(key, MachinePart)
        read = self._reading.current(key.of)
        return self._of(key, read) if read is not None and key not in self._under_way else None

    def kept(self, key: MachinePart) -> Known | None:
        """As it was read last, while it is read again, too."""
        read = self._reading.kept(key.of)
        return self._of(key, read) if read is not None else None

    def _of(self, key: MachinePart, read: Read) -> Known | None:
        found = self._form(key)
        if found is None:
            return None
        listed = read.machine.device(key.id.removeprefix(DEVICE)) if key.id.startswith(DEVICE) else None
        scene = Scene(read.machine, read.offer, listed)
        return Known(found, scene, key.id.startswith(NEW), read.why_not)

    def came_of(self, key: MachinePart, machine: HardwareMachine) -> str:
        """The id of the device that was added as this one; empty: none was."""
        job_id, before, tag = self._added.get(key, (-1, frozenset[str](), ""))
        job = self._jobs.jobs.get(job_id)
        if job is None or job.state is not JobState.DONE:
            return ""
        return next((one.id for one in machine.devices if one.kind == tag and one.id not in before), "")

    def concerns(self, key: Target, news: object) -> bool:
        return True

    def rows(self, truth: Known) -> tuple[Row | Section, ...]:
        return rows_of(truth.form, truth.scene)

    def offers(self, truth: Known) -> Mapping[str, Any]:
        return form.offers(truth.form.knobs, truth.scene, self.first(truth))

    def answers(self, truth: Known) -> Answers:
        if truth.is_new:
            return {knob.name: UNLIKE for knob in _asked(truth)}
        return self.first(truth)

    def first(self, truth: Known) -> Answers:
        """What the form shows first; of what is to be added that is a suggestion."""
        if isinstance(truth.form, MachineForm):
            return form.machine_truth(truth.form, truth.scene)
        return form.truth(truth.form, truth.scene)

    def refused(self, truth: Known) -> str:
        """Why what is to be added cannot be; empty: it can."""
        return (
            form.why_none(truth.form, truth.scene)
            if truth.is_new and isinstance(truth.form, DeviceForm)
            else ""
        )

    def fresh_draft(self, truth: Known) -> Draft[Known]:
        """That of something that is to be added, with what is suggested."""
        first = self.first(truth)
        return Draft(first, dict.fromkeys(first, truth))

    def completed(self, draft: Draft[Known], truth: Known) -> Draft[Known]:
        """With what is suggested for what was not asked before."""
        first = self.first(truth)
        if first.keys() <= draft.answers.keys():
            return draft
        return Draft({**first, **draft.answers}, {**dict.fromkeys(first, truth), **draft.bases})

    def tend(self, drafts: Drafts[Draft[Known]], read: Read) -> None:
        """Leave none of what is gone; one about what is to be added has an answer for all that is asked."""
        for key in drafts.keys(PLACE):
            if not isinstance(key, MachinePart) or key.of != read.key:
                continue
            if key.id.startswith(DEVICE) and read.machine.device(key.id.removeprefix(DEVICE)) is None:
                drafts.forget(PLACE, key)
            known = self.known(key) if key.id.startswith(NEW) else None
            draft = drafts.get(PLACE, key)
            if known is not None and draft is not None:
                drafts.keep(PLACE, key, self.completed(draft, known))

    def why_not(self, truth: Known) -> str:
        if truth.why_not is not None:
            return refusal_words(truth.why_not)
        if not truth.is_new and not _asked(truth):
            return str(_NOTHING_TO_CHANGE)
        return self.refused(truth)

    def judge(self, truth: Known, answers: Answers) -> Iterable[Note]:
        if self.why_not(truth):
            return ()
        plan = self._plan(truth, answers)
        if isinstance(truth.form, MachineForm):
            return machine_form.judge(truth.form, truth.scene, plan, answers)
        said = device_marks.judge(truth.form, truth.scene, plan, answers)
        return [*said, *_of_the_new(plan)] if truth.is_new else said

    def marks(self, truth: Known, answers: Answers) -> Sequence[Mark]:
        plan = self._plan(truth, answers)
        if isinstance(truth.form, MachineForm):
            found = machine_form.marks(truth.form, truth.scene, plan, answers)
        else:
            found = device_marks.marks(truth.form, truth.scene, plan, answers)
        if truth.why_not is None:
            return [replace(mark, can_hasten=_can_hasten(truth, mark)) for mark in found]
        # Nothing can be done: what is answered applies at no time, what is pending stays so.
        held = (replace(mark, can_revert=False, can_hasten=False) for mark in found)
        return [mark if mark.pending else replace(mark, chip="") for mark in held]

    def summary(self, truth: Known, answers: Answers) -> str:
        if truth.why_not is not None:
            return str(say("HardwareTab", "Changes kept until they can be applied"))
        plan = self._plan(truth, answers)
        said = words.plan_words(plan, label) or str(say("HardwareTab", "Nothing changes"))
        later = (change for change in plan.changes if change.when is When.NEXT_START)
        added = next((change for change in later if isinstance(change.wish, AddDevice)), None)
        why = words.reason_words(added) if added is not None else ""
        # Of a device that is there each field says why.
        return say("HardwareTab", "{changes}: {reason}").format(changes=said, reason=why) if why else said

    def overtaken(self, base: Known, truth: Known, name: str) -> str:
        if truth.is_new:
            return ""
        if isinstance(truth.form, MachineForm):
            return machine_form.overtaken(truth.form, base.scene, truth.scene, name)
        return form.overtaken(truth.form, base.scene, truth.scene, name)

    def revert(self, key: Target, truth: Known, name: str) -> JobId | None:
        if isinstance(truth.form, MachineForm):
            wishes = machine_form.reverted(truth.form, truth.scene, name)
        else:
            wishes = form.reverted(truth.form, truth.scene, name)
        return self._change(key, wishes, Reach.NEXT_START) if wishes else None

    def hasten(self, key: Target, truth: Known, name: str) -> JobId | None:
        wishes = _hastened(truth, name)
        return self._change(key, wishes, Reach.NOW) if wishes else None

    def apply(self, key: Target, truth: Known, bases: Mapping[str, Known], answers: Answers) -> JobId:
        # What others did under the draft was asked about: what is so now was seen.
        job_id = self._change(key, self._wishes(truth, answers), Reach.BOTH)
        if truth.is_new and isinstance(truth.form, DeviceForm) and isinstance(key, MachinePart):
            before = frozenset(one.id for one in truth.scene.machine.devices)
            self._added[key] = job_id, before, truth.form.tag
        return job_id

    async def preview(self, key: Target, truth: Known, answers: Answers) -> PreviewText:
        assert isinstance(key, MachinePart)
        found = await self._service.preview(key.of, self._wishes(truth, answers))
        return PreviewText(
            tuple(words.plan_lines(found.plan, label)), found.live_diff, found.saved_diff, found.virsh
        )

    def explain(self, key: Target, error: BaseException) -> ErrorText:
        assert isinstance(key, MachinePart)
        return explain(error, *self._reading.names(key.of))

    def _form(self, key: MachinePart) -> AnyForm | None:
        if key.id.startswith(MACHINE):
            return next((one for one in every.MACHINE if id_of(one) == key.id), None)
        if key.id.startswith(NEW):
            return next((one for one in every.DEVICES if NEW + one.kind == key.id), None)
        read = self._reading.kept(key.of)
        listed = read.machine.device(key.id.removeprefix(DEVICE)) if read is not None else None
        return every.form_of(listed) if listed is not None else None

    def _wishes(self, truth: Known, answers: Answers) -> tuple[Wish, ...]:
        if isinstance(truth.form, MachineForm):
            return form.machine_wishes(truth.form, truth.scene, answers)
        return form.wishes(truth.form, truth.scene, answers)

    def _change(self, key: Target, wishes: Sequence[Wish], reach: Reach) -> JobId:
        assert isinstance(key, MachinePart)
        job_id = self._service.change(key.of, wishes, reach)
        self._under_way[key] = job_id
        return job_id

    def _plan(self, truth: Known, answers: Answers) -> HardwarePlan:
        """Judged, marked and summed up with each letter that is typed: the last one is kept."""
        machine, asked = truth.scene.machine, self._wishes(truth, answers)
        if self._planned is None or self._planned[0] is not machine or self._planned[1] != asked:
            self._planned = machine, asked, hardware.plan(machine, asked)
        return self._planned[2]


def _of_the_new(plan: HardwarePlan) -> Iterable[Note]:
    """Why it cannot be added, said beside the button."""
    for change in plan.changes:
        if isinstance(change.wish, AddDevice) and change.when is When.IMPOSSIBLE:
            yield Note("", words.why_sentence(change) or str(say("HardwareTab", "It cannot be added.")))


def rows_of(form_: AnyForm, scene: Scene) -> tuple[Field, ...]:
    """The fields of a form. What is rarely needed is last: nothing that is always there stands under what unfolds."""
    fields = (replace(knob.field, folded=True) if knob.folded else knob.field for knob in form_.asked(scene))
    return tuple(sorted(fields, key=lambda field: field.folded))


def _asked(truth: Known) -> tuple[Knob, ...]:
    return truth.form.asked(truth.scene)


def _hastened(truth: Known, name: str) -> tuple[Wish, ...]:
    """What makes of the running machine what is pending of one field of a device."""
    listed = truth.scene.listed
    if isinstance(truth.form, MachineForm) or listed is None or listed.live is None or listed.saved is None:
        return ()
    knob = truth.form.knob(name)
    values = knob.values(listed.live, knob.answer(listed.saved))
    return (ChangeDevice(listed.id, tuple(values.items()), listed),)


def _can_hasten(truth: Known, mark: Mark) -> bool:
    """Only what is pending and is answered no other way, and can be so while the machine runs."""
    if not mark.can_revert:
        return False
    wishes = _hastened(truth, mark.field)
    changes = hardware.plan(truth.scene.machine, wishes, Reach.NOW).changes if wishes else ()
    return bool(changes) and all(change.when is When.NOW for change in changes)
