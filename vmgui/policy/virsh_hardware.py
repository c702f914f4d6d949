"""A plan about hardware as the commands of virsh that do the same, quoted for a shell; passwords are stars. Pure.

A device's XML goes in by a here-document whose mark does not stand in it. What virsh has no command for is a line that
begins with `#`: a shell passes it over.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Literal

from vmgui.model.edit import When
from vmgui.model.hardware import AddDevice, ChangeMachine, HardwareMachine, HardwarePlan, SetAutostart
from vmgui.policy.virsh import machine_name

Verb = Literal["attach-device", "update-device", "detach-device"]
Prepared = tuple[Verb, str, tuple[str, ...]]
"""What is told a machine: the command, the device's XML, and where: "--live", "--config"."""

_STARS = "***"
_TAG = re.compile(r"\s*<([\w-]+)")
# What libvirt changes of a definition by one device (src/qemu/qemu_driver.c, 9.0 and after); the rest is edited.
_CHARACTER = frozenset({"serial", "parallel", "console", "channel"})
_PLUGGED = _CHARACTER | {
    *("disk", "interface", "sound", "hostdev", "lease", "controller", "filesystem", "rng", "memory"),
    *("redirdev", "shmem", "watchdog", "input", "vsock"),
}
_SAVED_BY: dict[Verb, frozenset[str]] = {
    "attach-device": _PLUGGED,
    "detach-device": _PLUGGED,
    "update-device": frozenset({"disk", "interface", "graphics", "memory"}),
}
_SECRETS = re.compile(r"""(\spasswd\s*=\s*)("[^"]*"|'[^']*')""")


def commands(machine: HardwareMachine, plan: HardwarePlan, prepared: Iterable[Prepared]) -> tuple[str, ...]:
    """What to type, in this order: the devices, then what is of the machine itself."""
    name = machine_name(machine.name, machine.uuid)
    devices = (line for one in prepared for line in _device(name, one))
    return (*_volumes(plan), *devices, *_own(name, plan))


def _volumes(plan: HardwarePlan) -> Iterator[str]:
    for change in plan.changes:
        if isinstance(change.wish, AddDevice) and (new := change.wish.volume) is not None:
            yield shlex.join((
                *("virsh", "vol-create-as", "--pool", new.pool, "--name", new.name),
                *("--capacity", f"{new.capacity_bytes}B", "--allocation", "0", "--format", new.format or "raw"),
            ))  # fmt: skip


def _device(name: str, prepared: Prepared) -> Iterator[str]:
    verb, xml, flags = prepared
    tag = found[1] if (found := _TAG.match(xml)) else ""
    if "--config" in flags and tag not in _SAVED_BY[verb]:
        # virsh would say that it cannot.
        flags = tuple(flag for flag in flags if flag != "--config")
        yield f"# virsh edit {shlex.quote(name)}: {tag}"
    if flags:
        yield _typed(name, verb, xml, flags)


def _typed(name: str, verb: Verb, xml: str, flags: tuple[str, ...]) -> str:
    text = _SECRETS.sub(rf'\g<1>"{_STARS}"', xml).strip()
    mark, number = "EOF", 0
    while mark in text:
        number += 1
        mark = f"EOF{number}"
    return f"{shlex.join(('virsh', verb, name, '/dev/stdin', *flags))} <<'{mark}'\n{text}\n{mark}"


def _own(name: str, plan: HardwarePlan) -> Iterator[str]:
    edited: dict[str, None] = {}
    for change in plan.changes:
        match change.wish:
            case SetAutostart(on):
                yield shlex.join(("virsh", "autostart", name, *(() if on else ("--disable",))))
            case ChangeMachine() if change.path in ("title", "description"):
                flags = (("--live",) if change.when is When.NOW else ()) + (
                    ("--config",) if change.saves else ()
                )
                title = ("--title",) if change.path == "title" else ()
                # What begins with a dash is no option there.
                yield shlex.join(("virsh", "desc", name, *flags, *title, "--new-desc", str(change.to or "")))
            case ChangeMachine() if change.when is When.NEXT_START:
                edited[change.path] = None
            case _:
                pass
    if edited:
        yield f"# virsh edit {shlex.quote(name)}: {', '.join(edited)}"
