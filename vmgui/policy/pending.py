"""What of a running machine will be different after its next start: pure.

What libvirt fills in when a machine starts, and nobody asked for, is no difference: the number of a display's port,
the address it listens at where none is named, the name of a network card's end at the host, the files that a disk's
own file stands on.
"""

from __future__ import annotations

from collections.abc import Hashable

from vmgui.model.definition import FullDefinition, Part
from vmgui.model.device import Graphics


def pending(live: FullDefinition | None, saved: FullDefinition | None) -> tuple[Part, ...]:
    """The parts that differ; none where it is off, or forgotten when it stops."""
    if live is None or saved is None:
        return ()
    now, then = _parts(live), _parts(saved)
    different = {part for part in now if now[part] != then[part]}
    if not _are_same_displays(live.config.graphics, saved.config.graphics):
        different.add(Part.DISPLAYS)
    return tuple(part for part in Part if part in different)


def _are_same_displays(live: tuple[Graphics, ...], saved: tuple[Graphics, ...]) -> bool:
    return len(live) == len(saved) and all(
        (now.kind, now.listens) == (then.kind, then.listens) and then.listen in ("", now.listen)
        for now, then in zip(live, saved, strict=True)
    )


def _parts(definition: FullDefinition) -> dict[Part, Hashable]:
    config, resources = definition.config, definition.resources
    return {
        Part.VCPUS: config.vcpus,
        Part.VCPUS_MAX: config.vcpus_max,
        Part.MEMORY: config.memory_kib,
        Part.MEMORY_MAX: config.memory_max_kib,
        Part.CPU_WEIGHT: resources.cpu_weight,
        Part.CPU_LIMIT: resources.cpu_limit_percent,
        Part.FIRMWARE: config.firmware,
        Part.DISKS: tuple(
            (disk.target, disk.bus, disk.device, disk.source, disk.format, disk.read_only)
            for disk in config.disks
        ),
        Part.INTERFACES: tuple(
            (nic.mac, nic.kind, nic.source, nic.model, nic.link_up) for nic in config.interfaces
        ),
        Part.DEVICES: resources.device_kinds,
    }
