"""A machine as forms about the machine itself see it, and what its values are after their wishes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vmgui.commands.hardware.form import MachineForm, Scene, machine_truth, machine_wishes
from vmgui.model.device import ListedDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeMachine, HardwareMachine, HardwareOffer, Wish
from vmgui.model.host import DomainCapabilities, GuestCapability
from vmgui.policy.device_values import with_values
from vmgui.words.note import Note

CAPABILITIES = DomainCapabilities(
    arch="x86_64",
    machine="pc-q35-9.0",
    domain_type="kvm",
    emulator="/usr/bin/qemu",
    max_vcpus=255,
    firmwares=("bios", "efi"),
    loader_paths=(),
    secure_boot=True,
    cpu_modes=("host-passthrough", "host-model", "maximum", "custom"),
    cpu_models=("qemu64", "Nehalem"),
    disk_buses=(),
    video_models=(),
    graphics_types=(),
    tpm_models=(),
    tpm_backends=(),
    rng=True,
    filesystem=True,
    unusable_cpu_models=("Skylake-Client",),
)
MACHINES = (
    "pc-q35-7.2",
    "pc-q35-10.0",
    "pc-q35-9.0",
    "q35",
    "pc",
    "pc-i440fx-10.0",
    "pc-i440fx-9.0",
    "microvm",
)


def scene(
    values: DomainValues,
    *devices: ListedDevice,
    capabilities: DomainCapabilities | None = CAPABILITIES,
    **machine: Any,
) -> Scene:
    """Of a machine that is off, on an x86 host."""
    guest = GuestCapability("x86_64", "hvm", "/usr/bin/qemu", MACHINES, ("kvm", "qemu"))
    made = HardwareMachine(
        uuid="u", name="web", saved=values, devices=devices, capabilities=capabilities, autostart=False
    )
    return Scene(replace(made, **machine), HardwareOffer(guests=(guest,)))


def after(form: MachineForm, at: Scene, **answers: Any) -> DomainValues:
    """Its values when these wishes are carried out."""
    values = at.machine.values
    assert values is not None
    for wish in machine_wishes(form, at, answers):
        if isinstance(wish, ChangeMachine):
            values = with_values(values, wish.values)
    return values


def others(form: MachineForm, at: Scene, **answers: Any) -> list[Wish]:
    """What it wishes for beside other values."""
    return [wish for wish in machine_wishes(form, at, answers) if not isinstance(wish, ChangeMachine)]


def said(form: MachineForm, at: Scene, **answers: Any) -> list[Note]:
    """What is said under the fields."""
    return [*form.judge(at, {**machine_truth(form, at), **answers})]


def blocked(form: MachineForm, at: Scene, **answers: Any) -> list[str]:
    """The fields with which nothing can be applied."""
    return [note.field for note in said(form, at, **answers) if note.level.blocks]
