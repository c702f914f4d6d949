"""Where a serial line, a channel or a source of randomness ends on the host: the fields that ask for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Option, Path, Text
from vmgui.commands.hardware.form import Knob
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.words.note import Level, Note
from vmgui.words.say import say

KINDS = {
    "pty": Option(
        "pty", say("Hardware", "A terminal of the host (PTY)"), say("Hardware", "As consoles use it")
    ),
    "unix": Option("unix", say("Hardware", "A socket file of the host")),
    "tcp": Option("tcp", say("Hardware", "A network port (TCP)")),
    "file": Option("file", say("Hardware", "A file of the host"), say("Hardware", "Only written to")),
    "dev": Option("dev", say("Hardware", "A device of the host")),
    "null": Option("null", say("Hardware", "Nowhere")),
    "spicevmc": Option("spicevmc", say("Hardware", "The viewer's computer (SPICE)")),
}
_MODES = (
    Option("bind", say("Hardware", "Waits for connections")),
    Option("connect", say("Hardware", "Connects there")),
)
_PROTOCOLS = (
    Option("raw", say("Hardware", "Unencrypted")),
    Option("telnet", say("Hardware", "Telnet")),
)
_WITH_PATH = ("unix", "file", "dev", "pipe")
_WITH_MODE = ("unix", "tcp")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORT = re.compile(r"[0-9]{1,5}")
_SERVICE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,31}")

Shown = Callable[[Answers], bool]


def always(_answers: Answers) -> bool:
    """For `asked` of ends that every device of a kind has."""
    return True


def fresh(kind: str, mode: str = "bind") -> CharacterEnd:
    """A new one of this kind."""
    return CharacterEnd(kind=kind, sources=_sources(kind, CharacterSource(), mode))


def knobs(
    kinds: Iterable[str], *, asked: Shown = always, path: str = "path", mode: str = "bind"
) -> tuple[Knob, ...]:
    """For a device whose `host` it is. `asked`: whether it is asked for at all; `path`: the field of the path's name;
    `mode`: what is suggested of who connects to whom."""

    def of(*wanted: str) -> Shown:
        return lambda answers: asked(answers) and answers["type"] in wanted

    def put_kind(device: Any, kind: str) -> Mapping[str, object]:
        sources = _sources(kind, _source(device, mode), mode)
        return {"host.kind": kind, "host.sources": sources, "host.protocol": ""}

    def part(field: Any, name: str) -> Knob:
        return Knob(
            field,
            get=lambda device: getattr(_source(device, mode), name),
            put=lambda device, answer: _put(device, mode, name, answer),
        )

    return (
        Knob(
            Choice(
                "type",
                say("Hardware", "Host's end"),
                options=tuple(KINDS[kind] for kind in kinds),
                shown=None if asked is always else asked,
            ),
            get=lambda device: device.host.kind,
            put=put_kind,
        ),
        part(Path(path, say("Hardware", "Path on the host"), shown=of(*_WITH_PATH)), "path"),
        Knob(
            Check("append", say("Hardware", "Keep what is in the file"), shown=of("file")),
            get=lambda device: bool(_source(device, mode).append),
            put=lambda device, answer: _put(device, mode, "append", answer),
        ),
        part(Choice("mode", say("Hardware", "Connection"), options=_MODES, shown=of(*_WITH_MODE)), "mode"),
        part(Text("host", say("Hardware", "Address"), most_chars=255, shown=of("tcp")), "host"),
        part(Text("port", say("Hardware", "Port"), most_chars=32, shown=of("tcp")), "service"),
        Knob(
            Choice("protocol", say("Hardware", "Protocol"), options=_PROTOCOLS, shown=of("tcp")),
            get=lambda device: device.host.protocol or "raw",
            put=lambda _device, answer: {"host.protocol": answer},
            folded=True,
        ),
    )


def log_knob() -> Knob:
    """Also to a file: what the guest writes."""
    return Knob(
        Path("log", say("Hardware", "Also written to the file")),
        get=lambda device: device.host.log_path,
        put=lambda device, answer: {
            "host.log_path": answer,
            "host.log_append": device.host.log_append if answer else None,
        },
        folded=True,
    )


def judge(answers: Answers, *, path: str = "path", names_itself: bool = False) -> Iterable[Note]:
    """What is wrong with it. `names_itself`: libvirt finds a name for a socket that has none."""
    kind = answers["type"]
    if kind in _WITH_PATH:
        yield from path_notes(path, answers[path], may_be_empty=names_itself and kind == "unix")
    if kind == "tcp":
        yield from _port_notes(answers)
    if answers.get("log"):
        yield from path_notes("log", answers["log"], may_be_empty=True)


def path_notes(field: str, path: str, *, may_be_empty: bool = False) -> Iterable[Note]:
    """Of a path on the host."""
    if not path and not may_be_empty:
        yield Note(field, str(say("Hardware", "Say which path.")), Level.MISSING)
    elif path and not path.startswith("/"):
        yield Note(field, str(say("Hardware", "A path on the host begins with a slash.")))


def _port_notes(answers: Answers) -> Iterable[Note]:
    host, port = answers["host"], answers["port"]
    if not port:
        yield Note("port", str(say("Hardware", "Say which port.")), Level.MISSING)
    elif not (_PORT.fullmatch(port) and 0 < int(port) < 65536) and not _SERVICE.fullmatch(port):
        yield Note("port", str(say("Hardware", "A port is a number from 1 to 65535.")))
    if not host:
        yield Note("host", str(say("Hardware", "Say which address.")), Level.MISSING)
    elif answers["mode"] == "bind" and host not in _LOOPBACK:
        text = say(
            "Hardware", "Whoever reaches this address of the host reaches the line: no password guards it."
        )
        yield Note("host", str(text), Level.WARNING)


def _source(device: Any, mode: str) -> CharacterSource:
    """The first of its sources with what would be suggested in place of what it does not say."""
    end: CharacterEnd = device.host
    # A terminal's path is another one at each start.
    known = end.sources[0] if end.sources and end.kind != "pty" else CharacterSource()
    return replace(known, mode=known.mode or mode, host=known.host or "127.0.0.1")


def _sources(kind: str, known: CharacterSource, mode: str) -> tuple[CharacterSource, ...]:
    """Of an end of another kind, with what both have."""
    if kind == "tcp":
        source = CharacterSource(
            mode=known.mode or mode, host=known.host or "127.0.0.1", service=known.service
        )
        return (source,)
    if kind == "unix":
        return (CharacterSource(mode=known.mode or mode, path=known.path),)
    if kind in _WITH_PATH:
        return (CharacterSource(path=known.path),)
    return ()


def _put(device: Any, mode: str, name: str, answer: object) -> Mapping[str, object]:
    end: CharacterEnd = device.host
    first = end.sources[0] if end.sources else CharacterSource(mode=mode if end.kind in _WITH_MODE else "")
    return {"host.sources": (replace(first, **{name: answer}), *end.sources[1:])}
