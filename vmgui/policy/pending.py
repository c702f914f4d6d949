"""What of a running machine will be different after its next start: pure.

What libvirt fills in when a machine starts, and nobody asked for, is no difference: the number of a display's port, the
name of a network card's end at the host, the files that a disk's own file stands on.
"""

from __future__ import annotations

from collections.abc import Hashable

from vmgui.model.definition import FullDefinition, Part


def pending(live: FullDefinition | None, saved: FullDefinition | None) -> tuple[Part, ...]:
    """The parts that differ; none where it is off, or forgotten when it stops."""
    if live is None or saved is None:
        return ()
    now, then = _parts(live), _parts(saved)
    return tuple(part for part in Part if now[part] != then[part])


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
        Part.DISPLAYS: tuple((display.kind, display.listen) for display in config.graphics),
        Part.DEVICES: resources.device_kinds,
    }
