"""Small devices in full: TPM, crypto, watchdog, panic, IOMMU, vsock, hub."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Device, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class TpmBanks:
    """`<active_pcr_banks>`."""

    sha1: bool = False
    sha256: bool = False
    sha384: bool = False
    sha512: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TpmDevice(Device):
    """`<tpm>`."""

    model: str = ""  # tpm-crb, tpm-tis, tpm-spapr ...
    backend: str = ""  # emulator, passthrough, external
    version: str = ""
    persistent_state: bool | None = None
    debug_level: int | None = None
    device_path: str = ""  # of passthrough
    encryption_secret: str = ""
    pcr_banks: TpmBanks | None = None
    source_kind: str = ""  # of emulator file or dir: where its state is; of external unix
    source_mode: str = ""
    source_path: str = ""
    profile_name: str = ""
    profile_source: str = ""
    profile_remove_disabled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CryptoDevice(Device):
    """`<crypto>`."""

    model: str = ""
    kind: str = ""
    backend: str = ""  # builtin, lkcf
    queues: int | None = None
    virtio: Virtio = field(default_factory=Virtio)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchdogDevice(Device):
    """`<watchdog>`: what happens to a guest that hangs."""

    model: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanicDevice(Device):
    """`<panic>`: lets the host know that the guest's kernel has crashed."""

    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IommuDevice(Device):
    """`<iommu>`."""

    model: str = ""
    interrupt_remapping: bool | None = None
    caching_mode: bool | None = None
    extended_interrupts: bool | None = None
    iotlb: bool | None = None
    address_bits: int | None = None
    dma_translation: bool | None = None
    passthrough: bool | None = None  # of AMD
    xtsup: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VsockDevice(Device):
    """`<vsock>`: sockets between host and guest."""

    model: str = ""
    auto: bool | None = None
    cid: int | None = None
    virtio: Virtio = field(default_factory=Virtio)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubDevice(Device):
    """`<hub>`."""

    kind: str = ""
