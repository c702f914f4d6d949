"""Which machines are meant: NAME, UUID or HOST/NAME, where HOST is a name of the list, a host's own name or a URI;
or those that a filter leaves."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from vmgui.cli.verb import WrongUse
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.errors import Ambiguous, HostUnreachable, MaybeAmbiguous, NotFound, VmguiError
from vmgui.model.host import Host, HostState
from vmgui.policy.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vmgui.cli.session import Session
    from vmgui.services.inventory import Inventory


def add_machines(parser: ArgumentParser) -> None:
    """Have a parser know how several machines are named."""
    parser.add_argument("machine", metavar="VM", nargs="*", help="NAME, UUID or HOST/NAME")
    add_where(parser)


def add_where(parser: ArgumentParser) -> None:
    """Have a parser know --where."""
    parser.add_argument(
        "--where",
        metavar="FILTER",
        default="",
        help="those that the window's filter would leave: 'state:running tag:web'",
    )


def none_meant(arguments: Namespace) -> str:
    """What is wrong with how machines are named; empty: nothing."""
    if arguments.where and not arguments.where.strip():
        return "--where is empty"
    if arguments.machine and arguments.where:
        return "name machines or give --where, not both"
    return "" if arguments.machine or arguments.where else "which machine? Name one, or give --where"


def uris(references: Iterable[str]) -> list[str]:
    """Those of hosts, in URI/NAME."""
    return [where for where, _, _ in (one.rpartition("/") for one in references) if "://" in where]


async def meant(
    session: Session, arguments: Namespace, *, surely: bool = False
) -> tuple[Sequence[Domain], Mapping[DomainKey, Definition]]:
    """The machines, and where a filter chose them what is known of all; raises NotFound, Ambiguous.

    `surely`: something may be lost. A bare name then means nothing while hosts that were asked are silent: the machine
    that is meant may be theirs.

    A filter leaves none of which it is not known whether it is meant; one that is not understood as a whole is
    WrongUse: what was left of it would mean more machines.
    """
    if not arguments.where:
        silent = session.silent if surely else ()
        return find_all(session.inventory, arguments.machine, silent), {}
    wrong = not_understood(arguments.where)
    if wrong:
        raise WrongUse(f"vmgui: {wrong}")
    definitions = await read_definitions(session, session.inventory.domains)
    found = where(session, definitions, arguments.where)
    return tuple(domain for domain in found if domain.key in definitions), definitions


def not_understood(filter_: str) -> str:
    """What of a filter would not count; empty: all of it does."""
    from vmgui.policy.filter import parse
    from vmgui.words.filter import all_state_words

    query = parse(filter_, all_state_words())
    if query.hints:
        parts = ", ".join(
            repr(visible(hint.word, 60)) if hint.word else hint.kind.value for hint in query.hints
        )
        return f"--where is not understood: {parts}"
    return "" if query.terms else "--where is empty"


def where(session: Session, definitions: Mapping[DomainKey, Definition], filter_: str) -> Sequence[Domain]:
    """Those the window's filter would leave, by host and name."""
    hosts = session.inventory.hosts
    domains = sorted(
        session.inventory.domains.values(),
        key=lambda domain: (hosts[domain.key.host_id].name.casefold(), domain.name),
    )
    if not filter_:
        return domains
    from vmgui.policy.filter import parse
    from vmgui.words.filter import all_state_words, facts_of

    query = parse(filter_, all_state_words())
    return [
        domain
        for domain in domains
        if query.matches(
            facts_of(domain, hosts[domain.key.host_id], definitions.get(domain.key, NO_DEFINITION))
        )
    ]


async def read_definitions(session: Session, keys: Iterable[DomainKey]) -> dict[DomainKey, Definition]:
    """What their XML says to find them by, with the addresses their networks lent; a host that cannot tell is left
    out and has been told of."""
    from vmgui.services.addresses import read_at_once

    by_host: dict[str, list[str]] = {}
    for key in keys:
        by_host.setdefault(key.host_id, []).append(key.uuid)

    async def of(host_id: str, uuids: list[str]) -> dict[DomainKey, Definition]:
        try:
            connection = session.hosts.connection(host_id)
            found = await read_at_once(connection, tuple(uuids), timeout_s=session.timeout_s)
        except VmguiError as error:
            session.tell(error)
            session.is_partial = True
            return {}
        return {DomainKey(host_id, uuid): definition for uuid, definition in found.items()}

    found: dict[DomainKey, Definition] = {}
    for part in await asyncio.gather(*(of(host_id, uuids) for host_id, uuids in by_host.items())):
        found.update(part)
    return found


def find(inventory: Inventory, reference: str, silent: Sequence[Host] = ()) -> Domain:
    """The machine; raises NotFound, Ambiguous (naming the hosts that have one, or those `silent` that may)."""
    domains = inventory.domains.values()
    found = [domain for domain in domains if domain.name == reference or domain.key.uuid == reference.lower()]
    if not found and "/" in reference:
        place, _, name = reference.rpartition("/")
        hosts = hosts_called(inventory.hosts.values(), place)
        found = [
            domain
            for domain in domains
            if domain.key.host_id in {host.id for host in hosts}
            and (domain.name == name or domain.key.uuid == name.lower())
        ]
        silent = [host for host in hosts if host.state is not HostState.CONNECTED]
        if silent and not found:
            raise silent[0].error or HostUnreachable("not connected", host=silent[0].name, subject=reference)
    if not found:
        raise NotFound("no host that answers has it", subject=reference).unsent()
    if len(found) > 1:
        places = ", ".join(sorted(inventory.hosts[domain.key.host_id].name for domain in found))
        raise Ambiguous(places, subject=reference)
    if silent and found[0].name == reference:
        raise MaybeAmbiguous(", ".join(sorted(host.name for host in silent)), subject=reference)
    return found[0]


def find_all(
    inventory: Inventory, references: Iterable[str], silent: Sequence[Host] = ()
) -> Sequence[Domain]:
    """Each once, in the order they were named."""
    return tuple(dict.fromkeys(find(inventory, reference, silent) for reference in references))


def hosts_called(hosts: Iterable[Host], name: str) -> list[Host]:
    """Those a person means by that: by its name in the list or its address, else by the name a host has itself.

    Not by both: what a host calls itself must not make another one meant.
    """
    known = list(hosts)
    named = [host for host in known if name in (host.config.name, host.name, host.config.uri)]
    return named or [host for host in known if host.info is not None and name and host.info.hostname == name]


def find_host(inventory: Inventory, name: str) -> Host:
    """The one host that is meant; raises NotFound, or WrongUse where several are called so."""
    found = hosts_called(inventory.hosts.values(), name)
    if not found:
        raise NotFound("no host of the list is called so", subject=name).unsent()
    if len(found) > 1:
        addresses = ", ".join(sorted(visible(host.config.uri) for host in found))
        raise WrongUse(f"vmgui: several hosts are called {visible(name, 60)!r}: give one of {addresses}")
    return found[0]
