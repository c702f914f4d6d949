"""What the person has said so far of a new machine; None: nothing yet, the default holds.

Defaults follow the medium and the system as they become known, choices never change by themselves: that
is why both are kept apart and joined only in `vmgui.policy.creation_draft`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.creation import FileRef, NetworkKind, SourceKind
from vmgui.model.domain import Firmware
from vmgui.model.host import HostId


class DiskChoice(Enum):
    """Where the machine's disk comes from."""

    NEW = "new"
    EXISTING = "existing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Draft:
    """All answers; a field the person has not touched is None or empty."""

    host_id: HostId = ""
    source: SourceKind = SourceKind.CDROM
    cdrom: FileRef | None = None
    disk_image: FileRef | None = None
    kernel: FileRef | None = None
    initrd: FileRef | None = None
    kernel_args: str = ""
    os_id: str | None = None  # None: as detected; "": a generic one
    vcpus: int | None = None
    vcpus_max: int | None = None
    memory_kib: int | None = None
    memory_max_kib: int | None = None
    disk_choice: DiskChoice | None = None
    pool: str | None = None
    disk_bytes: int | None = None
    disk_format: str | None = None
    existing_disk: FileRef | None = None
    network_kind: NetworkKind | None = None
    network_source: str | None = None
    name: str | None = None
    firmware: Firmware | None = None
    tpm: bool | None = None
    autostart: bool | None = None
    start: bool | None = None
    xml: str = ""

    @property
    def is_pristine(self) -> bool:
        """Whether nothing has been answered; the host does not count, it is often preselected."""
        return self == Draft(host_id=self.host_id)

    @property
    def medium(self) -> FileRef | None:
        """The file the system is detected from, as the source says."""
        return {
            SourceKind.CDROM: self.cdrom,
            SourceKind.DISK_IMAGE: self.disk_image,
            SourceKind.KERNEL: self.kernel,
        }.get(self.source)
