"""`<memory>` among the devices (https://libvirt.org/formatdomain.html#memory-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, virtio
from vmgui.libvirtxml.fields import choice, flag, size_kib, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_memory import MemoryDevice

MEMORY: Kind[MemoryDevice] = Kind(
    "memory",
    "device_memory.MemoryDevice",
    choice("model", "@model", "dimm nvdimm virtio-mem virtio-pmem sgx-epc"),
    choice("access", "@access", "shared private"),
    yes_no("discard", "@discard"),
    word("uuid", "uuid"),
    text("source_path", "source/path"),
    size_kib("align_kib", "source/alignsize"),
    size_kib("page_kib", "source/pagesize"),
    word("node_mask", "source/nodemask"),
    flag("pmem", "source/pmem"),
    yes_no("dynamic_memslots", "target/@dynamicMemslots"),
    size_kib("size_kib", "target/size"),
    whole("node", "target/node"),
    size_kib("label_kib", "target/label/size"),
    size_kib("block_kib", "target/block"),
    size_kib("requested_kib", "target/requested"),
    size_kib("current_kib", "target/current"),
    flag("read_only", "target/readonly"),
    word("target_base", "target/address/@base"),
    virtio,
    *COMMON,
)
