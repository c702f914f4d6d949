"""What a host can give a new virtual machine, what a medium is, and what is wrong with a wish.

Collected by `vmgui.services.creation`, judged by `vmgui.policy.creation`, worded by `vmgui.ui.creation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from vmgui.model.creation import FileRef
from vmgui.model.host import DomainCapabilities, Host
from vmgui.model.network import Network
from vmgui.model.os_variant import IsoIdentity, OsVariant
from vmgui.model.storage import Pool, Volume


@dataclass(frozen=True, slots=True)
class HostOffer:
    """A host's means at one moment.

    `pools` may hold one with an empty `uuid`: it does not exist yet and is made when first used.
    `volumes` has the pools that answered in time. Sizes 0: not known.
    """

    host: Host
    names: frozenset[str] = frozenset()
    uuids: frozenset[str] = frozenset()
    pools: tuple[Pool, ...] = ()
    pools_silent_since_s: float = 0.0  # time.monotonic(); not 0: which pools there are could not be learnt
    volumes: Mapping[str, tuple[Volume, ...]] = field(default_factory=dict[str, tuple[Volume, ...]])
    networks: tuple[Network, ...] = ()
    bridges: tuple[str, ...] = ()
    capabilities: tuple[DomainCapabilities, ...] = ()
    cpus: int = 1
    vcpus_committed: int = 0  # of machines that run
    memory_total_kib: int = 0
    memory_free_kib: int = 0  # what the kernel can hand out now
    is_privileged: bool = True  # a system daemon: bridges and virtual networks may be used
    shares_files: bool = False  # a path here is the same file there
    listen_address: str = (
        ""  # the host's own address as this computer reaches it; empty: not over the network
    )
    default_directory: str = ""  # for disks where there are no pools

    def capabilities_of(self, arch: str, machine: str, domain_type: str) -> DomainCapabilities | None:
        """Those of one kind of machine, or None if they were not read."""
        for found in self.capabilities:
            names = (found.machine, canonical_machine(found.machine))
            if found.arch == arch and found.domain_type == domain_type and machine in names:
                return found
        return None

    def pool(self, name: str) -> Pool | None:
        """The pool of that name."""
        return next((pool for pool in self.pools if pool.name == name), None)

    def network(self, name: str) -> Network | None:
        """The virtual network of that name."""
        return next((network for network in self.networks if network.name == name), None)


def canonical_machine(machine: str) -> str:
    """The alias of a versioned machine type: "pc-q35-7.2" -> "q35", "pc-i440fx-7.2" -> "pc"."""
    if machine.startswith("pc-q35-"):
        return "q35"
    if machine.startswith("pc-i440fx-"):
        return "pc"
    name, _, version = machine.rpartition("-")
    return name if name and version.replace(".", "").isdigit() else machine


class MediumIssueKind(Enum):
    """What is wrong with a file; `path` and `detail` of MediumIssue as said."""

    MISSING = "missing"
    UNKNOWN = "unknown"  # lies where neither we nor a pool can look: may exist or not
    NOT_A_FILE = "not_a_file"  # a directory, socket ...
    EMPTY = "empty"
    NOT_READABLE = (
        "not_readable"  # by this program, which has to upload or examine it; detail: the system's words
    )
    NO_SEARCH_PERMISSION = "no_search_permission"  # path: the directory; detail: the hypervisor's user
    NO_READ_PERMISSION = "no_read_permission"  # path: the file; detail: the hypervisor's user
    COMPRESSED = "compressed"  # detail: gzip, xz, bzip2, zstd, zip
    BROKEN = "broken"  # detail: what is wrong with the header (English, short)
    NOT_BOOTABLE = "not_bootable"
    FORMAT_MISMATCH = "format_mismatch"  # path's suffix says one thing; detail: the real format
    BACKING_FILE = "backing_file"  # path: another file this image is based on and lets the guest read
    NOT_AN_IMAGE = (
        "not_an_image"  # nothing known; of a disk: looks like no disk; of a CD: not ISO 9660 or UDF
    )
    NOT_A_KERNEL = "not_a_kernel"
    CUT_OFF = "cut_off"  # a CD that ends before its own size says; detail: percent there is
    UNUSABLE_FORMAT = "unusable_format"  # libvirt or the guest cannot work with it; detail: the format
    ENCRYPTED = "encrypted"  # detail: the format
    READ_ONLY_FORMAT = "read_only_format"  # nothing can be written to it; detail: what it is
    ARCHIVE = "archive"  # of several files, a disk among them perhaps; detail: ova, tar
    BACKING_LOOP = "backing_loop"  # path: the file that comes twice in its own chain
    NOT_ABSOLUTE = "not_absolute"  # a path that does not say from where
    BAD_PATH = "bad_path"  # it has bytes that are no UTF-8, or characters XML cannot carry


@dataclass(frozen=True, slots=True)
class MediumIssue:
    """One thing wrong with a medium; `blocks`: the machine cannot be made with it."""

    kind: MediumIssueKind
    blocks: bool
    path: str = ""
    detail: str = ""


class DiskUseKind(Enum):
    """How another machine's disk and a file depend on each other."""

    SAME = "same"  # the file is a disk of that machine
    OVERLAY = "overlay"  # that machine's disk is based on the file
    BASE = "base"  # the file is based on that machine's disk


