"""Each form about hardware, each of its fields, on real hosts: see hardware_forms.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lab.fixtures import clean, give_up
from tests.lab.hardware_cases.case import Case
from tests.lab.hardware_forms import (
    Bench,
    cases,
    device_form,
    form_of,
    name_of,
    try_answer,
    try_fresh,
    try_refused,
    try_running,
)
from tests.lab.lab import Lab
from tests.lab.plan import LabUnavailable
from vmgui.commands.fields import Secret
from vmgui.commands.hardware.every import DEVICES
from vmgui.commands.hardware.form import DeviceForm, MachineForm
from vmgui.hypervisor import event_loop

CASES = cases()
# Of these also the running machine is tried by default: what people change most while it runs.
QUICK = frozenset({"interface"})
HOSTS = "acd"
# The lab has no IOMMU, and the machine that is tried no SPICE display.
NOTHING_TO_ADD = frozenset({"pci", "redirdev"})


def on_host(letter: str, *values: object, name: str, long: bool = False) -> object:
    """A try there; the newer ones are asked with --long only."""
    marks = pytest.mark.long if long or letter != "a" else ()
    return pytest.param(letter, *values, id=f"{name}-host-{letter}", marks=marks)


@pytest.fixture(scope="module")
def lab_host(lab: Lab, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """One host for all; its name is the one by which the lab builds what it needs."""
    try:
        host = lab.host(request.param)
    except LabUnavailable as error:
        give_up(str(error))
        raise
    event_loop.start()
    with host.connect() as conn:
        yield Bench(host, conn)
    clean(host)


def has(letter: str, case: Case) -> bool:
    return not case.hosts or letter in case.hosts


def of_each(answers: str) -> list[object]:
    return [
        on_host(letter, case, name, name=f"{name_of(case)}-{name}")
        for letter in HOSTS
        for case in CASES
        if has(letter, case)
        for name in getattr(case, answers)
    ]


@pytest.mark.parametrize(("lab_host", "case", "name"), of_each("answers"), indirect=["lab_host"])
def test_an_answer_is_read_back_and_all_else_is_as_it_was(lab_host: Bench, case: Case, name: str) -> None:
    try_answer(lab_host, case, name)


@pytest.mark.parametrize(("lab_host", "case", "name"), of_each("fails"), indirect=["lab_host"])
def test_a_wrong_answer_is_refused(lab_host: Bench, case: Case, name: str) -> None:
    try_refused(lab_host, case, name)


@pytest.mark.parametrize(("lab_host", "form"), [
    on_host(letter, form, name=form.kind) for letter in HOSTS for form in DEVICES
], indirect=["lab_host"])  # fmt: skip
def test_a_new_device_is_added_and_removed(lab_host: Bench, form: DeviceForm) -> None:
    case = next((case for case in CASES if case.kind == form.kind), None)
    why = try_fresh(lab_host, form, case)
    assert bool(why) is (form.kind in NOTHING_TO_ADD), why


@pytest.mark.parametrize(("lab_host", "case"), [
    on_host(letter, case, name=name_of(case), long=case.kind not in QUICK)
    for letter in HOSTS
    for case in CASES
    if case.starts and has(letter, case)
], indirect=["lab_host"])  # fmt: skip
def test_what_applies_now_is_so_now(lab_host: Bench, case: Case) -> None:
    try_running(lab_host, case)


@pytest.mark.parametrize("kind", dict.fromkeys(case.kind for case in CASES))
def test_every_field_is_tried(kind: str) -> None:
    """Where several kinds ask the same of a value, of one of them is enough."""
    tried = {
        (name, knob.path)
        for case in CASES
        for name in case.answers
        for knob in form_of(case).knobs
        if knob.name == name
    }
    form = form_of(next(case for case in CASES if case.kind == kind))
    # No password is ever read back: those have tests of their own.
    asked = (knob for knob in form.knobs if not isinstance(knob.field, Secret))
    named = {(knob.name, knob.path) for knob in asked if knob.path or knob.put is not None}
    assert not named - tried


def test_every_form_has_cases() -> None:
    kinds = {case.kind for case in CASES}
    assert not {form.kind for form in DEVICES} - kinds
    assert all(isinstance(form_of(case), MachineForm) or device_form(case.kind) for case in CASES)
