"""What a host offers for each answer about a new machine, and what is said under it."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.commands.creation_fields import (
    CPUS,
    CPUS_MAX,
    DISK_SIZE,
    DISK_WAYS,
    FIRMWARE,
    GRAPHICS,
    HOST,
    KERNEL_ARGS,
    MEMORY,
    MEMORY_MAX,
    NAME,
    NETWORK,
    POOL,
    TPM,
    Plug,
)  # fmt: skip
from vmgui.commands.fields import Capacity, Option
from vmgui.model.creation import NetworkKind, NewDomain, NewVolume
from vmgui.model.domain import Firmware
from vmgui.model.host import DomainCapabilities, Host
from vmgui.model.network import Network
from vmgui.model.offer import Field, HostOffer, Problem
from vmgui.model.os_variant import OsVariant
from vmgui.model.storage import Pool
from vmgui.model.units import GIB, KIB, KIB_PER_GIB, KIB_PER_MIB, MIB
from vmgui.policy.creation import BLOCK_POOLS, FILE_POOLS, has_tpm, offered_pools, vcpus_limit
from vmgui.policy.plain_text import visible
from vmgui.words import creation as words
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import problems_note
from vmgui.words.note import Note
from vmgui.words.say import say

_LEAST_MEMORY_KIB = 64 * KIB_PER_MIB
_UNKNOWN_HOST_MEMORY_KIB = 64 * KIB_PER_GIB
_LEAST_DISK_BYTES = 64 * MIB
_UNKNOWN_POOL_BYTES = 512 * GIB
_NOTED = {
    Field.HOST: HOST,
    Field.KERNEL_ARGS: KERNEL_ARGS,
    Field.VCPUS: CPUS,
    Field.VCPUS_MAX: CPUS_MAX,
    Field.MEMORY: MEMORY,
    Field.MEMORY_MAX: MEMORY_MAX,
    Field.DISK_POOL: POOL,
    Field.DISK_NAME: DISK_SIZE,
    Field.DISK_SIZE: DISK_SIZE,
    Field.NETWORK: NETWORK,
    Field.NAME: NAME,
    Field.FIRMWARE: FIRMWARE,
    Field.TPM: TPM,
    Field.GRAPHICS: GRAPHICS,
}


def notes(problems: Iterable[Problem]) -> list[Note]:
    """What is said under the fields of what is wrong; that of files is said with what was found in them."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.field in _NOTED:
            found.setdefault(_NOTED[problem.field].name, []).append(problem)
    return [problems_note(name, of_field) for name, of_field in found.items()]


def hosts(found: Iterable[Host]) -> tuple[Option, ...]:
    """Nothing to choose where there is one."""
    options = tuple(Option(host.id, host.name) for host in found)
    return options if len(options) > 1 else ()


def cpus(new: NewDomain, offer: HostOffer, os: OsVariant | None) -> Capacity:
    """On the scale of what the host has and has given away."""
    return Capacity(
        least=1,
        most=vcpus_limit(offer, _capabilities(new, offer)),
        total=offer.cpus,
        others=min(offer.vcpus_committed, offer.cpus),
        total_words=say("CreationFields", "on {host}").format(host=visible(offer.host.name)),
        others_words=str(say("CreationFields", "given to running machines")),
        recommended=os.recommended_cpus if os is not None else None,
    )


def memory(offer: HostOffer, os: OsVariant | None) -> Capacity:
    """On the scale of what the host has and what is in use there."""
    total_kib, free_kib = offer.memory_total_kib, offer.memory_free_kib
    recommended_bytes = os.recommended_memory_bytes if os is not None else None
    return Capacity(
        least=_LEAST_MEMORY_KIB,
        most=total_kib or _UNKNOWN_HOST_MEMORY_KIB,
        total=total_kib,
        others=max(0, total_kib - free_kib) if free_kib else 0,
        total_words=say("CreationFields", "on {host}").format(host=visible(offer.host.name)),
        others_words=str(say("CreationFields", "in use now")),
        recommended=recommended_bytes // KIB if recommended_bytes else None,
    )


def cpus_max(new: NewDomain, offer: HostOffer) -> tuple[int, int]:
    """From one to what the machine type can have."""
    capabilities = _capabilities(new, offer)
    most = capabilities.max_vcpus if capabilities is not None else 0
    return 1, max(most or 1024, new.vcpus_max)


def memory_max(new: NewDomain, offer: HostOffer) -> tuple[int, int]:
    """Up to all the host has, in KiB."""
    return KIB_PER_MIB, max(offer.memory_total_kib or _UNKNOWN_HOST_MEMORY_KIB, new.memory_max_kib)


def places(offer: HostOffer | None) -> tuple[Option, ...]:
    """Where a path counts; the answer: whether that is this computer."""
    here = Option(True, say("CreationFields", "on this computer"))
    host = offer.host.name if offer is not None else ""
    return here, Option(False, say("CreationFields", "on {host}").format(host=host))


def copy_pools(offer: HostOffer | None) -> tuple[Option, ...]:
    """Where a copy of a file of this computer can be put."""
    found = offered_pools(offer) if offer is not None else ()
    return tuple(Option(pool.name, pool.name) for pool in found if pool.kind in FILE_POOLS)


def disk_ways(offer: HostOffer) -> tuple[Option, ...]:
    """A new one needs a place."""
    new, *others = DISK_WAYS
    if not offered_pools(offer) and not offer.default_directory:
        why_not = say("CreationFields", "This host has no storage pool that a disk can be made in.")
        new = Option(new.value, new.label, why_not=why_not)
    return new, *others


