"""Displays: VNC and SPICE."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Number, Option, Secret, Text
from vmgui.commands.hardware import video
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.commands.hardware.graphics_judge import ADDRESS, EXAMPLE_OF_MOMENT, judge
from vmgui.commands.hardware.offered import possible
from vmgui.model.device_display import AudioDevice, GraphicsDevice, Listen, VideoDevice
from vmgui.model.hardware import AddDevice, ChangeDevice, Wish
from vmgui.policy.device_values import value_at
from vmgui.words.say import Say, say

VNC, SPICE = "vnc", "spice"
_LOOPBACK, _ALL, _NOWHERE = "127.0.0.1", "0.0.0.0", "none"  # noqa: S104 - what a person may choose

_TYPES = (
    Option(VNC, say("Hardware", "VNC")),
    Option(SPICE, say("Hardware", "SPICE")),
)
_LISTENS = (
    Option(_LOOPBACK, say("Hardware", "This host only"), say("Hardware", "This program reaches it through the host.")),
    Option(_ALL, say("Hardware", "All addresses of the host"), say("Hardware", "Other computers reach it over the network.")),
    Option(ADDRESS, say("Hardware", "One address of the host")),
    Option(
        _NOWHERE,
        say("Hardware", "No port at all"),
        say("Hardware", "Only the host's libvirt hands the display out, to programs on the host itself."),
    ),
)  # fmt: skip
_HOSTS_OWN = Option("", say("Hardware", "As the host is set up (usually this host only)"))

_KEYMAPS = (
    *(
        "ar",
        "bepo",
        "cz",
        "da",
        "de",
        "de-ch",
        "en-gb",
        "en-us",
        "es",
        "et",
        "fi",
        "fo",
        "fr",
        "fr-be",
        "fr-ca",
    ),
    *(
        "fr-ch",
        "hr",
        "hu",
        "is",
        "it",
        "ja",
        "lt",
        "lv",
        "mk",
        "nl",
        "no",
        "pl",
        "pt",
        "pt-br",
        "ru",
        "sl",
        "sv",
    ),
    *("th", "tr"),
)
_SHARES = (
    Option("", say("Hardware", "Default")),
    Option("allow-exclusive", say("Hardware", "A viewer may ask to be the only one")),
    Option("force-shared", say("Hardware", "Any number of viewers at once")),
    Option("ignore", say("Hardware", "Any number of viewers, whatever they ask for")),
)
_COMPRESSIONS = (
    Option("", say("Hardware", "Default")),
    Option("auto_glz", say("Hardware", "Automatic (GLZ)")),
    Option("auto_lz", say("Hardware", "Automatic (LZ)")),
    *(Option(word, word.upper()) for word in ("quic", "glz", "lz")),
    Option("off", say("Hardware", "Off")),
)
_STREAMS = (
    Option("", say("Hardware", "Default")),
    Option("filter", say("Hardware", "What moves like a film")),
    Option("all", say("Hardware", "Everything that moves")),
    Option("off", say("Hardware", "Off")),
)

# What each kind of display has for itself.
_OF_VNC = ("share_policy", "power_control", "websocket", "wait", "audio_id")
_OF_SPICE = (
    *("tls_port", "channels", "default_mode", "image_compression", "jpeg_compression", "zlib_compression"),
    *("playback_compression", "streaming", "mouse_mode", "clipboard", "file_transfer", "gl", "render_node"),
    *("when_connected", "username"),
)
_OF_OTHERS = ("display", "xauth", "full_screen", "replace_user", "multi_user", "bus_address", "peer_to_peer")
_PORTS = ("port", "auto_port", "tls_port", "websocket")


# A new one.


def _fresh(scene: Scene) -> GraphicsDevice | Say:
    there = {one.kind for one in scene.others if isinstance(one, GraphicsDevice)}
    for option in _types(scene):
        if option.value not in there and not option.why_not:
            return GraphicsDevice(
                kind=option.value, port=-1, auto_port=True, listen=_LOOPBACK,
                listens=(Listen(kind="address", address=_LOOPBACK),),
            )  # fmt: skip
    return say("Hardware", "The virtual machine has a display of each kind that its host offers.")


def _types(scene: Scene) -> tuple[Option, ...]:
    capabilities = scene.machine.capabilities
    return possible(_TYPES, capabilities.graphics_types if capabilities is not None else None)


# Its values as answers.


def _differing(device: GraphicsDevice, values: Mapping[str, object]) -> Mapping[str, object]:
    return {path: value for path, value in values.items() if value != value_at(device, path)}


def _put_type(device: GraphicsDevice, answer: str) -> Mapping[str, object]:
    """What only the other kind has goes; where none but a network's viewer reaches it, it gets a port."""
    blank = GraphicsDevice()
    gone = {VNC: (*_OF_SPICE, *_OF_OTHERS), SPICE: (*_OF_VNC, *_OF_OTHERS)}.get(answer, ())
    values: dict[str, object] = {**{name: getattr(blank, name) for name in gone}, "kind": answer}
    if device.kind not in (VNC, SPICE) and answer in (VNC, SPICE):
        values |= _put_listen(replace(device, kind=answer), _LOOPBACK)
    return _differing(device, values)


