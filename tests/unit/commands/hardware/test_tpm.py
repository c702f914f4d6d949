"""What the form about TPMs wishes for."""

from dataclasses import replace

from tests.unit.commands.hardware.device_scene import (
    about,
    added,
    capabilities,
    changed,
    refused,
    said,
    scene,
)
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import tpm
from vmgui.model.device_machine import TpmBanks, TpmDevice
from vmgui.words.note import Level

TPM = TpmDevice(model="tpm-crb", backend="emulator", version="2.0", pcr_banks=TpmBanks(sha256=True))
HOST = TpmDevice(model="tpm-tis", backend="passthrough", device_path="/dev/tpm0")


def test_a_new_one_is_what_windows_expects() -> None:
    assert added(tpm.FORM, scene()) == TpmDevice(model="tpm-crb", backend="emulator", version="2.0")
    can = capabilities(tpm={"model": ("tpm-tis",), "backendModel": ("passthrough",)})
    assert added(tpm.FORM, scene(can=can)) == HOST


def test_there_is_one() -> None:
    assert forms.why_none(tpm.FORM, scene(TPM))
    assert not forms.why_none(tpm.FORM, scene(TpmDevice(model="spapr-tpm-proxy")))
    assert forms.why_none(tpm.FORM, scene(can=capabilities(tpm=None)))


def test_what_the_host_has_not_cannot_be_chosen() -> None:
    can = capabilities(
        tpm={"model": ("tpm-tis", "tpm-crb"), "backendModel": ("passthrough",), "backendVersion": ("2.0",)}
    )
    form, at = about(TPM, can=can)
    assert refused(form, at, "backend") == {"emulator", "external"}
    assert refused(form, at, "version") == {"1.2"}
    assert refused(form, at, "model") == {"tpm-spapr"}


def test_what_costs_the_keys_is_warned_of() -> None:
    form, at = about(TPM)
    assert said(form, at) == {}
    assert said(form, at, version="1.2", model="tpm-tis") == {"version": Level.WARNING}
    assert said(form, at, backend="external", socket="/run/a") == {"backend": Level.WARNING}
    assert form.loses(at)
    assert not form.loses(about(HOST)[1])


def test_what_only_the_other_kind_has_goes() -> None:
    form, at = about(TPM)
    assert changed(form, at, backend="passthrough", model="tpm-tis") == HOST
    assert changed(form, at, version="1.2", model="tpm-tis") == TpmDevice(
        model="tpm-tis", backend="emulator", version="1.2"
    )
    external = changed(form, at, backend="external", socket="/run/a")
    assert (external.source_kind, external.source_mode, external.source_path) == ("unix", "connect", "/run/a")
    form, at = about(HOST)
    assert changed(form, at, backend="emulator") == replace(TPM, model="tpm-tis", pcr_banks=None)


def test_1_2_needs_the_older_interface() -> None:
    form, at = about(TPM)
    assert said(form, at, version="1.2")["model"] is Level.ERROR
    assert said(form, at, backend="external") == {"backend": Level.WARNING, "socket": Level.MISSING}
    form, at = about(HOST)
    assert said(form, at, path="") == {"backend": Level.INFO, "path": Level.MISSING}
