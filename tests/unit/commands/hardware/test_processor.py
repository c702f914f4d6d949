"""The form about a machine's processor and the layout of its vCPUs."""

from __future__ import annotations

import pytest

from tests.unit.commands.hardware.machine_scene import after, blocked, said, scene
from vmgui.commands.hardware.form import machine_truth, offers
from vmgui.commands.hardware.processor import FORM, layout
from vmgui.model.domain_values import CpuFeature, DomainValues
from vmgui.words.note import Level

HOST = DomainValues(cpu_mode="host-passthrough", cpu_check="none", cpu_migratable=True, vcpus_max=8)
MODEL = DomainValues(
    cpu_mode="custom",
    cpu_match="exact",
    cpu_check="partial",
    cpu_model="qemu64",
    cpu_model_fallback="forbid",
    vcpus_max=8,
)


def test_what_belongs_to_the_mode_it_had_goes_with_it() -> None:
    changed = after(FORM, scene(HOST), mode="custom", model="Nehalem")
    assert changed == DomainValues(cpu_mode="custom", cpu_match="exact", cpu_model="Nehalem", vcpus_max=8)
    assert after(FORM, scene(MODEL), mode="host-model") == DomainValues(cpu_mode="host-model", vcpus_max=8)
    assert after(FORM, scene(MODEL), model="Nehalem").cpu_model == "Nehalem"
    assert after(FORM, scene(MODEL), model="Nehalem").cpu_model_fallback == "forbid"
    assert machine_truth(FORM, scene(DomainValues(cpu_model="qemu64")))["mode"] == "custom"


def test_a_model_that_was_chosen_before_another_mode_does_not_count() -> None:
    assert after(FORM, scene(MODEL), mode="maximum", model="Nehalem").cpu_model == ""
    assert after(FORM, scene(HOST), model="Nehalem") == HOST
    assert [note.level for note in said(FORM, scene(HOST), model="Nehalem")] == [Level.WARNING]


def test_what_the_host_lacks_says_so() -> None:
    found = offers(FORM.knobs, scene(MODEL), {"mode": "custom", "model": "qemu64"})
    assert [(option.value, bool(option.why_not)) for option in found["model"]] == [
        ("qemu64", False),
        ("Nehalem", False),
        ("Skylake-Client", True),
    ]
    assert [option.value for option in found["mode"]] == [
        "host-passthrough",
        "host-model",
        "maximum",
        "custom",
    ]
    assert offers(FORM.knobs, scene(DomainValues()), {})["mode"][0].value == ""
    unknown = scene(MODEL, capabilities=None)
    assert [option.value for option in offers(FORM.knobs, unknown, {"model": "qemu64"})["model"]] == [
        "qemu64"
    ]


@pytest.mark.parametrize(
    ("said_so", "whole"),
    [
        ((None, None, None, None), None),
        ((None, None, 4, None), (2, 1, 4, 1)),
        ((2, None, None, None), (2, 1, 4, 1)),
        ((None, None, None, 2), (4, 1, 1, 2)),
        ((None, 2, 2, None), (2, 2, 2, 1)),
        ((1, None, 3, None), (1, 1, 3, 1)),
        ((None, None, 16, None), (1, 1, 16, 1)),
        ((0, None, None, None), (0, 1, 1, 1)),
    ],
)
def test_what_is_not_said_of_a_layout_is_found(
    said_so: tuple[int | None, ...], whole: tuple[int, ...] | None
) -> None:
    answers: dict[str, int | None] = dict(zip(("sockets", "dies", "cores", "threads"), said_so, strict=True))
    found = layout(answers, 8)
    assert (tuple(found.values()) if found is not None else None) == whole


def test_libvirt_is_told_a_whole_layout_or_none() -> None:
    changed = after(FORM, scene(HOST), cores=4)
    assert (changed.cpu_sockets, changed.cpu_dies, changed.cpu_cores, changed.cpu_threads) == (2, None, 4, 1)
    laid_out = DomainValues(
        vcpus_max=8, cpu_sockets=2, cpu_dies=1, cpu_clusters=1, cpu_cores=4, cpu_threads=1, cpu_mode="maximum"
    )
    assert after(FORM, scene(laid_out), sockets=4, cores=2).cpu_sockets == 4
    nothing = after(FORM, scene(laid_out), sockets=None, cores=None, threads=None, dies=None)
    assert nothing == DomainValues(vcpus_max=8, cpu_mode="maximum")


def test_a_layout_must_be_as_many_as_there_can_be() -> None:
    (note,) = said(FORM, scene(HOST), sockets=3, cores=2)
    assert (note.field, note.level) == ("sockets", Level.ERROR)
    assert note.text.startswith(
        "3 × 1 × 2 × 1 (sockets, dies, cores, threads) are 6 vCPUs, but the machine can have up to 8."
    )
    (note,) = said(FORM, scene(HOST), cores=4)
    assert (note.level, note.text[:9]) == (Level.INFO, "2 × 1 × 4")
    assert said(FORM, scene(HOST), sockets=2, cores=2, threads=2) == []


def test_features_are_lines() -> None:
    at = scene(DomainValues(cpu_mode="maximum", cpu_features=(CpuFeature(name="vmx", policy="require"),)))
    assert machine_truth(FORM, at)["features"] == ("require vmx",)
    assert after(FORM, at, features=("disable svm",)).cpu_features == (
        CpuFeature(name="svm", policy="disable"),
    )
    field = FORM.knobs[6].field
    for line in ("vmx", "+vmx", "require", "require a b"):
        with pytest.raises(ValueError, match="require vmx"):
            field.parse(line)
    assert blocked(FORM, scene(DomainValues()), features=("require vmx",)) == ["features"]


def test_the_cache_fits_the_processor() -> None:
    assert after(FORM, scene(MODEL), cache="emulate").cpu_cache_level == 3
    assert blocked(FORM, scene(MODEL), cache="passthrough") == ["cache"]
    assert blocked(FORM, scene(HOST), cache="passthrough") == []
    assert blocked(FORM, scene(HOST), mode="custom") == ["model"]