def _listen(device: GraphicsDevice) -> str:
    first = device.listens[0] if device.listens else None
    if first is None:
        return "socket" if device.socket else device.listen
    return first.address or device.listen if first.kind == "address" else first.kind


def _put_listen(device: GraphicsDevice, answer: str) -> Mapping[str, object]:
    """One that is typed is the next field's: `follow` puts it here."""
    values: dict[str, object] = {"socket": ""}
    if answer == _NOWHERE:
        blank = GraphicsDevice()
        values.update((name, getattr(blank, name)) for name in _PORTS)
        values |= {"listen": "", "listens": (Listen(kind=_NOWHERE),)}
    elif answer != "socket":
        values |= {"listen": answer, "listens": (Listen(kind="address", address=answer),)}
        if device.port is None and device.auto_port is None:
            values |= {"port": -1, "auto_port": True}
    return _differing(device, values)


def _address(device: GraphicsDevice) -> str:
    answer = _listen(device)
    return "" if answer in ("", _NOWHERE, "socket", "network") else answer


def _follow(_scene: Scene, device: GraphicsDevice, answers: Answers) -> Mapping[str, object]:
    """An address that was typed before another place was chosen is none."""
    is_typed = device.kind in (VNC, SPICE) and answers["listen"] == ADDRESS
    return _put_listen(device, answers[ADDRESS].strip()) if is_typed else {}


def _port(device: GraphicsDevice) -> int | None:
    return None if device.auto_port or device.port is None or device.port < 1 else device.port


def _put_port(device: GraphicsDevice, answer: int | None) -> Mapping[str, object]:
    if _listen(device) in (_NOWHERE, "socket"):
        return {}
    if answer is None:
        return {"port": -1, "auto_port": True}
    return {"port": answer, "auto_port": False}


def _put_password(_device: GraphicsDevice, answer: str | None) -> Mapping[str, object]:
    return {} if answer is None else {"password": answer}


Put = Callable[[GraphicsDevice, Any], Mapping[str, object]]


def _of(kind: str, path: str) -> Put:
    """Of a value that only this kind has: an answer that was given before the other was chosen is none."""
    return lambda device, answer: {path: answer} if device.kind == kind else {}


def _switch(path: str, *, usual: bool) -> dict[str, Any]:
    """Of what SPICE does or does not: what it usually does is not said."""

    def get(device: GraphicsDevice) -> bool:
        value = getattr(device, path)
        return usual if value is None else value

    def put(device: GraphicsDevice, answer: bool) -> Mapping[str, object]:
        return {path: None if answer is usual else answer} if device.kind == SPICE else {}

    return {"get": get, "put": put, "folded": True}


# What there is to choose from, and when.


def _listens(scene: Scene) -> tuple[Option, ...]:
    """What a display has that is none of these is one of the host's addresses, or a socket."""
    found = [*_LISTENS]
    present = _listen(scene.kept) if scene.kept is not None else _LOOPBACK
    if present == "socket":
        found.append(Option(present, say("Hardware", "A socket on the host")))
    if not present:
        found.insert(0, _HOSTS_OWN)
    return tuple(found)


def _keymaps(_scene: Scene) -> tuple[Option, ...]:
    return (Option("", say("Hardware", "As the viewer has it")), *(Option(one, one) for one in _KEYMAPS))


def _is_typed(answers: Answers) -> bool:
    return answers["listen"] == ADDRESS


def _has_port(answers: Answers) -> bool:
    return answers["type"] in (VNC, SPICE) and answers["listen"] not in (_NOWHERE, "socket")


def _is_vnc(answers: Answers) -> bool:
    return answers["type"] == VNC


def _is_spice(answers: Answers) -> bool:
    return answers["type"] == SPICE


def _has_gl(answers: Answers) -> bool:
    return _is_spice(answers) and bool(answers["gl"])


def _is_viewed(answers: Answers) -> bool:
    return answers["type"] in (VNC, SPICE)


# What goes with it.


