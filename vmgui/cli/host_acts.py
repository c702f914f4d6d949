"""The verbs that act on a host of the list, all made from their commands. No host is connected to for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import add_check
from vmgui.cli.reference import find_host
from vmgui.cli.verb import CANCELLED, DONE, FAILED, Answer, Table, Verb
from vmgui.model.errors import Aborted, InvalidConfig
from vmgui.words.note import Level

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vmgui.cli.session import Session
    from vmgui.commands.command import Answers, HostCommand
    from vmgui.model.host import Host


def host_verb_of(command: HostCommand) -> Verb:
    """A command as a verb of the command line."""
    return Verb(
        command.verb,
        command.summary or command.title,
        partial(_add_arguments, command),
        partial(_act, command),
    )


def _add_arguments(command: HostCommand, parser: ArgumentParser) -> None:
    parser.add_argument("host", metavar="HOST", help="a name of the list, or an address")
    for field in command.fields:
        # Who wants nothing changed gives no verb.
        field.add_to(parser, **({} if field.positional else {"required": True}))
    add_check(parser)


async def _act(command: HostCommand, session: Session, arguments: Namespace) -> Answer:
    host = find_host(session.inventory, arguments.host)
    answers = {field.name: getattr(arguments, field.name) for field in command.fields}
    session.speaker.speak()
    problem = _problem(command, session, host, answers)
    if arguments.check:
        because = {"because": problem} if problem else {}
        possible = {**_named(host), "possible": not problem, **because}
        return Answer(possible, partial(_table, host, problem), FAILED if problem else DONE)
    if problem:
        return _result(host, InvalidConfig(problem, subject=host.name), problem, FAILED)
    is_asked = command.ask is not None and not arguments.yes
    if is_asked and command.ask is not None and not await session.speaker.confirmed(command.ask(host)):
        return _result(host, Aborted("not confirmed"), "", CANCELLED)
    assert command.run is not None
    command.run(session, host.id, answers)
    return _result(host)


def _problem(command: HostCommand, session: Session, host: Host, answers: Answers) -> str:
    """What the window would say is wrong with the answers; empty: nothing."""
    notes = command.dialog.judge(session, host.id, answers) if command.dialog is not None else ()
    return next((note.text for note in notes if note.level is Level.ERROR), "")


def _named(host: Host) -> dict[str, Any]:
    return {"name": host.name, "uri": host.config.uri}


def _result(host: Host, error: Exception | None = None, text: str = "", status: int = DONE) -> Answer:
    from vmgui.cli.output import error_document

    result = {**_named(host), "ok": error is None}
    if error is not None:
        told = error_document(error, host.name)
        text = text or told["text"]
        result["error"] = {**told, "text": text}
    return Answer({"results": [result]}, partial(_table, host, text), status)


def _table(host: Host, why_not: str) -> Table:
    from vmgui.words.machines import HOST
    from vmgui.words.say import say

    well = str(say("CommandLine", "Done"))
    return Table((str(HOST.title), str(say("CommandLine", "Result"))), [(host.name, why_not or well)])
