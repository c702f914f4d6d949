"""Which machines are meant: NAME, UUID or HOST/NAME, where HOST is a name of the list, a host's own name or a URI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vmgui.model.domain import Domain
from vmgui.model.errors import Ambiguous, NotFound
from vmgui.model.host import Host
from vmgui.services.inventory import Inventory


def find(inventory: Inventory, reference: str) -> Domain:
    """The machine; raises NotFound, Ambiguous (naming the hosts that have one)."""
    domains = inventory.domains.values()
    found = [domain for domain in domains if domain.name == reference or domain.key.uuid == reference.lower()]
    if not found and "/" in reference:
        where, _, name = reference.rpartition("/")
        hosts = {host.id for host in inventory.hosts.values() if is_called(host, where)}
        found = [
            domain
            for domain in domains
            if domain.key.host_id in hosts and (domain.name == name or domain.key.uuid == name.lower())
        ]
    if not found:
        raise NotFound("no host that answers has it", subject=reference).unsent()
    if len(found) > 1:
        places = ", ".join(sorted(inventory.hosts[domain.key.host_id].name for domain in found))
        raise Ambiguous(places, subject=reference)
    return found[0]


def find_all(inventory: Inventory, references: Iterable[str]) -> Sequence[Domain]:
    """Each once, in the order they were named."""
    return tuple(dict.fromkeys(find(inventory, reference) for reference in references))


def is_called(host: Host, name: str) -> bool:
    """Whether a person may mean this host by that."""
    own = host.info.hostname if host.info is not None else ""
    return bool(name) and name in (host.config.name, host.name, host.config.uri, own)