def pools(volume: NewVolume, offer: HostOffer) -> tuple[Option, ...]:
    """With what is free in each; one that is gone stays visible while it is chosen."""
    found = tuple(Option(pool.name, _pool(pool)) for pool in offered_pools(offer))
    if not found or any(option.value == volume.pool for option in found):
        return found
    return (*found, Option(volume.pool, visible(volume.pool)))


def _pool(pool: Pool) -> str:
    name = visible(pool.name)
    if pool.uuid and not pool.active:
        return say("CreationFields", "{pool} (not running)").format(pool=name)
    if not pool.available_bytes and not pool.capacity_bytes:
        return name
    free = say("CreationFields", "{size} free").format(size=fmt.size_bytes(pool.available_bytes))
    return f"{name}  ·  {free}"


def folder(volume: NewVolume, offer: HostOffer) -> str:
    """Where there are no pools."""
    if offered_pools(offer):
        return ""
    return say("CreationFields", "Folder: {folder}").format(folder=volume.directory)


def disk_formats(volume: NewVolume, offer: HostOffer) -> tuple[Option, ...]:
    """Block devices hold raw disks only."""
    pool = offer.pool(volume.pool)
    why_not = say("CreationFields", "This storage pool holds raw disks only.")
    return (
        Option(
            "qcow2",
            say("CreationFields", "qcow2 (grows, snapshots)"),
            why_not=why_not if pool is not None and pool.kind in BLOCK_POOLS else "",
        ),
        Option("raw", say("CreationFields", "raw (fastest)")),
    )


def disk_size(volume: NewVolume, offer: HostOffer, os: OsVariant | None) -> Capacity:
    """On the scale of what is free in the pool."""
    pool = offer.pool(volume.pool)
    # Of one that is not running this is what it was when it last ran.
    is_known = pool is not None and (pool.active or not pool.uuid)
    free_bytes = pool.available_bytes if pool is not None and is_known else 0
    return Capacity(
        least=_LEAST_DISK_BYTES,
        most=2 * free_bytes or _UNKNOWN_POOL_BYTES,
        total=free_bytes,
        total_words=say("CreationFields", "free in {pool}").format(pool=volume.pool),
        recommended=os.recommended_disk_bytes if os is not None else None,
    )


def plugs(new: NewDomain, offer: HostOffer) -> tuple[Option, ...]:
    """All there is, and what each means; a choice of before that is gone stays visible."""
    current = Plug(new.interface.kind, new.interface.source)
    found = [_network(network) for network in offer.networks]
    found += [_bridge(name) for name in offer.bridges]
    user = Option(
        Plug(NetworkKind.USER),
        say("CreationFields", "Shared with this user (no rights needed)"),
        say(
            "CreationFields",
            "The machine reaches the internet as your own programs do. Nobody can connect to it from outside.",
        ),
    )
    found.insert(len(found) if offer.is_privileged else 0, user)
    no_card = say("CreationFields", "The machine gets no network card.")
    found.append(Option(Plug(NetworkKind.NONE), say("CreationFields", "No network"), no_card))
    if current not in [option.value for option in found]:
        hint = _ON_HOSTS if current.kind is NetworkKind.BRIDGE else ""
        found.append(Option(current, words.network(new), hint))
    return tuple(found)


_ON_HOSTS = say(
    "CreationFields", "The machine is on the same network as the host and gets its address there."
)
_FORWARDS = {
    "nat": say("CreationFields", "NAT"),
    "route": say("CreationFields", "routed"),
    "bridge": say("CreationFields", "bridged"),
    "open": say("CreationFields", "open"),
    "": say("CreationFields", "isolated"),
}
_MEANINGS = {
    "nat": say(
        "CreationFields",
        "The machine reaches the internet through the host. The host and the machines of this network"
        " can connect to it, others cannot.",
    ),
    "": say("CreationFields", "The machine reaches the host and the machines of this network only."),
    "bridge": _ON_HOSTS,
}


def _network(network: Network) -> Option:
    text = say("CreationFields", "Virtual network {name}: {kind}").format(
        name=visible(network.name), kind=_FORWARDS.get(network.forward, network.forward)
    )
    if not network.active:
        text = say("CreationFields", "{network} (not running)").format(network=text)
    routed = say("CreationFields", "The host routes between this network and others.")
    return Option(Plug(NetworkKind.VIRTUAL, network.name), text, _MEANINGS.get(network.forward, routed))


def _bridge(name: str) -> Option:
    text = say("CreationFields", "Bridge {name}: on the host's own network").format(name=visible(name))
    return Option(Plug(NetworkKind.BRIDGE, name), text, _ON_HOSTS)


def firmwares(new: NewDomain, offer: HostOffer) -> tuple[Option, ...]:
    """What the host lacks is named where it would be chosen."""
    capabilities = _capabilities(new, offer)
    return tuple(Option(each, _firmware(each, new.arch, capabilities)) for each in Firmware)


def _firmware(firmware: Firmware, arch: str, capabilities: DomainCapabilities | None) -> str:
    text = words.firmware(firmware, arch)
    lacking = capabilities is not None and (
        (firmware.is_uefi and "efi" not in capabilities.firmwares)
        or (firmware is Firmware.UEFI_SECURE and not capabilities.secure_boot)
    )
    return say("CreationFields", "{firmware} (not on this host)").format(firmware=text) if lacking else text


def why_no_tpm(new: NewDomain, offer: HostOffer) -> str:
    """Empty: it can be had; one that is switched on can be switched off where there is none."""
    capabilities = _capabilities(new, offer)
    if new.tpm or capabilities is None or has_tpm(capabilities):
        return ""
    return str(say("CreationFields", "This host has no TPM for machines of this kind."))


def _capabilities(new: NewDomain, offer: HostOffer) -> DomainCapabilities | None:
    return offer.capabilities_of(new.arch, new.machine, new.domain_type)
