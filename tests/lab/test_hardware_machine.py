"""What forms about the machine itself make of it: a host takes it, says it back, and starts the machine with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation_if_long
from tests.lab.lab_host import LabHost
from vmgui.commands.hardware import boot, firmware, processor, start
from vmgui.commands.hardware.form import MachineForm, Scene, machine_truth, machine_wishes
from vmgui.libvirtxml.capabilities import parse_capabilities, parse_domain_capabilities
from vmgui.libvirtxml.edit import change_device, change_values, read_devices, read_values
from vmgui.model.hardware import ChangeDevice, ChangeMachine, HardwareMachine, HardwareOffer, SetAutostart
from vmgui.model.job import JobState
from vmgui.policy.device import listed, paired
from vmgui.policy.device_values import with_values
from vmgui.services.lifecycle import LifecycleService
from vmgui.words.note import Note

INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
KEY = b"Microsoft"  # its certificates are among the keys of secure boot


def scene_of(host: LabHost, name: str = "web") -> Scene:
    with host.connect() as connection:
        domain = connection.lookupByName(name)
        xml = domain.XMLDesc(INACTIVE)
        values = read_values(xml)
        capabilities = connection.getDomainCapabilities(
            values.emulator, values.arch, values.machine, values.domain_type
        )
        guests = parse_capabilities(connection.getCapabilities()).guests
        machine = HardwareMachine(
            uuid=values.uuid,
            name=values.name,
            devices=listed((), read_devices(xml)),
            saved=values,
            autostart=bool(domain.autostart()),
            capabilities=parse_domain_capabilities(capabilities),
        )
    return Scene(machine, HardwareOffer(guests=guests))


def apply(host: LabHost, form: MachineForm, answers: Mapping[str, Any], name: str = "web") -> list[Note]:
    """As the form wishes it: in one definition. What it says of the answers comes back."""
    scene = scene_of(host, name)
    complete = {**machine_truth(form, scene), **answers}
    notes = [*form.judge(scene, complete)]
    assert not [note for note in notes if note.level.blocks]
    with host.connect() as connection:
        domain = connection.lookupByName(name)
        xml = domain.XMLDesc(INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE)
        for wish in machine_wishes(form, scene, answers):
            match wish:
                case ChangeMachine():
                    before = read_values(xml)
                    xml = change_values(xml, before, with_values(before, wish.values))
                case ChangeDevice():
                    one = next(pair for pair in paired((), read_devices(xml)) if pair.id == wish.id).saved
                    assert one is not None
                    xml = change_device(xml, one.place, one.device, with_values(one.device, wish.values))
                case SetAutostart():
                    domain.setAutostart(wish.on)
                case _:
                    raise AssertionError(wish)
        connection.defineXML(xml)
    now = machine_truth(form, scene_of(host, name))
    assert {key: now[key] for key in answers} == answers
    return notes


def started(host: LabHost, name: str = "web") -> None:
    """It runs, and is off again."""
    with host.connect() as connection:
        domain = connection.lookupByName(name)
        domain.create()
        assert domain.isActive()
        domain.destroy()


async def on(host: LabHost, form: MachineForm, *each: Mapping[str, Any]) -> None:
    """One after the other."""
    for answers in each:
        await asyncio.to_thread(apply, host, form, answers)


async def define(host: LabHost, **fields: Any) -> None:
    await asyncio.to_thread(host.define_tiny, "web", **fields)


@every_generation_if_long
async def test_firmware_and_board(lab_host: LabHost) -> None:
    await define(lab_host)
    for which in ("uefi", "uefi-secure", "bios", "uefi-secure", "uefi"):
        await on(lab_host, firmware.FORM, {"firmware": which})
        await asyncio.to_thread(started, lab_host)
    options = firmware.FORM.knobs[1].offer
    assert options is not None
    others = options(await asyncio.to_thread(scene_of, lab_host))
    same = [one.value for one in others if not one.why_not]
    assert len(same) > 2
    assert all(name.startswith("pc-q35-") for name in same)
    assert [str(one.value).startswith("pc-i440fx-") for one in others if one.why_not] == [True]
    await on(lab_host, firmware.FORM, {"machine": same[2]}, {"clock": "localtime"}, {"firmware": "bios"})
    await asyncio.to_thread(started, lab_host)
    await on(lab_host, firmware.FORM, {"machine": same[0]}, {"clock": "utc"})
    await asyncio.to_thread(started, lab_host)


@every_generation_if_long
async def test_processor(lab_host: LabHost) -> None:
    await define(lab_host, vcpus=1, max_vcpus=4)
    models = processor.FORM.knobs[1].offer
    assert models is not None
    usable = [one.value for one in models(await asyncio.to_thread(scene_of, lab_host)) if not one.why_not]
    assert "Nehalem" in usable
    for group in (
        ({"mode": "maximum"},),
        ({"mode": "custom", "model": "Nehalem"}, {"features": ("disable vmx", "require aes")}),
        ({"model": "qemu64"}, {"mode": "host-model"}),
        (
            {"features": ()},
            {"cores": 2},
            {"sockets": 1, "cores": 4, "threads": 1},
            {"sockets": 1, "cores": 2, "threads": 2, "dies": 1},
        ),
        (
            {"sockets": None, "cores": None, "threads": None, "dies": None},
            {"threads": 2},
            {"cache": "emulate"},
        ),
        ({"cache": "disable"},),
        ({"cache": ""},),
    ):
        await on(lab_host, processor.FORM, *group)
        await asyncio.to_thread(started, lab_host)


@every_generation_if_long
async def test_start_order(lab_host: LabHost) -> None:
    path = await asyncio.to_thread(lab_host.make_disk, "web.qcow2")
    medium = await asyncio.to_thread(lab_host.make_disk, "cd.img", 1, "raw")
    await define(
        lab_host, disks=(Disk(path), Disk(medium, "sda", "raw", bus="sata", device="cdrom", readonly=True))
    )
    truth = machine_truth(boot.FORM, await asyncio.to_thread(scene_of, lab_host))
    assert truth["order"] == ("vda",)  # libvirt writes "hd" where nothing is said
    mac = next(
        one.id for one in (await asyncio.to_thread(scene_of, lab_host)).machine.devices if ":" in one.id
    )
    await on(
        lab_host,
        boot.FORM,
        {"order": ("sda", "vda", mac)},
        {"order": (mac, "vda")},
        {"order": ("vda",)},
        {"menu": "on", "menu_time": 5000},
        {"menu": "off"},
        {"retry": 2000},
        {"menu": ""},
        {"kernel": "", "initrd": "", "kernel_args": ""},
    )
    await asyncio.to_thread(started, lab_host)


@every_generation_if_long
async def test_start_and_events(lab_host: LabHost) -> None:
    await define(lab_host)
    await on(
        lab_host,
        start.FORM,
        {"title": "The web & <b>"},
        {"description": "One\nTwo"},
        {"autostart": True},
        *({"on_crash": word} for word in ("restart", "preserve", "coredump-destroy", "coredump-restart")),
        {"on_reboot": "destroy"},
        {"on_reboot": "restart", "on_poweroff": "restart"},
        {"title": "", "description": "", "autostart": False},
    )
    await asyncio.to_thread(started, lab_host)
    with pytest.raises(AssertionError):
        await on(lab_host, start.FORM, {"on_reboot": "destroy", "on_poweroff": "restart"})


@every_generation_if_long
async def test_new_firmware_variables_bring_the_keys(connected: World, lab_host: LabHost) -> None:
    """Those of the firmware before stay in the file, until it is started with new ones."""
    await define(lab_host)
    await on(lab_host, firmware.FORM, {"firmware": "uefi"})
    await asyncio.to_thread(started, lab_host)
    file = await asyncio.to_thread(variables, lab_host)
    assert KEY not in file.read_bytes()
    await on(lab_host, firmware.FORM, {"firmware": "uefi-secure"})
    await asyncio.to_thread(started, lab_host)
    assert await asyncio.to_thread(variables, lab_host) == file
    assert KEY not in file.read_bytes()
    key = await connected.seen("web")
    lifecycle = LifecycleService(connected.hosts, connected.inventory, connected.jobs)
    job = await connected.jobs.wait(lifecycle.start_new_firmware([key]))
    assert job.state is JobState.DONE, job.error
    assert KEY in file.read_bytes()


def variables(host: LabHost) -> Path:
    """The file that its firmware keeps them in; older hosts say it only of one that runs."""
    with host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.create()
        try:
            running = read_values(domain.XMLDesc(0))
        finally:
            domain.destroy()
    path = running.nvram or running.nvram_file or running.varstore
    assert path
    return host.inside(path)
