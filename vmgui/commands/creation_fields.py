"""What is asked about a new machine: the fields of the wizard's pages and of `vmgui create`, declared for both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vmgui.commands.fields import (
    Amount,
    Check,
    Choice,
    Number,
    Option,
    Path,
    Quantity,
    Sentence,
    Text,
    Ways,
)  # fmt: skip
from vmgui.model.creation import NetworkKind, SourceKind
from vmgui.model.creation_draft import DiskChoice
from vmgui.model.offer import HostOffer
from vmgui.model.units import KIB_PER_MIB
from vmgui.words.say import Say, say


@dataclass(frozen=True, slots=True)
class File(Path):
    """A file on the host, on this computer or in a storage pool; its answer is a FileRef or None."""

    filters: Say | str = ""
    is_cd: bool = False  # of a host's volumes, CD images stand first
    has_keys: bool = True  # Alt and a letter work for the first of two fields on a page only


@dataclass(frozen=True, slots=True)
class Plug:
    """What a network card is plugged into; as text, what `vmgui create --network` calls it."""

    kind: NetworkKind
    source: str = ""

    def __str__(self) -> str:
        return self.source or self.kind.value


HOST = Choice("host", say("CreationFields", "&Host"))
SOURCE = Ways(
    "source",
    "",
    options=(
        Option(
            SourceKind.CDROM,
            say("CreationFields", "&Installer CD"),
            say("CreationFields", "Install from an .iso file or a CD image."),
        ),
        Option(
            SourceKind.DISK_IMAGE,
            say("CreationFields", "Existing &disk image"),
            say("CreationFields", "Use a disk that has a system on it already."),
        ),
        Option(
            SourceKind.NETWORK_BOOT,
            say("CreationFields", "Net&work boot"),
            say("CreationFields", "Install from a boot server (PXE) on the machine's network."),
        ),
        Option(
            SourceKind.KERNEL,
            say("CreationFields", "&Kernel and RAM disk"),
            say("CreationFields", "Boot a Linux kernel directly, without a boot loader."),
        ),
        Option(
            SourceKind.EMPTY,
            say("CreationFields", "Nothing &yet"),
            say("CreationFields", "Make an empty machine and add a medium later."),
        ),
    ),
)
CDROM = File(
    "cdrom-path",
    say("CreationFields", "&Path of the CD image"),
    "FILE",
    option="medium",
    help=say("CommandLine", "Start it from this installer CD: a file here or on its host"),
    hint=say("CreationFields", "e.g. /home/me/Downloads/debian-12.iso"),
    title=say("CreationFields", "Choose the installer CD"),
    browse=say("CreationFields", "Browse…"),
    filters=say("CreationFields", "CD images (*.iso *.ISO)"),
    is_cd=True,
)
DISK_IMAGE = File(
    "disk-path",
    say("CreationFields", "&Path of the disk image"),
    "VOLUME",
    option="disk",
    help=say("CommandLine", "Give it this existing disk: POOL/NAME, or its path on the host"),
    hint=say("CreationFields", "e.g. /home/me/server.qcow2"),
    title=say("CreationFields", "Choose the disk image"),
    browse=say("CreationFields", "Browse…"),
    filters=say("CreationFields", "Disk images (*.qcow2 *.img *.raw *.vmdk *.vdi *.vhd)"),
)
KERNEL = File(
    "kernel-path",
    say("CreationFields", "&Path of the kernel"),
    hint=say("CreationFields", "e.g. /boot/vmlinuz"),
    title=say("CreationFields", "Choose the kernel"),
    browse=say("CreationFields", "Browse for the kernel…"),
)
INITRD = File(
    "initrd-path",
    say("CreationFields", "Path of the initia&l RAM disk (optional)"),
    hint=say("CreationFields", "optional"),
    title=say("CreationFields", "Choose the initial RAM disk"),
    browse=say("CreationFields", "Browse for the initial RAM disk…"),
    has_keys=False,
)
KERNEL_ARGS = Text("kernel-args", say("CreationFields", "Kernel &arguments"), hint="console=ttyS0")
PLACE = Choice("place", say("CreationFields", "&File is"))
COPY_POOL = Choice("upload-pool", say("CreationFields", "Copy it &to pool"))
FILES = {
    SourceKind.CDROM: (CDROM,),
    SourceKind.DISK_IMAGE: (DISK_IMAGE,),
    SourceKind.KERNEL: (KERNEL, INITRD, KERNEL_ARGS),
}

CPUS = Amount(
    "cpus",
    say("CreationFields", "CP&Us"),
    "N",
    option="vcpus",
    help=say("CommandLine", "Its virtual CPUs"),
)
MEMORY = Amount(
    "memory",
    say("CreationFields", "&Memory"),
    "SIZE",
    help=say("CommandLine", "Its memory, such as 4GiB"),
    quantity=Quantity.MEMORY_KIB,
)
HEADROOM = Sentence(
    "headroom-caption",
    say(
        "CreationFields",
        "Headroom: up to these values the machine can be given more while it runs, without a restart.",
    ),
    folded=True,
)
CPUS_MAX = Number("cpus-max", say("CreationFields", "Most CPUs, while running"), least=1, folded=True)
MEMORY_MAX = Number(
    "memory-max",
    say("CreationFields", "Most memory, while running"),
    least=KIB_PER_MIB,
    unit=" MiB",
    scale=KIB_PER_MIB,
    step=256,
    folded=True,
)
MORE = ("resources-more", say("CreationFields", "Mor&e"), say("CreationFields", "L&ess"))

DISK_WAYS = (
    Option(DiskChoice.NEW, say("CreationFields", "New &disk")),
    Option(DiskChoice.EXISTING, say("CreationFields", "&Existing disk or volume")),
    Option(DiskChoice.NONE, say("CreationFields", "No d&isk")),
)
DISK = Ways("disk", "", options=DISK_WAYS)
POOL = Choice(
    "pool",
    say("CreationFields", "Storage &pool"),
    "POOL",
    help=say("CommandLine", "The storage pool for its new disk"),
)
FOLDER = Sentence("disk-folder", "")
DISK_FORMAT = Choice("disk-format", say("CreationFields", "&Format"))
DISK_SIZE = Amount(
    "disk-size",
    say("CreationFields", "Disk &size"),
    "SIZE",
    help=say("CommandLine", "How large its new disk is"),
    quantity=Quantity.DISK_BYTES,
)
EXISTING_DISK = replace(
    DISK_IMAGE, name="existing-disk-path", label=say("CreationFields", "&Path of the disk")
)

NETWORK = Choice(
    "network",
    say("CreationFields", "Net&work"),
    "NETWORK",
    help=say("CommandLine", "The virtual network or bridge it is plugged into, or none"),
)

NAME = Text("name", say("CreationFields", "N&ame"))
FIRMWARE = Choice("firmware", say("CreationFields", "&Firmware"))
TPM = Check("tpm", say("CreationFields", "Add a &TPM 2.0 (security chip)"))
START = Check(
    "start",
    say("CreationFields", "&Start the machine now"),
    help=say("CommandLine", "Start it once it is made"),
)
AUTOSTART = Check("autostart", say("CreationFields", "Start it &whenever the host starts"))
GRAPHICS = Sentence(
    "graphics",
    say(
        "CreationFields",
        "Built in for later: free slots for more devices, a channel for the guest agent, a screen (VNC)"
        " and a serial console.",
    ),
)

XML_NOTE = Sentence(
    "xml-note",
    say(
        "CreationFields",
        "What stands here is made as it is. The disk of the form is created too if the XML names it.",
    ),
)
XML = Text("xml", say("CreationFields", "XML of the new machine"))

PXE = Check("pxe", say("CommandLine", "Start it from the network"))
EMPTY = Check("empty", say("CommandLine", "Start it from nothing yet"))
COMMAND_LINE_SOURCES = (CDROM, DISK_IMAGE, PXE, EMPTY)
COMMAND_LINE = (*COMMAND_LINE_SOURCES, CPUS, MEMORY, DISK_SIZE, POOL, NETWORK, START)
"""What `vmgui create` asks; one of its sources must be given."""

DRAFTED = {
    HOST.name: "host_id",
    SOURCE.name: "source",
    CDROM.name: "cdrom",
    DISK_IMAGE.name: "disk_image",
    KERNEL.name: "kernel",
    INITRD.name: "initrd",
    KERNEL_ARGS.name: "kernel_args",
    CPUS.name: "vcpus",
    CPUS_MAX.name: "vcpus_max",
    MEMORY.name: "memory_kib",
    MEMORY_MAX.name: "memory_max_kib",
    DISK.name: "disk_choice",
    POOL.name: "pool",
    DISK_FORMAT.name: "disk_format",
    DISK_SIZE.name: "disk_bytes",
    EXISTING_DISK.name: "existing_disk",
    NAME.name: "name",
    FIRMWARE.name: "firmware",
    TPM.name: "tpm",
    START.name: "start",
    AUTOSTART.name: "autostart",
}
"""Which answer of a Draft is a field's; those that are left out are more or less than one."""


def plug(text: str, offer: HostOffer) -> Plug:
    """What `--network` means: a virtual network, or a bridge, or none where nothing is called so."""
    if offer.network(text) is None:
        if text in offer.bridges:
            return Plug(NetworkKind.BRIDGE, text)
        if text == NetworkKind.NONE.value:
            return Plug(NetworkKind.NONE, text)
    return Plug(NetworkKind.VIRTUAL, text)
