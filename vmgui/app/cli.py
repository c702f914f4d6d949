"""The command line; imports nothing heavy, so `--help` answers at once."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from vmgui import __version__


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
        epilog="Examples: vmgui --connect qemu+ssh://root@server/system --show-console web-01",
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
