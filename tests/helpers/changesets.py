"""A ChangeSet applied to what was known: who follows the inventory's changes must end with what it has."""

from vmgui.model.changeset import ChangeSet
from vmgui.services.inventory import Snapshot


def apply(change: ChangeSet, old: Snapshot) -> Snapshot:
    """What `old` becomes through `change`."""
    hosts = dict(old.hosts)
    domains = dict(old.domains)
    for host_id in change.hosts_removed:
        del hosts[host_id]
    for key in change.removed:
        del domains[key]
    hosts.update((host.id, host) for host in (*change.hosts_added, *change.hosts_changed))
    domains.update((domain.key, domain) for domain in (*change.added, *change.changed))
    order = [host_id for host_id in change.hosts_order if host_id in hosts]
    ordered = {host_id: hosts.pop(host_id) for host_id in order}
    return Snapshot(ordered | hosts, domains)
