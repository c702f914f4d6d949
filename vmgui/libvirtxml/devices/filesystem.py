"""`<filesystem>` (https://libvirt.org/formatdomain.html#filesystems)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, VIRTIO_MODELS, boot, virtio
from vmgui.libvirtxml.devices.storage_source import FORMATS
from vmgui.libvirtxml.fields import choice, flag, on_off, size_bytes, text, whole, word
from vmgui.libvirtxml.kind import Kind, listed

if TYPE_CHECKING:
    from vmgui.model.device_storage import FilesystemDevice, IdRange

_ID_RANGE: Kind[IdRange] = Kind(
    "uid",
    "device_storage.IdRange",
    whole("start", "@start"),
    whole("target", "@target"),
    whole("count", "@count"),
)

FILESYSTEM: Kind[FilesystemDevice] = Kind(
    "filesystem",
    "device_storage.FilesystemDevice",
    choice("kind", "@type", "mount template file block ram bind"),
    choice("access_mode", "@accessmode", "passthrough mapped squash"),
    choice("model", "@model", VIRTIO_MODELS),
    word("file_mode", "@fmode"),
    word("directory_mode", "@dmode"),
    choice("multidevs", "@multidevs", "default remap forbid warn"),
    choice("driver", "driver/@type", "virtiofs path handle loop nbd ploop mtp"),
    choice("format", "driver/@format", FORMATS),
    choice("write_policy", "driver/@wrpolicy", "immediate"),
    whole("queue_size", "driver/@queue"),
    virtio,
    text("binary_path", "binary/@path"),
    on_off("binary_xattr", "binary/@xattr"),
    choice("binary_cache", "binary/cache/@mode", "none always"),
    choice("binary_sandbox", "binary/sandbox/@mode", "namespace chroot"),
    on_off("binary_posix_lock", "binary/lock/@posix"),
    on_off("binary_flock", "binary/lock/@flock"),
    whole("binary_threads", "binary/thread_pool/@size"),
    whole("binary_open_files_max", "binary/openfiles/@max"),
    listed("user_ids", "idmap/uid", _ID_RANGE),
    listed("group_ids", "idmap/gid", _ID_RANGE),
    text("directory", "source/@dir"),
    text("file", "source/@file"),
    text("device", "source/@dev"),
    text("name", "source/@name"),
    text("socket", "source/@socket"),
    whole("ram_size", "source/@usage"),
    word("ram_unit", "source/@units"),
    text("target", "target/@dir"),
    flag("read_only", "readonly"),
    size_bytes("hard_limit_bytes", "space_hard_limit"),
    size_bytes("soft_limit_bytes", "space_soft_limit"),
    boot,
    *COMMON,
)
