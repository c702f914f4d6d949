"""`vmgui delete`: by the plan that the window shows; without --yes only where a person on a terminal says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import (
    add_arguments,
    carried_out,
    is_of_one,
    named,
    names,
    not_confirmed,
    titles,
    told,
    why_not,
)
from vmgui.cli.reference import meant, none_meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb
from vmgui.commands.deletion import DELETE
from vmgui.model.errors import NotFound
from vmgui.policy.lifecycle import Refusal, refused

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Sequence

    from vmgui.cli.session import Session
    from vmgui.model.deletion import DeletionPlan
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.job import JobId


async def _delete(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    domains, _ = await meant(session, arguments, surely=True)
    if domains:
        # They may use the same storage: what is judged must not depend on who is named here.
        await session.connect_others()
    errors: dict[DomainKey, Exception] = {
        domain.key: error for domain in domains if (error := why_not(session, DELETE, domain, {})) is not None
    }
    found = await session.deletion.plans(domain.key for domain in domains if domain.key not in errors)
    errors |= {key: left_out.error for left_out in found.left_out for key in left_out.keys}
    plans = {plan.key: plan for plan in found.plans}
    for domain in domains:
        if domain.key in found.protected:
            errors[domain.key] = refused(Refusal.PROTECTED, subject=domain.name)
        elif domain.key not in plans and domain.key not in errors:
            errors[domain.key] = NotFound("it is not there any more", subject=domain.name)
    going = {key: frozenset() if arguments.keep_disks else _chosen(plan) for key, plan in plans.items()}
    if arguments.check:
        status = FAILED if errors or session.has_failed(hosts) else DONE
        return _foreseen(session, domains, plans, going, errors, status, is_one=is_of_one(arguments))
    if plans and not arguments.yes:
        session.speaker.speak()
        from vmgui.words.deletion import ask

        asked = [domain for domain in domains if domain.key in plans]
        question = ask(tuple(plans.values()), names(session, asked), going)
        if not await session.speaker.confirmed(question):
            return not_confirmed(session, domains)
    elif plans:
        session.speaker.speak()
        for words in _warnings(plans.values()):
            session.speaker.say(words)

    def submit(keys: tuple[DomainKey, ...]) -> JobId:
        return session.deletion.delete_many((plans[key], going[key]) for key in keys)

    return await carried_out(session, hosts, domains, submit, errors, stays=False)


def _chosen(plan: DeletionPlan) -> frozenset[str]:
    """Those that go unless a person says otherwise."""
    return frozenset(file.path for file in plan.files if file.is_chosen)


def _foreseen(
    session: Session,
    domains: Sequence[Domain],
    plans: dict[DomainKey, DeletionPlan],
    going: dict[DomainKey, frozenset[str]],
    errors: dict[DomainKey, Exception],
    status: int,
    *,
    is_one: bool,
) -> Answer:
    session.speaker.speak()
    found: list[dict[str, Any]] = []
    for domain in domains:
        plan = plans.get(domain.key)
        if plan is None:
            because = told(session, domain, errors[domain.key])["text"]
            found.append({**named(session, domain), "possible": False, "because": because})
        else:
            found.append({**named(session, domain), "possible": True, **_fate(plan, going[domain.key])})
    return Answer(found[0] if is_one else {"results": found}, partial(_table, found), status)


def _fate(plan: DeletionPlan, going: frozenset[str]) -> dict[str, Any]:
    """Every file by its fate, and what goes that is no file of its own."""
    from vmgui.words.deletion import always_gone, left_words, link_words

    removes: list[dict[str, Any]] = []
    keeps: list[dict[str, Any]] = []
    for file in plan.files:
        if file.path in going:
            removes.append({"path": file.path, "pool": file.pool, "bytes": file.allocation_bytes})
            if file.link_to:
                keeps.append({"path": file.link_to, "because": link_words(file)})
        else:
            keeps.append({"path": file.path, "because": left_words(file)})
    if plan.nvram_path:
        # Its host tells no size.
        removes.append({"path": plan.nvram_path, "pool": "", "bytes": None})
    return {
        "running": plan.active,
        "removes": removes,
        "keeps": keeps,
        "also": always_gone(plan),
        "warnings": _warnings((plan,)),
    }


def _warnings(plans: Collection[DeletionPlan]) -> list[str]:
    """What could not be asked or read, so that files may go that somebody needs."""
    from vmgui.words.deletion import not_asked_words, not_read_words

    return [words for words in (not_asked_words(plans), *not_read_words(plans)) if words]


def _table(found: Sequence[dict[str, Any]]) -> Table:
    from vmgui.words import quantities as fmt
    from vmgui.words.say import say

    goes, stays = str(say("CommandLine", "Goes")), str(say("CommandLine", "Stays"))
    rows: list[tuple[str, ...]] = []
    for one in found:
        machine = (one["name"], one["host"])
        if not one["possible"]:
            rows.append((*machine, stays, "", one["because"]))
            continue
        rows.append((*machine, goes, "", str(say("CommandLine", "The machine"))))
        for file in one["removes"]:
            rows.append((*machine, goes, fmt.size_bytes(file["bytes"]), file["path"]))
        rows += [(*machine, stays, "", f"{file['path']}: {file['because']}") for file in one["keeps"]]
        rows += [(*machine, "", "", words) for words in one["warnings"]]
    more = (say("CommandLine", "Fate"), say("CommandLine", "Size"), say("CommandLine", "What"))
    return Table(titles(*more), rows)


VERB = Verb(DELETE.verb, DELETE.summary or DELETE.title, partial(add_arguments, DELETE), _delete, none_meant)
