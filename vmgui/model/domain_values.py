"""The values of a virtual machine itself, beside its devices, as its definition says them.

Texts are libvirt's own words; empty, None or False: not said, so libvirt's default.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmwareFeature:
    """What a firmware must, or must not, be able to do."""

    name: str = ""
    enabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CpuPin:
    """Which CPUs of the host a vCPU, or an I/O thread, runs on."""

    number: int | None = None
    cpus: str = ""  # 0-3,^2


@dataclass(frozen=True, slots=True, kw_only=True)
class CpuFeature:
    """A feature of the CPU that is forced, required, optional, disabled or forbidden."""

    name: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumaCell:
    """A NUMA node of the guest."""

    id: int | None = None
    cpus: str = ""
    memory_kib: int | None = None
    memory_access: str = ""
    discard: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A clock of the guest."""

    name: str = ""
    present: bool | None = None
    tick_policy: str = ""
    track: str = ""
    mode: str = ""
    frequency_hz: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HugePage:
    """Large pages of one size, for some of the guest's NUMA nodes; without nodes: for all."""

    page_kib: int | None = None
    nodes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainValues:
    """`<domain>` without its devices, metadata and what other tools wrote in it."""

    domain_type: str = ""
    name: str = ""
    uuid: str = ""
    generation_id: str = ""
    title: str = ""
    description: str = ""

    memory_slots_max_kib: int | None = None  # with all modules that can be plugged in
    memory_slots: int | None = None
    memory_max_kib: int | None = None
    memory_kib: int | None = None
    memory_hard_limit_kib: int | None = None
    memory_soft_limit_kib: int | None = None
    swap_hard_limit_kib: int | None = None
    memory_min_guarantee_kib: int | None = None
    huge_pages: bool = False
    huge_page_sizes: tuple[HugePage, ...] = ()  # empty: the host's default size
    memory_not_merged: bool = False
    memory_locked: bool = False
    memory_source: str = ""
    memory_access: str = ""
    memory_allocation: str = ""
    memory_allocation_threads: int | None = None
    memory_discard: bool = False

    vcpus_max: int | None = None
    vcpus: int | None = None
    vcpu_list: bool = False  # each is listed, with what it can be plugged in and out by
    vcpu_placement: str = ""
    vcpu_cpus: str = ""
    io_threads: int | None = None
    cpu_shares: int | None = None
    cpu_period_us: int | None = None
    cpu_quota_us: int | None = None
    all_cpu_period_us: int | None = None
    all_cpu_quota_us: int | None = None
    emulator_period_us: int | None = None
    emulator_quota_us: int | None = None
    io_thread_period_us: int | None = None
    io_thread_quota_us: int | None = None
    vcpu_pins: tuple[CpuPin, ...] = ()
    emulator_cpus: str = ""
    io_thread_pins: tuple[CpuPin, ...] = ()
    numa_mode: str = ""
    numa_nodes: str = ""
    numa_placement: str = ""
    disk_weight: int | None = None
    resource_partition: str = ""

    system_type: str = ""  # hvm, exe, linux ...
    arch: str = ""
    machine: str = ""
    firmware: str = ""  # efi, bios
    firmware_features: tuple[FirmwareFeature, ...] = ()
    loader: str = ""
    loader_read_only: bool | None = None
    loader_kind: str = ""
    loader_secure: bool | None = None
    loader_stateless: bool | None = None
    loader_format: str = ""
    nvram: str = ""
    nvram_template: str = ""
    nvram_template_format: str = ""
    nvram_format: str = ""
    nvram_source_kind: str = ""
    nvram_file: str = ""
    varstore: str = ""  # variables in a file that QEMU itself keeps
    varstore_template: str = ""
    boot_devices: tuple[str, ...] = ()  # hd, cdrom, network, fd: only without an order of devices
    boot_menu: bool | None = None
    boot_menu_timeout_ms: int | None = None
    bios_serial: bool | None = None
    bios_reboot_timeout_ms: int | None = None
    smbios_mode: str = ""
    kernel: str = ""
    initrd: str = ""
    kernel_arguments: str = ""
    device_tree: str = ""
    init: str = ""
    init_arguments: tuple[str, ...] = ()

    acpi: bool = False
    apic: bool = False
    pae: bool = False
    hyperv_mode: str = ""
    hyperv_relaxed: bool | None = None
    hyperv_vapic: bool | None = None
    hyperv_spinlocks: bool | None = None
    hyperv_spinlock_retries: int | None = None
    kvm_hidden: bool | None = None
    vmport: bool | None = None
    smm: bool | None = None
    ioapic: str = ""

    cpu_mode: str = ""
    cpu_match: str = ""
    cpu_check: str = ""
    cpu_migratable: bool | None = None
    cpu_model: str = ""
    cpu_model_fallback: str = ""
    cpu_vendor: str = ""
    cpu_sockets: int | None = None
    cpu_dies: int | None = None
    cpu_clusters: int | None = None
    cpu_cores: int | None = None
    cpu_threads: int | None = None
    cpu_cache_mode: str = ""
    cpu_cache_level: int | None = None
    cpu_features: tuple[CpuFeature, ...] = ()
    numa_cells: tuple[NumaCell, ...] = ()

    clock_offset: str = ""
    clock_timezone: str = ""
    clock_adjustment: str = ""
    timers: tuple[Timer, ...] = ()
    on_poweroff: str = ""
    on_reboot: str = ""
    on_crash: str = ""
    suspend_to_memory: bool | None = None
    suspend_to_disk: bool | None = None
    emulator: str = ""
