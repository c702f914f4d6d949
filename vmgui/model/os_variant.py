"""Operating systems as osinfo-db describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OsVariant:
    """One operating system: what it needs and what it has drivers for."""

    id: str  # "http://debian.org/debian/12"
    short_id: str  # "debian12"
    name: str  # "Debian 12"
    family: str  # linux, winnt, freebsd ...
    distro: str
    end_of_life: bool
    minimum_memory_bytes: int | None = None
    recommended_memory_bytes: int | None = None
    minimum_disk_bytes: int | None = None
    recommended_disk_bytes: int | None = None
    recommended_cpus: int | None = None
    virtio_disk: bool = False
    virtio_net: bool = False
    virtio_video: bool = False
    usb_tablet: bool = False
    needs_uefi: bool = False
    needs_tpm: bool = False
    supports_secure_boot: bool = False
    version: str = ""
    release_date: str = ""  # ISO 8601, or empty
    virtio_balloon: bool = False
    nics: tuple[str, ...] = ()  # models it has drivers for besides virtio: e1000e, e1000, rtl8139
    is_legacy: bool = False  # from before SATA and PCI Express: wants an i440fx board, IDE and VGA
    is_guess: bool = False  # newer than the database: described by its predecessor
    like: str = ""  # then: the predecessor's name

    @property
    def has_version(self) -> bool:
        """Whether it is a numbered release, not a rolling or unknown one."""
        return self.version[:1].isdigit()


GENERIC_ID = ""
GENERIC_LINUX_IDS = "http://libosinfo.org/linux/"  # and a year
GENERIC_LINUX_ID = f"{GENERIC_LINUX_IDS}2022"

GENERIC = OsVariant(
    id=GENERIC_ID,
    short_id="generic",
    name="Generic",
    family="",
    distro="",
    end_of_life=False,
    nics=("e1000e", "e1000"),
)
"""What any system of the last fifteen years copes with."""

GENERIC_LINUX = OsVariant(
    id=GENERIC_LINUX_ID,
    short_id="linux2022",
    name="Generic Linux",
    family="linux",
    distro="",
    end_of_life=False,
    virtio_disk=True,
    virtio_net=True,
    virtio_video=True,
    virtio_balloon=True,
    usb_tablet=True,
    nics=("e1000e", "e1000"),
)
"""A Linux of the last ten years, where the host has no osinfo-db or does not know it."""


@dataclass(frozen=True, slots=True)
class IsoIdentity:
    """The fields of an ISO 9660 primary volume descriptor that osinfo-db matches on."""

    volume_id: str
    system_id: str
    publisher_id: str
    application_id: str
    volume_size_bytes: int
    bootable: bool


@dataclass(frozen=True, slots=True)
class MediumPattern:
    """What a CD of a system says about itself; empty: anything. The fields are regular expressions."""

    os_id: str
    arch: str
    volume_id: str = ""
    system_id: str = ""
    publisher_id: str = ""
    application_id: str = ""
    volume_size_bytes: int = 0
    is_live: bool = False

    @property
    def weight(self) -> int:
        """How much it says: of two that match the one that says more is right."""
        texts = (self.volume_id, self.system_id, self.publisher_id, self.application_id)
        return (
            sum(bool(text) for text in texts) * 1000
            + bool(self.volume_size_bytes) * 10000
            + len(self.volume_id)
        )


@dataclass(frozen=True, slots=True)
class OsCatalogue:
    """All systems, by id, and how to tell their CDs."""

    variants: Mapping[str, OsVariant] = field(default_factory=dict[str, OsVariant])
    patterns: tuple[MediumPattern, ...] = ()
