"""`vmgui xml`: a machine's whole XML, printed, or defined anew by a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import add_check, carried_out, named, not_confirmed, titles, told
from vmgui.cli.reference import meant
from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb, WrongUse
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import refusal, refused
from vmgui.words.say import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain
    from vmgui.model.host import Host


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("machine", metavar="VM", nargs=1, help="NAME, UUID or HOST/NAME")
    parser.set_defaults(where="")
    parser.add_argument(
        "--saved", action="store_true", help="as it is after the next start; else as it is now, while it runs"
    )
    parser.add_argument(
        "--set",
        metavar="FILE",
        dest="file",
        help="define it by this file (-: what is typed in), for the next start; ***** stands for the present password. "
        "One made of --saved is refused if the definition has been changed since",
    )
    add_check(parser)


def _wrong(arguments: Namespace) -> str:
    return "--check is for --set" if arguments.check and not arguments.file else ""


async def _xml(session: Session, arguments: Namespace) -> Answer:
    written = _read(arguments.file) if arguments.file else ""
    hosts = await session.connect()
    (domain,), _ = await meant(session, arguments, surely=bool(arguments.file))
    if arguments.file:
        return await _set(session, arguments, hosts, domain, written)
    is_saved = arguments.saved or not domain.state.is_active
    text = await session.edits.text(domain.key, saved=is_saved)
    if arguments.saved:
        from vmgui.libvirtxml.xml_check import stamped

        text = stamped(text)
    document = {**named(session, domain), "saved": is_saved, "xml": text}
    status = FAILED if session.has_failed(hosts) else DONE
    return Answer(document, lambda: Table(("",)), status, text)


def _read(name: str) -> str:
    """The file's text, of which no more is read than may be defined; raises WrongUse."""
    from vmgui.model.xml import MOST_BYTES

    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise WrongUse(f"vmgui: {name} is larger than {MOST_BYTES} bytes")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise WrongUse(f"vmgui: {name} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"vmgui: {name} is no UTF-8: byte {error.start}") from error


async def _set(
    session: Session, arguments: Namespace, hosts: tuple[Host, ...], domain: Domain, written: str
) -> Answer:
    from vmgui.libvirtxml.xml_check import check, is_overtaken, live_fault
    from vmgui.model.errors import ChangedMeanwhile
    from vmgui.policy.xml_error import XmlRefused

    error: Exception | None = None
    base = ""
    why = refusal(domain, JobKind.DEFINE, session.inventory.hosts[domain.key.host_id])
    fault = check(written, domain.name, domain.key.uuid) or live_fault(written)
    if why is not None:
        error = refused(why, subject=domain.name)
    elif fault is not None:
        error = XmlRefused(fault, by_host=False, subject=domain.name)
    else:
        base = await session.edits.text(domain.key, saved=True)
        if is_overtaken(written, base):
            error = ChangedMeanwhile("the definition", subject=domain.name)
    if arguments.check:
        return _foreseen(session, hosts, domain, error, base, written)
    if error is None and not arguments.yes:
        session.speaker.speak()
        from vmgui.words.xml import ask

        if not await session.speaker.confirmed(ask(domain.name, base, written)):
            return not_confirmed(session, (domain,))
    errors = {domain.key: error} if error is not None else {}
    return await carried_out(
        *(session, hosts, (domain,), lambda keys: session.edits.define(keys[0], written, base), errors)
    )


def _foreseen(
    session: Session,
    hosts: tuple[Host, ...],
    domain: Domain,
    error: Exception | None,
    base: str,
    written: str,
) -> Answer:
    from vmgui.policy.xml_lines import diff

    document: dict[str, Any] = {**named(session, domain), "possible": error is None, "xml_diff": ""}
    # Only its host has the schema, and looks at it only when it is defined.
    document["validated"] = False
    if error is not None:
        about = told(session, domain, error)
        document |= {"because": about["text"], **({"line": about["line"]} if "line" in about else {})}
    else:
        document["xml_diff"] = diff(base, written)

    def table() -> Table:
        yes, no = str(say("CommandLine", "yes")), str(say("CommandLine", "no"))
        row = (document["name"], document["host"], yes if error is None else no, document.get("because", ""))
        return Table(titles(say("CommandLine", "Possible"), say("CommandLine", "Why not")), [row])

    is_possible = error is None and not session.has_failed(hosts)
    text = document["xml_diff"] or None
    return Answer(document, table, DONE if is_possible else FAILED, text)


VERB = Verb(
    "xml",
    say("CommandLine", "The whole XML of a machine, or with --set another one for it."),
    _add_arguments,
    _xml,
    _wrong,
)
