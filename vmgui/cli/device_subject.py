"""One device, or what a machine is beside its devices, as a form has it: what is wished of it, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vmgui.cli.device_settings import AnyForm, Reader, machine_form
from vmgui.commands.fields import Answers
from vmgui.commands.hardware import device_marks
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import machine_form as machine_marks
from vmgui.commands.hardware.every import form_of
from vmgui.commands.hardware.form import DeviceForm, MachineForm, Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.errors import InvalidConfig, NotFound
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    HardwareMachine,
    HardwareOffer,
    HardwarePlan,
    Wish,
)
from vmgui.policy.device_values import with_values
from vmgui.policy.hardware_disks import is_drive, source_path
from vmgui.policy.plain_text import visible
from vmgui.words.note import Note
from vmgui.words.say import say


@dataclass(frozen=True, eq=False)
class Subject:
    """A form and what it is about."""

    form: AnyForm
    scene: Scene

    @property
    def id(self) -> str:
        """As it is called; of a new device its kind."""
        return self.scene.listed.id if self.scene.listed is not None else self.form.kind

    @cached_property
    def device(self) -> Any:
        """As it is, or the suggestion for a new one. Raises InvalidConfig where there can be none."""
        if isinstance(self.form, MachineForm):
            return self.scene.machine.values or DomainValues()
        if self.scene.listed is not None:
            return self.scene.kept
        if why_not := forms.why_none(self.form, self.scene):
            raise InvalidConfig(why_not)
        return self.form.fresh(self.scene)

    @cached_property
    def truth(self) -> Answers:
        """What is so."""
        _ = self.device
        if isinstance(self.form, MachineForm):
            return forms.machine_truth(self.form, self.scene)
        return forms.truth(self.form, self.scene)

    def answers(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """All answers, with what is typed by the knobs' names."""
        return Reader(self.form, self.scene, self.truth, self.device).answers(typed)

    def wishes(self, answers: Answers) -> tuple[Wish, ...]:
        """Nothing where it is so already."""
        if isinstance(self.form, MachineForm):
            return forms.machine_wishes(self.form, self.scene, answers)
        return forms.wishes(self.form, self.scene, answers)

    def notes(self, plan: HardwarePlan, answers: Answers) -> Iterable[Note]:
        """What a person is told under the fields."""
        if isinstance(self.form, MachineForm):
            return machine_marks.judge(self.form, self.scene, plan, answers)
        return device_marks.judge(self.form, self.scene, plan, answers)


def files_of(wishes: Iterable[Wish]) -> Iterator[tuple[str, bool]]:
    """Files and devices of the host that a machine is to have and has not now, and whether each is a drive's medium;
    without those that are only made."""
    for wish in wishes:
        before: Any = None
        if isinstance(wish, AddDevice) and wish.volume is None:
            disk = wish.device
        elif isinstance(wish, ChangeDevice):
            before = wish.seen.saved if wish.seen.saved is not None else wish.seen.live
            disk = with_values(before, wish.values)
        else:
            continue
        if isinstance(disk, DiskDevice):
            path = source_path(disk)
            if path and (before is None or source_path(before) != path):
                yield path, is_drive(disk)


def new_device(form: DeviceForm, machine: HardwareMachine, offer: HardwareOffer) -> Subject:
    """One that is to be added."""
    return Subject(form, Scene(machine, offer))


def subject_of(machine: HardwareMachine, offer: HardwareOffer, id_: str) -> Subject:
    """What is called so; raises NotFound, or Unsupported where no form is about it."""
    form = machine_form(id_)
    if form is not None:
        return Subject(form, Scene(machine, offer))
    listed = listed_of(machine, id_)
    found = form_of(listed)
    if found is None:
        words = say("CommandLine", "Devices of this kind are changed in the XML: vmgui xml VM --set FILE.")
        raise InvalidConfig(str(words), subject=listed.id)
    return Subject(found, Scene(machine, offer, listed))


def listed_of(machine: HardwareMachine, id_: str) -> ListedDevice:
    """The device that is called so; raises NotFound."""
    listed = machine.device(id_) or machine.device(id_.lower())
    if listed is None:
        ids = ", ".join(visible(one.id, 60) for one in machine.devices)
        raise NotFound(say("CommandLine", "There are {ids}.").format(ids=ids), subject=id_).unsent()
    return listed
