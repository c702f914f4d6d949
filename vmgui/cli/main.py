"""Runs one verb: asks, prints the answer, gives the exit status."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from vmgui.cli.call import Call, parse, verb_at
from vmgui.cli.hosts import HOSTS
from vmgui.cli.machines import LIST, SHOW
from vmgui.cli.output import json_text, use_streams, write, write_aside
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
    from vmgui.cli.device import VERBS as DEVICE
    from vmgui.cli.edits import VERB as SET
    from vmgui.cli.undo import VERB as UNDO
    from vmgui.cli.xml import VERB as XML

    verbs = (*ACTS, SET, CREATE, DELETE, XML, *DEVICE, UNDO)
    return {**_READING, **{verb.name: verb for verb in verbs}}


def run(words: list[str]) -> int:
    """The exit status. With --json stdout has one document whatever happens; SystemExit(0) after --help."""
    use_streams()
    is_json = "--json" in words
    try:
        at = verb_at(words)
        is_reading = at is not None and words[at] in _READING
        return carry_out(parse(words, _READING if is_reading else all_verbs()))
    except WrongUse as wrong:
        write_aside(f"{wrong}\n")
        return write(_error_text(type(wrong).__name__, str(wrong)) if is_json else "", WRONG_USE)
    except KeyboardInterrupt:
        return write(_error_text("Aborted", "interrupted") if is_json else "", CANCELLED)


def carry_out(call: Call) -> int:
    """Run a verb and print what it answers; the exit status."""
    logging.basicConfig(
        level=logging.DEBUG if call.debug else logging.CRITICAL,
        format="%(name)s: %(message)s",
        stream=sys.stderr,
    )
    speaker = Speaker(call)
    try:
        answer = asyncio.run(_run(call, speaker))
        text, status = speaker.text_of(answer), answer.status
    except WrongUse:
        raise
    except Exception as error:  # noqa: BLE001 - told like any other, as a fault of the program
        text = speaker.text_of_error(error)
        status = WRONG_USE if isinstance(error, Ambiguous) else FAILED
    return write(text, status)


def _error_text(kind: str, text: str) -> str:
    return json_text({"error": {"kind": kind, "text": text, "subject": "", "details": ""}})


async def _run(call: Call, speaker: Speaker) -> Answer:
    from vmgui.cli.session import Session

    async with Session(call, speaker) as session:
        return await call.verb.run(session, call.arguments)
