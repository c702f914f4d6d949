"""Trusted platform modules: keys that the guest locks its disks with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Option, Path
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.host_end import path_notes
from vmgui.commands.hardware.offered import choices, is_lacking, possible
from vmgui.model.device_machine import TpmDevice
from vmgui.words.device import TPM_BACKENDS, TPM_MODELS
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_MODELS = (
    Option("tpm-crb", TPM_MODELS["tpm-crb"], say("Hardware", "What Windows 11 expects")),
    Option("tpm-tis", TPM_MODELS["tpm-tis"], say("Hardware", "For older systems, and for TPM 1.2")),
    Option("tpm-spapr", TPM_MODELS["tpm-spapr"]),
)
_BACKENDS = (
    Option("emulator", TPM_BACKENDS["emulator"], say("Hardware", "By swtpm, with a state of its own")),
    Option("passthrough", TPM_BACKENDS["passthrough"]),
    Option("external", TPM_BACKENDS["external"]),
)
_VERSIONS = (Option("2.0", "2.0"), Option("1.2", "1.2"))
_PROXY = "spapr-tpm-proxy"


def _is(backend: str) -> Any:
    return lambda answers: answers["backend"] == backend


def _others(scene: Scene) -> list[TpmDevice]:
    return [one for one in scene.others if isinstance(one, TpmDevice) and one.model != _PROXY]


def _models(scene: Scene) -> tuple[Option, ...]:
    return possible(_MODELS, choices(scene, "tpm", "model"))


def _backends(scene: Scene) -> tuple[Option, ...]:
    emulator, *rest = _BACKENDS
    offered = choices(scene, "tpm", "backendModel")
    if offered is not None and "emulator" not in offered:
        why_not = say("Hardware", "This host has no swtpm: install it there.")
        emulator = Option(emulator.value, emulator.label, emulator.hint, why_not)
    return possible((emulator, *rest), offered)


def _versions(scene: Scene) -> tuple[Option, ...]:
    return possible(_VERSIONS, choices(scene, "tpm", "backendVersion"))


def _first(options: Iterable[Option], usual: str) -> str:
    return next((one.value for one in options if not one.why_not), usual)


def _fresh(scene: Scene) -> TpmDevice | Say:
    if _others(scene):
        return say("Hardware", "The virtual machine has a TPM: there is only one.")
    if is_lacking(scene, "tpm"):
        return say("Hardware", "This host gives machines of this type no TPM.")
    device = TpmDevice(model=_first(_models(scene), "tpm-crb"), backend="emulator", version="2.0")
    if _first(_backends(scene), "emulator") == "passthrough":
        return TpmDevice(model=device.model, backend="passthrough", device_path="/dev/tpm0")
    return device


def _put_backend(device: Any, backend: str) -> Mapping[str, object]:
    """What only the other kinds have goes."""
    emulated = backend == "emulator"
    return {
        "backend": backend,
        "version": (device.version or "2.0") if emulated else "",
        "device_path": (device.device_path or "/dev/tpm0") if backend == "passthrough" else "",
        "persistent_state": None,
        "debug_level": None,
        "encryption_secret": "",
        "pcr_banks": None,
        "source_kind": "unix" if backend == "external" else "",
        "source_mode": "connect" if backend == "external" else "",
        "source_path": "",
        "profile_name": "",
        "profile_source": "",
        "profile_remove_disabled": "",
    }


def _put_version(_device: Any, version: str) -> Mapping[str, object]:
    """Banks and profiles are of 2.0."""
    if version == "2.0":
        return {"version": version}
    return {
        "version": version,
        "pcr_banks": None,
        "profile_name": "",
        "profile_source": "",
        "profile_remove_disabled": "",
    }


def _keys_stay(device: TpmDevice) -> str:
    if device.backend == "passthrough":
        return ""
    text = say(
        "Hardware",
        "The guest can no longer use the keys in its TPM: a disk that is locked with them (BitLocker, LUKS) asks for"
        " its recovery key.",
    )
    return str(text)


def _loses(scene: Scene) -> str:
    return _keys_stay(scene.kept) if isinstance(scene.kept, TpmDevice) else ""


def _judge(scene: Scene, answers: Answers) -> Iterable[Note]:
    kept = scene.kept
    if _others(scene):
        yield Note("model", str(say("Hardware", "The virtual machine has a TPM: there is only one.")))
    if answers["backend"] == "emulator" and answers["version"] == "1.2" and answers["model"] == "tpm-crb":
        yield Note("model", str(say("Hardware", "TPM 1.2 needs TIS.")))
    if answers["backend"] == "passthrough":
        yield from path_notes("path", answers["path"])
        text = say("Hardware", "Only one machine at a time can have the host's TPM.")
        yield Note("backend", str(text), Level.INFO)
    if answers["backend"] == "external":
        yield from path_notes("socket", answers["socket"])
    if isinstance(kept, TpmDevice):
        if answers["backend"] != kept.backend and _keys_stay(kept):
            yield Note("backend", _keys_stay(kept), Level.WARNING)
        elif answers["backend"] == "emulator" and answers["version"] != (kept.version or "2.0"):
            yield Note("version", _keys_stay(kept), Level.WARNING)


FORM = DeviceForm(
    kind="tpm",
    tag="tpm",
    title=say("Hardware", "TPM"),
    icon="shield-check",
    fits=lambda device: device.model != _PROXY,
    fresh=_fresh,
    judge=_judge,
    loses=_loses,
    knobs=(
        Knob(
            Choice("backend", say("Hardware", "Kind"), options=_BACKENDS),
            get=lambda device: device.backend,
            put=_put_backend,
            offer=_backends,
        ),
        Knob(Choice("model", say("Hardware", "Interface"), options=_MODELS), "model", offer=_models),
        Knob(
            Choice("version", say("Hardware", "Version"), options=_VERSIONS, shown=_is("emulator")),
            get=lambda device: device.version or "2.0",
            put=_put_version,
            offer=_versions,
        ),
        Knob(
            Check(
                "persistent",
                say("Hardware", "Keep its state when the machine is moved away or removed"),
                shown=_is("emulator"),
            ),
            get=lambda device: bool(device.persistent_state),
            put=lambda _device, answer: {"persistent_state": answer},
            folded=True,
        ),
        Knob(
            Path("path", say("Hardware", "Device of the host"), shown=_is("passthrough")),
            get=lambda device: device.device_path or "/dev/tpm0",
            put=lambda _device, answer: {"device_path": answer},
        ),
        Knob(Path("socket", say("Hardware", "Socket of the program"), shown=_is("external")), "source_path"),
    ),
)
