"""The form about a machine's firmware, board and clock."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.commands.hardware.machine_scene import CAPABILITIES, after, blocked, said, scene
from vmgui.commands.hardware.firmware import FORM
from vmgui.commands.hardware.form import machine_truth, offers
from vmgui.model.domain_values import DomainValues, FirmwareFeature
from vmgui.words.note import Level

BIOS = DomainValues(arch="x86_64", machine="pc-q35-9.0", system_type="hvm", clock_offset="utc")
SECURE = replace(
    BIOS,
    firmware="efi",
    firmware_features=(
        FirmwareFeature(name="enrolled-keys", enabled=True),
        FirmwareFeature(name="secure-boot", enabled=True),
    ),
    acpi=True,
    smm=True,
)
CHOSEN = replace(
    SECURE,
    loader="/usr/share/OVMF/OVMF_CODE_4M.ms.fd",
    loader_read_only=True,
    loader_kind="pflash",
    loader_secure=True,
    loader_format="raw",
    nvram="/var/lib/libvirt/qemu/nvram/web_VARS.fd",
    nvram_template="/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
    nvram_format="raw",
)


def test_other_firmware_is_chosen_anew_by_the_host() -> None:
    assert after(FORM, scene(BIOS), firmware="uefi-secure") == SECURE
    assert after(FORM, scene(CHOSEN), firmware="bios") == replace(BIOS, acpi=True, smm=True)
    without = after(FORM, scene(CHOSEN), firmware="uefi")
    assert (without.loader, without.nvram_template) == ("", "")
    assert {one.name: one.enabled for one in without.firmware_features} == {
        "enrolled-keys": False,
        "secure-boot": False,
    }
    assert after(FORM, scene(CHOSEN), firmware="uefi-secure") == CHOSEN


def test_a_machine_that_stays_with_uefi_keeps_its_variables() -> None:
    kept = after(FORM, scene(replace(CHOSEN, nvram="/srv/mine.fd")), firmware="uefi")
    assert (kept.nvram, kept.nvram_format) == ("/srv/mine.fd", "raw")
    there = replace(kept, nvram="", nvram_source_kind="file", nvram_file="/srv/mine.fd")
    again = after(FORM, scene(there), firmware="uefi-secure")
    assert (again.nvram_source_kind, again.nvram_file) == ("file", "/srv/mine.fd")
    assert after(FORM, scene(again), firmware="bios").nvram_file == ""


def test_which_firmware_it_has() -> None:
    for values, which in (
        (BIOS, "bios"),
        (SECURE, "uefi-secure"),
        (CHOSEN, "uefi-secure"),
        (replace(BIOS, firmware="efi"), "uefi"),
        (replace(BIOS, loader_kind="pflash", loader="/x"), "uefi"),
        (replace(BIOS, loader_kind="pflash", loader_secure=True), "uefi-secure"),
        (replace(SECURE, firmware_features=SECURE.firmware_features[1:]), "uefi-secure"),
    ):
        assert machine_truth(FORM, scene(values))["firmware"] == which


def test_what_cannot_be_says_why() -> None:
    i440fx = replace(BIOS, machine="pc-i440fx-9.0")
    no_uefi = replace(CAPABILITIES, firmwares=("bios",), secure_boot=False)
    arm = replace(BIOS, arch="aarch64", machine="virt-9.0", firmware="efi")
    for at, possible in (
        (scene(BIOS), ["bios", "uefi", "uefi-secure"]),
        (scene(i440fx), ["bios", "uefi"]),
        (scene(BIOS, capabilities=no_uefi), ["bios"]),
        (scene(BIOS, capabilities=replace(CAPABILITIES, secure_boot=False)), ["bios", "uefi"]),
        (scene(arm), ["uefi"]),
        (scene(SECURE, capabilities=no_uefi), ["bios", "uefi-secure"]),
    ):
        found = offers(FORM.knobs, at, machine_truth(FORM, at))["firmware"]
        assert [option.value for option in found if not option.why_not] == possible
    assert blocked(FORM, scene(i440fx), firmware="uefi-secure") == ["firmware"]


def test_versions_of_its_board_are_offered_the_newest_first() -> None:
    found = offers(FORM.knobs, scene(BIOS), machine_truth(FORM, scene(BIOS)))["machine"]
    assert [option.value for option in found if not option.why_not] == [
        "pc-q35-10.0",
        "pc-q35-9.0",
        "pc-q35-7.2",
    ]
    assert str(found[0].label) == "pc-q35-10.0 (the newest)"
    assert [option.value for option in found if option.why_not] == ["pc-i440fx-10.0"]
    odd = scene(replace(BIOS, machine="q35"))
    assert "q35" in [option.value for option in offers(FORM.knobs, odd, {"machine": "q35"})["machine"]]


def test_another_board_is_refused_and_another_version_is_warned_of() -> None:
    (note,) = said(FORM, scene(BIOS), machine="pc-q35-10.0")
    assert (note.field, note.level) == ("machine", Level.WARNING)
    assert after(FORM, scene(BIOS), machine="pc-q35-10.0").machine == "pc-q35-10.0"
    assert blocked(FORM, scene(BIOS), machine="pc-i440fx-10.0") == ["machine"]


def test_an_installed_system_is_thought_of() -> None:
    (note,) = said(FORM, scene(BIOS), firmware="uefi")
    assert note.level is Level.WARNING
    assert note.text.startswith("A system that was installed with BIOS does not start with UEFI")
    (note,) = said(FORM, scene(SECURE), firmware="uefi")
    assert note.level is Level.WARNING
    assert said(FORM, scene(SECURE)) == []


def test_the_clock() -> None:
    drifting = replace(BIOS, clock_offset="variable", clock_adjustment="3600")
    assert after(FORM, scene(drifting), clock="localtime") == replace(BIOS, clock_offset="localtime")
    shown = machine_truth(FORM, scene(drifting))
    assert [option.value for option in offers(FORM.knobs, scene(drifting), shown)["clock"]] == [
        "utc",
        "localtime",
        "variable",
    ]
