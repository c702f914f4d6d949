"""The verbs that act on machines, all made from their commands: which machines, whether it is possible, the question
that the window would ask, one job for all of them, a result for each."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.machines import STATES
from vmgui.cli.reference import add_machines, meant, none_meant, read_definitions
from vmgui.cli.verb import CANCELLED, DONE, FAILED, Answer, Table, Verb
from vmgui.commands.lifecycle import COMMANDS as LIFECYCLE
from vmgui.commands.tags import COMMANDS as TAGS
from vmgui.model.domain import DomainState
from vmgui.model.errors import Aborted, VmguiError
from vmgui.policy.lifecycle import NOT_IF_PROTECTED, Refusal, is_as_wanted, refusal, refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Collection, Mapping, Sequence

    from vmgui.cli.session import Session
    from vmgui.commands.command import Answers, MachineCommand
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.host import Host
    from vmgui.model.job import JobId
    from vmgui.words.say import Say


def verb_of(command: MachineCommand) -> Verb:
    """A command as a verb of the command line."""
    return Verb(
        command.verb,
        command.summary or command.title,
        partial(add_arguments, command),
        partial(_act, command),
        partial(_wrong, command),
    )


def add_check(parser: ArgumentParser) -> None:
    """Have a parser know what every verb has that changes something."""
    parser.add_argument("--check", action="store_true", help="say what would happen and change nothing")
    parser.add_argument("--yes", action="store_true", help="yes to the question that the window would ask")


def is_of_one(arguments: Namespace) -> bool:
    """Whether one machine was named: --check gives its object."""
    return not arguments.where and len(arguments.machine) == 1


def add_arguments(command: MachineCommand, parser: ArgumentParser) -> None:
    """Have a parser know which machines are meant, and what the command asks."""
    if command.one_only:
        parser.add_argument("machine", metavar="VM", nargs=1, help="NAME, UUID or HOST/NAME")
        parser.set_defaults(where="")
    else:
        add_machines(parser)
    for field in (*command.fields, *command.options):
        field.add_to(parser)
    add_check(parser)


def _answers(command: MachineCommand, arguments: Namespace) -> dict[str, Any]:
    return {field.name: getattr(arguments, field.name) for field in (*command.fields, *command.options)}


def _wrong(command: MachineCommand, arguments: Namespace) -> str:
    answers = _answers(command, arguments)
    if command.fields and all(answers[field.name] is None for field in command.fields):
        return f"nothing to change: give {' or '.join(f'--{field.name}' for field in command.fields)}"
    return none_meant(arguments)


async def _act(command: MachineCommand, session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    domains, definitions = await meant(session, arguments, surely=command.job in NOT_IF_PROTECTED)
    answers = _answers(command, arguments)
    if command.job in NOT_IF_PROTECTED and not definitions:
        definitions = await read_definitions(session, [domain.key for domain in domains])
    # Who carries it out asks the host once more: it may have changed by then.
    protected = frozenset(key for key, definition in definitions.items() if definition.is_protected)
    if arguments.check:
        errors = {domain.key: why_not(session, command, domain, answers, protected) for domain in domains}
        return _foreseen(session, hosts, domains, errors, is_one=is_of_one(arguments))
    left_out: dict[DomainKey, Exception] = {}
    as_wanted: frozenset[DomainKey] = frozenset()
    if not arguments.yes and command.asks_above is not None:
        reasons = {domain.key: _refusal(session, command, domain, protected) for domain in domains}
        asked = [domain for domain in domains if reasons[domain.key] is None]
        if len(asked) > command.asks_above and not await _is_confirmed(session, command, asked, reasons):
            return not_confirmed(session, domains)
        if len(asked) > command.asks_above or command.asks_above == 0:
            # Nothing is done to those that nobody was asked about, whatever they have become meanwhile.
            refusals = {domain: reason for domain in domains if (reason := reasons[domain.key]) is not None}
            as_wanted = frozenset(
                domain.key for domain, reason in refusals.items() if is_as_wanted(command.job, reason)
            )
            left_out = {
                domain.key: refused(reason, subject=domain.name)
                for domain, reason in refusals.items()
                if domain.key not in as_wanted
            }
    run = command.act or command.run
    assert run is not None

    def is_still(domain: Domain) -> bool:
        reason = _refusal(session, command, domain, protected)
        return reason is not None and is_as_wanted(command.job, reason)

    return await carried_out(
        *(session, hosts, domains, lambda keys: run(session, keys, answers), left_out),
        as_wanted=as_wanted,
        is_still=is_still,
    )


def why_not(
    session: Session,
    command: MachineCommand,
    domain: Domain,
    answers: Answers,
    protected: Collection[DomainKey] = (),
) -> VmguiError | None:
    """Why it is not possible with a machine. None: it is possible now, or the machine is as wanted already."""
    reason = _refusal(session, command, domain, protected)
    if reason is not None:
        return None if is_as_wanted(command.job, reason) else refused(reason, subject=domain.name)
    return command.why_not(session, domain.key, answers) if command.why_not is not None else None


def _refusal(
    session: Session, command: MachineCommand, domain: Domain, protected: Collection[DomainKey]
) -> Refusal | None:
    host = session.inventory.hosts[domain.key.host_id]
    return refusal(domain, command.job, host, is_protected=domain.key in protected)


async def _is_confirmed(
    session: Session,
    command: MachineCommand,
    affected: Sequence[Domain],
    reasons: Mapping[DomainKey, Refusal | None],
) -> bool:
    """Asked as the window asks: about those that it is possible with."""
    session.speaker.speak()
    from vmgui.words.lifecycle import Affected, ask

    skipped = Counter(reason for reason in reasons.values() if reason is not None)
    of_hosts = len({domain.key.host_id for domain in affected})
    question = ask(Affected(command.job, names(session, affected), of_hosts, tuple(skipped.items())))
    return await session.speaker.confirmed(question)


def names(session: Session, domains: Sequence[Domain]) -> tuple[str, ...]:
    """What a person calls them."""
    from vmgui.policy.domain_names import with_host

    apart = session.inventory.apart_of(domain.key for domain in domains)
    return tuple(with_host(domain.name, apart[domain.key]) for domain in domains)


async def carried_out(
    session: Session,
    hosts: tuple[Host, ...],
    domains: Sequence[Domain],
    submit: Callable[[tuple[DomainKey, ...]], JobId],
    errors: Mapping[DomainKey, Exception] | None = None,
    *,
    as_wanted: Collection[DomainKey] = (),
    is_still: Callable[[Domain], bool] = lambda _domain: True,
    stays: bool = True,
) -> Answer:
    """Act on the machines as one job, but for those of `errors` and `as_wanted`; what came of it for each.

    `is_still`: whether one of `as_wanted` is so afterwards, too; nobody was asked about it.
    `stays`: they are there afterwards, in a state that is told.
    """
    from vmgui.cli.jobs import carry_out

    failed: dict[DomainKey, Exception] = dict(errors or {})
    keys = tuple(domain.key for domain in domains if domain.key not in failed and domain.key not in as_wanted)
    is_interrupted = False
    if keys:
        ended = await carry_out(session, lambda: submit(keys))
        is_interrupted = ended.is_interrupted
        failed |= {key: error for key in keys if (error := ended.error(key)) is not None}
    after = domains
    if stays:
        after = await asyncio.gather(*(_after(session, domain, failed) for domain in domains))
        for domain in after:
            if domain.key in as_wanted and domain.state is not DomainState.UNKNOWN and not is_still(domain):
                failed[domain.key] = Aborted("not confirmed")
    status = CANCELLED if is_interrupted else FAILED if failed or session.has_failed(hosts) else DONE
    return _results(session, after, failed, status, has_state=stays)


def not_confirmed(session: Session, domains: Sequence[Domain]) -> Answer:
    """A person said no."""
    return _results(session, domains, {domain.key: Aborted("not confirmed") for domain in domains}, CANCELLED)


async def _after(session: Session, domain: Domain, failed: Mapping[DomainKey, Exception]) -> Domain:
    """The machine as the act left it; in no known state where its host does not tell."""
    if domain.key in failed:
        return domain
    from vmgui.hypervisor.domains import read_domain

    key, found = domain.key, None
    with contextlib.suppress(VmguiError, TimeoutError):
        async with asyncio.timeout(session.timeout_s):
            found = await session.hosts.connection(key.host_id).run(read_domain, key.host_id, key.uuid)
    return found or replace(domain, state=DomainState.UNKNOWN)


def named(session: Session, domain: Domain) -> dict[str, Any]:
    """Which machine it is."""
    host = session.inventory.hosts[domain.key.host_id]
    return {"name": domain.name, "uuid": domain.key.uuid, "host": host.name}


def _foreseen(
    session: Session,
    hosts: tuple[Host, ...],
    domains: Sequence[Domain],
    errors: Mapping[DomainKey, VmguiError | None],
    *,
    is_one: bool,
) -> Answer:
    found: list[dict[str, Any]] = []
    for domain in domains:
        error = errors[domain.key]
        because = {"because": told(session, domain, error)["text"]} if error is not None else {}
        found.append({**named(session, domain), "possible": error is None, **because})

    def table() -> Table:
        from vmgui.words.say import say

        yes, no = str(say("CommandLine", "yes")), str(say("CommandLine", "no"))
        rows = [
            (one["name"], one["host"], yes if one["possible"] else no, one.get("because", ""))
            for one in found
        ]
        return Table(titles(say("CommandLine", "Possible"), say("CommandLine", "Why not")), rows)

    is_possible = all(one["possible"] for one in found) and not session.has_failed(hosts)
    return Answer(found[0] if is_one else {"results": found}, table, DONE if is_possible else FAILED)


def _results(
    session: Session,
    domains: Sequence[Domain],
    failed: Mapping[DomainKey, Exception],
    status: int,
    *,
    has_state: bool = True,
) -> Answer:
    found: list[dict[str, Any]] = []
    for domain in domains:
        error = failed.get(domain.key)
        result = {**named(session, domain), "ok": error is None}
        if error is not None:
            result["error"] = told(session, domain, error)
        elif has_state:
            result["state"] = STATES[domain.state]
        found.append(result)

    def table() -> Table:
        from vmgui.words.machines import STATE
        from vmgui.words.say import say
        from vmgui.words.states import state_words

        well = str(say("CommandLine", "Done"))
        rows = [
            (
                *(one["name"], one["host"]),
                *((state_words(domain.state),) if has_state else ()),
                one["error"]["text"] if "error" in one else well,
            )
            for domain, one in zip(domains, found, strict=True)
        ]
        state = (STATE.title,) if has_state else ()
        return Table(titles(*state, say("CommandLine", "Result")), rows)

    return Answer({"results": found}, table, status)


def titles(*more: Say) -> tuple[str, ...]:
    """Of a table of machines, with these behind."""
    from vmgui.words.machines import HOST, NAME

    return tuple(str(title) for title in (NAME.title, HOST.title, *more))


def told(session: Session, domain: Domain, error: Exception) -> dict[str, Any]:
    """An error about a machine."""
    from vmgui.cli.output import error_document

    session.speaker.speak()
    return error_document(error, domain.name, session.inventory.hosts[domain.key.host_id].name)


ACTS = tuple(verb_of(command) for command in (*LIFECYCLE, *TAGS) if command.verb)
"""In the order of their declarations."""
