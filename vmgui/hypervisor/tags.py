"""Machines' tags, folder and protection, written into their XML; and who asks before a protected one loses something."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import libvirt

from vmgui.hypervisor.errors import is_unsupported
from vmgui.libvirtxml.tags_element import NAMESPACE, PREFIX, parse_element, write_element
from vmgui.model.definition import NO_DEFINITION
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import TagsChange
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.policy.tags import changed

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)


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
