"""Where the values of a machine itself stand (https://libvirt.org/formatdomain.html#general-metadata and on).

Declared like a device, in the order in which libvirt writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import choice, flag, on_off, size_kib, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, listed, values

if TYPE_CHECKING:
    from vmgui.model.domain_values import (
        CpuFeature,
        CpuPin,
        DomainValues,
        FirmwareFeature,
        HugePage,
        NumaCell,
        Timer,
    )

_HUGE_PAGE: Kind[HugePage] = Kind(
    "page", "domain_values.HugePage", size_kib("page_kib", "@size"), word("nodes", "@nodeset")
)
_FIRMWARE_FEATURE: Kind[FirmwareFeature] = Kind(
    "feature", "domain_values.FirmwareFeature", yes_no("enabled", "@enabled"), word("name", "@name")
)
_CPU_FEATURE: Kind[CpuFeature] = Kind(
    "feature",
    "domain_values.CpuFeature",
    choice("policy", "@policy", "force require optional disable forbid"),
    word("name", "@name"),
)
_NUMA_CELL: Kind[NumaCell] = Kind(
    "cell",
    "domain_values.NumaCell",
    whole("id", "@id"),
    word("cpus", "@cpus"),
    size_kib("memory_kib", "@memory"),
    choice("memory_access", "@memAccess", "shared private"),
    yes_no("discard", "@discard"),
)
_TIMER: Kind[Timer] = Kind(
    "timer",
    "domain_values.Timer",
    choice("name", "@name", "platform hpet kvmclock pit rtc tsc hypervclock armvtimer"),
    yes_no("present", "@present"),
    choice("tick_policy", "@tickpolicy", "delay catchup merge discard"),
    choice("track", "@track", "boot guest wall realtime"),
    choice("mode", "@mode", "auto native emulate paravirt smpsafe"),
    whole("frequency_hz", "@frequency"),
)
_VCPU_PIN: Kind[CpuPin] = Kind(
    "vcpupin", "domain_values.CpuPin", whole("number", "@vcpu"), word("cpus", "@cpuset")
)
_IO_THREAD_PIN: Kind[CpuPin] = Kind(
    "iothreadpin", "domain_values.CpuPin", whole("number", "@iothread"), word("cpus", "@cpuset")
)

DOMAIN: Kind[DomainValues] = Kind(
    "domain",
    "domain_values.DomainValues",
    choice("domain_type", "@type", "kvm qemu hvf xen lxc bhyve openvz vz test vmware hyperv"),
    text("name", "name"),
    word("uuid", "uuid"),
    word("generation_id", "genid"),
    text("title", "title"),
    text("description", "description"),
    size_kib("memory_slots_max_kib", "maxMemory"),
    whole("memory_slots", "maxMemory/@slots"),
    size_kib("memory_max_kib", "memory"),
    size_kib("memory_kib", "currentMemory"),
    flag("huge_pages", "memoryBacking/hugepages"),
    listed("huge_page_sizes", "memoryBacking/hugepages/page", _HUGE_PAGE, key="page_kib"),
    flag("memory_not_merged", "memoryBacking/nosharepages"),
    flag("memory_locked", "memoryBacking/locked"),
    choice("memory_source", "memoryBacking/source/@type", "file anonymous memfd"),
    choice("memory_access", "memoryBacking/access/@mode", "shared private"),
    choice("memory_allocation", "memoryBacking/allocation/@mode", "immediate ondemand"),
    whole("memory_allocation_threads", "memoryBacking/allocation/@threads"),
    flag("memory_discard", "memoryBacking/discard"),
    whole("disk_weight", "blkiotune/weight"),
    size_kib("memory_hard_limit_kib", "memtune/hard_limit"),
    size_kib("memory_soft_limit_kib", "memtune/soft_limit"),
    size_kib("memory_min_guarantee_kib", "memtune/min_guarantee"),
    size_kib("swap_hard_limit_kib", "memtune/swap_hard_limit"),
    choice("vcpu_placement", "vcpu/@placement", "static auto"),
    word("vcpu_cpus", "vcpu/@cpuset"),
    whole("vcpus", "vcpu/@current"),
    whole("vcpus_max", "vcpu"),
    flag("vcpu_list", "vcpus"),
    whole("io_threads", "iothreads"),
    whole("cpu_shares", "cputune/shares"),
    whole("cpu_period_us", "cputune/period"),
    whole("cpu_quota_us", "cputune/quota"),
    whole("all_cpu_period_us", "cputune/global_period"),
    whole("all_cpu_quota_us", "cputune/global_quota"),
    whole("emulator_period_us", "cputune/emulator_period"),
    whole("emulator_quota_us", "cputune/emulator_quota"),
    whole("io_thread_period_us", "cputune/iothread_period"),
    whole("io_thread_quota_us", "cputune/iothread_quota"),
    listed("vcpu_pins", "cputune/vcpupin", _VCPU_PIN, key="number"),
    word("emulator_cpus", "cputune/emulatorpin/@cpuset"),
    listed("io_thread_pins", "cputune/iothreadpin", _IO_THREAD_PIN, key="number"),
    choice("numa_mode", "numatune/memory/@mode", "strict interleave preferred restrictive"),
    word("numa_nodes", "numatune/memory/@nodeset"),
    choice("numa_placement", "numatune/memory/@placement", "static auto"),
    word("resource_partition", "resource/partition"),
    choice("firmware", "os/@firmware", "bios efi"),
    word("arch", "os/type/@arch"),
    word("machine", "os/type/@machine"),
    word("system_type", "os/type"),
    listed("firmware_features", "os/firmware/feature", _FIRMWARE_FEATURE, key="name"),
    yes_no("loader_read_only", "os/loader/@readonly"),
    yes_no("loader_secure", "os/loader/@secure"),
    choice("loader_kind", "os/loader/@type", "rom pflash"),
    yes_no("loader_stateless", "os/loader/@stateless"),
    choice("loader_format", "os/loader/@format", "raw qcow2"),
    word("loader", "os/loader"),
    choice("nvram_source_kind", "os/nvram/@type", "file block network"),
    word("nvram_template", "os/nvram/@template"),
    choice("nvram_template_format", "os/nvram/@templateFormat", "raw qcow2"),
    choice("nvram_format", "os/nvram/@format", "raw qcow2"),
    word("nvram", "os/nvram"),
    text("nvram_file", "os/nvram/source/@file"),
    text("varstore", "os/varstore/@path"),
    text("varstore_template", "os/varstore/@template"),
    word("init", "os/init"),
    values(text("init_arguments", "os/initarg")),
    word("kernel", "os/kernel"),
    word("initrd", "os/initrd"),
    text("kernel_arguments", "os/cmdline"),
    word("device_tree", "os/dtb"),
    values(choice("boot_devices", "os/boot/@dev", "hd cdrom network fd")),
    yes_no("boot_menu", "os/bootmenu/@enable"),
    whole("boot_menu_timeout_ms", "os/bootmenu/@timeout"),
    choice("smbios_mode", "os/smbios/@mode", "emulate host sysinfo"),
    yes_no("bios_serial", "os/bios/@useserial"),
    whole("bios_reboot_timeout_ms", "os/bios/@rebootTimeout"),
    flag("acpi", "features/acpi"),
    flag("apic", "features/apic"),
    flag("pae", "features/pae"),
    choice("hyperv_mode", "features/hyperv/@mode", "custom passthrough host-model"),
    on_off("hyperv_relaxed", "features/hyperv/relaxed/@state"),
    on_off("hyperv_vapic", "features/hyperv/vapic/@state"),
    on_off("hyperv_spinlocks", "features/hyperv/spinlocks/@state"),
    whole("hyperv_spinlock_retries", "features/hyperv/spinlocks/@retries"),
    on_off("kvm_hidden", "features/kvm/hidden/@state"),
    on_off("vmport", "features/vmport/@state"),
    on_off("smm", "features/smm/@state"),
    choice("ioapic", "features/ioapic/@driver", "kvm qemu"),
    choice("cpu_mode", "cpu/@mode", "custom host-model host-passthrough maximum"),
    choice("cpu_match", "cpu/@match", "minimum exact strict"),
    choice("cpu_check", "cpu/@check", "none partial full"),
    on_off("cpu_migratable", "cpu/@migratable"),
    choice("cpu_model_fallback", "cpu/model/@fallback", "allow forbid"),
    word("cpu_model", "cpu/model"),
    word("cpu_vendor", "cpu/vendor"),
    whole("cpu_sockets", "cpu/topology/@sockets"),
    whole("cpu_dies", "cpu/topology/@dies"),
    whole("cpu_clusters", "cpu/topology/@clusters"),
    whole("cpu_cores", "cpu/topology/@cores"),
    whole("cpu_threads", "cpu/topology/@threads"),
    whole("cpu_cache_level", "cpu/cache/@level"),
    choice("cpu_cache_mode", "cpu/cache/@mode", "emulate passthrough disable"),
    listed("cpu_features", "cpu/feature", _CPU_FEATURE, key="name"),
    listed("numa_cells", "cpu/numa/cell", _NUMA_CELL, key="id"),
    choice("clock_offset", "clock/@offset", "utc localtime timezone variable absolute"),
    word("clock_timezone", "clock/@timezone"),
    word("clock_adjustment", "clock/@adjustment"),
    listed("timers", "clock/timer", _TIMER, key="name"),
    choice("on_poweroff", "on_poweroff", "destroy restart preserve rename-restart"),
    choice("on_reboot", "on_reboot", "destroy restart preserve rename-restart"),
    choice(
        "on_crash", "on_crash", "destroy restart preserve rename-restart coredump-destroy coredump-restart"
    ),
    yes_no("suspend_to_memory", "pm/suspend-to-mem/@enabled"),
    yes_no("suspend_to_disk", "pm/suspend-to-disk/@enabled"),
    word("emulator", "devices/emulator"),
)
