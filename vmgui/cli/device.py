"""`vmgui device list` and `vmgui device change`: what a machine is made of, and what is in its drives."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from vmgui.cli.acts import add_check, carried_out, named, not_confirmed, titles, told, why_not
from vmgui.cli.reference import meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb
from vmgui.commands.media import EJECT, INSERT
from vmgui.model.edit import Reach
from vmgui.model.errors import MediumMissing, MediumUnreadable, NoDrive, VmguiError
from vmgui.policy.lifecycle import Refusal, refused
from vmgui.words.say import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vmgui.cli.session import Session
    from vmgui.model.device import ListedDevice
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.job import JobId
    from vmgui.model.media import Drive, LookedAt

_KEYS = ("medium", "force")
_NO_MEDIUM = ("", "none")
_ON_OFF = {"on": True, "off": False}


def _add_machine(parser: ArgumentParser) -> None:
    parser.add_argument("machine", metavar="VM", nargs=1, help="NAME, UUID or HOST/NAME")
    parser.set_defaults(where="")


def _add_change(parser: ArgumentParser) -> None:
    _add_machine(parser)
    parser.add_argument("id", metavar="ID", help="as `device list` has it: sda, 52:54:00:12:34:56")
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="+",
        help="medium=PATH inserts a file of the host into a drive, medium=none takes out what is in it;"
        " force=on also where the guest has locked the tray",
    )
    parser.add_argument("--now", action="store_true", help="only while it runs, not after its next start")
    parser.add_argument("--next-start", action="store_true", help="only from its next start on")
    add_check(parser)


def _settings(arguments: Namespace) -> dict[str, str]:
    return {key: value for key, _, value in (text.partition("=") for text in arguments.settings)}


def _wrong(arguments: Namespace) -> str:
    for text in arguments.settings:
        key, equals, _ = text.partition("=")
        if not equals or key not in _KEYS:
            return f"{text[:60]!r} is none of {', '.join(f'{known}=VALUE' for known in _KEYS)}"
    if arguments.now and arguments.next_start:
        return "give --now or --next-start, not both; without either it is changed for both"
    settings = _settings(arguments)
    if "medium" not in settings:
        return "nothing to change: give medium=PATH, or medium=none"
    medium = settings["medium"]
    if medium not in _NO_MEDIUM and not medium.startswith("/"):
        return "give the whole path of the medium, from the / at its beginning, as the host has it"
    if settings.get("force", "off") not in _ON_OFF:
        return "force is on or off"
    return ""


async def _list(session: Session, arguments: Namespace) -> Answer:
    from vmgui.hypervisor.device import list_devices

    hosts = await session.connect()
    ((domain,), _) = await meant(session, arguments)
    connection = session.hosts.connection(domain.key.host_id)
    devices = await connection.run(list_devices, domain.key.uuid)
    session.speaker.speak()
    document = [_device(device) for device in devices]

    def table() -> Table:
        rows = [(one["id"], one["text"], _difference(one)) for one in document]
        heads = (say("CommandLine", "Device"), say("CommandLine", "What"), say("CommandLine", "When"))
        return Table(tuple(str(head) for head in heads), rows)

    return Answer(document, table, FAILED if session.has_failed(hosts) else DONE)


def _device(device: ListedDevice) -> dict[str, Any]:
    from vmgui.words.device import device_words

    return {
        "id": device.id,
        "kind": device.kind,
        "live": _plain(device.live),
        "saved": _plain(device.saved),
        "text": device_words(device.kind, device.live if device.live is not None else device.saved),
    }


def _difference(one: dict[str, Any]) -> str:
    """What a table says of a device that is not there both now and after the next start."""
    if one["live"] is not None and one["saved"] is None:
        return str(say("CommandLine", "now"))
    return str(say("CommandLine", "next start")) if one["live"] is None else ""


def _plain(value: Any) -> Any:
    """What a device says, by our names, without what it does not say; nothing that lets anybody in."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.repr}
        return {name: one for name, one in told.items() if one not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[Any, ...]", value)]
    return value


async def _change(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    ((domain,), _) = await meant(session, arguments)
    settings, key, target = _settings(arguments), domain.key, str(arguments.id)
    path = "" if settings["medium"] in _NO_MEDIUM else settings["medium"]
    force = _ON_OFF[settings.get("force", "off")]
    reach = Reach.NOW if arguments.now else Reach.NEXT_START if arguments.next_start else Reach.BOTH
    if arguments.check:
        return await _foreseen(session, domain, target, path, reach)
    if force and not arguments.yes:
        session.speaker.speak()
        from vmgui.words.media import force_question

        if not await session.speaker.confirmed(force_question(domain.name, target, "")):
            return not_confirmed(session, (domain,))

    def submit(_keys: tuple[DomainKey, ...]) -> JobId:
        if path:
            return session.media.insert(key, target, path, force=force, reach=reach)
        return session.media.eject(key, target, force=force, reach=reach)

    return await carried_out(session, hosts, (domain,), submit)


async def _foreseen(session: Session, domain: Domain, target: str, path: str, reach: Reach) -> Answer:
    """What would be done, and what stands in its way as far as it can be known."""
    error: Exception | None = why_not(session, INSERT if path else EJECT, domain, {})
    drive: Drive | None = None
    if error is None:
        try:
            drive = await _drive(session, domain, target)
            error = _why_not_then(drive, domain, reach)
            if error is None and path:
                error = _why_unusable(await session.media.look(domain.key.host_id, path), path)
        except VmguiError as raised:
            error = raised
    change: dict[str, Any] = {
        "field": f"{target}:medium",
        "from": drive.medium if drive is not None else None,
        "to": path,
        "when": "impossible"
        if error is not None
        else "now"
        if drive is not None and drive.live is not None and reach is not Reach.NEXT_START
        else "next-start",
    }
    because = {"because": told(session, domain, error)["text"]} if error is not None else {}
    document: dict[str, Any] = {
        **named(session, domain),
        "possible": error is None,
        **because,
        "changes": [{**change, **because}],
    }

    def table() -> Table:
        yes, no = str(say("CommandLine", "yes")), str(say("CommandLine", "no"))
        row = (domain.name, document["host"], yes if error is None else no, document.get("because", ""))
        return Table(titles(say("CommandLine", "Possible"), say("CommandLine", "Why not")), [row])

    return Answer(document, table, DONE if error is None else FAILED)


async def _drive(session: Session, domain: Domain, target: str) -> Drive:
    for drive in await session.media.drives(domain.key):
        if drive.target == target:
            return drive
    raise NoDrive("there is no such drive", subject=target)


def _why_not_then(drive: Drive, domain: Domain, reach: Reach) -> VmguiError | None:
    if reach is Reach.NOW and drive.live is None:
        return refused(Refusal.NOT_RUNNING, subject=domain.name)
    if reach is Reach.NEXT_START and drive.saved is None:
        return refused(Refusal.TRANSIENT, subject=domain.name)
    return None


def _why_unusable(looked: LookedAt, path: str) -> VmguiError | None:
    from vmgui.model.media import Usable

    if looked.usable is not Usable.NO:
        return None
    is_missing = looked.medium.exists is False
    return (MediumMissing if is_missing else MediumUnreadable)("", subject=path)


LIST = Verb(
    "device list",
    say("CommandLine", "What a machine is made of, now and after its next start."),
    _add_machine,
    _list,
)
CHANGE = Verb(
    "device change",
    say("CommandLine", "Insert a medium into a drive of a machine, or take it out."),
    _add_change,
    _change,
    _wrong,
)
