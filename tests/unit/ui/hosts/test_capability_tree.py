"""A host's capabilities as a tree, and the search in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex

from tests.helpers.models import watch_model
from vmgui.model.host import DeviceOffer, DomainCapabilities, GuestCapability, HostInfo
from vmgui.ui.hosts.capability_tree import CapabilityFilter, CapabilityModel, MachineType

pytestmark = pytest.mark.usefixtures("qapp")

INFO = HostInfo(
    hostname="h", driver="QEMU", arch="x86_64", cpu_model="EPYC", cpus=8, cpu_mhz=2400, memory_kib=1,
    sockets=1, cores=4, threads=2, numa_nodes=1, libvirt_version=(9, 0, 0), hypervisor_version=(7, 2, 0),
    cpu_features=("svm", "npt"),
    guests=(
        GuestCapability("x86_64", "hvm", "/usr/bin/qemu-system-x86_64", ("pc", "q35"), ("qemu", "kvm")),
        GuestCapability("aarch64", "hvm", "/usr/bin/qemu-system-aarch64", ("virt",), ("qemu",)),
    ),
)  # fmt: skip
FOUND = DomainCapabilities(
    arch="x86_64", machine="q35", domain_type="kvm", emulator="/e", max_vcpus=288, firmwares=("bios", "efi"),
    loader_paths=(), secure_boot=False, cpu_modes=("host-passthrough",), cpu_models=("EPYC", "qemu64"),
    disk_buses=(), video_models=(), graphics_types=(), tpm_models=(), tpm_backends=(), rng=True, filesystem=True,
    offers=(
        DeviceOffer("disk", True, True, (("bus", ("virtio", "sata")),)),
        DeviceOffer("sev", False, False),
    ),
    unusable_cpu_models=("Icelake",),
)  # fmt: skip


def texts(model: CapabilityModel | CapabilityFilter, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    found: list[str] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append(index.data())
        found += texts(model, index)
    return found


def find(model: CapabilityModel, text: str, parent: QModelIndex | None = None) -> QModelIndex:
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if index.data() == text:
            return index
        below = find(model, text, index)
        if below.isValid():
            return below
    return QModelIndex()


def test_tree_is_filled_on_demand() -> None:
    model = CapabilityModel()
    watch_model(model)
    model.show_host(INFO)
    assert {"svm", "npt", "q35", "virt"} <= set(texts(model))
    q35 = MachineType("x86_64", "q35", "kvm")
    index = find(model, "q35")
    assert model.machine_at(model.index(0, 0, index)) == q35
    assert model.machine_at(find(model, "svm")) is None
    model.tell(q35, "sorry")
    assert model.index(0, 0, index).data() == "sorry"
    assert model.is_waiting(q35)
    model.fill(q35, FOUND)
    assert not model.is_waiting(q35)
    assert {"disk", "bus", "sev", "Icelake", "qemu64"} <= set(texts(model))
    assert model.index(0, 1, index).data() == "288"
    model.fill(q35, FOUND)
    model.show_host(INFO)
    assert "disk" not in texts(model)


def test_search_shows_hits_with_what_they_belong_to() -> None:
    model = CapabilityModel()
    model.show_host(INFO)
    model.fill(MachineType("x86_64", "q35", "kvm"), FOUND)
    shown = CapabilityFilter()
    watch_model(shown)
    shown.setSourceModel(model)
    shown.setFilterFixedString("SATA")
    found = texts(shown)
    assert "bus" in found
    assert "q35" in found
    assert "virt" not in found
