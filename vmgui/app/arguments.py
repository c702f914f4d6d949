"""The command line; imports nothing heavy, so `--help` answers at once."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from vmgui import __version__
from vmgui.policy.plain_text import visible

MAX_HOSTS = 500
MAX_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the person asked for at start."""

    connect: tuple[str, ...]
    show_console: str
    new: bool
    language: str  # "": as in the settings
    debug: bool
    demo: bool
    screenshot: Path | None


def parse(argv: list[str]) -> Arguments:
    """Parse; prints usage and raises SystemExit(2) when it cannot be understood."""
    parser = argparse.ArgumentParser(
        prog="vmgui",
        description="Run virtual machines on this computer and on other hosts, through libvirt.",
        epilog="Without a window: vmgui list, vmgui show VM, vmgui start VM ...; man vmgui has all verbs, vmgui VERB --help each. "
        "Example: vmgui --connect qemu+ssh://root@server/system --show-console web-01",
    )
    parser.add_argument("--version", action="version", version=f"vmgui {__version__}")
    parser.add_argument(
        "--connect", metavar="URI", action="append", default=[], help="connect to this host too (repeatable)"
    )
    parser.add_argument(
        "--show-console", metavar="NAME", default="", help="open the console of this virtual machine"
    )
    parser.add_argument("--new", action="store_true", help="open the wizard for a new virtual machine")
    parser.add_argument("--lang", choices=("en", "es"), default="", help="language of this run")
    parser.add_argument("--debug", action="store_true", help="log more, and to the terminal too")
    parser.add_argument(
        "--demo", action="store_true", help="create and show a sample virtual machine; needs no preparation"
    )
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help="with --demo: needs no display; save the window to FILE when the guest asks for a login, then end",
    )
    options = parser.parse_args(argv)
    wrong = problem(tuple(options.connect), options.show_console)
    if wrong:
        parser.error(wrong)
    if options.screenshot is not None and not options.demo:
        parser.error("--screenshot works together with --demo")
    if options.screenshot is not None and options.screenshot.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        parser.error("--screenshot writes a .png or .jpg file")
    return Arguments(
        connect=tuple(options.connect),
        show_console=options.show_console,
        new=options.new,
        language=options.lang,
        debug=options.debug,
        demo=options.demo,
        screenshot=options.screenshot,
    )


def problem(connect: tuple[str, ...], show_console: str) -> str:
    """Why these cannot be meant; empty: they can."""
    if len(connect) > MAX_HOSTS:
        return f"--connect can be given {MAX_HOSTS} times"
    for text in (*connect, show_console):
        if len(text) > MAX_CHARS or visible(text, MAX_CHARS) != text:
            return "an address or a name has characters that cannot be shown, or too many"
    return ""


def to_plain(arguments: Arguments) -> dict[str, object]:
    """What a second start hands over to the window that is open already; the rest is about its own run."""
    return {
        "connect": list(arguments.connect),
        "show_console": arguments.show_console,
        "new": arguments.new,
    }


def from_plain(plain: object) -> Arguments:
    """What another process handed over, checked like a command line; raises ValueError, TypeError."""
    if not isinstance(plain, dict):
        raise TypeError("these are no arguments")
    found = cast("dict[str, object]", plain)
    connect, name, new = found.get("connect", []), found.get("show_console", ""), found.get("new", False)
    if not isinstance(connect, list) or not isinstance(name, str) or not isinstance(new, bool):
        raise TypeError("these are no arguments")
    uris = cast("list[object]", connect)
    texts = tuple(uri for uri in uris if isinstance(uri, str))
    if len(texts) != len(uris):
        raise ValueError("an address is no text")
    wrong = problem(texts, name)
    if wrong:
        raise ValueError(wrong)
    return Arguments(
        connect=texts, show_console=name, new=new, language="", debug=False, demo=False, screenshot=None
    )
