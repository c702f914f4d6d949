"""Random number generators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Choice, Limit, LimitUnit, Option, Path
from vmgui.commands.hardware import host_end
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import choices, is_lacking, possible
from vmgui.model.device_character import RngDevice
from vmgui.model.device_parts import CharacterEnd
from vmgui.words.note import Note
from vmgui.words.say import Say, say

_SOURCES = (
    Option("random", say("Hardware", "A device of the host")),
    Option("builtin", say("Hardware", "The hypervisor itself")),
    Option("egd", say("Hardware", "A server (EGD)")),
)
_USUAL = "/dev/urandom"
_USUAL_PERIOD_MS = 1000


def _is(backend: str) -> host_end.Shown:
    return lambda answers: answers["backend"] == backend


def _sources(scene: Scene) -> tuple[Option, ...]:
    return possible(_SOURCES, choices(scene, "rng", "backendModel"))


def _fresh(scene: Scene) -> RngDevice | Say:
    if is_lacking(scene, "rng"):
        return say("Hardware", "This host gives machines of this type no random number generator.")
    return RngDevice(model="virtio", backend="random", path=_USUAL)


def _put_backend(device: Any, backend: str) -> Mapping[str, object]:
    return {
        "backend": backend,
        "path": (device.path or _USUAL) if backend == "random" else "",
        "host": host_end.fresh("tcp", "connect") if backend == "egd" else CharacterEnd(),
    }


def _rate(device: Any) -> int | None:
    """Bytes a second; libvirt says how many in which time."""
    if device.rate_bytes is None:
        return None
    return max(1, device.rate_bytes * 1000 // (device.rate_period_ms or _USUAL_PERIOD_MS))


def _put_rate(_device: Any, rate: int | None) -> Mapping[str, object]:
    return {"rate_bytes": rate, "rate_period_ms": None if rate is None else _USUAL_PERIOD_MS}


def _judge(_scene: Scene, answers: Answers) -> Iterable[Note]:
    if answers["backend"] == "random":
        yield from host_end.path_notes("path", answers["path"])
    if answers["backend"] == "egd":
        yield from host_end.judge(answers, path="socket")


def _as_server(knob: Knob) -> Knob:
    """What a device without a server shows when one is chosen."""
    if knob.name != "type":
        return knob
    return Knob(knob.field, get=lambda device: device.host.kind or "tcp", put=knob.put)


FORM = DeviceForm(
    kind="rng",
    tag="rng",
    title=say("Hardware", "Random number generator"),
    icon="dices",
    fresh=_fresh,
    judge=_judge,
    knobs=(
        Knob(
            Choice("backend", say("Hardware", "Source"), options=_SOURCES),
            get=lambda device: device.backend,
            put=_put_backend,
            offer=_sources,
        ),
        Knob(
            Path("path", say("Hardware", "Device of the host"), shown=_is("random")),
            get=lambda device: device.path or _USUAL,
            put=lambda _device, answer: {"path": answer},
        ),
        *(
            _as_server(knob)
            for knob in host_end.knobs(("tcp", "unix"), asked=_is("egd"), path="socket", mode="connect")
            if knob.name != "append"
        ),
        Knob(Limit("rate", say("Hardware", "At most"), unit=LimitUnit.BYTES_PER_S), get=_rate, put=_put_rate),
    ),
)
