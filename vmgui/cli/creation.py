"""`vmgui create`: a machine with the wizard's own defaults, judged as the wizard judges it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import add_check, titles
from vmgui.cli.reference import hosts_called
from vmgui.cli.verb import CANCELLED, DONE, FAILED, Answer, Table, Verb
from vmgui.commands.creation_fields import (
    CDROM,
    COMMAND_LINE,
    COMMAND_LINE_SOURCES,
    CPUS,
    DISK_IMAGE,
    DISK_SIZE,
    DRAFTED,
    MEMORY,
    NETWORK,
    POOL,
    PXE,
    START,
    plug,
)
from vmgui.model import errors
from vmgui.model.creation import FileRef, NewDomain, SourceKind
from vmgui.model.creation_draft import Draft
from vmgui.model.host import HostState
from vmgui.model.offer import Field, MediumIssueKind, ProblemKind
from vmgui.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmgui.cli.session import Session
    from vmgui.commands.fields import Answers
    from vmgui.model.host import Host
    from vmgui.model.offer import HostOffer, Medium, Problem
    from vmgui.model.os_variant import OsVariant


@dataclass(frozen=True, slots=True)
class _Wish:
    """What would be made, and what is wrong with it."""

    new: NewDomain
    os: OsVariant | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]


def _add_arguments(parser: ArgumentParser) -> None:
    # It is looked for like a machine: HOST/NAME says on which host.
    parser.add_argument(
        "machine", metavar="NAME", nargs=1, help="its name; HOST/NAME where there are several hosts"
    )
    for field in COMMAND_LINE:
        field.add_to(parser)
    add_check(parser)


def _wrong(arguments: Namespace) -> str:
    answers = vars(arguments)
    if sum(bool(answers[field.name]) for field in COMMAND_LINE_SOURCES) != 1:
        return f"give one of {', '.join(field.flag for field in COMMAND_LINE_SOURCES)}"
    if answers[DISK_IMAGE.name] and (answers[DISK_SIZE.name] or answers[POOL.name]):
        return f"{DISK_SIZE.flag} and {POOL.flag} are for a new disk"
    return ""


async def _create(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    where, _, name = arguments.machine[0].rpartition("/")
    host = _host(session, hosts, where, name)
    await session.hosts.examine_kvm(host.id)
    session.speaker.speak()
    wish = await _wish(session, session.inventory.hosts[host.id], arguments, name)
    if arguments.check:
        return _foreseen(host, wish)
    from vmgui.words.creation_problems import problem_text

    if wish.errors:
        return _result(host, name, {"ok": False, "uuid": None, "error": _told(wish.errors[0], name)}, FAILED)
    for problem in wish.problems:
        session.speaker.say(problem_text(problem))
    from vmgui.cli.jobs import carry_out
    from vmgui.cli.output import error_document

    ended = await carry_out(session, lambda: session.creation.create(wish.new))
    made_machine = next((result for result in ended.job.results if result.key is not None), None)
    error = ended.failure
    if error is not None:
        made = {"ok": False, "uuid": None, "error": error_document(error, name, host.name)}
        return _result(host, name, made, CANCELLED if ended.is_interrupted else FAILED)
    assert made_machine is not None
    assert made_machine.key is not None
    state = "running" if made_machine.is_running else "off"
    return _result(host, name, {"ok": True, "uuid": made_machine.key.uuid, "state": state}, DONE)


def _host(session: Session, hosts: Sequence[Host], where: str, name: str) -> Host:
    """The one it is made on: nobody is asked which, so there is no choice."""
    if where:
        found = hosts_called(hosts, where)
        if not found:
            raise errors.NotFound("no such host", subject=where).unsent()
    else:
        # Those that are silent count: what is meant must not depend on who answers.
        found = [host for host in hosts if host.state is not HostState.DISCONNECTED] or list(hosts)
    if len(found) > 1:
        session.speaker.speak()
        from vmgui.cli.speaker import Unanswered

        text = say("CommandLine", "On which host? Say HOST/{name}, where HOST is one of these: {hosts}.")
        names = ", ".join(sorted(host.name for host in found))
        raise Unanswered(text.format(name=name, hosts=names))
    if not found:
        raise errors.NotFound("there is no host", subject=name).unsent()
    if found[0].state is not HostState.CONNECTED:
        raise found[0].error or errors.HostUnreachable("not connected", host=found[0].name)
    return found[0]


async def _wish(session: Session, host: Host, arguments: Namespace, name: str) -> _Wish:
    from vmgui.policy.creation_draft import compose, files, own_problems, source_medium
    from vmgui.policy.creation_problems import problems as judge
    from vmgui.words.creation import base_names

    creation = session.creation
    await creation.os_variants()
    offer = await creation.offer(host.id)
    draft = _draft(vars(arguments), offer, name)
    media: list[tuple[Field, Medium]] = [
        (use.field, await creation.inspect(host.id, use.ref, use.expected)) for use in files(draft)
    ]
    medium = source_medium(draft, media)
    os_found = medium.os if medium is not None else None
    disk = next((found for field, found in media if field is Field.DISK_IMAGE), None)
    new = compose(draft, offer, os_found, medium, disk, base_names=base_names())
    found = judge(new, offer, os_found, [medium for _, medium in media])
    return _Wish(new, os_found, (*own_problems(draft), *found))


def _draft(answers: Answers, offer: HostOffer, name: str) -> Draft:
    """The answers as the wizard's own."""
    source, cdrom, image = SourceKind.EMPTY, None, None
    if answers[CDROM.name]:
        source, cdrom = SourceKind.CDROM, _medium(answers[CDROM.name], offer)
    elif answers[DISK_IMAGE.name]:
        source, image = SourceKind.DISK_IMAGE, _volume(answers[DISK_IMAGE.name], offer)
    elif answers[PXE.name]:
        source = SourceKind.NETWORK_BOOT
    network, pool = answers[NETWORK.name], answers[POOL.name]
    wanted = plug(network, offer) if network else None
    if pool and offer.pool(pool) is None:
        raise errors.NotFound("its host has no such pool", subject=pool).unsent()
    return Draft(
        host_id=offer.host.id,
        source=source,
        cdrom=cdrom,
        disk_image=image,
        network_kind=wanted.kind if wanted is not None else None,
        network_source=wanted.source if wanted is not None else None,
        name=name,
        **{DRAFTED[field.name]: answers[field.name] for field in (CPUS, MEMORY, DISK_SIZE, POOL, START)},
    )


