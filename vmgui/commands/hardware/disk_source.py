"""Where the data of a disk is: a new volume, a file or device of the host, a volume of a pool, or a server. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vmgui.commands.creation_means import disk_size, pools
from vmgui.commands.fields import Amount, Answers, Choice, Option, Path, Quantity, Text
from vmgui.commands.hardware.form import Knob, Scene, is_new
from vmgui.model.creation import NewVolume
from vmgui.model.device_disk import DiskDevice, StorageHost
from vmgui.model.device_parts import Secret
from vmgui.model.hardware import HardwareOffer
from vmgui.model.host import Host, HostConfig
from vmgui.model.offer import HostOffer
from vmgui.model.units import GIB
from vmgui.policy.creation import (
    BLOCK_POOLS,
    GENERIC_DISK_BYTES,
    LEAST_OFFERED_DISK_BYTES,
    default_format,
    offered_pools,
    round_down,
    volume_name,
)  # fmt: skip
from vmgui.policy.hardware_disks import source_path
from vmgui.words.say import say

NEW, FILE, DEVICE, NETWORK, POOL = "new", "file", "device", "network", "pool"
_KINDS = {FILE: "file", DEVICE: "block", NETWORK: "network", POOL: "volume"}
_WAYS = {kind: way for way, kind in _KINDS.items()}

_SOURCES = {
    NEW: Option(NEW, say("Hardware", "New volume")),
    FILE: Option(FILE, say("Hardware", "Existing file or volume")),
    DEVICE: Option(DEVICE, say("Hardware", "Device of the host")),
    NETWORK: Option(NETWORK, say("Hardware", "Network storage")),
    POOL: Option(POOL, say("Hardware", "Volume of a storage pool")),
}
_PROTOCOLS = (
    Option("nbd", say("Hardware", "NBD")),
    Option("iscsi", say("Hardware", "iSCSI")),
    Option("rbd", say("Hardware", "Ceph RBD")),
    Option("http", say("Hardware", "HTTP")),
    Option("https", say("Hardware", "HTTPS")),
    Option("ssh", say("Hardware", "SSH")),
    Option("nfs", say("Hardware", "NFS")),
    Option("gluster", say("Hardware", "Gluster")),
)
FORMATS = ("qcow2", "raw", "vmdk", "vdi", "vpc", "qed")
_SECRETS = {"rbd": "ceph", "iscsi": "iscsi"}


def host_offer(offer: HardwareOffer) -> HostOffer:
    """What the wizard's choices of pools are made of."""
    return HostOffer(Host(HostConfig("", "", "")), pools=offer.pools, volumes=offer.volumes)


def _pool_options(scene: Scene) -> tuple[Option, ...]:
    found = pools(NewVolume("", "", 0), host_offer(scene.offer))
    return tuple(option for option in found if option.value)


def _first_pool(scene: Scene, least_bytes: int = GENERIC_DISK_BYTES) -> str:
    """The usual one with room for a disk, as the wizard chooses it."""
    found = offered_pools(host_offer(scene.offer))
    roomy = next(
        (pool for pool in found if not pool.available_bytes or pool.available_bytes >= least_bytes), None
    )
    return roomy.name if roomy is not None else next((pool.name for pool in found), "")


