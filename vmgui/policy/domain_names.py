"""What machines may be called; machines of the same name on several hosts are told apart by their hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from vmgui.model.domain import Domain
from vmgui.model.errors import AlreadyExists, InvalidConfig, VmguiError
from vmgui.model.host import HostId
from vmgui.policy.plain_text import edges_seen

NAME_MAX_BYTES = 200
"""A file name has 255 bytes on Linux; libvirt appends up to some forty to a machine's name (log, NVRAM)."""

UNFIT = re.compile(r"[/\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""No name of a machine or of its disk holds these: libvirt makes files of it and writes it as XML."""


class NameProblem(Enum):
    """Why a name will not do for a virtual machine."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    SLASH = "slash"
    DOT = "dot"  # nothing but dots: "." and ".." are directories
    CONTROL_CHARACTER = "control_character"
    OUTER_SPACE = "outer_space"
    TAKEN = "taken"


def name_problem(name: str, taken: frozenset[str] = frozenset()) -> NameProblem | None:
    """What is wrong with `name` for a machine on a host that has those `taken`; None: nothing."""
    if not name.strip():
        return NameProblem.EMPTY
    if name != name.strip():
        return NameProblem.OUTER_SPACE
    if unfit := UNFIT.search(name):
        return NameProblem.SLASH if unfit[0] == "/" else NameProblem.CONTROL_CHARACTER
    if set(name) == {"."}:
        return NameProblem.DOT
    if name_bytes(name) > NAME_MAX_BYTES:
        return NameProblem.TOO_LONG
    return NameProblem.TAKEN if name in taken else None


def name_error(name: str, taken: frozenset[str]) -> VmguiError | None:
    """The error that giving a machine this name ends in; None: it may have it."""
    problem = name_problem(name, taken)
    if problem is None:
        return None
    if problem is NameProblem.TAKEN:
        return AlreadyExists("another virtual machine of this host has the name", subject=name)
    return InvalidConfig(problem.value, subject=name)


def name_bytes(name: str) -> int:
    """How many bytes of a file's name it takes."""
    return len(name.encode("utf-8", "surrogatepass"))


def shared_names(domains: Iterable[Domain]) -> frozenset[str]:
    """The names, as `folded`, that machines of more than one host have."""
    hosts: dict[str, HostId] = {}
    shared: set[str] = set()
    for domain in domains:
        name = folded(domain.name)
        if hosts.setdefault(name, domain.key.host_id) != domain.key.host_id:
            shared.add(name)
    return frozenset(shared)


def folded(name: str) -> str:
    """What a person may take two names for the same by."""
    return " ".join(name.split()).casefold()


def with_host(name: str, host_name: str) -> str:
    """The name of a machine as it is shown, with its host's where it shares it with one of another host."""
    seen = edges_seen(name)
    return f"{seen} ({host_name})" if host_name else seen
