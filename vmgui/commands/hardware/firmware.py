"""What a machine starts with before its system, and which board it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vmgui.commands.fields import Answers, Choice, Option
from vmgui.commands.hardware.form import Knob, MachineForm, Scene
from vmgui.model.domain_values import DomainValues, FirmwareFeature
from vmgui.policy.creation import UEFI_ARCHES
from vmgui.policy.plain_text import visible
from vmgui.words.note import Level, Note
from vmgui.words.say import say

BIOS, UEFI, SECURE = "bios", "uefi", "uefi-secure"
_LABELS = {
    BIOS: say("Hardware", "BIOS"),
    UEFI: say("Hardware", "UEFI"),
    SECURE: say("Hardware", "UEFI with secure boot"),
}
_X86 = frozenset({"x86_64", "i686"})
_VERSIONED = re.compile(r"(.+)-(\d+(?:\.\d+)*)")
_FEATURES = ("enrolled-keys", "secure-boot")
_CHOSEN_BY_LIBVIRT: Mapping[str, object] = {
    "loader": "",
    "loader_read_only": None,
    "loader_kind": "",
    "loader_secure": None,
    "loader_stateless": None,
    "loader_format": "",
    "nvram": "",
    "nvram_template": "",
    "nvram_template_format": "",
    "nvram_format": "",
    "nvram_source_kind": "",
    "nvram_file": "",
    "varstore": "",
    "varstore_template": "",
}
"""Paths of firmware and its variables: chosen anew for other firmware where nothing is said."""
_VARIABLES = ("nvram", "nvram_format", "nvram_source_kind", "nvram_file")
"""Where the variables are, its boot entries and keys: those of one UEFI are those of another."""


def _firmware(values: DomainValues) -> str:
    if values.firmware != "efi" and values.loader_kind != "pflash":
        return BIOS
    # Secure boot needs both: firmware that enforces it, and keys (absent: libvirt does not know).
    features = {one.name: one.enabled is True for one in values.firmware_features}
    is_secure = features.get("secure-boot", values.loader_secure is True)
    return SECURE if is_secure and features.get("enrolled-keys", True) else UEFI


def _put_firmware(values: DomainValues, answer: str) -> Mapping[str, object]:
    others = tuple(one for one in values.firmware_features if one.name not in _FEATURES)
    if answer == BIOS:
        return {**_CHOSEN_BY_LIBVIRT, "firmware": "", "firmware_features": ()}
    wanted = tuple(FirmwareFeature(name=name, enabled=answer == SECURE) for name in _FEATURES)
    kept = _VARIABLES if _firmware(values) != BIOS else ()
    changed: dict[str, object] = {
        **{path: value for path, value in _CHOSEN_BY_LIBVIRT.items() if path not in kept},
        "firmware": "efi",
        "firmware_features": (*wanted, *others),
        "acpi": True,
    }
    if answer == UEFI and values.arch in _X86:
        # Else a newer host may take one for confidential machines (OVMF.amdsev.fd), which forgets all at each start.
        changed["loader_stateless"] = False
    if answer == SECURE:
        changed["smm"] = True  # what keeps the system itself from writing the keys
    return changed


def _offer_firmware(scene: Scene) -> tuple[Option, ...]:
    values = scene.machine.values or DomainValues()
    return tuple(
        Option(which, label, why_not="" if which == _firmware(values) else _why_no_firmware(which, scene))
        for which, label in _LABELS.items()
    )


def _why_no_firmware(which: str, scene: Scene) -> str:
    values, capabilities = scene.machine.values or DomainValues(), scene.machine.capabilities
    if which == BIOS:
        if values.arch in UEFI_ARCHES:
            return str(say("Hardware", "Such a machine has no BIOS."))
        return ""
    if capabilities is not None and "efi" not in capabilities.firmwares:
        return str(say("Hardware", "The host has no UEFI for it. Install OVMF there."))
    if which == SECURE:
        if values.arch not in _X86 or _family(values.machine) != "pc-q35":
            return str(say("Hardware", "Secure boot needs a Q35 machine."))
        if capabilities is not None and not capabilities.secure_boot:
            return str(say("Hardware", "The host has no UEFI with secure boot."))
    return ""


# The machine type.


def _family(machine: str) -> str:
    """ "pc-q35-7.2" -> "pc-q35"; of an alias what it stands for."""
    found = _VERSIONED.fullmatch(machine)
    return found[1] if found is not None else {"q35": "pc-q35", "pc": "pc-i440fx"}.get(machine, machine)


def _version(machine: str) -> tuple[int, ...]:
    found = _VERSIONED.fullmatch(machine)
    return tuple(int(part) for part in found[2].split(".")) if found is not None else ()


def _machines(scene: Scene) -> tuple[Option, ...]:
    """The versions of its family, the newest first; of each other family the newest, which it cannot become."""
    values = scene.machine.values or DomainValues()
    guests = [
        guest
        for guest in scene.offer.guests
        if guest.arch == values.arch and guest.os_type == (values.system_type or "hvm")
    ]
    names = {name for guest in guests for name in guest.machines if _version(name)}
    names.add(values.machine)
    own = sorted((name for name in names if _family(name) == _family(values.machine)), key=_version)[::-1]
    newest: dict[str, str] = {}
    for name in sorted(names - set(own), key=_version):
        newest[_family(name)] = name
    why_not = say(
        "Hardware",
        "Its devices sit on the buses of another board: as this one it would not start. Make a new machine.",
    )
    others = (newest[family] for family in ("pc-q35", "pc-i440fx") if family in newest)
    return (
        *(
            Option(name, _machine_label(name, is_newest=at == 0 and len(own) > 1))
            for at, name in enumerate(own)
        ),
        *(Option(name, visible(name), why_not=why_not) for name in others),
    )


def _machine_label(name: str, *, is_newest: bool) -> str:
    shown = visible(name)
    return say("Hardware", "{machine} (the newest)").format(machine=shown) if is_newest else shown


_CLOCKS = (
    Option("utc", say("Hardware", "UTC"), say("Hardware", "Linux and most systems expect it.")),
    Option("localtime", say("Hardware", "The host’s local time"), say("Hardware", "Windows expects it.")),
)


def _put_clock(_values: DomainValues, answer: str) -> Mapping[str, object]:
    return {"clock_offset": answer, "clock_adjustment": "", "clock_timezone": ""}


# What is said of it.


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    values = scene.machine.values or DomainValues()
    yield from _judge_firmware(values, answers, scene)
    machine = answers["machine"]
    if machine == values.machine:
        return
    if _family(machine) != _family(values.machine):
        text = say("Hardware", "It cannot become a {machine}: its devices sit on the buses of another board.")
        yield Note("machine", text.format(machine=visible(machine)))
        return
    text = say("Hardware", "Its system finds a somewhat other board. Windows may want to be activated again.")
    yield Note("machine", str(text), Level.WARNING)


def _judge_firmware(values: DomainValues, answers: Answers, scene: Scene) -> Iterator[Note]:
    was, firmware = _firmware(values), answers["firmware"]
    if firmware == was:
        return
    if why_not := _why_no_firmware(firmware, scene):
        yield Note("firmware", why_not)
    elif BIOS in (was, firmware):
        text = say(
            "Hardware",
            "A system that was installed with {before} does not start with {after}, unless it is made for both.",
        )
        text = text.format(before=_LABELS[was], after=_LABELS[firmware])
        yield Note("firmware", text, Level.WARNING)
    else:
        text = say(
            "Hardware",
            "A system that is not signed does not start with secure boot. The keys stay those that it has:"
            " turn it off, then choose “Start with new firmware variables” once.",
        )
        yield Note("firmware", str(text), Level.WARNING)


FORM = MachineForm(
    kind="firmware",
    title=say("Hardware", "Firmware and chipset"),
    icon="circuit-board",
    judge=_judge,
    knobs=(
        Knob(
            Choice(
                "firmware",
                say("Hardware", "Firmware"),
                options=tuple(Option(which, label) for which, label in _LABELS.items()),
            ),
            get=_firmware,
            put=_put_firmware,
            offer=_offer_firmware,
        ),
        Knob(Choice("machine", say("Hardware", "Machine type"), is_long=True), "machine", offer=_machines),
        Knob(
            Choice("clock", say("Hardware", "Clock at the start"), options=_CLOCKS),
            get=lambda values: values.clock_offset,
            put=_put_clock,
        ),
    ),
)
