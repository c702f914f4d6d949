"""What is to be said of the answers about a display."""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Iterator

from vmgui.commands.fields import Answers
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.offered import LACKS
from vmgui.model.device_character import ChannelDevice, RedirdevDevice
from vmgui.model.device_display import GraphicsDevice, VideoDevice
from vmgui.policy.plain_text import visible
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

ADDRESS = "address"
"""The answer of an address that is typed."""
EXAMPLE_OF_MOMENT = "2030-01-31T18:00:00"
_VNC, _SPICE = "vnc", "spice"
_MOST_OF_VNC_BYTES = 8  # libvirt refuses longer ones since 9.0 (code 67); older ones cut them off
_LEAST_VNC_PORT = 5900
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


def judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    """What keeps from applying, and what is to be known."""
    yield from _type(scene, answers["type"])
    if scene.kept is None and not any(isinstance(one, VideoDevice) for one in scene.others):
        yield _note("type", Level.INFO, say("Hardware", "A graphics card comes with it."))
    if answers["type"] not in (_VNC, _SPICE):
        return
    yield from _listen(scene, answers)
    yield from _password(answers)
    port = answers["port"]
    if answers["type"] == _VNC and port is not None and port < _LEAST_VNC_PORT:
        yield _note(
            "port", Level.ERROR, say("Hardware", "VNC has ports from {least} on."), least=_LEAST_VNC_PORT
        )
    if answers["type"] == _SPICE and answers["gl"] and answers["listen"] != "none":
        yield _note(
            "gl",
            Level.WARNING,
            say("Hardware", "OpenGL works for viewers on the host itself only, without a port."),
        )


def _note(field: str, level: Level, words: Say, **values: object) -> Note:
    return Note(field, words.format(**values), level)


def _type(scene: Scene, answer: str) -> Iterator[Note]:
    kept = scene.kept
    if kept is not None and kept.kind == answer:
        return
    capabilities = scene.machine.capabilities
    if capabilities is not None and answer not in capabilities.graphics_types:
        yield Note("type", str(LACKS))
    elif any(isinstance(one, GraphicsDevice) and one.kind == answer for one in scene.others):
        yield _note(
            "type",
            Level.ERROR,
            say("Hardware", "There is one of this kind: a virtual machine has one of each."),
        )
    elif kept is not None and kept.kind == _SPICE and any(map(_needs_spice, scene.others)):
        yield _note(
            "type",
            Level.ERROR,
            say(
                "Hardware",
                "Channels or USB redirection of this virtual machine need SPICE: remove them first.",
            ),
        )


def _needs_spice(device: object) -> bool:
    return isinstance(device, ChannelDevice | RedirdevDevice) and device.host.kind in (
        "spicevmc",
        "spiceport",
    )


def _listen(scene: Scene, answers: Answers) -> Iterator[Note]:
    field, place = "listen", str(answers["listen"])
    if place == ADDRESS:
        field, place = ADDRESS, str(answers[ADDRESS]).strip()
        if not place:
            yield Note(field, str(say("Hardware", "Type an address of the host.")), Level.MISSING)
            return
    if place in ("", "none", "socket", "network"):
        return
    try:
        is_open = not ipaddress.ip_address(place).is_loopback
    except ValueError:
        is_open = place != "localhost"
        if not _HOST.fullmatch(place) or re.fullmatch(r"[0-9.]+", place):
            yield _note(
                field, Level.ERROR, say("Hardware", "“{text}” is no address."), text=visible(place, 60)
            )
            return
    if not is_open:
        return
    words = say(
        "Hardware", "Whoever reaches the host over the network reaches this display: give it a password."
    )
    if answers["password"] == "" or (scene.kept is None and not answers["password"]):
        words = say(
            "Hardware",
            "Without a password, whoever reaches the host over the network sees this screen and can type on it.",
        )
    elif answers["password"]:
        words = say(
            "Hardware", "Whoever reaches the host over the network and knows the password sees this screen."
        )
    yield Note(field, str(words), Level.WARNING)


def _password(answers: Answers) -> Iterator[Note]:
    password = answers["password"]
    if password and answers["type"] == _VNC and len(password.encode()) > _MOST_OF_VNC_BYTES:
        yield _note(
            "password",
            Level.ERROR,
            say("Hardware", "VNC uses the first {most} characters of a password alone: make it that short."),
            most=_MOST_OF_VNC_BYTES,
        )
    until = str(answers["expires"]).strip()
    if not until:
        return
    try:
        if not _MOMENT.fullmatch(until):
            raise ValueError(until)
        moment = datetime.datetime.fromisoformat(until).replace(tzinfo=datetime.UTC)
    except ValueError:
        yield _note(
            "expires",
            Level.ERROR,
            say("Hardware", "Say the moment like this: {example}"),
            example=EXAMPLE_OF_MOMENT,
        )
        return
    if moment < datetime.datetime.now(datetime.UTC):
        yield _note(
            "expires", Level.WARNING, say("Hardware", "The password has run out: nobody can log in with it.")
        )
