"""CD and floppy drives. What is in one is put in and taken out while the machine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Choice, Path
from vmgui.commands.hardware import disk_bus
from vmgui.commands.hardware.disk_notes import looked_notes
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.model.device_disk import DiskDevice
from vmgui.model.hardware import Wish
from vmgui.policy.hardware_disks import drive_bus, free_target, source_path, targets
from vmgui.policy.typed_path import can_be_named, is_absolute
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say


def _is(device: str) -> Callable[[Any], bool]:
    return lambda disk: disk.device == device


def _fresh_cd(scene: Scene) -> DiskDevice:
    bus = drive_bus(scene.machine)
    target = free_target(bus, targets(scene.machine))
    return DiskDevice(
        source_kind="file",
        device="cdrom",
        driver="qemu",
        format="raw",
        bus=bus,
        target=target,
        read_only=True,
    )


def _fresh_floppy(scene: Scene) -> DiskDevice | Say:
    target = free_target("fdc", targets(scene.machine))
    if not target:
        return say("Hardware", "A machine has room for two floppy drives, and this one has them.")
    return DiskDevice(
        source_kind="file", device="floppy", driver="qemu", format="raw", bus="fdc", target=target
    )


def _medium(disk: DiskDevice) -> str:
    """A file or device as its path, anything else by its name: a drive that is not empty does not look so."""
    source = disk.source
    if source is None:
        return ""
    if source.protocol:
        server = source.hosts[0].name if source.hosts else ""
        return f"{source.protocol}://{server}/{source.name}"
    return source_path(disk) or "/".join(filter(None, (source.pool, source.volume)))


def _medium_put(_disk: DiskDevice, answer: str) -> Mapping[str, object]:
    path = answer.strip()
    if not path:
        return {"source_kind": "file", "source": None}
    if path.startswith("/dev/"):
        return {"source_kind": "block", "source": None, "source.device": path}
    return {"source_kind": "file", "source": None, "source.file": path}


def _follow(scene: Scene, disk: DiskDevice, _answers: Answers) -> Mapping[str, object]:
    values = dict(disk_bus.follow(scene, disk))
    before = _medium(scene.kept) if scene.kept is not None else ""
    path = source_path(disk)
    if path and path != before:
        looked = scene.offer.looked.get(path)
        values |= {"format": looked.new.format if looked is not None else "raw", "backing": ()}
    return values


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    path = answers["path"].strip()
    if not path and answers.get("bus") == "usb":
        text = say("Hardware", "A USB drive is never empty: choose what is in it, or another bus.")
        yield Note("path", str(text), Level.ERROR)
    elif path and path != (_medium(scene.kept) if scene.kept is not None else ""):
        if not is_absolute(path) or not can_be_named(path):
            text = say("Hardware", "Type the whole path on the host: it begins with /.")
            yield Note("path", str(text), Level.ERROR)
        else:
            yield from looked_notes(scene, answers, path)
    if "bus" in answers:
        yield from disk_bus.notes(scene, answers["bus"])


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    yield from disk_bus.more(scene, answers.get("bus", ""))


def _form(
    kind: str, title: Say, icon: str, fresh: Callable[[Scene], Any], *buses: str, called: tuple[str, ...] = ()
) -> DeviceForm:
    path = Path(
        "path",
        say("Hardware", "Medium"),
        "PATH",
        hint=say("Hardware", "empty: nothing is in it"),
        title=say("Hardware", "Choose the medium"),
        browse=say("Hardware", "Browse…"),
    )
    medium = Knob(path, get=_medium, put=_medium_put)
    bus = Knob(Choice("bus", say("Hardware", "Bus")), "bus", offer=disk_bus.offer(*buses))
    return DeviceForm(
        kind=kind,
        tag="disk",
        title=title,
        icon=icon,
        fits=_is(kind),
        fresh=fresh,
        follow=_follow,
        judge=_judge,
        more=_more,
        called=called,
        knobs=(medium, bus) if buses else (medium,),
    )


CDROM = _form(
    *("cdrom", say("Hardware", "CD drive"), "disc", _fresh_cd, "sata", "scsi", "ide", "usb"),
    called=("cd", "dvd"),
)
FLOPPY = _form("floppy", say("Hardware", "Floppy drive"), "save", _fresh_floppy)
