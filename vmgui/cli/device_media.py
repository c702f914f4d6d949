"""`vmgui device change VM DRIVE medium=PATH`: what is in a machine's drives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmgui.cli.acts import carried_out, named, not_confirmed, titles, told, why_not
from vmgui.cli.verb import DONE, FAILED, Answer, Table
from vmgui.commands.media import EJECT, INSERT
from vmgui.model.edit import Reach
from vmgui.model.errors import MediumMissing, MediumUnreadable, NoDrive, VmguiError
from vmgui.policy.lifecycle import Refusal, refused
from vmgui.words.say import say

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from vmgui.cli.session import Session
    from vmgui.model.domain import Domain, DomainKey
    from vmgui.model.host import Host
    from vmgui.model.job import JobId
    from vmgui.model.media import Drive, LookedAt

KEYS = ("medium", "force")
_NO_MEDIUM = ("", "none")
_ON_OFF = {"on": True, "off": False}


def settings(arguments: Namespace) -> dict[str, str]:
    """What is typed, where it is about a medium; a path is taken whole, with its commas."""
    pairs = (text.partition("=") for text in arguments.settings)
    found = {key: value for key, _, value in pairs}
    return found if "medium" in found or set(found) == {"force"} else {}


def wrong(given: Mapping[str, str]) -> str:
    """What cannot be meant by it."""
    others = [key for key in given if key not in KEYS]
    if others:
        return f"a medium goes by itself: {others[0][:60]!r} is none of {', '.join(KEYS)}"
    if "medium" not in given:
        return "nothing to change: give medium=PATH, or medium=none"
    medium = given["medium"]
    if medium not in _NO_MEDIUM and not medium.startswith("/"):
        return "give the whole path of the medium, from the / at its beginning, as the host has it"
    if given.get("force", "off") not in _ON_OFF:
        return "force is on or off"
    return ""


async def change(
    session: Session,
    arguments: Namespace,
    hosts: tuple[Host, ...],
    domain: Domain,
    given: Mapping[str, str],
    reach: Reach,
) -> Answer:
    """Insert it or take it out."""
    key, target = domain.key, str(arguments.id)
    path = "" if given["medium"] in _NO_MEDIUM else given["medium"]
    force = _ON_OFF[given.get("force", "off")]
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
