"""Every form about hardware has a field on the screen for each of its knobs, which shows what is so and no more."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import partial

import pytest

from tests.lab import hardware_cases
from tests.lab.hardware_cases.case import Case
from tests.unit.commands.hardware import device_scene, machine_scene
from vmgui.commands.fields import Answers
from vmgui.commands.hardware import device_marks, every, machine_form
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import DeviceForm, MachineForm, Scene
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwarePlan
from vmgui.ui.hardware.subject import rows_of
from vmgui.ui.kit.form import Form
from vmgui.words.note import Note

pytestmark = pytest.mark.usefixtures("qapp")
NOTHING = HardwarePlan(())


def _cases() -> Iterator[Case]:
    for module in pkgutil.iter_modules(hardware_cases.__path__):
        found = importlib.import_module(f"{hardware_cases.__name__}.{module.name}")
        yield from getattr(found, "CASES", ())


def _made(form: DeviceForm, at: Scene) -> Form:
    truth = forms.truth(form, at)
    return Form(
        "f",
        rows_of(form, at),
        judge=lambda answers: device_marks.judge(form, at, NOTHING, answers),
        roomy=True,
        chips=forms.CHIPS,
        offers=forms.offers(form.knobs, at, truth),
        answers=truth,
    )


def _is_whole(of: DeviceForm, at: Scene) -> None:
    form, truth = _made(of, at), forms.truth(of, at)
    assert form.controls.keys() == {knob.name for knob in of.asked(at)}, of.kind
    assert form.answers() == truth, of.kind
    form.open_as(["more"])
    assert form.answers() == truth, of.kind
    form.deleteLater()


# One test for all of them: most of what one costs is not the forms.


def test_each_that_can_be_added() -> None:
    at = device_scene.scene()
    for of in every.DEVICES:
        if not forms.why_none(of, at):
            _is_whole(of, at)


def test_each_that_is_there() -> None:
    cases = [case for case in _cases() if case.device is not None]
    assert {case.kind for case in cases} == {of.kind for of in every.DEVICES}
    for case in cases:
        of, at = device_scene.about(case.device)
        assert of.kind == case.kind
        _is_whole(of, at)


def test_the_machine_itself() -> None:
    at = machine_scene.scene(DomainValues(arch="x86_64", machine="q35", domain_type="kvm"))
    for of in every.MACHINE:
        truth = forms.machine_truth(of, at)
        form = Form(
            "f",
            rows_of(of, at),
            judge=partial(_judge_machine, of, at),
            roomy=True,
            chips=forms.CHIPS,
            offers=forms.offers(of.knobs, at, truth),
            answers=truth,
        )
        assert form.controls.keys() == truth.keys(), of.kind
        assert form.answers() == truth, of.kind
        form.deleteLater()


def _judge_machine(of: MachineForm, at: Scene, answers: Answers) -> list[Note]:
    return machine_form.judge(of, at, NOTHING, answers)


def test_what_is_rarely_needed_is_last() -> None:
    for of in (*every.DEVICES, *every.MACHINE):
        folded = [row.folded for row in rows_of(of, device_scene.scene())]
        assert folded == sorted(folded), of.kind
        assert not folded[0], of.kind
