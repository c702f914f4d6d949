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
LETTERS = [
    pytest.param("a", id="host-a"),
    *(pytest.param(letter, id=f"host-{letter}", marks=pytest.mark.long) for letter in "cd"),
]


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


def of_each(answers: str) -> list[object]:
    return [
        pytest.param(case, name, id=f"{name_of(case)}-{name}")
        for case in CASES
        for name in getattr(case, answers)
    ]


def skip_where_it_is_not(bench: Bench, case: Case) -> None:
    if case.hosts and bench.host.name[-1] not in case.hosts:
        pytest.skip(f"{bench.host.name} has no {name_of(case)}")


every_host = pytest.mark.parametrize("lab_host", LETTERS, indirect=True)


@every_host
@pytest.mark.parametrize(("case", "name"), of_each("answers"))
def test_an_answer_is_read_back_and_all_else_is_as_it_was(lab_host: Bench, case: Case, name: str) -> None:
    skip_where_it_is_not(lab_host, case)
    try_answer(lab_host, case, name)


@every_host
@pytest.mark.parametrize(("case", "name"), of_each("fails"))
def test_a_wrong_answer_is_refused(lab_host: Bench, case: Case, name: str) -> None:
    skip_where_it_is_not(lab_host, case)
    try_refused(lab_host, case, name)


@every_host
@pytest.mark.parametrize("form", DEVICES, ids=lambda form: form.kind)
def test_a_new_device_is_added_and_removed(lab_host: Bench, form: DeviceForm) -> None:
    case = next((case for case in CASES if case.kind == form.kind), None)
    if why := try_fresh(lab_host, form, case):
        pytest.skip(why)


@every_host
@pytest.mark.parametrize("case", [
    pytest.param(case, id=name_of(case), marks=() if case.kind in QUICK else pytest.mark.long)
    for case in CASES
    if case.starts
])  # fmt: skip
def test_what_applies_now_is_so_now(lab_host: Bench, case: Case) -> None:
    skip_where_it_is_not(lab_host, case)
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
