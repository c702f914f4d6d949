"""`vmgui set`: changes what machines have, by the plan that the window shows."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import add_check, carried_out, is_of_one, named, titles, told
from vmgui.cli.reference import add_machines, meant, none_meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb
from vmgui.commands.fields.size import Size
from vmgui.model.edit import Change, Reach, Setting, SettingKey, Value, Values, When
from vmgui.model.errors import InvalidConfig, VmguiError
from vmgui.model.job import JobKind
from vmgui.policy.edit import base, plan
from vmgui.policy.lifecycle import refusal, refused
from vmgui.policy.settings import RULES, Owner, Unit
from vmgui.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.edit import Preview
    from vmgui.model.job import JobId
    from vmgui.services.edits import Wish

_NONE = ("none", "0")
_BYTES = {Unit.KIB: 1024, Unit.KB_PER_S: 1000}
_METAVARS = {Unit.COUNT: "N", Unit.PERCENT: "PERCENT", Unit.KIB: "SIZE"}
_HELP = {
    Setting.VCPUS: say("CommandLine", "CPUs that it has"),
    Setting.VCPUS_MAX: say("CommandLine", "CPUs that it can be given while it runs"),
    Setting.MEMORY_KIB: say("CommandLine", "memory that it has: 4GiB, 512MiB"),
    Setting.MEMORY_MAX_KIB: say("CommandLine", "memory that it can be given while it runs"),
    Setting.CPU_WEIGHT: say("CommandLine", "its share where CPUs are scarce, or none for the host's default"),
    Setting.CPU_LIMIT_PERCENT: say("CommandLine", "of one CPU that each of its CPUs may use, or none"),
}
# As `show` names them; all others are named as they are typed.
_FIELDS = {
    Setting.VCPUS: "vcpus",
    Setting.VCPUS_MAX: "vcpus_max",
    Setting.MEMORY_KIB: "memory_bytes",
    Setting.MEMORY_MAX_KIB: "memory_max_bytes",
    Setting.CPU_WEIGHT: "cpu_weight",
    Setting.CPU_LIMIT_PERCENT: "cpu_limit_percent",
}
_size = Size("size", "")


def read_value(setting: Setting, text: str) -> Value:
    """What was typed, in the setting's own unit, rounded up; raises ValueError that says what is wrong with it."""
    rules = RULES[setting]
    if rules.may_be_none and text.lower() in _NONE:
        return None
    if rules.unit in (Unit.COUNT, Unit.PERCENT, Unit.PER_S):
        digits = text.removesuffix("%") if rules.unit is Unit.PERCENT else text
        if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
            raise ValueError(f"{text[:40]!r} is no whole number")
        return int(digits)
    is_rate = rules.unit in (Unit.BYTES_PER_S, Unit.KB_PER_S)
    value = _size.parse(text.removesuffix("/s") if is_rate else text)
    return -(-value // _BYTES.get(rules.unit, 1))


def read_listed(owner: Owner, text: str) -> dict[SettingKey, Value]:
    """`ID:KEY=VALUE,KEY=VALUE`: the ID ends at the last colon before the first `=`, `,,` is a comma."""
    settings = {setting.value: setting for setting, rules in RULES.items() if rules.owner is owner}
    head, equals, rest = text.partition("=")
    name, colon, first = head.rpartition(":")
    if not (name and colon and equals):
        raise ValueError(f"{text[:60]!r} is not ID:KEY=VALUE,KEY=VALUE")
    found: dict[SettingKey, Value] = {}
    for part in f"{first}={rest}".replace(",,", "\0").split(","):
        word, equals, value = part.replace("\0", ",").partition("=")
        setting = settings.get(word)
        if setting is None or not equals:
            raise ValueError(f"{word[:40]!r} is none of {', '.join(settings)}")
        key = SettingKey(setting, name.lower() if owner is Owner.CARD else name)
        if key in found:
            raise ValueError(f"{key} is given twice")
        found[key] = read_value(setting, value)
    return found


def _typed(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """As argparse wants it."""

    def typed(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None

    return typed


def _add_arguments(parser: ArgumentParser) -> None:
    add_machines(parser)
    for setting, words in _HELP.items():

        def read(text: str, setting: Setting = setting) -> tuple[SettingKey, Value]:
            return SettingKey(setting), read_value(setting, text)

        parser.add_argument(
            f"--{setting.value}",
            dest=setting.name,
            type=_typed(read),
            metavar=_METAVARS[RULES[setting].unit],
            help=str(words),
        )
    for flag, owner, metavar, words in (
        ("--disk", Owner.DISK, "TARGET:KEY=VALUE,…", say("CommandLine", "size and limits of a disk: vda:size=40GiB,read-iops=500,write-bps=50MB; none takes a limit away")),
        ("--nic", Owner.CARD, "MAC:KEY=VALUE,…", say("CommandLine", "limits of a network card: 52:54:00:12:34:56:in=10MB,out=none")),
    ):  # fmt: skip
        parser.add_argument(
            flag,
            type=_typed(partial(read_listed, owner)),
            metavar=metavar,
            help=str(words),
            action="append",
            default=[],
        )
    parser.add_argument("--now", action="store_true", help="only while it runs, not after its next start")
    parser.add_argument("--next-start", action="store_true", help="only from its next start on")
    add_check(parser)


def _parts(arguments: Namespace) -> list[dict[SettingKey, Value]]:
    own = (getattr(arguments, setting.name) for setting in _HELP)
    return [*(dict((pair,)) for pair in own if pair is not None), *arguments.disk, *arguments.nic]


def _wrong(arguments: Namespace) -> str:
    parts = _parts(arguments)
    if not parts:
        return "nothing to change: give --vcpus, --memory, --disk, --nic or another setting"
    if arguments.now and arguments.next_start:
        return "give --now or --next-start, not both; without either it is changed for both"
    twice = [
        key for at, part in enumerate(parts) for key in part if any(key in other for other in parts[:at])
    ]
    return f"{twice[0]} is given twice" if twice else none_meant(arguments)


async def _set(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    domains, _ = await meant(session, arguments)
    values = {key: value for part in _parts(arguments) for key, value in part.items()}
    reach = Reach.NOW if arguments.now else Reach.NEXT_START if arguments.next_start else Reach.BOTH
    errors: dict[DomainKey, Exception] = {}
    for domain in domains:
        reason = refusal(domain, JobKind.EDIT, session.inventory.hosts[domain.key.host_id])
        if reason is not None:
            errors[domain.key] = refused(reason, subject=domain.name)
    able = [domain for domain in domains if domain.key not in errors]
    if arguments.check:
        previews = await _each(able, errors, lambda key: session.edits.preview(key, values, reach))
        status = FAILED if session.has_failed(hosts) else DONE
        return _foreseen(session, domains, previews, errors, status, is_one=is_of_one(arguments))
    wishes, is_so = await _wishes(session, able, errors, values, reach)

    def submit(keys: tuple[DomainKey, ...]) -> JobId:
        return session.edits.change({key: wishes[key] for key in keys})

    return await carried_out(session, hosts, domains, submit, errors, as_wanted=is_so)


async def _each(
    domains: Sequence[Domain],
    errors: dict[DomainKey, Exception],
    ask: Callable[[DomainKey], Any],
) -> dict[DomainKey, Any]:
    """What asking about each gives; errors are kept."""
    answers = await asyncio.gather(*(ask(domain.key) for domain in domains), return_exceptions=True)
    found: dict[DomainKey, Any] = {}
    for domain, answer in zip(domains, answers, strict=True):
        if isinstance(answer, (VmguiError, TimeoutError)):
            errors[domain.key] = answer
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found[domain.key] = answer
    return found


async def _wishes(
    session: Session,
    domains: Sequence[Domain],
    errors: dict[DomainKey, Exception],
    values: Values,
    reach: Reach,
) -> tuple[dict[DomainKey, Wish], set[DomainKey]]:
    """What is wished of those that it is possible with, and those that are so already."""
    session.speaker.speak()
    from vmgui.services.edits import Wish
    from vmgui.words.edits import change_words, plan_lines

    machines = await _each(domains, errors, session.edits.look)
    wishes: dict[DomainKey, Wish] = {}
    is_so: set[DomainKey] = set()
    for domain in domains:
        if (machine := machines.get(domain.key)) is None:
            continue
        found = plan(machine, values, reach)
        if not found.is_possible:
            impossible = [change for change in found.changes if change.when is When.IMPOSSIBLE]
            detail = "\n".join(map(change_words, impossible))
            errors[domain.key] = InvalidConfig(detail, subject=domain.name)
        elif not found.changes:
            is_so.add(domain.key)
        else:
            for line in plan_lines(found):
                session.speaker.say(line)
            wishes[domain.key] = Wish(values, base(machine, values), reach)
    return wishes, is_so


def _foreseen(
    session: Session,
    domains: Sequence[Domain],
    previews: Mapping[DomainKey, Preview],
    errors: Mapping[DomainKey, Exception],
    status: int,
    *,
    is_one: bool,
) -> Answer:
    session.speaker.speak()
    found: list[dict[str, Any]] = []
    for domain in domains:
        preview = previews.get(domain.key)
        if preview is None:
            because = told(session, domain, errors[domain.key])["text"]
            nothing: dict[str, Any] = {"changes": [], "xml_diff": "", "virsh": []}
            found.append({**named(session, domain), "possible": False, "because": because, **nothing})
            continue
        found.append(
            {
                **named(session, domain),
                "possible": preview.plan.is_possible,
                "changes": [_change(change) for change in preview.plan.changes],
                "xml_diff": preview.live_diff + preview.saved_diff,
                "virsh": list(preview.virsh),
            }
        )
    is_possible = all(one["possible"] for one in found)
    return Answer(
        found[0] if is_one else {"results": found},
        partial(_table, found, previews, domains),
        status if is_possible else FAILED,
    )


def _change(change: Change) -> dict[str, Any]:
    from vmgui.words.edits import note_words, reason_words

    setting = change.key.setting
    because = " ".join(part for part in (reason_words(change), *note_words(change)) if part)
    return {
        "field": _FIELDS.get(setting, str(change.key)),
        "from": _told_value(setting, change.before),
        "to": _told_value(setting, change.to),
        "when": change.when.value,
        **({"because": because} if because else {}),
        **({"saves": False} if change.when is When.NOW and not change.saves else {}),
    }


def _told_value(setting: Setting, value: Value) -> Value:
    """In bytes and bytes a second."""
    return None if value is None else value * _BYTES.get(RULES[setting].unit, 1)


def _table(
    found: Sequence[dict[str, Any]], previews: Mapping[DomainKey, Preview], domains: Sequence[Domain]
) -> Table:
    from vmgui.words.edits import difference_words, key_words, note_words, verdict_words

    rows: list[tuple[str, ...]] = []
    for domain, one in zip(domains, found, strict=True):
        machine, preview = (one["name"], one["host"]), previews.get(domain.key)
        if preview is None:
            rows.append((*machine, "", "", one["because"]))
            continue
        for change in preview.plan.changes:
            setting = change.key.setting
            difference = difference_words(setting, change.before, change.to)
            when = ". ".join((verdict_words(change), *note_words(change)))
            rows.append((*machine, key_words(change.key), difference, when))
        if not preview.plan.changes:
            rows.append((*machine, "", "", str(say("CommandLine", "It is so already."))))
    more = (say("CommandLine", "Setting"), say("CommandLine", "Change"), say("CommandLine", "When"))
    return Table(titles(*more), rows)


VERB = Verb(
    "set",
    say("CommandLine", "Change CPUs, memory, disks and limits: now where possible, and for the next start."),
    _add_arguments,
    _set,
    _wrong,
)
