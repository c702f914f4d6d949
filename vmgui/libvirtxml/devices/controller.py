"""`<controller>` (https://libvirt.org/formatdomain.html#controllers)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, IO_THREAD, virtio
from vmgui.libvirtxml.fields import choice, on_off, size_kib, whole, word
from vmgui.libvirtxml.kind import Kind, listed

if TYPE_CHECKING:
    from vmgui.model.device_storage import ControllerDevice

CONTROLLER: Kind[ControllerDevice] = Kind(
    "controller",
    "device_storage.ControllerDevice",
    choice("kind", "@type", "pci usb scsi sata ide fdc virtio-serial ccid isa xenbus nvme"),
    whole("index", "@index"),
    word("model", "@model"),
    whole("ports", "@ports"),
    whole("vectors", "@vectors"),
    whole("max_grant_frames", "@maxGrantFrames"),
    whole("max_event_channels", "@maxEventChannels"),
    word("serial", "serial"),
    word("pci_model", "model/@name"),
    word("chassis_number", "target/@chassisNr"),
    word("chassis", "target/@chassis"),
    word("port", "target/@port"),
    word("bus_number", "target/@busNr"),
    word("target_index", "target/@index"),
    on_off("hotplug", "target/@hotplug"),
    whole("memory_reserve_kib", "target/@memReserve"),
    whole("numa_node", "target/node"),
    word("master_start_port", "master/@startport"),
    whole("queues", "driver/@queues"),
    whole("commands_per_lun", "driver/@cmd_per_lun"),
    whole("max_sectors", "driver/@max_sectors"),
    on_off("io_event_fd", "driver/@ioeventfd"),
    whole("io_thread", "driver/@iothread"),
    listed("io_threads", "driver/iothreads/iothread", IO_THREAD, key="id"),
    virtio,
    size_kib("pci_hole64_kib", "pcihole64"),
    *COMMON,
)