@dataclass(frozen=True, slots=True)
class DiskUse:
    """A machine of the host that what is written to a file would harm, or that harms it."""

    uuid: str
    machine: str
    kind: DiskUseKind
    is_running: bool = False
    is_shared: bool = False  # its disk is marked shareable, or it only reads

    @property
    def blocks(self) -> bool:
        """Whether no machine may be made with the file: two that write to one disk destroy it."""
        return self.is_running and not self.is_shared


@dataclass(frozen=True, slots=True)
class Medium:
    """A file as looked at; `format` raw, qcow2, iso, vmdk, vdi, vhdx, vpc, qed, kernel ... or empty: not known."""

    ref: FileRef
    exists: bool | None = None  # None: cannot be known
    size_bytes: int | None = None  # of the file
    virtual_bytes: int | None = None  # of the disk in it
    format: str = ""
    backing_path: str = ""
    iso: IsoIdentity | None = None
    os: OsVariant | None = None
    is_os_guessed: bool = False  # by the file's name, or one of `os_choices`; never decides about firmware
    os_choices: tuple[OsVariant, ...] = ()  # what it can be where its label is that of several
    issues: tuple[MediumIssue, ...] = ()
    used_by: tuple[DiskUse, ...] = ()  # machines of the host; of files that are not copied first


class Field(Enum):
    """The answer of the wizard a problem belongs to."""

    HOST = "host"
    CDROM = "cdrom"
    DISK_IMAGE = "disk_image"
    KERNEL = "kernel"
    INITRD = "initrd"
    KERNEL_ARGS = "kernel_args"
    OS = "os"
    VCPUS = "vcpus"
    VCPUS_MAX = "vcpus_max"
    MEMORY = "memory"
    MEMORY_MAX = "memory_max"
    DISK_POOL = "disk_pool"
    DISK_NAME = "disk_name"
    DISK_SIZE = "disk_size"
    NETWORK = "network"
    GRAPHICS = "graphics"
    FIRMWARE = "firmware"
    TPM = "tpm"
    NAME = "name"
    XML = "xml"


