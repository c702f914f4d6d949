"""The host's pools and the network that a new machine needs: running, or made where there are none."""

from __future__ import annotations

import uuid as uuids
from dataclasses import replace

from vmgui.hypervisor.creation import make_directory_pool
from vmgui.hypervisor.networks import start_network
from vmgui.hypervisor.storage import start_pool
from vmgui.model.creation import NetworkKind, NewDomain
from vmgui.model.offer import HostOffer
from vmgui.model.rollback import Made, MadeKind
from vmgui.services.creation.placing import files_of
from vmgui.services.host_watches import HostWatches
from vmgui.services.rollback.steps import Steps


def pools_used(new: NewDomain) -> frozenset[str]:
    """Names of the pools that get something new."""
    used = {ref.upload_pool for ref in files_of(new) if ref.local and ref.upload_pool}
    if new.new_volume is not None and new.new_volume.pool:
        used.add(new.new_volume.pool)
    return frozenset(used)


def things_used(new: NewDomain) -> frozenset[str]:
    """What no other creation may stop meanwhile, as Claims names it."""
    nic = new.interface
    networks = {f"network {nic.source}"} if nic.kind is NetworkKind.VIRTUAL else set[str]()
    return frozenset(networks | {f"pool {name}" for name in pools_used(new)})


class Means:
    """Starts the pools and the network that one creation needs, and makes the first pool."""

    def __init__(self, new: NewDomain, steps: Steps, watches: HostWatches) -> None:
        self._new = new
        self._steps = steps
        self._watches = watches

    async def have_pools(self, offer: HostOffer) -> HostOffer:
        """Start the pools that are used and not running, make the first one where there is none.

        The offer, with what really is in them: nothing there may be written over or removed.
        """
        used = pools_used(self._new)
        volumes = dict(offer.volumes)
        for pool in offer.pools:
            if pool.name not in used:
                continue
            if not pool.active and pool.uuid:
                made = Made(MadeKind.POOL_STARTED, pool.name, pool.uuid)
                await self._steps.take(
                    made, self._steps.calling(start_pool, pool.uuid, pool=pool.name), _if_started
                )
            elif not pool.active:
                made = Made(MadeKind.POOL_MADE, pool.name, str(uuids.uuid4()), is_proven=True)
                make = self._steps.calling(
                    make_directory_pool, pool.name, pool.target_path, made.uuid, pool=pool.name
                )
                await self._steps.take(made, make, lambda made, others: replace(made, others=others))
            contents = await self._watches.volumes.refreshed(self._new.host_id, pool.name)
            volumes[pool.name] = contents.volumes
        return replace(offer, volumes=volumes)

    async def have_network(self, offer: HostOffer) -> None:
        """Start the network if it is not running."""
        nic = self._new.interface
        network = offer.network(nic.source) if nic.kind is NetworkKind.VIRTUAL else None
        if network is None or network.active or self._new.xml:
            return
        await self._steps.take(
            Made(MadeKind.NETWORK_STARTED, network.name, network.uuid),
            self._steps.calling(start_network, network.name),
            lambda made, was_us: replace(made, is_proven=True) if was_us else None,
        )


def _if_started(made: Made, answer: tuple[bool, tuple[str, ...]]) -> Made | None:
    was_us, others = answer
    return replace(made, is_proven=True, others=others) if was_us else None
