"""Runs one verb: asks, prints the answer, gives the exit status."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from vmgui.cli.call import Call, parse, verb_at
from vmgui.cli.hosts import HOSTS
from vmgui.cli.machines import LIST, SHOW
from vmgui.cli.speaker import Speaker, Unanswered
from vmgui.cli.verb import CANCELLED, FAILED, WRONG_USE, Verb
from vmgui.model.errors import Ambiguous, VmguiError
from vmgui.policy.plain_text import visible_lines

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
    """The exit status; SystemExit(2) for words that are understood by no verb."""
    at = verb_at(words)
    is_reading = at is not None and words[at] in _READING
    call = parse(words, _READING if is_reading else all_verbs())
    logging.basicConfig(
        level=logging.DEBUG if call.debug else logging.CRITICAL,
        format="%(name)s: %(message)s",
        stream=sys.stderr,
    )
    speaker = Speaker(call)
    try:
        answer = asyncio.run(_run(call, speaker))
    except KeyboardInterrupt:
        return CANCELLED
    except Unanswered as question:
        print(visible_lines(str(question)), file=sys.stderr)
        return WRONG_USE
    except VmguiError as error:
        speaker.tell_whole(error)
        return WRONG_USE if isinstance(error, Ambiguous) else FAILED
    try:
        speaker.print(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough.
        return answer.status
    return answer.status


async def _run(call: Call, speaker: Speaker) -> Answer:
    from vmgui.cli.session import Session

    async with Session(call, speaker) as session:
        return await call.verb.run(session, call.arguments)