class Severity(Enum):
    """ERROR: it cannot be made so; WARNING: it can, and may disappoint; INFO: good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ProblemKind(Enum):
    """What is wrong; in brackets the fields of Problem that carry a value."""

    NAME_EMPTY = "name_empty"
    NAME_TAKEN = "name_taken"  # name
    NAME_INVALID = "name_invalid"  # name: the offending character, or the whole name if it is just dots
    NAME_TOO_LONG = "name_too_long"  # actual, limit: bytes
    HOST_READ_ONLY = "host_read_only"
    HOST_OFFLINE = "host_offline"
    KVM_MISSING = "kvm_missing"  # runs emulated, slowly
    KVM_LIES = "kvm_lies"
    NO_MACHINE_TYPE = "no_machine_type"  # the host cannot run full virtual machines; name: arch
    OTHER_HYPERVISOR = "other_hypervisor"  # name: libvirt's driver; machines are made on QEMU hosts only
    MEDIUM_NOT_CHOSEN = "medium_not_chosen"
    MEDIUM = "medium"  # issue
    DISK_IN_USE = "disk_in_use"  # name: machine, host; ERROR: it runs with the disk
    DISK_IS_BASE = "disk_is_base"  # name: machine, host; its disk is based on this one
    DISK_BASE_IN_USE = "disk_base_in_use"  # name: machine, host; this image is based on its disk
    UPLOAD_POOL_MISSING = "upload_pool_missing"  # the host is remote: choose where to put the file
    UPLOAD_NO_SPACE = "upload_no_space"  # name: pool; actual: file, limit: free; bytes
    MEMORY_OVER_HOST = "memory_over_host"  # actual, limit: KiB
    MEMORY_OVER_FREE = "memory_over_free"  # actual, limit: KiB
    MEMORY_UNDER_MINIMUM = "memory_under_minimum"  # actual, limit: KiB; name: OS
    MEMORY_TOO_SMALL = "memory_too_small"  # actual, limit: KiB
    MEMORY_MAX_BELOW = "memory_max_below"  # actual, limit: KiB
    VCPUS_OVER_HOST = "vcpus_over_host"  # actual, limit
    VCPUS_OVER_LIMIT = "vcpus_over_limit"  # actual, limit: the machine type's
    VCPUS_TOO_FEW = "vcpus_too_few"
    VCPUS_MAX_BELOW = "vcpus_max_below"  # actual, limit
    DISK_OVER_POOL = "disk_over_pool"  # name: pool; actual, limit: bytes
    DISK_UNDER_MINIMUM = "disk_under_minimum"  # name: OS; actual, limit: bytes
    DISK_TOO_SMALL = "disk_too_small"  # not even one MiB
    POOL_MISSING = "pool_missing"  # name
    POOL_INACTIVE = "pool_inactive"  # name; it is started
    NO_PLACE_FOR_DISK = "no_place_for_disk"  # name: host; it has no pool a disk can be made in
    POOL_SILENT = "pool_silent"  # name, since_s; it does not answer
    POOLS_SILENT = "pools_silent"  # since_s; the list of pools does not come
    POOL_UNREAD = "pool_unread"  # name
    POOL_UNSUITABLE = "pool_unsuitable"  # name; no volumes can be made in that kind of pool
    VOLUME_TAKEN = "volume_taken"  # name
    VOLUME_NAME_INVALID = "volume_name_invalid"  # name
    FORMAT_UNSUITABLE = "format_unsuitable"  # name: pool; qcow2 on a pool of block devices
    NO_DISK = "no_disk"
    NETWORK_MISSING = "network_missing"  # name
    NETWORK_INACTIVE = "network_inactive"  # name; it will be started
    NO_NETWORK_BOOT = "no_network_boot"  # booting from the network without a network, or on user-mode
    BRIDGE_MISSING = "bridge_missing"  # name
    NOT_PRIVILEGED = "not_privileged"  # a user's own hypervisor may not use bridges and virtual networks
    GRAPHICS_OPEN = "graphics_open"  # name: address; the display can be seen by others on that network
    UEFI_MISSING = "uefi_missing"  # name: arch
    NOTHING_BOOTS = "nothing_boots"  # name: arch; it has no BIOS, and the host no UEFI for it
    UEFI_NEEDED = "uefi_needed"  # name: arch; it has no BIOS
    SECURE_BOOT_MISSING = "secure_boot_missing"
    UEFI_RECOMMENDED = "uefi_recommended"  # name: OS
    TPM_MISSING = "tpm_missing"
    TPM_RECOMMENDED = "tpm_recommended"  # name: OS
    OS_END_OF_LIFE = "os_end_of_life"  # name
    XML_INVALID = "xml_invalid"  # name: the parser's words
    XML_NAME_TAKEN = "xml_name_taken"  # name
    XML_UUID_TAKEN = "xml_uuid_taken"  # name


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know before going on, with what its words need."""

    field: Field
    kind: ProblemKind
    severity: Severity = Severity.ERROR
    name: str = ""
    actual: int = 0
    limit: int = 0
    issue: MediumIssue | None = None
    host: str = ""
    since_s: float = 0.0  # time.monotonic()

    @property
    def is_error(self) -> bool:
        """Whether creation has to wait until it is mended."""
        return self.severity is Severity.ERROR
