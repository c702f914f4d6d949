"""What machines' XML says to find them by, read a few at a time; their tags, folder and protection, written into it.

libvirt has no bulk call for XML: a call of ours reads as many as its share of time allows, so that thousands of
machines on a slow line never hold one of the host's few threads for long.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import libvirt

from vmgui.hypervisor.answers import in_turn
from vmgui.hypervisor.errors import from_libvirt, is_gone, is_unsupported
from vmgui.libvirtxml.tags import parse_definition
from vmgui.libvirtxml.tags_element import NAMESPACE, PREFIX, parse_element, write_element
from vmgui.model.errors import ConnectionLost, HostUnreachable, InvalidConfig
from vmgui.model.tags import NO_DEFINITION, Definition, TagsChange
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.policy.tags import changed

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

BUDGET_S = 0.1
_BREATH_EVERY = 5
MAX_LEASES = 20_000


def read_definitions(
    conn: libvirt.virConnect, uuids: tuple[str, ...], budget_s: float = BUDGET_S
) -> dict[str, Definition | None]:
    """The first of these machines, as many as can be read in `budget_s` and one at least; None: it is gone."""
    end_s = time.monotonic() + budget_s
    found: dict[str, Definition | None] = {}
    for number, uuid in enumerate(uuids):
        if number and time.monotonic() >= end_s:
            break
        if number % _BREATH_EVERY == _BREATH_EVERY - 1:
            # Parsing holds the interpreter: let the window draw.
            time.sleep(0)
        found[uuid] = _read(conn, uuid)
    return found


def read_leases(conn: libvirt.virConnect) -> dict[str, tuple[str, ...]]:
    """The addresses that the host's networks have lent, by MAC; one call per network."""
    found: dict[str, list[str]] = {}
    try:
        networks = conn.listAllNetworks(libvirt.VIR_CONNECT_LIST_NETWORKS_ACTIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return {}
        raise
    count = 0
    for network in networks:
        try:
            leases = cast("list[dict[str, Any]]", network.DHCPLeases())
        except libvirt.libvirtError as error:
            if _is_fatal(error):
                raise
            continue
        for lease in leases[: MAX_LEASES - count]:
            mac, address = str(lease.get("mac") or "").lower(), str(lease.get("ipaddr") or "")
            if mac and address:
                found.setdefault(mac, []).append(address)
        count += len(leases)
    return {mac: tuple(dict.fromkeys(addresses)) for mac, addresses in found.items()}


def change_tags(conn: libvirt.virConnect, uuid: str, change: TagsChange) -> None:
    """Change tags, folder and protection as they stand in the machine now: in its configuration, and while it runs.

    The two may differ, where somebody changed but one: each keeps what the change does not name.
    """
    domain = conn.lookupByUUIDString(uuid)
    wanted: dict[str, int] = {}
    for place in _places(domain):
        xml = _element(domain, place)
        try:
            before = parse_element(xml)
        except InvalidConfig as error:
            log.info("tags that cannot be read are replaced: %s", error)
            xml, before = "", None
        after = changed(before or NO_DEFINITION, change)
        if after != before:
            element = write_element(after, xml)
            wanted[element] = wanted.get(element, 0) | place
    # None removes it: the binding's annotations do not say so.
    set_metadata: Any = domain.setMetadata
    for element, flags in wanted.items():
        set_metadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, element or None, PREFIX, NAMESPACE, flags)


def unless_protected(
    call: Callable[Concatenate[libvirt.virConnect, str, P], R],
) -> Callable[Concatenate[libvirt.virConnect, str, P], R]:
    """The call on a machine, which raises ActionRefused instead if that is protected in this very moment.

    In its configuration or while it runs: where somebody changed but one, it is. One that cannot be read is not taken
    for unprotected: what keeps it from being read is raised.
    """

    @wraps(call)
    def act(conn: libvirt.virConnect, uuid: str, *args: P.args, **options: P.kwargs) -> R:
        domain = conn.lookupByUUIDString(uuid)
        if is_protected(domain):
            raise ActionRefused(Refusal.PROTECTED, subject=domain.name())
        return call(conn, uuid, *args, **options)

    return act


def is_protected(domain: libvirt.virDomain) -> bool:
    """Whether a person protected it, in its configuration or while it runs; raises where that cannot be read."""
    return any(parse_element(_element(domain, place)).is_protected for place in _places(domain))


def _places(domain: libvirt.virDomain) -> list[int]:
    """Where the machine has metadata."""
    places: list[int] = []
    if domain.isActive():
        places.append(libvirt.VIR_DOMAIN_AFFECT_LIVE)
    if domain.isPersistent():
        places.append(libvirt.VIR_DOMAIN_AFFECT_CONFIG)
    return places


def _element(domain: libvirt.virDomain, place: int) -> str:
    """Our element; empty where there is none."""
    try:
        return domain.metadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, NAMESPACE, place)
    except libvirt.libvirtError as error:
        # A host that keeps no metadata keeps no protection.
        if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN_METADATA or is_unsupported(error):
            return ""
        raise


def _read(conn: libvirt.virConnect, uuid: str) -> Definition | None:
    try:
        xml = conn.lookupByUUIDString(uuid).XMLDesc()
        with in_turn:
            definition = parse_definition(xml)
    except libvirt.libvirtError as error:
        if is_gone(error):
            return None
        if _is_fatal(error):
            raise
        log.info("%s: its XML cannot be read: %s", uuid, error)
        return NO_DEFINITION
    except InvalidConfig as error:
        log.info("%s: its XML is not understood: %s", uuid, error)
        return NO_DEFINITION
    return NO_DEFINITION if definition == NO_DEFINITION else definition


def _is_fatal(error: libvirt.libvirtError) -> bool:
    """Whether the next machine would fare no better."""
    return isinstance(from_libvirt(error), (ConnectionLost, HostUnreachable))
