"""`vmgui device`: what a machine is made of, and how that is changed, by the forms that the window shows."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from typing import TYPE_CHECKING, Any

from vmgui.cli import device_media as media
from vmgui.cli.acts import add_check
from vmgui.cli.reference import meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb
from vmgui.model.edit import Reach
from vmgui.words.say import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from vmgui.cli.device_change import Act
    from vmgui.cli.session import Session
    from vmgui.commands.hardware.form import DeviceForm, MachineForm
    from vmgui.model.device import ListedDevice


def _add_machine(parser: ArgumentParser) -> None:
    parser.add_argument("machine", metavar="VM", nargs=1, help="NAME, UUID or HOST/NAME")
    parser.set_defaults(where="")


def _add_reach(parser: ArgumentParser) -> None:
    parser.add_argument("--now", action="store_true", help="only while it runs, not after its next start")
    parser.add_argument("--next-start", action="store_true", help="only from its next start on")
    add_check(parser)


def _add_add(parser: ArgumentParser) -> None:
    _add_machine(parser)
    parser.add_argument("kind", metavar="KIND", help="what it is: disk, interface, rng, …")
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="*",
        help="how it is to be, where the suggestion is to be another; a password that is - is read from the"
        " standard input",
    )
    _add_reach(parser)
    _add_keys(parser, machine=False)


def _add_change(parser: ArgumentParser) -> None:
    _add_machine(parser)
    parser.add_argument(
        "id",
        metavar="ID",
        help="as `device list` has it: sda, 52:54:00:12:34:56; or what the machine is beside its devices:"
        " start, boot, processor, firmware",
    )
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="+",
        help="the keys of its kind; a password that is - is read from the standard input. In a drive"
        " medium=PATH inserts a file of the host, medium=none takes out what is in it;"
        " force=on also where the guest has locked the tray",
    )
    _add_reach(parser)
    _add_keys(parser, machine=True)


def _add_what(parser: ArgumentParser) -> None:
    _add_machine(parser)
    parser.add_argument("what", metavar="WHAT", help="a device or the machine itself, or a kind to add")


def _add_remove(parser: ArgumentParser) -> None:
    _add_machine(parser)
    parser.add_argument("id", metavar="ID", help="as `device list` has it")
    _add_reach(parser)


def _add_keys(parser: ArgumentParser, *, machine: bool) -> None:
    from vmgui.commands.hardware.every import DEVICES, MACHINE

    forms = (*DEVICES, *(MACHINE if machine else ()))
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = "\n".join(("kinds and their keys:", *(f"  {line}" for line in key_lines(forms))))


def key_lines(forms: Iterable[DeviceForm | MachineForm]) -> list[str]:
    """A line for each kind and each of its keys, the keys further in."""
    from vmgui.cli.device_settings import described

    lines: list[str] = []
    for form in forms:
        lines.append(f"{form.kind}: {form.title.plain}")
        lines += (f"  {key}={values}  {words}" for key, values, words in described(form))
    return lines


def _wrong_reach(arguments: Namespace) -> str:
    if arguments.now and arguments.next_start:
        return "give --now or --next-start, not both; without either it is changed for both"
    return ""


def _wrong_add(arguments: Namespace) -> str:
    from vmgui.cli.device_settings import kind_named, named_knobs, split

    try:
        named_knobs(kind_named(arguments.kind), split(arguments.settings))
    except ValueError as error:
        return str(error)
    return _wrong_reach(arguments)


def _wrong_change(arguments: Namespace) -> str:
    from vmgui.cli.device_settings import split

    try:
        split(arguments.settings)
    except ValueError as error:
        return str(error)
    given = media.settings(arguments)
    return _wrong_reach(arguments) or (media.wrong(given) if given else "")


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
    from vmgui.cli.device_told import plain
    from vmgui.words.device import device_words

    return {
        "id": device.id,
        "kind": device.kind,
        "live": plain(device.live),
        "saved": plain(device.saved),
        "text": device_words(device.kind, device.live if device.live is not None else device.saved),
    }


def _difference(one: dict[str, Any]) -> str:
    """What a table says of a device that is not there both now and after the next start."""
    if one["live"] is not None and one["saved"] is None:
        return str(say("CommandLine", "now"))
    return str(say("CommandLine", "next start")) if one["live"] is None else ""


async def _add(session: Session, arguments: Namespace) -> Answer:
    from vmgui.cli.device_settings import kind_named, named_knobs, split

    act = await _act(session, arguments)
    form = kind_named(arguments.kind)
    return await act.add(form, named_knobs(form, split(arguments.settings)))


async def _change(session: Session, arguments: Namespace) -> Answer:
    from vmgui.cli.device_settings import split

    act = await _act(session, arguments)
    given = media.settings(arguments)
    if given:
        return await media.change(session, arguments, act.hosts, act.domain, given, act.reach)
    return await act.change(arguments.id, split(arguments.settings))


async def _remove(session: Session, arguments: Namespace) -> Answer:
    act = await _act(session, arguments, surely=True)
    return await act.remove(arguments.id)


async def _keys(session: Session, arguments: Namespace) -> Answer:
    from vmgui.cli.device_keys import keys

    hosts = await session.connect()
    ((domain,), _) = await meant(session, arguments)
    return await keys(session, hosts, domain, arguments.what)


async def _act(session: Session, arguments: Namespace, *, surely: bool = False) -> Act:
    from vmgui.cli.device_change import Act

    hosts = await session.connect()
    ((domain,), _) = await meant(session, arguments, surely=surely)
    reach = Reach.NOW if arguments.now else Reach.NEXT_START if arguments.next_start else Reach.BOTH
    return Act(session, hosts, domain, reach, is_check=arguments.check, yes=arguments.yes)


LIST = Verb(
    "device list",
    say("CommandLine", "What a machine is made of, now and after its next start."),
    _add_machine,
    _list,
)
ADD = Verb(
    "device add",
    say("CommandLine", "Give a machine a device: now where possible, and for the next start."),
    _add_add,
    _add,
    _wrong_add,
)
CHANGE = Verb(
    "device change",
    say("CommandLine", "Change a device of a machine, the medium in a drive, or how the machine starts."),
    _add_change,
    _change,
    _wrong_change,
)
REMOVE = Verb(
    "device remove",
    say("CommandLine", "Take a device out of a machine: now where possible, and for the next start."),
    _add_remove,
    _remove,
    _wrong_reach,
)
KEYS = Verb(
    "device keys",
    say("CommandLine", "What can be set of a device, what it is, and what is possible on its host."),
    _add_what,
    _keys,
)
VERBS = (LIST, ADD, CHANGE, REMOVE, KEYS)
