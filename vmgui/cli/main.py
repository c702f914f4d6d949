"""Runs one verb: asks, prints the answer, gives the exit status."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING

from vmgui.cli.call import Call, parse, verb_at
from vmgui.cli.hosts import HOSTS
from vmgui.cli.machines import LIST, SHOW
from vmgui.cli.output import print_json, use_streams, write_aside
from vmgui.cli.speaker import Speaker
from vmgui.cli.verb import CANCELLED, FAILED, WRONG_USE, Verb, WrongUse
from vmgui.model.errors import Ambiguous

if TYPE_CHECKING:
    from vmgui.cli.verb import Answer

_READING: dict[str, Verb] = {verb.name: verb for verb in (HOSTS, LIST, SHOW)}


def all_verbs() -> dict[str, Verb]:
    """By their names; what only acts need is loaded now."""
    from vmgui.cli.acts import ACTS
    from vmgui.cli.creation import VERB as CREATE
    from vmgui.cli.deletion import VERB as DELETE

    return {**_READING, **{verb.name: verb for verb in (*ACTS, CREATE, DELETE)}}


def run(words: list[str]) -> int:
    """The exit status. With --json stdout has one document whatever happens; SystemExit(0) after --help."""
    use_streams()
    is_json = "--json" in words
    try:
        at = verb_at(words)
        is_reading = at is not None and words[at] in _READING
        return _carry_out(parse(words, _READING if is_reading else all_verbs()))
    except WrongUse as wrong:
        write_aside(f"{wrong}\n")
        if is_json:
            _print_error(type(wrong).__name__, str(wrong))
        return WRONG_USE
    except KeyboardInterrupt:
        if is_json:
            _print_error("Aborted", "interrupted")
        return CANCELLED


def _carry_out(call: Call) -> int:
    logging.basicConfig(
        level=logging.DEBUG if call.debug else logging.CRITICAL,
        format="%(name)s: %(message)s",
        stream=sys.stderr,
    )
    speaker = Speaker(call)
    try:
        answer = asyncio.run(_run(call, speaker))
        speaker.print(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough.
        return FAILED
    except WrongUse:
        raise
    except OSError as error:
        write_aside(f"vmgui: the answer could not be written: {error}\n")
        return FAILED
    except Exception as error:  # noqa: BLE001 - told like any other, as a fault of the program
        speaker.tell_whole(error)
        return WRONG_USE if isinstance(error, Ambiguous) else FAILED
    return answer.status


def _print_error(kind: str, text: str) -> None:
    with contextlib.suppress(OSError):
        print_json({"error": {"kind": kind, "text": text, "subject": "", "details": ""}})
        sys.stdout.flush()


async def _run(call: Call, speaker: Speaker) -> Answer:
    from vmgui.cli.session import Session

    async with Session(call, speaker) as session:
        return await call.verb.run(session, call.arguments)