def _medium(text: str, offer: HostOffer) -> FileRef:
    """A file of this computer, which is copied to a host elsewhere; else one of the host."""
    from vmgui.policy.creation import FILE_POOLS, offered_pools
    from vmgui.policy.typed_path import read_path

    path = read_path(text, os.path.expanduser("~"))
    here = os.path.abspath(path)
    if offer.shares_files:
        return FileRef(here)
    is_volume = any(volume.path == path for volumes in offer.volumes.values() for volume in volumes)
    if is_volume or not os.path.exists(here):
        return FileRef(path)
    pools = [pool.name for pool in offered_pools(offer) if pool.kind in FILE_POOLS]
    return FileRef(here, local=True, upload_pool=next(iter(pools), ""))


def _volume(text: str, offer: HostOffer) -> FileRef:
    pool, _, name = text.partition("/")
    path = next((volume.path for volume in offer.volumes.get(pool, ()) if volume.name == name), text)
    return FileRef(path)


def _told(problem: Problem, name: str) -> dict[str, Any]:
    from vmgui.words.creation_problems import problem_text

    is_missing = problem.issue is not None and problem.issue.kind is MediumIssueKind.MISSING
    kind = errors.NotFound if is_missing else _error_kind(problem.kind)
    return {
        "kind": kind.__name__,
        "text": problem_text(problem),
        "subject": problem.name or name,
        "details": "",
    }


def _error_kind(kind: ProblemKind) -> type[errors.VmguiError]:
    match kind:
        case ProblemKind.NAME_TAKEN | ProblemKind.VOLUME_TAKEN:
            return errors.AlreadyExists
        case ProblemKind.POOL_MISSING | ProblemKind.NETWORK_MISSING | ProblemKind.BRIDGE_MISSING:
            return errors.NotFound
        case ProblemKind.DISK_OVER_POOL | ProblemKind.UPLOAD_NO_SPACE:
            return errors.NoSpace
        case ProblemKind.DISK_IN_USE:
            return errors.DiskInUse
        case ProblemKind.HOST_READ_ONLY | ProblemKind.NOT_PRIVILEGED:
            return errors.PermissionDenied
        case ProblemKind.HOST_OFFLINE | ProblemKind.POOL_SILENT | ProblemKind.POOLS_SILENT:
            return errors.HostUnreachable
        case _:
            return errors.InvalidConfig


def _foreseen(host: Host, wish: _Wish) -> Answer:
    from vmgui.words.creation_problems import problem_text

    new, volume = wish.new, wish.new.new_volume
    disk = new.disk_image
    document: dict[str, Any] = {
        "name": new.name,
        "host": host.name,
        "possible": not wish.errors,
        "problems": [
            {"kind": problem.kind.value, "text": problem_text(problem), "blocking": problem.is_error}
            for problem in wish.problems
        ],
        "os": wish.os.name if wish.os is not None else "",
        "vcpus": new.vcpus,
        "memory_bytes": new.memory_kib * 1024,
        "firmware": new.firmware.value,
        "disk": {
            "pool": volume.pool,
            "name": volume.name,
            "bytes": volume.capacity_bytes,
            "format": volume.format,
        }
        if volume is not None
        else {"path": disk.path, "format": new.disk_format}
        if disk is not None
        else None,
        "network": {"kind": new.interface.kind.value, "source": new.interface.source},
        "start": new.start,
    }
    if wish.errors:
        document["because"] = problem_text(wish.errors[0])

    def table() -> Table:
        from vmgui.words import creation as words
        from vmgui.words.machines import HOST, NAME, SYSTEM

        rows = [
            (str(NAME.title), new.name),
            (str(HOST.title), host.name),
            (str(SYSTEM.title), words.system(wish.os)),
            *(("", line) for line in (words.source_in_full(new), words.resources_in_full(new))),
            *(("", line) for line in (words.storage_in_full(new), words.network(new))),
            *(("", problem["text"]) for problem in document["problems"]),
        ]
        return Table(("", str(say("CommandLine", "What would be made"))), rows)

    return Answer(document, table, DONE if document["possible"] else FAILED)


def _result(host: Host, name: str, result: dict[str, Any], status: int) -> Answer:
    document = {"name": name, "host": host.name, **result}

    def table() -> Table:
        text = result["error"]["text"] if "error" in result else str(say("CommandLine", "Done"))
        return Table(titles(say("CommandLine", "Result")), [(name, host.name, text)])

    return Answer({"results": [document]}, table, status)


VERB = Verb(
    "create",
    say("CommandLine", "Make a machine; what is not said is chosen as the wizard chooses it."),
    _add_arguments,
    _create,
    _wrong,
)
