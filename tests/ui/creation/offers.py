"""Hosts' offers for the wizard's tests, as a real QEMU host makes them."""

from vmgui.model.host import (
    DomainCapabilities,
    GuestCapability,
    Host,
    HostConfig,
    HostInfo,
    HostState,
    KvmState,
)
from vmgui.model.network import Network
from vmgui.model.offer import HostOffer
from vmgui.model.storage import Pool, Volume

GIB = 1024**3
EMULATOR = "/usr/bin/qemu-system-x86_64"


def make_host(host_id: str = "a", name: str = "host-a", kvm: KvmState = KvmState.WORKS) -> Host:
    info = HostInfo(
        hostname=name,
        driver="QEMU",
        arch="x86_64",
        cpu_model="EPYC",
        cpus=8,
        cpu_mhz=2400,
        memory_kib=16 * 1024**2,
        sockets=1,
        cores=8,
        threads=1,
        numa_nodes=1,
        libvirt_version=(9, 0, 0),
        hypervisor_version=(7, 2, 0),
        guests=(GuestCapability("x86_64", "hvm", EMULATOR, ("q35", "pc"), ("qemu", "kvm")),),
    )
    return Host(HostConfig(host_id, name, "qemu:///system"), HostState.CONNECTED, info, kvm=kvm)


def make_capabilities(domain_type: str = "kvm") -> DomainCapabilities:
    return DomainCapabilities(
        arch="x86_64",
        machine="q35",
        domain_type=domain_type,
        emulator=EMULATOR,
        max_vcpus=255,
        firmwares=("bios", "efi"),
        loader_paths=("/usr/share/OVMF/OVMF_CODE_4M.fd",),
        secure_boot=True,
        cpu_modes=("host-passthrough", "host-model", "maximum"),
        cpu_models=("EPYC",),
        disk_buses=("virtio", "sata", "scsi", "usb"),
        video_models=("virtio", "vga"),
        graphics_types=("vnc",),
        tpm_models=("tpm-crb",),
        tpm_backends=("emulator",),
        rng=True,
        filesystem=True,
    )


def make_offer(host: Host | None = None) -> HostOffer:
    """8 CPUs, 16 GiB, two pools, an active and an inactive network, a bridge."""
    return HostOffer(
        host=host or make_host(),
        names=frozenset({"web-01", "debian-11"}),
        pools=(
            Pool("default", "p1", "dir", True, "/var/lib/libvirt/images", 200 * GIB, 120 * GIB, 80 * GIB),
            Pool("lvm", "p2", "logical", True, "/dev/lvm", 100 * GIB, 60 * GIB, 40 * GIB),
        ),
        volumes={"default": (Volume("default", "db.qcow2", "/images/db.qcow2", "qcow2", 40 * GIB, 3 * GIB),)},
        networks=(
            Network("default", "n1", True, True, "nat", "virbr0"),
            Network("lab", "n2", False, False, "", "virbr1"),
        ),
        bridges=("br0",),
        capabilities=(make_capabilities("kvm"), make_capabilities("qemu")),
        cpus=8,
        vcpus_committed=3,
        memory_total_kib=16 * 1024**2,
        memory_free_kib=9 * 1024**2,
        shares_files=True,
    )
