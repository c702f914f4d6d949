"""`vmgui undo`: what was changed in a machine's saved definition, and taking the last change back, or an earlier one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import add_check, carried_out, named, names, not_confirmed, told, why_not
from vmgui.cli.reference import meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb
from vmgui.commands.undo import UNDO
from vmgui.model.errors import InvalidState, NotFound, VmguiError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain
    from vmgui.model.undo import Entry, Foresight


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("machine", metavar="VM", nargs=1, help="NAME, UUID or HOST/NAME")
    parser.add_argument(
        "change", metavar="CHANGE", nargs="?", type=int, help="its number in the list; else the last one"
    )
    parser.add_argument("--list", action="store_true", help="list the changes that are known, the last first")
    parser.set_defaults(where="")
    add_check(parser)


async def _run(session: Session, arguments: Namespace) -> Answer:
    hosts = await session.connect()
    (domain,), _ = await meant(session, arguments, surely=not arguments.list)
    session.speaker.speak()
    entries = await session.undo.entries(domain.key)
    if arguments.list:
        status = FAILED if session.has_failed(hosts) else DONE
        documents = [await _document(session, entry) for entry in entries]
        return Answer(documents, partial(_table, entries), status)
    error: VmguiError | None = why_not(session, UNDO, domain, {})
    foresight: Foresight | None = None
    if error is None:
        try:
            entry = _chosen(entries, arguments.change, domain)
            foresight = await session.undo.foresee(entry)
            if not foresight.differences:
                error = InvalidState("it is already as it was before this change", subject=domain.name)
        except VmguiError as caught:
            error = caught
    if arguments.check:
        document = {**named(session, domain), **await _foreseen(session, domain, foresight, error)}
        is_possible = error is None and not session.has_failed(hosts)
        return Answer(document, partial(_check_table, document), DONE if is_possible else FAILED)
    if error is None and foresight is not None and not arguments.yes:
        from vmgui.words.undo import question

        is_last = foresight.entry.id == entries[0].id
        asked = question(foresight, names(session, (domain,))[0], is_last=is_last)
        if not await session.speaker.confirmed(asked):
            return not_confirmed(session, (domain,))
    errors = {domain.key: error} if error is not None else {}

    def submit(_keys: object) -> int:
        assert foresight is not None
        return session.undo.undo(foresight)

    return await carried_out(session, hosts, (domain,), submit, errors)


def _chosen(entries: Sequence[Entry], number: int | None, domain: Domain) -> Entry:
    if not entries:
        raise NotFound("no change of it is known", subject=domain.name)
    if number is None:
        return entries[0]
    found = next((entry for entry in entries if entry.id == number), None)
    if found is None:
        raise NotFound(f"no change {number} of it is known", subject=domain.name)
    return found


async def _document(session: Session, entry: Entry) -> dict[str, Any]:
    from vmgui.words.undo import entry_words

    return {
        "change": entry.id,
        "when": datetime.fromtimestamp(entry.at_unix_s, UTC).isoformat(timespec="seconds"),
        "found_later": entry.is_late,
        "who": entry.author.value,
        "words": entry_words(entry),
        "diff": await session.undo.diff(entry.before, entry.after),
    }


async def _foreseen(
    session: Session, domain: Domain, foresight: Foresight | None, error: VmguiError | None
) -> dict[str, Any]:
    from vmgui.words.undo import difference_words, foresight_words

    found: dict[str, Any] = {"possible": error is None}
    if error is not None:
        found["because"] = told(session, domain, error)["text"]
    if foresight is not None:
        found |= {
            "change": foresight.entry.id,
            "will": [difference_words(one) for one in foresight.differences],
            "beyond": [difference_words(one) for one in foresight.beyond],
            "notes": list(foresight_words(foresight)),
            "diff": await session.undo.diff(foresight.before, foresight.after),
        }
    return found


def _table(entries: Sequence[Entry]) -> Table:
    from vmgui.words.say import say
    from vmgui.words.undo import WHAT, WHEN, WHO

    facts = (WHEN, WHO, WHAT)
    title = str(say("CommandLine", "Change"))
    rows = [(str(entry.id), *(fact.text(entry) for fact in facts)) for entry in entries]
    return Table((title, *(str(fact.title) for fact in facts)), rows)


def _check_table(document: dict[str, Any]) -> Table:
    from vmgui.cli.acts import titles
    from vmgui.words.say import say

    lines = [document["because"]] if "because" in document else []
    lines += [*document.get("will", ()), *document.get("notes", ())]
    rows = [(document["name"], document["host"], line) for line in lines]
    return Table(titles(say("CommandLine", "What would happen")), rows)


VERB = Verb(UNDO.verb, UNDO.summary or UNDO.title, _add_arguments, _run)
