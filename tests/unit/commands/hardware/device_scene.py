"""Scenes that forms about devices are tried with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.every import form_of
from vmgui.commands.hardware.form import DeviceForm, Scene
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.model.device import ListedDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer, Wish
from vmgui.model.host import DeviceOffer, DomainCapabilities
from vmgui.words.note import Level

NEW, OLD = 11_003_000, 9_000_000


def capabilities(**offers: dict[str, tuple[str, ...]] | None) -> DomainCapabilities:
    """What a host says of these devices; None: it has no such ones."""
    found = tuple(
        DeviceOffer(name, is_device=True, supported=said is not None, choices=tuple((said or {}).items()))
        for name, said in offers.items()
    )
    return DomainCapabilities(
        arch="x86_64", machine="pc-q35-9.0", domain_type="qemu", emulator="", max_vcpus=4, firmwares=(),
        loader_paths=(), secure_boot=False, cpu_modes=(), cpu_models=(), disk_buses=(), video_models=(),
        graphics_types=(), tpm_models=(), tpm_backends=(), rng=True, filesystem=True, offers=found,
    )  # fmt: skip


def scene(
    *devices: Any,
    about: int | None = None,
    live: Sequence[Any] = (),
    arch: str = "x86_64",
    machine: str = "pc-q35-9.0",
    version: int = NEW,
    offer: HardwareOffer | None = None,
    can: DomainCapabilities | None = None,
) -> Scene:
    """A machine with these devices; `about`: which of them the form is about. `live`: as they are now, if it runs."""
    counts: dict[str, int] = {}
    listed: list[ListedDevice] = []
    for number, device in enumerate(devices):
        tag = kind_of(device).tag
        counts[tag] = counts.get(tag, -1) + 1
        now = live[number] if number < len(live) else None
        listed.append(ListedDevice(f"{tag}-{counts[tag]}", tag, now, device))
    of = HardwareMachine(
        uuid="u",
        name="web",
        is_active=bool(live),
        devices=tuple(listed),
        saved=DomainValues(arch=arch, machine=machine),
        capabilities=can,
        libvirt_version=version,
    )
    return Scene(of, offer or HardwareOffer(), listed[about] if about is not None else None)


def about(device: Any, *others: Any, **more: Any) -> tuple[DeviceForm, Scene]:
    """A device's form and the scene of it."""
    at = scene(device, *others, about=0, **more)
    assert at.listed is not None
    form = form_of(at.listed)
    assert form is not None
    return form, at


def wishes(form: DeviceForm, at: Scene, **answers: Any) -> tuple[Wish, ...]:
    return forms.wishes(form, at, answers)


def added(form: DeviceForm, at: Scene, **answers: Any) -> Any:
    """The one device that is added."""
    (device,) = [wish.device for wish in wishes(form, at, **answers) if isinstance(wish, AddDevice)]
    return device


def changed(form: DeviceForm, at: Scene, **answers: Any) -> Any:
    """The device as these answers make it."""
    device = at.kept
    for wish in wishes(form, at, **answers):
        if isinstance(wish, ChangeDevice) and at.listed is not None and wish.id == at.listed.id:
            device = forms.with_values(device, wish.values)
    return device


def said(form: DeviceForm, at: Scene, **answers: Any) -> dict[str, Level]:
    """The gravest note of each field."""
    order = list(Level)
    found: dict[str, Level] = {}
    for note in form.judge(at, {**forms.truth(form, at), **answers}):
        found[note.field] = min(found.get(note.field, note.level), note.level, key=order.index)
    return found


def refused(form: DeviceForm, at: Scene, name: str) -> set[str]:
    """The options of a field that cannot be chosen."""
    offered = forms.offers(form.asked(at), at, forms.truth(form, at))[name]
    return {option.word for option in offered if option.why_not}