def first(scene: Scene) -> Answers:
    """The first answers of those questions that are no values of a disk."""
    if scene.listed is not None:
        return {}
    offer = host_offer(scene.offer)
    pool = offer.pool(_first_pool(scene))
    if pool is None:
        return {"source": FILE, "pool": "", "volume": "", "size": GENERIC_DISK_BYTES}
    size_bytes = GENERIC_DISK_BYTES
    if pool.available_bytes and pool.available_bytes < size_bytes:
        size_bytes = max(round_down(pool.available_bytes * 4 // 5, GIB), LEAST_OFFERED_DISK_BYTES)
    name = volume_name(scene.machine.name, pool, offer, default_format(pool))
    return {"source": NEW, "pool": pool.name, "volume": name, "size": size_bytes}


def new_volume(scene: Scene, answers: Answers) -> NewVolume | None:
    """What is made first."""
    if scene.listed is not None or answers.get("source") != NEW:
        return None
    format_ = answers.get("format") or _usual_format(scene, answers)
    return NewVolume(answers["pool"], answers["volume"].strip(), answers["size"], format_)


def _usual_format(scene: Scene, answers: Answers) -> str:
    pool = host_offer(scene.offer).pool(answers.get("pool", ""))
    return default_format(pool) if pool is not None else "qcow2"


def follow(scene: Scene, disk: DiskDevice, answers: Answers) -> Mapping[str, object]:
    """Where a new volume will be, what a file under /dev is, and in which format a file is opened."""
    volume = new_volume(scene, answers)
    if volume is not None:
        pool = host_offer(scene.offer).pool(volume.pool)
        is_block = pool is not None and pool.kind in BLOCK_POOLS
        folder = pool.target_path.rstrip("/") if pool is not None else ""
        path = f"{folder}/{volume.name}" if folder else ""
        kind, place = ("block", "source.device") if is_block else ("file", "source.file")
        return {"source_kind": kind, place: path, "format": volume.format}
    values: dict[str, object] = {}
    path = source_path(disk)
    if disk.source_kind == "file" and path.startswith("/dev/"):
        values |= {"source_kind": "block", "source.device": path, "source.file": ""}
    kept = scene.kept
    is_answered = disk.format != (kept.format if kept is not None else "")
    if path and not is_answered and (kept is None or source_path(kept) != path):
        # Where nobody has looked into it yet, who carries it out does.
        looked = scene.offer.looked.get(path)
        if looked is not None and looked.medium.format:
            values["format"] = looked.new.format
    elif disk.source_kind == "network" and not disk.format:
        values["format"] = "raw"
    return values


def _source_get(disk: DiskDevice) -> str:
    return _WAYS.get(disk.source_kind, disk.source_kind)


def _source_put(disk: DiskDevice, answer: str) -> Mapping[str, object]:
    kind, path = _KINDS.get(answer), source_path(disk)
    if answer == NEW or kind is None:
        return {}
    if answer == DEVICE:
        return {"source_kind": kind, "source": None, "source.device": path}
    if answer == FILE:
        return {"source_kind": kind, "source": None, "source.file": path}
    return {"source_kind": kind, "source": None}


def _path_put(disk: DiskDevice, answer: str) -> Mapping[str, object]:
    place, other = ("device", "file") if disk.source_kind == "block" else ("file", "device")
    # What was kept of the other one (its index, its chain) is not of this one.
    values: dict[str, object] = {f"source.{place}": answer.strip(), f"source.{other}": ""}
    return values | ({"backing": ()} if disk.backing else {})


def _host(disk: DiskDevice) -> StorageHost:
    return disk.source.hosts[0] if disk.source is not None and disk.source.hosts else StorageHost()


def _host_put(**part: str) -> Callable[[DiskDevice, str], Mapping[str, object]]:
    (name,) = part

    def put(disk: DiskDevice, answer: str) -> Mapping[str, object]:
        rest = disk.source.hosts[1:] if disk.source is not None else ()
        host = replace(_host(disk), **{name: answer.strip()})
        return {"source.hosts": rest if host == StorageHost() else (host, *rest)}

    return put


def _secret(disk: DiskDevice) -> str:
    secret = disk.source.auth.secret if disk.source is not None and disk.source.auth is not None else None
    return (secret.uuid or secret.usage) if secret is not None else ""


def _secret_put(disk: DiskDevice, answer: str) -> Mapping[str, object]:
    protocol = disk.source.protocol if disk.source is not None else ""
    word = answer.strip()
    part = {"uuid": word} if _is_uuid(word) else {"usage": word}
    secret = Secret(kind=_SECRETS.get(protocol, "iscsi"), **part) if word else None
    return {"source.auth.secret": secret}


def _is_uuid(text: str) -> bool:
    groups = text.split("-")
    return [len(group) for group in groups] == [8, 4, 4, 4, 12] and all(
        character in "0123456789abcdefABCDEF" for group in groups for character in group
    )


def _in(*ways: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("source") in ways


def _sources(scene: Scene) -> tuple[Option, ...]:
    if scene.listed is not None:
        return tuple(_SOURCES[way] for way in (FILE, DEVICE, NETWORK, POOL))
    new = _SOURCES[NEW]
    if not offered_pools(host_offer(scene.offer)):
        why_not = say("Hardware", "This host has no storage pool that a disk can be made in.")
        new = replace(new, why_not=why_not)
    return (new, *(_SOURCES[way] for way in (FILE, DEVICE, NETWORK)))


def _size_means(scene: Scene) -> Any:
    return disk_size(NewVolume(_first_pool(scene), "", 0), host_offer(scene.offer), None)


def _formats(scene: Scene) -> tuple[Option, ...]:
    named = tuple(Option(name, name) for name in FORMATS)
    if scene.listed is not None:
        return named
    return (Option("", say("Hardware", "Found by looking into it; qcow2 for a new file")), *named)


def _pool_get(disk: DiskDevice) -> str:
    return disk.source.pool if disk.source is not None else ""


def _volume_get(disk: DiskDevice) -> str:
    return disk.source.volume if disk.source is not None else ""


def _of_volume(place: str) -> Callable[[DiskDevice, str], Mapping[str, object]]:
    """Of a disk that is a volume by its pool's and its own name; of a new volume the form says where it will be."""
    return lambda disk, answer: {place: answer} if disk.source_kind == "volume" else {}


_SIZE = Amount("size", say("Hardware", "Size"), "SIZE", quantity=Quantity.DISK_BYTES, shown=_in(NEW))
_PATH = Path(
    "path",
    say("Hardware", "Path"),
    "PATH",
    hint=say("Hardware", "on the host"),
    title=say("Hardware", "Choose the disk"),
    browse=say("Hardware", "Browse…"),
    shown=_in(FILE, DEVICE),
)

KNOBS = (
    Knob(Choice("source", say("Hardware", "Storage")), get=_source_get, put=_source_put, offer=_sources),
    Knob(
        Choice("pool", say("Hardware", "Storage pool"), "POOL", shown=_in(NEW, POOL)),
        get=_pool_get,
        put=_of_volume("source.pool"),
        offer=_pool_options,
    ),
    Knob(
        Text("volume", say("Hardware", "Name of the volume"), "NAME", shown=_in(NEW, POOL)),
        get=_volume_get,
        put=_of_volume("source.volume"),
    ),
    Knob(_SIZE, offer=_size_means, when=is_new),
    Knob(_PATH, get=source_path, put=_path_put),
    Knob(
        Choice("protocol", say("Hardware", "Protocol"), options=_PROTOCOLS, shown=_in(NETWORK)),
        "source.protocol",
    ),
    Knob(
        Text("host", say("Hardware", "Server"), shown=_in(NETWORK)),
        get=lambda disk: _host(disk).name,
        put=_host_put(name=""),
    ),
    Knob(
        Text("port", say("Hardware", "Port"), shown=_in(NETWORK), hint=say("Hardware", "default")),
        get=lambda disk: _host(disk).port,
        put=_host_put(port=""),
    ),
    Knob(Text("name", say("Hardware", "Name there"), shown=_in(NETWORK)), "source.name"),
    Knob(
        Text("user", say("Hardware", "User there"), shown=_in(NETWORK)), "source.auth.username", folded=True
    ),
    Knob(
        Text(
            "secret",
            say("Hardware", "Secret"),
            shown=_in(NETWORK),
            hint=say("Hardware", "name or UUID of a secret that libvirt keeps"),
        ),
        get=_secret,
        put=_secret_put,
        folded=True,
    ),
    Knob(Choice("format", say("Hardware", "Format")), "format", offer=_formats),
)
