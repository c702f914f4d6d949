"""`vmgui list` and `vmgui show`: the machines of all hosts, and one of them with what it is made of."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING, Any, NamedTuple

from vmgui.cli.reference import (
    add_machines,
    add_where,
    meant,
    none_meant,
    not_understood,
    read_definitions,
    where,
)
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb, WrongUse
from vmgui.model.definition import NO_DEFINITION, Definition, FullDefinition, Part
from vmgui.model.domain import Domain, DomainKey, DomainState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vmgui.cli.session import Session
    from vmgui.model.host import Host

STATES: dict[DomainState, str] = {
    DomainState.RUNNING: "running",
    DomainState.BLOCKED: "running",
    DomainState.SHUTTING_DOWN: "running",
    DomainState.PAUSED: "paused",
    DomainState.OFF: "off",
    DomainState.SAVED: "saved",
    DomainState.CRASHED: "crashed",
    DomainState.SUSPENDED: "suspended",
    DomainState.UNKNOWN: "unknown",
}
"""What scripts are told; never translated."""

# In the document that each part is told in.
_NAMES = {
    Part.VCPUS: ("vcpus", "vcpus_online"),
    Part.VCPUS_MAX: ("vcpus_max",),
    Part.MEMORY: ("memory_bytes",),
    Part.MEMORY_MAX: ("memory_max_bytes",),
    Part.CPU_WEIGHT: ("cpu_weight",),
    Part.CPU_LIMIT: ("cpu_limit_percent",),
    Part.FIRMWARE: ("firmware",),
    Part.DISKS: ("disks",),
    Part.INTERFACES: ("nics",),
    Part.DISPLAYS: ("displays",),
    Part.DEVICES: ("devices",),
}


async def _list(session: Session, arguments: Namespace) -> Answer:
    wrong = not_understood(arguments.where) if arguments.where else ""
    if wrong:
        raise WrongUse(f"vmgui: {wrong}")
    hosts = await session.connect()
    definitions = await read_definitions(session, session.inventory.domains)
    domains = where(session, definitions, arguments.where)
    document = [_machine(session, domain, definitions) for domain in domains]
    shown = _shown(session, domains, definitions)
    return Answer(document, lambda: _table(shown), FAILED if session.has_failed(hosts) else DONE)


async def _show(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    domains, definitions = await meant(session, arguments)
    if not definitions:
        definitions = await read_definitions(session, [domain.key for domain in domains])
    objects = await asyncio.gather(*(_whole(session, domain, definitions) for domain in domains))
    is_one = not arguments.where and len(arguments.machine) == 1
    shown = _shown(session, domains, definitions)
    status = FAILED if session.has_failed(hosts) else DONE
    return Answer(objects[0] if is_one else {"results": objects}, lambda: _facts(objects, shown), status)


class _Shown(NamedTuple):
    """A machine of a table, as all was when it was read: the hosts are let go before it is printed."""

    domain: Domain
    host: Host
    definition: Definition


def _shown(
    session: Session, domains: Iterable[Domain], definitions: Mapping[DomainKey, Definition]
) -> list[_Shown]:
    hosts = session.inventory.hosts
    return [
        _Shown(domain, hosts[domain.key.host_id], definitions.get(domain.key, NO_DEFINITION))
        for domain in domains
    ]


def _machine(session: Session, domain: Domain, definitions: Mapping[DomainKey, Definition]) -> dict[str, Any]:
    from vmgui.policy.tags import os_name

    host: Host = session.inventory.hosts[domain.key.host_id]
    definition = definitions.get(domain.key, NO_DEFINITION)
    return {
        "name": domain.name,
        "uuid": domain.key.uuid,
        "host": host.name,
        "state": STATES[domain.state],
        "vcpus": domain.vcpus,
        "memory_bytes": domain.memory_kib * 1024,
        "os": os_name(definition.os_id),
        "tags": list(definition.tags),
        "protected": definition.is_protected,
        "folder": definition.folder,
        "addresses": list(definition.addresses),
    }


async def _whole(
    session: Session, domain: Domain, definitions: Mapping[DomainKey, Definition]
) -> dict[str, Any]:
    from vmgui.hypervisor.definitions import read_live_and_saved
    from vmgui.policy.pending import pending

    connection = session.hosts.connection(domain.key.host_id)
    live, saved = await connection.run(read_live_and_saved, domain.key.uuid, domain.persistent)
    now = _hardware(live) if live is not None else None
    then = _hardware(saved) if saved is not None else None
    names = [name for part in pending(live, saved) for name in _NAMES[part]]
    return {**_machine(session, domain, definitions), "live": now, "saved": then, "pending": names}


def _hardware(definition: FullDefinition) -> dict[str, Any]:
    config, resources = definition.config, definition.resources
    return {
        "vcpus": config.vcpus,
        "vcpus_max": config.vcpus_max,
        "vcpus_online": config.vcpus,
        "memory_bytes": config.memory_kib * 1024,
        "memory_max_bytes": config.memory_max_kib * 1024,
        "cpu_weight": resources.cpu_weight,
        "cpu_limit_percent": resources.cpu_limit_percent,
        "firmware": config.firmware.value,
        "disks": [
            {
                "target": disk.target,
                "bus": disk.bus,
                "device": disk.device,
                "source": disk.source,
                "format": disk.format,
                "read_only": disk.read_only,
                "backing": list(disk.backing_chain),
            }
            for disk in config.disks
        ],
        "nics": [
            {
                "mac": nic.mac,
                "kind": nic.kind,
                "source": nic.source,
                "model": nic.model,
                "link_up": nic.link_up,
                "target": nic.target,
            }
            for nic in config.interfaces
        ],
        "displays": [
            {"kind": display.kind, "port": display.port, "listen": display.listen}
            for display in config.graphics
        ],
        "devices": [{"kind": kind} for kind in resources.device_kinds],
    }


def _table(machines: Sequence[_Shown]) -> Table:
    from vmgui.words.machines import ADDRESS, HOST, MEMORY, NAME, STATE, SYSTEM, TAGS, VCPUS

    of_machine, of_definition = (NAME, STATE, HOST, VCPUS, MEMORY), (SYSTEM, ADDRESS, TAGS)
    rows = [
        (
            *(fact.text(machine) for fact in of_machine),
            *(fact.text(machine.definition) for fact in of_definition),
        )
        for machine in machines
    ]
    return Table([str(fact.title) for fact in (*of_machine, *of_definition)], rows)


def _facts(objects: Sequence[Mapping[str, Any]], machines: Sequence[_Shown]) -> Table:
    """One machine below the other: what it is now, and what it will be where that differs."""
    from vmgui.words import machines as words
    from vmgui.words import quantities as fmt
    from vmgui.words.say import say

    rows: list[tuple[str, str]] = []
    for machine, one in zip(machines, objects, strict=True):
        hardware = one["live"] or one["saved"]
        later = one["saved"] or {}

        def size(name: str, hardware: Any = hardware, later: Any = later) -> str:
            now = fmt.size_bytes(hardware[name])
            then = fmt.size_bytes(later.get(name, hardware[name]))
            return now if now == then else f"{now} → {then}"

        def row(fact: words.Fact[Any], of: Any) -> tuple[str, str]:
            return str(fact.title), fact.text(of)

        if rows:
            rows.append(("", ""))
        rows += [
            row(words.NAME, machine),
            (str(say("CommandLine", "Identifier")), machine.domain.key.uuid),
            *(row(fact, machine) for fact in (words.HOST, words.STATE)),
            *(row(fact, machine.definition) for fact in (words.SYSTEM, words.ADDRESS, words.TAGS)),
            (str(words.VCPUS.title), f"{hardware['vcpus']} / {hardware['vcpus_max']}"),
            (str(words.MEMORY.title), size("memory_bytes")),
            *(
                (
                    say("CommandLine", "Disk {target}").format(target=disk["target"]),
                    disk["source"] or fmt.NONE,
                )
                for disk in hardware["disks"]
            ),
            *(
                (
                    str(say("CommandLine", "Network card")),
                    f"{nic['mac']} {nic['kind']} {nic['source']}".strip(),
                )
                for nic in hardware["nics"]
            ),
        ]
    return Table(("", ""), rows)


LIST = Verb("list", "The virtual machines of all hosts.", add_where, _list)
SHOW = Verb(
    "show",
    "Virtual machines with what they are made of, now and after the next start.",
    add_machines,
    _show,
    none_meant,
)
