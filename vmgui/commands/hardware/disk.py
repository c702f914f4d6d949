"""Hard disks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vmgui.commands.fields import Answers, Check, Choice, Option, Text
from vmgui.commands.hardware import disk_bus, disk_notes, disk_source
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.model.device_disk import DiskDevice
from vmgui.model.hardware import Wish
from vmgui.policy.hardware_disks import free_target, targets, usual_bus
from vmgui.words.say import Say, say

_DEFAULT = Option("", say("Hardware", "Default"))
_CACHES = (
    _DEFAULT,
    Option(
        "none",
        say("Hardware", "None"),
        say("Hardware", "The host's memory caches nothing: reads and writes go to its disk."),
    ),
    Option("writeback", say("Hardware", "Write back")),
    Option(
        "writethrough", say("Hardware", "Write through"), say("Hardware", "Every write waits for the disk.")
    ),
    Option(
        "directsync",
        say("Hardware", "Direct sync"),
        say("Hardware", "No cache, and every write waits until it is on the disk."),
    ),
    Option(
        "unsafe", say("Hardware", "Unsafe"), say("Hardware", "Nothing waits, whatever the machine asks for.")
    ),
)
_IO = (
    _DEFAULT,
    Option("threads", say("Hardware", "Threads")),
    Option("native", say("Hardware", "Native")),
    Option("io_uring", "io_uring"),
)
_DISCARDS = (
    _DEFAULT,
    Option("unmap", say("Hardware", "Pass on: frees space on the host")),
    Option("ignore", say("Hardware", "Ignore")),
)
_ZEROES = (
    _DEFAULT,
    Option("off", say("Hardware", "Off")),
    Option("on", say("Hardware", "Write them briefly")),
    Option("unmap", say("Hardware", "Free the space")),
)
_ERRORS = (
    _DEFAULT,
    Option("stop", say("Hardware", "Pause the machine")),
    Option("report", say("Hardware", "Tell the machine")),
    Option("enospace", say("Hardware", "Pause when the host's disk is full, else tell the machine")),
    Option("ignore", say("Hardware", "Ignore them")),
)
_BUSES = ("virtio", "scsi", "sata", "ide", "usb")


def _fresh(scene: Scene) -> DiskDevice | Say:
    bus = usual_bus(scene.machine)
    target = free_target(bus, targets(scene.machine))
    return DiskDevice(
        source_kind="file", device="disk", driver="qemu", discard="unmap", bus=bus, target=target
    )


def _fits(device: Any) -> bool:
    return device.device in ("", "disk", "lun")


def _follow(scene: Scene, disk: DiskDevice, answers: Answers) -> Mapping[str, object]:
    return {**disk_bus.follow(scene, disk), **disk_source.follow(scene, disk, answers)}


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    yield from disk_bus.more(scene, answers["bus"])


def _is_removable(answers: Answers) -> bool:
    return answers.get("bus") in ("usb", "scsi")


FORM = DeviceForm(
    kind="disk",
    tag="disk",
    title=say("Hardware", "Disk"),
    icon="hard-drive",
    fits=_fits,
    fresh=_fresh,
    first=disk_source.first,
    volume=disk_source.new_volume,
    follow=_follow,
    judge=disk_notes.judge,
    more=_more,
    knobs=(
        *disk_source.KNOBS,
        Knob(Choice("bus", say("Hardware", "Bus")), "bus", offer=disk_bus.offer(*_BUSES)),
        Knob(Check("readonly", say("Hardware", "Read-only")), "read_only"),
        Knob(Check("shareable", say("Hardware", "Other machines may use it at the same time")), "shareable"),
        Knob(
            Check("removable", say("Hardware", "The machine may take it out"), shown=_is_removable),
            get=lambda disk: bool(disk.removable),
            put=lambda _disk, answer: {"removable": True if answer else None},
        ),
        Knob(Text("serial", say("Hardware", "Serial number")), "serial"),
        Knob(Choice("cache", say("Hardware", "Cache mode"), options=_CACHES), "cache", folded=True),
        Knob(Choice("io", say("Hardware", "I/O mode"), options=_IO), "io", folded=True),
        Knob(
            Choice("discard", say("Hardware", "What the machine discards"), options=_DISCARDS),
            "discard",
            folded=True,
        ),
        Knob(
            Choice("detect_zeroes", say("Hardware", "Zeros that it writes"), options=_ZEROES),
            "detect_zeroes",
            folded=True,
        ),
        Knob(
            Choice("error_policy", say("Hardware", "On errors"), options=_ERRORS), "error_policy", folded=True
        ),
    ),
)
