"""Capabilities of a host (formatcaps) and of one machine type (formatdomaincaps)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vmgui.libvirtxml.safe import Element, attribute_of, number_of, parse, size_bytes_of, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.host import DeviceOffer, DomainCapabilities, GuestCapability, NumaCell

MAX_CELLS = 1024
MAX_CPUS = 16384


@dataclass(frozen=True, slots=True)
class HostCapabilities:
    """`<capabilities>`: the host's CPU and the guests it can run; zeros where it does not tell."""

    uuid: str
    arch: str
    cpu_model: str
    cpu_vendor: str
    cpu_features: tuple[str, ...]
    sockets: int
    cores: int
    threads: int
    numa_nodes: int
    guests: tuple[GuestCapability, ...]
    numa_cells: tuple[NumaCell, ...] = ()
    iommu: bool | None = None
    security_models: tuple[str, ...] = ()


def parse_capabilities(xml: str) -> HostCapabilities:
    """What virConnectGetCapabilities says; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "capabilities":
        raise InvalidConfig(f"<capabilities> are expected, not <{root.tag}>")
    cpu = root.find("host/cpu")
    if cpu is None:
        cpu = parse(b"<cpu/>")
    return HostCapabilities(
        uuid=text_of(root, "host/uuid"),
        arch=text_of(cpu, "arch"),
        cpu_model=text_of(cpu, "model"),
        cpu_vendor=text_of(cpu, "vendor"),
        cpu_features=tuple(node.get("name", "") for node in cpu.findall("feature")),
        sockets=number_of(attribute_of(cpu, "topology", "sockets")),
        cores=number_of(attribute_of(cpu, "topology", "cores")),
        threads=number_of(attribute_of(cpu, "topology", "threads")),
        numa_nodes=len(root.findall("host/topology/cells/cell")),
        guests=tuple(guest for node in root.findall("guest") for guest in _guests(node)),
        numa_cells=tuple(_cell(node) for node in root.findall("host/topology/cells/cell")[:MAX_CELLS]),
        iommu={"yes": True, "no": False}.get(attribute_of(root, "host/iommu", "support")),
        security_models=tuple(
            name
            for node in root.findall("host/secmodel")
            if (name := text_of(node, "model")) not in ("", "none")
        ),
    )


def _cell(node: Element) -> NumaCell:
    """The smallest pages are what all memory is made of: only larger ones, if there are any, tell something."""
    pages = [(number_of(page.get("size")), number_of(page.text)) for page in node.findall("pages")]
    smallest = min((size for size, _ in pages), default=0)
    return NumaCell(
        id=number_of(node.get("id")),
        cpus=tuple(number_of(cpu.get("id")) for cpu in node.findall("cpus/cpu")[:MAX_CPUS]),
        memory_kib=size_bytes_of(node.find("memory"), "KiB") // 1024,
        huge_pages=tuple((size, count) for size, count in pages if size > smallest and count),
    )


def _guests(node: Element) -> list[GuestCapability]:
    """One per emulator: a `<domain>` may name an emulator and machines of its own."""
    os_type = text_of(node, "os_type")
    found: list[GuestCapability] = []
    for arch in node.findall("arch"):
        emulator = text_of(arch, "emulator")
        machines = _machines(arch)
        own: dict[str, tuple[list[str], tuple[str, ...]]] = {}
        for domain in arch.findall("domain"):
            its_emulator = text_of(domain, "emulator") or emulator
            its_machines = _machines(domain) or machines
            types, _ = own.setdefault(its_emulator, ([], its_machines))
            types.append(domain.get("type", ""))
        for its_emulator, (types, its_machines) in own.items():
            found.append(
                GuestCapability(
                    arch=arch.get("name", ""),
                    os_type=os_type,
                    emulator=its_emulator,
                    machines=its_machines,
                    domain_types=tuple(types),
                )
            )
    return found


def _machines(node: Element) -> tuple[str, ...]:
    """Names as a person would choose them: aliases (`q35`) stand in the list beside the full names."""
    return tuple(dict.fromkeys((machine.text or "").strip() for machine in node.findall("machine")))


def parse_domain_capabilities(xml: str) -> DomainCapabilities:
    """What virConnectGetDomainCapabilities says; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domainCapabilities":
        raise InvalidConfig(f"<domainCapabilities> are expected, not <{root.tag}>")
    firmwares = _values(root.find("os/enum[@name='firmware']"))
    loader = root.find("os/loader")
    loader_types = _values(_enum(loader, "type"))
    # libvirt lists only firmware it chooses by itself; BIOS is what a machine has without any.
    has_bios = "rom" in loader_types or not firmwares
    return DomainCapabilities(
        arch=text_of(root, "arch"),
        machine=text_of(root, "machine"),
        domain_type=text_of(root, "domain"),
        emulator=text_of(root, "path"),
        max_vcpus=number_of(attribute_of(root, "vcpu", "max")),
        firmwares=tuple(dict.fromkeys((*(("bios",) if has_bios else ()), *firmwares))),
        loader_paths=tuple((node.text or "").strip() for node in root.findall("os/loader/value")),
        secure_boot="yes" in _values(_enum(loader, "secure")),
        cpu_modes=tuple(
            node.get("name", "") for node in root.findall("cpu/mode") if node.get("supported") == "yes"
        ),
        cpu_models=tuple(
            (node.text or "").strip()
            for node in root.findall("cpu/mode[@name='custom']/model")
            if node.get("usable") != "no"
        ),
        disk_buses=_device(root, "disk", "bus"),
        video_models=_device(root, "video", "modelType"),
        graphics_types=_device(root, "graphics", "type"),
        tpm_models=_device(root, "tpm", "model"),
        tpm_backends=_device(root, "tpm", "backendModel"),
        rng=_supported(root, "rng"),
        filesystem=_supported(root, "filesystem"),
        offers=tuple(_offers(root)),
        unusable_cpu_models=tuple(
            (node.text or "").strip()
            for node in root.findall("cpu/mode[@name='custom']/model")
            if node.get("usable") == "no"
        ),
    )


def _offers(root: Element) -> Iterator[DeviceOffer]:
    """Every device and feature it names, also those this program knows nothing about."""
    for group, is_device in (("devices", True), ("features", False)):
        parent = root.find(group)
        for node in parent if parent is not None else ():
            choices = [
                (enum.get("name", ""), values) for enum in node.findall("enum") if (values := _values(enum))
            ]
            # A feature may tell more in elements of its own (sev: cbitpos ...).
            choices += [
                (child.tag, ((child.text or "").strip(),))
                for child in node
                if child.tag != "enum" and not len(child) and (child.text or "").strip()
            ]
            yield DeviceOffer(
                name=node.tag,
                is_device=is_device,
                supported=node.get("supported") == "yes",
                choices=tuple(choices),
            )


def _supported(root: Element, device: str) -> bool:
    return attribute_of(root, f"devices/{device}", "supported") == "yes"


def _device(root: Element, device: str, enum: str) -> tuple[str, ...]:
    node = root.find(f"devices/{device}")
    if node is None or node.get("supported") != "yes":
        return ()
    return _values(_enum(node, enum))


def _enum(node: Element | None, name: str) -> Element | None:
    return node.find(f"enum[@name='{name}']") if node is not None else None


def _values(node: Element | None) -> tuple[str, ...]:
    return tuple((value.text or "").strip() for value in node.findall("value")) if node is not None else ()
