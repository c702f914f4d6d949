"""`<shmem>` (https://libvirt.org/formatdomain.html#shared-memory-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice, flag, on_off, size_bytes, text, whole
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_memory import ShmemDevice

SHMEM: Kind[ShmemDevice] = Kind(
    "shmem",
    "device_memory.ShmemDevice",
    text("name", "@name"),
    choice("role", "@role", "master peer"),
    choice("model", "model/@type", "ivshmem-plain ivshmem-doorbell ivshmem"),
    size_bytes("size_bytes", "size"),
    flag("has_server", "server"),
    text("server_path", "server/@path"),
    flag("msi", "msi"),
    whole("msi_vectors", "msi/@vectors"),
    on_off("msi_io_event_fd", "msi/@ioeventfd"),
    *COMMON,
)
