"""Channels: private lines between programs of the guest and its host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Option, Text
from vmgui.commands.hardware import host_end
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.offered import LACKS, choices, possible
from vmgui.model.device import AGENT_CHANNEL
from vmgui.model.device_character import ChannelDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.words.note import Level, Note
from vmgui.words.say import say

SPICE_CHANNEL = "com.redhat.spice.0"
"""Both agents of displays answer on this one: there is one of them."""
AGENT, SPICE, VDAGENT, OTHER = "agent", "spice", "vdagent", "other"
_NAMES = {AGENT: AGENT_CHANNEL, SPICE: SPICE_CHANNEL, VDAGENT: SPICE_CHANNEL}
_ENDS = {AGENT: "unix", SPICE: "spicevmc", VDAGENT: "qemu-vdagent"}
_USES = (
    Option(
        AGENT,
        say("Hardware", "Guest agent"),
        say("Hardware", "Addresses, clean shutdown, snapshots at rest: qemu-guest-agent in the guest"),
    ),
    Option(
        SPICE,
        say("Hardware", "SPICE agent"),
        say("Hardware", "Clipboard and screen size with SPICE: spice-vdagent in the guest"),
    ),
    Option(
        VDAGENT,
        say("Hardware", "Clipboard without SPICE"),
        say("Hardware", "With VNC: spice-vdagent in the guest"),
    ),
    Option(OTHER, say("Hardware", "Another program")),
)
_OTHER_ENDS = ("unix", "pty", "tcp", "file", "null")


def has_spice(scene: Scene) -> bool:
    """Whether the machine has, or will have, a SPICE display."""
    return any(isinstance(one, GraphicsDevice) and one.kind == "spice" for one in scene.others)


def _use(device: Any) -> str:
    found = (use for use, name in _NAMES.items() if (name, _ENDS[use]) == (device.name, device.host.kind))
    return next(found, OTHER)


def _put_use(_device: Any, use: str) -> Mapping[str, object]:
    sources = (CharacterSource(clipboard=True),) if use == VDAGENT else ()
    return {
        "name": _NAMES.get(use, ""),
        "host": CharacterEnd(kind=_ENDS.get(use, "unix"), sources=sources),
    }


def _other_name(device: Any) -> str:
    """What stands in the field when another program is chosen: not the name of one of ours."""
    return "" if _use(device) != OTHER else device.name


def _uses(scene: Scene) -> tuple[Option, ...]:
    agent, spice, vdagent, other = _USES
    ends = choices(scene, "channel", "type")
    if ends is not None and "spicevmc" not in ends:
        spice = Option(spice.value, spice.label, spice.hint, LACKS)
    elif not has_spice(scene):
        why_not = say("Hardware", "The virtual machine has no SPICE display: add one first.")
        spice = Option(spice.value, spice.label, spice.hint, why_not)
    # Channels' own list does not name it, consoles' does: of newer libvirts.
    consoles = choices(scene, "console", "type")
    if consoles is not None and "qemu-vdagent" not in consoles:
        vdagent = Option(vdagent.value, vdagent.label, vdagent.hint, LACKS)
    return (agent, spice, vdagent, other)


def _names(scene: Scene) -> set[str]:
    return {one.name for one in scene.others if isinstance(one, ChannelDevice) and one.name}


def _fresh(scene: Scene) -> ChannelDevice:
    taken = _names(scene)
    free = [one.value for one in _uses(scene) if not one.why_not and _NAMES.get(one.value) not in taken]
    has_display = any(isinstance(one, GraphicsDevice) for one in scene.others)
    of_displays = (SPICE, VDAGENT) if has_display else ()
    use = AGENT if AGENT in free else next((one for one in of_displays if one in free), OTHER)
    values = _put_use(None, use)
    name = str(values["name"]) or _free_name(taken)
    return ChannelDevice(host=values["host"], target_kind="virtio", name=name)  # pyright: ignore[reportArgumentType]


def _free_name(taken: set[str]) -> str:
    return next(name for number in range(len(taken) + 1) if (name := f"org.example.{number}") not in taken)


def _is(use: str) -> host_end.Shown:
    return lambda answers: answers["use"] == use


def _judge(scene: Scene, answers: Answers) -> Iterable[Note]:
    use = answers["use"]
    name = _NAMES.get(use, answers["name"])
    where = "name" if use == OTHER else "use"
    if not name:
        yield Note("name", str(say("Hardware", "Say which name the program opens.")), Level.MISSING)
    elif name in _names(scene):
        text = say("Hardware", "The virtual machine has a channel of this name already.")
        yield Note(where, str(text))
    if use == OTHER:
        yield from host_end.judge(answers, names_itself=True)
    yield from _state_notes(scene, use)


def _state_notes(scene: Scene, use: str) -> Iterable[Note]:
    """Whether a program of the guest listens now."""
    live = scene.listed.live if scene.listed is not None else None
    if not isinstance(live, ChannelDevice) or _use(live) != use:
        return
    if live.state == "connected":
        yield Note("use", str(say("Hardware", "Connected: a program in the guest answers.")), Level.GOOD)
    elif live.state == "disconnected" and use == AGENT:
        text = say("Hardware", "Disconnected: qemu-guest-agent does not run in the guest.")
        yield Note("use", str(text), Level.INFO)
    elif live.state == "disconnected":
        yield Note("use", str(say("Hardware", "Disconnected: no program in the guest answers.")), Level.INFO)


def _offer_ends(scene: Scene) -> tuple[Option, ...]:
    ends = tuple(host_end.KINDS[kind] for kind in _OTHER_ENDS)
    return possible(ends, choices(scene, "console", "type"))


def _clipboard(device: Any) -> bool:
    if _use(device) != VDAGENT:
        return True  # as it would be
    return any(source.clipboard for source in device.host.sources)


def _knob_of_ends(knob: Knob) -> Knob:
    """The host's own list of ends."""
    return Knob(knob.field, get=knob.get, put=knob.put, offer=_offer_ends) if knob.name == "type" else knob


FORM = DeviceForm(
    kind="channel",
    tag="channel",
    title=say("Hardware", "Channel"),
    icon="cable",
    fits=lambda device: device.target_kind == "virtio",
    fresh=_fresh,
    judge=_judge,
    knobs=(
        Knob(Choice("use", say("Hardware", "Use"), options=_USES), get=_use, put=_put_use, offer=_uses),
        Knob(
            Check("clipboard", say("Hardware", "Share the clipboard"), shown=_is(VDAGENT)),
            get=_clipboard,
            put=lambda _device, answer: {"host.sources": (CharacterSource(clipboard=answer),)},
        ),
        Knob(
            Text("name", say("Hardware", "Name"), most_chars=128, hint="org.example.0", shown=_is(OTHER)),
            get=_other_name,
            put=lambda _device, answer: {"name": answer},
        ),
        *map(_knob_of_ends, host_end.knobs(_OTHER_ENDS, asked=_is(OTHER))),
    ),
)
