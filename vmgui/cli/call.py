"""From the words on the command line to a verb and its arguments."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from vmgui.cli.reference import uris
from vmgui.cli.verb import WrongUse
from vmgui.policy.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vmgui.cli.verb import Verb

TIMEOUT_S = 10.0
LONGEST_TIMEOUT_S = 86_400.0
MAX_HOSTS = 500
MAX_CHARS = 4096

# Options whose value is the next word: it is no verb. packaging/run has them, too.
WITH_VALUE = frozenset({"--connect", "--lang", "--timeout", "--show-console", "--screenshot", "--where"})


@dataclass(frozen=True, slots=True)
class Call:
    """One run of a verb."""

    verb: Verb
    connect: tuple[str, ...]  # empty: the hosts of the list
    json: bool
    timeout_s: float
    language: str  # "": as in the settings
    quiet: bool
    debug: bool
    arguments: argparse.Namespace  # the verb's own


def verb_at(words: Sequence[str]) -> int | None:
    """Where the first word that is no option stands; None: there is none, the window is meant."""
    skip = False
    for number, word in enumerate(words):
        if skip:
            skip = False
        elif word in WITH_VALUE:
            skip = True
        elif not word.startswith("-"):
            return number
    return None


def parse(words: Sequence[str], verbs: Mapping[str, Verb]) -> Call:
    """Options may stand before the verb and after it. Raises WrongUse; SystemExit(0) after --help."""
    name, rest = _verb_and_rest(words, verbs)
    verb = verbs.get(name)
    if verb is None:
        known = ", ".join(verbs)
        raise WrongUse(f"vmgui: there is no verb {visible(name, 60)!r}; there are {known}")
    parser = parser_of(verb)
    rest = _joined(rest)
    # Machines may stand before and behind options; what "--" leads is told apart by the plain way only.
    options = parser.parse_args(rest) if "--" in rest else parser.parse_intermixed_args(rest)
    # A host that is named by its address is asked, whether it is of the list or not.
    named = (*getattr(options, "machine", ()), f"{getattr(options, 'host', '')}/")
    connect = (*options.connect, *uris(named))
    if len(connect) > MAX_HOSTS:
        parser.error(f"no more than {MAX_HOSTS} hosts can be named")
    if any(len(uri) > MAX_CHARS or visible(uri, MAX_CHARS) != uri for uri in connect):
        parser.error("an address has characters that cannot be shown, or too many")
    wrong = verb.wrong(options)
    if wrong:
        parser.error(wrong)
    return Call(
        verb=verb,
        connect=connect,
        json=options.json,
        timeout_s=options.timeout,
        language=options.lang,
        quiet=options.quiet,
        debug=options.debug,
        arguments=options,
    )


def _verb_and_rest(words: Sequence[str], verbs: Mapping[str, Verb]) -> tuple[str, list[str]]:
    """The verb's name, which is two words where it is about a thing (`snapshot take`), and the other words."""
    at = verb_at(words)
    if at is None:
        return "", list(words)
    name, rest = words[at], [*words[:at], *words[at + 1 :]]
    behind = verb_at(rest[at:])
    if name not in verbs and behind is not None and any(known.startswith(f"{name} ") for known in verbs):
        name = f"{name} {rest.pop(at + behind)}"
    return name, rest


class _Parser(argparse.ArgumentParser):
    """Leaves it to the caller to tell what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{self.format_usage()}{self.prog}: {message}")


def parser_of(verb: Verb) -> argparse.ArgumentParser:
    """What reads the words of a verb, and its help."""
    parser = _Parser(prog=f"vmgui {verb.name}", description=str(verb.summary), allow_abbrev=False)
    verb.add_arguments(parser)
    add_common(parser)
    return parser


def _joined(words: Sequence[str]) -> list[str]:
    """A filter may begin like an option ("-web": not web), which argparse takes for one unless it is joined on."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--where":
            joined[-1] = f"--where={word}"
        else:
            joined.append(word)
    return joined


def add_common(parser: argparse.ArgumentParser) -> None:
    """Have a parser know the options of every verb."""
    common = parser.add_argument_group("options of every verb")
    common.add_argument(
        "--connect",
        metavar="URI",
        action="append",
        default=[],
        help="ask this host instead of those of the list (repeatable)",
    )
    common.add_argument("--json", action="store_true", help="print one JSON document")
    common.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        default=TIMEOUT_S,
        help="how long to wait for a host that does not answer (default: %(default)g)",
    )
    common.add_argument("--lang", choices=("en", "es"), default="", help="language of this run")
    common.add_argument("--quiet", action="store_true", help="tell nothing beside the answer")
    common.add_argument("--debug", action="store_true", help="log to the terminal")


def _seconds(text: str) -> float:
    value = float(text)
    # Not a number compares with nothing.
    if not 0 < value <= LONGEST_TIMEOUT_S:
        raise ValueError(text)
    return value
