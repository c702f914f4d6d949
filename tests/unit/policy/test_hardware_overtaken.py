"""A wish is about the device that was seen, not about whatever stands under its id by now."""

from __future__ import annotations

from vmgui.libvirtxml.edit import read_devices
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeDevice, HardwareMachine, RemoveDevice
from vmgui.policy.device import listed
from vmgui.policy.hardware_overtaken import overtaken


def machine(live: str | None, saved: str) -> HardwareMachine:
    now, then = (
        read_devices(f"<domain><devices>{xml}</devices></domain>") if xml is not None else ()
        for xml in (live, saved)
    )
    values = DomainValues()
    return HardwareMachine(
        uuid="u",
        name="web",
        is_active=live is not None,
        devices=listed(now, then),
        live=values if live is not None else None,
        saved=values,
    )


def removal(of: HardwareMachine, id_: str) -> RemoveDevice:
    seen = of.device(id_)
    assert seen is not None
    return RemoveDevice(id_, seen)


def change(of: HardwareMachine, id_: str, path: str, to: object) -> ChangeDevice:
    seen = of.device(id_)
    assert seen is not None
    return ChangeDevice(id_, ((path, to),), seen)


def disk(file: str) -> str:
    return f"<disk type='file' device='disk'><source file='{file}'/><target dev='vdb' bus='virtio'/></disk>"


def folder(name: str) -> str:
    return f"<filesystem><source dir='/{name}'/><target dir='{name}'/></filesystem>"


def rng(slot: int, path: str = "/dev/random", more: str = "") -> str:
    place = f"<address type='pci' domain='0x0000' bus='0x00' slot='0x{slot:02x}' function='0x0'/>"
    return f"<rng model='virtio'>{more}<backend model='random'>{path}</backend>{place}</rng>"


def test_another_disk_that_runs_under_the_same_name_is_not_removed() -> None:
    seen = machine(disk("/more"), disk("/more"))
    now = machine(disk("/precious"), disk("/more"))
    assert overtaken(now, [removal(seen, "vdb")]) == ("vdb",)
    # Nor where it was off when it was seen.
    assert overtaken(now, [removal(machine(None, disk("/more")), "vdb")]) == ("vdb",)


def test_one_that_was_started_or_stopped_meanwhile_is_the_same() -> None:
    off, on = machine(None, disk("/more")), machine(disk("/more"), disk("/more"))
    assert overtaken(on, [removal(off, "vdb")]) == ()
    assert overtaken(off, [removal(on, "vdb")]) == ()
    # It runs with what was saved.
    pending = machine(disk("/old"), disk("/more"))
    assert overtaken(on, [removal(pending, "vdb")]) == ()
    tcp = "<serial type='pty'>{}<target type='isa-serial' port='0'/></serial>"
    first, second = (machine(tcp.format(f"<source path='/dev/pts/{at}'/>"), tcp.format("")) for at in (1, 2))
    assert overtaken(second, [removal(first, "serial-0")]) == ()


def test_a_change_is_of_the_device_that_was_seen_though_ids_shift() -> None:
    seen = machine(None, folder("a") + folder("b") + folder("c"))
    now = machine(None, folder("b") + folder("c"))
    assert overtaken(now, [change(seen, "filesystem-1", "read_only", True)]) == ("filesystem-1",)
    displays = machine(None, "<graphics type='vnc'/><graphics type='spice'/>")
    other = machine(None, "<graphics type='spice'/>")
    assert overtaken(other, [change(displays, "graphics-0", "password", "x")]) == ("graphics-0",)
    assert overtaken(seen, [change(seen, "filesystem-1", "read_only", True)]) == ()


def test_of_what_has_no_name_every_other_value_tells_which_it_is() -> None:
    seen = machine(rng(3) + rng(4), rng(3) + rng(4))
    wish = change(seen, "rng-0", "rate_bytes", 1000)
    assert overtaken(seen, [wish]) == ()
    assert overtaken(machine(None, rng(3) + rng(4)), [wish]) == ()
    now = machine(rng(3, "/dev/hwrng") + rng(4), rng(3) + rng(4))
    assert overtaken(now, [wish]) == ("rng-0",)
    now = machine(rng(3) + rng(4), rng(3, "/dev/hwrng") + rng(4))
    assert overtaken(now, [wish]) == ("rng-0",)
    # What is wished for itself is named.
    now = machine(None, rng(3, more="<rate bytes='5'/>") + rng(4))
    assert overtaken(now, [wish]) == ("rng-0: rate_bytes",)
