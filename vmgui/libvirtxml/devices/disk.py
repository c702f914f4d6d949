"""`<disk>` (https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import AUTH, COMMON, IO_THREAD, VIRTIO_MODELS, boot, virtio
from vmgui.libvirtxml.devices.storage_source import DISK_SOURCE, ENCRYPTION, FORMATS, SOURCE_KINDS
from vmgui.libvirtxml.fields import choice, flag, on_off, size_bytes, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, chain, group, listed, optional, values

if TYPE_CHECKING:
    from vmgui.model.device_disk import BackingDisk, DiskDevice, IoLimits, Mirror

BACKING: Kind[BackingDisk] = Kind(
    "backingStore",
    "device_disk.BackingDisk",
    choice("source_kind", "@type", SOURCE_KINDS),
    whole("index", "@index"),
    choice("format", "format/@type", FORMATS),
    size_bytes("metadata_cache_max_bytes", "format/metadata_cache/max_size"),
    optional("source", "source", DISK_SOURCE),
)

_MIRROR: Kind[Mirror] = Kind(
    "mirror",
    "device_disk.Mirror",
    choice("source_kind", "@type", SOURCE_KINDS),
    choice("job", "@job", "copy active-commit"),
    choice("ready", "@ready", "yes abort pivot"),
    text("file", "@file"),
    choice("old_format", "@format", FORMATS),
    choice("format", "format/@type", FORMATS),
    optional("source", "source", DISK_SOURCE),
    chain("backing", "backingStore", BACKING),
)

_IO_LIMITS: Kind[IoLimits] = Kind(
    "iotune",
    "device_disk.IoLimits",
    whole("total_bytes_per_s", "total_bytes_sec"),
    whole("read_bytes_per_s", "read_bytes_sec"),
    whole("write_bytes_per_s", "write_bytes_sec"),
    whole("total_iops", "total_iops_sec"),
    whole("read_iops", "read_iops_sec"),
    whole("write_iops", "write_iops_sec"),
    whole("total_bytes_per_s_max", "total_bytes_sec_max"),
    whole("read_bytes_per_s_max", "read_bytes_sec_max"),
    whole("write_bytes_per_s_max", "write_bytes_sec_max"),
    whole("total_iops_max", "total_iops_sec_max"),
    whole("read_iops_max", "read_iops_sec_max"),
    whole("write_iops_max", "write_iops_sec_max"),
    whole("iops_size_bytes", "size_iops_sec"),
    text("group", "group_name"),
    whole("total_bytes_max_length_s", "total_bytes_sec_max_length"),
    whole("read_bytes_max_length_s", "read_bytes_sec_max_length"),
    whole("write_bytes_max_length_s", "write_bytes_sec_max_length"),
    whole("total_iops_max_length_s", "total_iops_sec_max_length"),
    whole("read_iops_max_length_s", "read_iops_sec_max_length"),
    whole("write_iops_max_length_s", "write_iops_sec_max_length"),
)

DISK: Kind[DiskDevice] = Kind(
    "disk",
    "device_disk.DiskDevice",
    choice("source_kind", "@type", SOURCE_KINDS),
    choice("device", "@device", "disk cdrom floppy lun"),
    choice("model", "@model", VIRTIO_MODELS),
    yes_no("raw_io", "@rawio"),
    choice("sgio", "@sgio", "filtered unfiltered"),
    choice("snapshot", "@snapshot", "no internal external manual"),
    word("driver", "driver/@name"),
    choice("format", "driver/@type", FORMATS),
    choice("cache", "driver/@cache", "default none writethrough writeback directsync unsafe"),
    choice("error_policy", "driver/@error_policy", "stop report ignore enospace"),
    choice("read_error_policy", "driver/@rerror_policy", "stop report ignore"),
    choice("io", "driver/@io", "threads native io_uring"),
    on_off("io_event_fd", "driver/@ioeventfd"),
    on_off("event_index", "driver/@event_idx"),
    on_off("copy_on_read", "driver/@copy_on_read"),
    choice("discard", "driver/@discard", "unmap ignore"),
    on_off("discard_no_unref", "driver/@discard_no_unref"),
    choice("detect_zeroes", "driver/@detect_zeroes", "off on unmap"),
    whole("io_thread", "driver/@iothread"),
    whole("queues", "driver/@queues"),
    whole("queue_size", "driver/@queue_size"),
    virtio,
    listed("io_threads", "driver/iothreads/iothread", IO_THREAD, key="id"),
    size_bytes("metadata_cache_max_bytes", "driver/metadata_cache/max_size"),
    optional("auth", "auth", AUTH),
    optional("source", "source", DISK_SOURCE),
    chain("backing", "backingStore", BACKING),
    whole("cylinders", "geometry/@cyls"),
    whole("heads", "geometry/@heads"),
    whole("sectors", "geometry/@secs"),
    choice("geometry_translation", "geometry/@trans", "auto none lba"),
    whole("logical_block_bytes", "blockio/@logical_block_size"),
    whole("physical_block_bytes", "blockio/@physical_block_size"),
    whole("discard_granularity_bytes", "blockio/@discard_granularity"),
    optional("mirror", "mirror", _MIRROR),
    text("target", "target/@dev"),
    choice("bus", "target/@bus", "virtio scsi sata ide usb fdc nvme sd xen uml"),
    choice("tray", "target/@tray", "open closed"),
    on_off("removable", "target/@removable"),
    whole("rotation_rate_per_min", "target/@rotation_rate"),
    group("io_limits", "iotune", _IO_LIMITS),
    values(text("throttle_groups", "throttlefilters/throttlefilter/@group")),
    flag("read_only", "readonly"),
    flag("shareable", "shareable"),
    flag("transient", "transient"),
    yes_no("transient_share_backing", "transient/@shareBacking"),
    text("serial", "serial"),
    word("wwn", "wwn"),
    text("vendor", "vendor"),
    text("product", "product"),
    text("backend_domain", "backenddomain/@name"),
    optional("encryption", "encryption", ENCRYPTION),
    boot,
    *COMMON,
)