def _more(scene: Scene, answers: Answers) -> Iterable[Wish]:
    """A screen needs a graphics card. libvirt refuses sound that goes to SPICE without such a display; where it went nowhere, it can go there."""
    kept = scene.kept
    if kept is None and not any(isinstance(one, VideoDevice) for one in scene.others):
        card = video.fresh(scene)
        if isinstance(card, VideoDevice):  # else libvirt takes the oldest there is
            yield AddDevice(card)
    before = kept.kind if isinstance(kept, GraphicsDevice) else ""
    after = answers["type"]
    if before == after or _has_spice_beside(scene) or SPICE not in (before, after):
        return
    yield from _sound_goes(scene, *((SPICE, "none") if before == SPICE else ("none", SPICE)))


def _takes(scene: Scene) -> Iterable[Wish]:
    """What goes before the last SPICE display: libvirt refuses sound that went to it."""
    if scene.kept is not None and scene.kept.kind == SPICE and not _has_spice_beside(scene):
        yield from _sound_goes(scene, SPICE, "none")


def _loses(scene: Scene) -> str:
    if not any(True for _ in _takes(scene)):
        return ""
    return str(say("Hardware", "Its sound is heard nowhere then: it went to this display."))


def _has_spice_beside(scene: Scene) -> bool:
    return any(isinstance(one, GraphicsDevice) and one.kind == SPICE for one in scene.others)


def _sound_goes(scene: Scene, old: str, new: str) -> Iterator[Wish]:
    for one in scene.machine.devices:
        audio = one.saved if one.saved is not None else one.live
        if isinstance(audio, AudioDevice) and audio.kind == old:
            yield ChangeDevice(one.id, (("kind", new),), one)


def _knobs() -> Iterator[Knob]:
    yield Knob(Choice("type", say("Hardware", "Kind")), get=lambda one: one.kind, put=_put_type, offer=_types)
    yield Knob(
        Choice("listen", say("Hardware", "Listens at"), metavar="ADDRESS|none", shown=_is_viewed),
        get=_listen, put=_put_listen, offer=_listens,
    )  # fmt: skip
    yield Knob(
        Text("address", say("Hardware", "Address"), most_chars=255, shown=_is_typed),
        get=_address,
    )
    yield Knob(
        Number("port", say("Hardware", "Port"), least=1, most=65535, empty=say("Hardware", "Automatic"), shown=_has_port),
        get=_port, put=_put_port,
    )  # fmt: skip
    yield Knob(
        Secret("password", say("Hardware", "Password"), shown=_is_viewed),
        get=lambda _one: None,
        put=_put_password,
    )
    yield Knob(
        Text("expires", say("Hardware", "Password valid until (UTC)"), hint=EXAMPLE_OF_MOMENT, most_chars=19, shown=_is_viewed),
        "password_valid_to", folded=True,
    )  # fmt: skip
    yield Knob(
        Choice("keymap", say("Hardware", "Keyboard layout"), shown=_is_viewed),
        "keymap",
        offer=_keymaps,
        folded=True,
    )
    yield Knob(
        Choice("share", say("Hardware", "Several viewers"), options=_SHARES, shown=_is_vnc),
        "share_policy", put=_of(VNC, "share_policy"), folded=True,
    )  # fmt: skip
    yield Knob(
        Check("clipboard", say("Hardware", "Clipboard"), shown=_is_spice), **_switch("clipboard", usual=True)
    )
    yield Knob(
        Check("filetransfer", say("Hardware", "Files dropped on the screen"), shown=_is_spice),
        **_switch("file_transfer", usual=True),
    )
    yield Knob(
        Choice("compression", say("Hardware", "Compression of pictures"), options=_COMPRESSIONS, shown=_is_spice),
        "image_compression", put=_of(SPICE, "image_compression"), folded=True,
    )  # fmt: skip
    yield Knob(
        Choice("streaming", say("Hardware", "Sent as video"), options=_STREAMS, shown=_is_spice),
        "streaming", put=_of(SPICE, "streaming"), folded=True,
    )  # fmt: skip
    yield Knob(Check("gl", say("Hardware", "OpenGL"), shown=_is_spice), **_switch("gl", usual=False))
    yield Knob(
        Text("rendernode", say("Hardware", "Render node of the host"), hint="/dev/dri/renderD128", shown=_has_gl),
        "render_node", put=_of(SPICE, "render_node"), folded=True,
    )  # fmt: skip


FORM = DeviceForm(
    kind="graphics",
    tag="graphics",
    title=say("Hardware", "Display"),
    icon="monitor",
    fresh=_fresh,
    judge=judge,
    more=_more,
    follow=_follow,
    takes=_takes,
    loses=_loses,
    called=("display",),
    knobs=tuple(_knobs()),
)
