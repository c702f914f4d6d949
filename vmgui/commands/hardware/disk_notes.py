"""What is said under the answers about a disk. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vmgui.commands.fields import Answers
from vmgui.commands.hardware import disk_bus
from vmgui.commands.hardware.disk_source import (
    DEVICE,
    FILE,
    NETWORK,
    POOL,
    host_offer,
    new_volume,
)  # fmt: skip
from vmgui.commands.hardware.form import Scene
from vmgui.model.device_disk import DiskDevice
from vmgui.model.offer import DiskUse, DiskUseKind, Field, Problem
from vmgui.policy.creation_problems import volume_problems
from vmgui.policy.hardware_disks import SERIAL, SERIAL_MOST, source_path, source_volume, uses_of
from vmgui.policy.plain_text import visible
from vmgui.policy.typed_path import can_be_named, is_absolute
from vmgui.words.creation_problems import issue_text, problems_note
from vmgui.words.note import Level, Note
from vmgui.words.say import say

_FIELDS = {Field.DISK_POOL: "pool", Field.DISK_NAME: "volume", Field.DISK_SIZE: "size"}
_UNCACHED = ("none", "directsync")
# Measured: 9.0 refuses, 11.3 does not; what those between do they say themselves.
_REMOVABLE_SCSI_FROM = 9_001_000


def judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    """Of the place, the bus and the rest."""
    yield from _source(scene, answers)
    yield from disk_bus.notes(scene, answers["bus"])
    yield from _modes(answers)
    yield from _of_bus(scene, answers)
    serial = answers["serial"]
    if serial != (scene.kept.serial if scene.kept is not None else ""):
        yield from _serial(serial)


def _source(scene: Scene, answers: Answers) -> Iterator[Note]:
    source = answers["source"]
    if source in (FILE, DEVICE):
        yield from path_notes(scene, answers)
    elif source == NETWORK:
        yield from _network(answers)
    elif source == POOL:
        for name in ("pool", "volume"):
            if not answers[name]:
                yield Note(name, str(say("Hardware", "Say which volume of which pool.")), Level.MISSING)
        yield from _volume_notes(scene, answers)
    else:
        volume = new_volume(scene, answers)
        if volume is None:
            return
        found: dict[str, list[Problem]] = {}
        for problem in volume_problems(volume, host_offer(scene.offer)):
            found.setdefault(_FIELDS[problem.field], []).append(problem)
        yield from (problems_note(name, problems) for name, problems in found.items())


def _volume_notes(scene: Scene, answers: Answers) -> Iterator[Note]:
    """Of a volume as of its file, where it is known."""
    kept = scene.kept
    if kept is not None and source_volume(kept) == (answers["pool"], answers["volume"]):
        return
    held = scene.offer.volumes.get(answers["pool"], ())
    path = next((volume.path for volume in held if volume.name == answers["volume"]), "")
    if path:
        found = (
            *_own(scene, path),
            *(_use(use, answers) for use in uses_of(path, scene.offer, scene.machine.uuid)),
        )
        yield from (replace(note, field="volume") for note in found)


def path_notes(scene: Scene, answers: Answers) -> Iterator[Note]:
    """Of a file or device of the host: whether it can be named, what was seen in it, who else has it."""
    path = answers["path"].strip()
    if not path:
        yield Note("path", str(say("Hardware", "Choose the disk.")), Level.MISSING)
    elif not is_absolute(path) or not can_be_named(path):
        text = say("Hardware", "Type the whole path on the host: it begins with /.")
        yield Note("path", str(text), Level.ERROR)
    elif scene.kept is None or source_path(scene.kept) != path:
        yield from _own(scene, path)
        yield from looked_notes(scene, answers, path)
        yield from (_use(use, answers) for use in uses_of(path, scene.offer, scene.machine.uuid))


def _own(scene: Scene, path: str) -> Iterator[Note]:
    for listed in scene.machine.devices:
        if scene.listed is not None and listed.id == scene.listed.id:
            continue
        disk = listed.saved if listed.saved is not None else listed.live
        if isinstance(disk, DiskDevice) and source_path(disk) == path:
            text = say("Hardware", "This machine has it already, as {disk}.").format(disk=visible(listed.id))
            yield Note("path", text, Level.ERROR)


def looked_notes(scene: Scene, answers: Answers, path: str) -> Iterator[Note]:
    """What was seen in the file."""
    looked = scene.offer.looked.get(path)
    if looked is None:
        return
    for issue in looked.medium.issues:
        level = Level.ERROR if issue.blocks else Level.WARNING
        yield Note("path", issue_text(issue, Field.DISK_IMAGE), level)
    seen, chosen = looked.new.format, answers.get("format") or ""
    if looked.medium.format and chosen and chosen != seen:
        text = say(
            "Hardware", "What is in the file is {seen}. As {chosen} the machine sees something else in it."
        ).format(seen=seen, chosen=visible(chosen))
        yield Note("format", text, Level.WARNING)


def _use(use: DiskUse, answers: Answers) -> Note:
    name = visible(use.machine)
    is_ours_shared = bool(answers.get("shareable") or answers.get("readonly"))
    if use.kind is DiskUseKind.OVERLAY:
        text = say("Hardware", "A disk of {machine} is based on it: a change here destroys that disk.")
        return Note("path", text.format(machine=name), Level.WARNING if is_ours_shared else Level.ERROR)
    if use.kind is DiskUseKind.BASE:
        text = say("Hardware", "It is based on a disk of {machine}.")
        return Note("path", text.format(machine=name), Level.WARNING)
    if use.is_shared and is_ours_shared:
        return Note("path", say("Hardware", "{machine} has it, too.").format(machine=name), Level.INFO)
    if use.is_running:
        text = say(
            "Hardware",
            "{machine} is running with it: two machines that write to one disk destroy it. Shut that one down, or"
            " mark the disk as shareable in both, where the systems in them can share it.",
        )
        return Note("path", text.format(machine=name), Level.ERROR)
    text = say("Hardware", "{machine} has it, too: never start both at once.")
    return Note("path", text.format(machine=name), Level.WARNING)


def _network(answers: Answers) -> Iterator[Note]:
    protocol, host = answers["protocol"], answers["host"].strip()
    if not protocol:
        yield Note("protocol", str(say("Hardware", "Choose the protocol.")), Level.MISSING)
    if not host and protocol != "rbd":
        yield Note("host", str(say("Hardware", "Type the server's name or address.")), Level.MISSING)
    if not answers["name"] and protocol not in ("nbd", ""):
        yield Note("name", str(_NAMES.get(protocol, _NAME)), Level.MISSING)
    if bool(answers["user"].strip()) != bool(answers["secret"].strip()):
        missing = "secret" if answers["user"].strip() else "user"
        text = say("Hardware", "A user and a secret go together: type both, or none of them.")
        yield Note(missing, str(text), Level.MISSING)
    port = answers["port"].strip()
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        yield Note("port", str(say("Hardware", "A port is a number from 1 to 65535.")), Level.ERROR)


_NAME = say("Hardware", "Type the path on the server.")
_NAMES = {
    "iscsi": say("Hardware", "Type the target's name and the unit: iqn.2024-01.com.example:disk/1"),
    "rbd": say("Hardware", "Type the pool and the image: POOL/IMAGE"),
    "gluster": say("Hardware", "Type the volume and the file: VOLUME/FILE"),
}


def _modes(answers: Answers) -> Iterable[Note]:
    cache = answers["cache"]
    if answers["io"] == "native" and cache not in _UNCACHED:
        text = say("Hardware", "Native needs a cache mode of None or Direct sync.")
        yield Note("io", str(text), Level.ERROR)
    if cache == "unsafe":
        text = say(
            "Hardware",
            "When the host fails, what the machine wrote last is lost, and the disk may be broken.",
        )
        yield Note("cache", str(text), Level.WARNING)
    if answers["shareable"]:
        format_ = answers["format"]
        if format_ not in ("raw", ""):
            text = say("Hardware", "Only raw disks can be shared: in other formats two writers destroy them.")
            yield Note("shareable", str(text), Level.ERROR)
        elif cache not in _UNCACHED:
            text = say(
                "Hardware",
                "Choose the cache mode None: else another machine does not see what this one wrote.",
            )
            yield Note("shareable", str(text), Level.WARNING)
    if answers["detect_zeroes"] == "unmap" and answers["discard"] != "unmap":
        text = say("Hardware", "Zeros free space only where discarding is passed on, too.")
        yield Note("detect_zeroes", str(text), Level.INFO)


def _of_bus(scene: Scene, answers: Answers) -> Iterator[Note]:
    """What disks of this bus cannot be."""
    bus = answers["bus"]
    if answers["readonly"] and bus in ("ide", "sata"):
        text = say("Hardware", "{bus} disks cannot be read-only: choose another bus.").format(bus=bus.upper())
        yield Note("readonly", text, Level.ERROR)
    if answers["removable"] and bus == "scsi" and 0 < scene.machine.libvirt_version < _REMOVABLE_SCSI_FROM:
        text = say("Hardware", "With this host's libvirt only USB disks can be taken out.")
        yield Note("removable", str(text), Level.ERROR)


def _serial(serial: str) -> Iterator[Note]:
    if not SERIAL.fullmatch(serial):
        text = say("Hardware", "Only letters, digits, spaces and _ . + - can be in a serial number.")
        yield Note("serial", str(text), Level.ERROR)
    elif len(serial) > SERIAL_MOST:
        text = say("Hardware", "Machines see the first {count} characters only.").format(count=SERIAL_MOST)
        yield Note("serial", text, Level.WARNING)
