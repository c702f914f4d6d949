"""`vmgui device keys`: what can be set of a device, or of a new one, on this machine's host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmgui.cli.device_settings import is_secret, keys_of, kind_named, typed_for
from vmgui.cli.device_subject import Subject, listed_of, new_device, subject_of
from vmgui.cli.device_told import json_value
from vmgui.cli.verb import DONE, FAILED, Answer, Table
from vmgui.commands.fields import Capacity, Option
from vmgui.commands.hardware.form import offers
from vmgui.model.errors import NotFound
from vmgui.words.say import Say, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain
    from vmgui.model.hardware import HardwareMachine, HardwareOffer
    from vmgui.model.host import Host


async def keys(session: Session, hosts: tuple[Host, ...], domain: Domain, what: str) -> Answer:
    """`what`: an id, or a kind for a new one. Raises NotFound where it is neither."""
    session.speaker.speak()
    machine = await session.hardware.look(domain.key)
    offer = await session.hardware.offered(domain.key, session.timeout_s)
    document = [*_keys(_subject(machine, offer, what))]

    def table() -> Table:
        rows = [(one["key"], _shown(one["value"]), one["text"], _values(one)) for one in document]
        heads = (
            *(say("CommandLine", "Key"), say("CommandLine", "Value"), say("CommandLine", "What")),
            say("CommandLine", "Possible"),
        )
        return Table(tuple(str(head) for head in heads), rows)

    return Answer(document, table, FAILED if session.has_failed(hosts) else DONE)


def _subject(machine: HardwareMachine, offer: HardwareOffer, what: str) -> Subject:
    try:
        return subject_of(machine, offer, what)
    except NotFound:
        try:
            return new_device(kind_named(what), machine, offer)
        except ValueError:
            listed_of(machine, what)
            raise


def _keys(subject: Subject) -> Iterable[dict[str, Any]]:
    means = offers(subject.form.knobs, subject.scene, subject.truth)
    for key, knob in keys_of(subject.form).items():
        if knob.name not in subject.truth:
            continue
        answer, offered = subject.truth[knob.name], means.get(knob.name)
        told: dict[str, Any] = {
            "key": key,
            "text": knob.field.plain,
            "value": None if is_secret(knob) else json_value(knob, answer),
            "typed": typed_for(knob),
        }
        if isinstance(offered, Capacity):
            told["values"] = [offered.least, offered.most]
        elif isinstance(offered, tuple | list):
            told["values"] = [_option(one) for one in offered if isinstance(one, Option)]
        elif isinstance(offered, str | Say) and str(offered):
            told["why_not"] = str(offered)
        yield told


def _option(option: Option) -> dict[str, str]:
    label = option.label.plain if isinstance(option.label, Say) else option.label
    why_not = str(option.why_not)
    return {"value": option.word, "text": label, **({"why_not": why_not} if why_not else {})}


def _values(one: dict[str, Any]) -> str:
    """For people: what can be typed."""
    values: Sequence[Any] = one.get("values", ())
    words = [
        value["value"] or "default" for value in values if isinstance(value, dict) and "why_not" not in value
    ]
    return "|".join(words) or one["typed"]


def _shown(value: Any) -> str:
    """As it is typed."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None else str(value)
