"""The commonest changes of a running machine, as somebody makes them who cannot look inside: what its host has then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import libvirt
import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.program import PATIENCE_S, Program
from tests.helpers.waiting import eventually_blocking
from tests.lab.domain_xml import Disk
from tests.lab.lab_host import LabHost
from vmgui.libvirtxml.settings import read_settings
from vmgui.model.edit import Setting, SettingKey, Value

MIB, GIB = 1024**2, 1024**3
MAC = "52:54:00:00:00:77"


class Machine:
    """web-01, as its host tells of it."""

    def __init__(self, host: LabHost) -> None:
        self._host = host

    def has(self, setting: Setting, of: str, value: Value, *, live: bool) -> bool:
        with self._host.connect() as connection:
            domain = connection.lookupByName("web-01")
            xml = domain.XMLDesc(0 if live else libvirt.VIR_DOMAIN_XML_INACTIVE)
            if setting is Setting.DISK_BYTES:
                return domain.blockInfo(of)[0] == value
        return read_settings(xml).values[SettingKey(setting, of)] == value

    def wait(self, setting: Setting, value: Value, of: str = "", *, live: bool = True) -> None:
        """Until it has this after the next start, and now, too, unless told otherwise."""
        asked: list[Callable[[], bool]] = [lambda: self.has(setting, of, value, live=False)]
        if live:
            asked.append(lambda: self.has(setting, of, value, live=True))
        for one in asked:
            eventually_blocking(one, PATIENCE_S, interval_s=0.1)


@pytest.fixture
def machine(host_a: LabHost) -> Machine:
    disk = Disk(host_a.make_disk("web-01.qcow2", 64))
    host_a.define_tiny("web-01", start=True, disks=(disk,), mac=MAC, vcpus=1, max_vcpus=4, max_memory_mib=512)
    host_a.wait_agent("web-01")
    return Machine(host_a)


@pytest.fixture
def program(screen: Desktop, host_a: LabHost, machine: Machine) -> Iterator[Program]:
    with screen.program("--connect", host_a.tcp_uri) as one:
        one.wait_row("^web-01, Running")
        one.resize(1280, 1150)  # all that is clicked on is seen without scrolling
        one.select("web-01")
        one.click("Resources", "page tab")
        one.find("Memory", "spin button")
        one.acts.clear()
        yield one


def apply(program: Program) -> None:
    program.click("Apply", "push button")
    program.wait_gone("Apply", "push button")


def test_five_commonest_changes(program: Program, machine: Machine, tmp_path: Path) -> None:
    acts: dict[str, list[str]] = {}

    def done(task: str) -> None:
        acts[task] = list(program.acts)
        program.screenshot(tmp_path / f"{task.replace(' ', '-')}.png")
        program.acts.clear()

    program.fill("Memory", "256", "spin button")
    apply(program)
    machine.wait(Setting.MEMORY_KIB, 256 * 1024)
    done("add memory")

    program.fill("CPUs", "3", "spin button")
    apply(program)
    machine.wait(Setting.VCPUS, 3)
    done("add CPUs")

    program.fill("Size of vda", "1 GiB", "spin button")
    apply(program)
    machine.wait(Setting.DISK_BYTES, GIB, "vda")
    done("grow a disk")

    program.click("Limits of vda (web-01.qcow2)", "check box")
    program.fill("Read limit of vda", "10", "spin button")
    apply(program)
    machine.wait(Setting.READ_BYTES_PER_S, 10_000_000, "vda")
    done("limit a disk")

    program.click("Limits of vda (web-01.qcow2)", "check box")
    program.acts.clear()
    program.click(f"Limits of network card {MAC} (default)", "check box")
    program.fill(f"Incoming limit of {MAC}", "2", "spin button")
    apply(program)
    machine.wait(Setting.IN_AVERAGE_KB_PER_S, 2000, MAC)
    done("limit a card")
    counted = {task: len(made) for task, made in acts.items()}
    assert counted == dict.fromkeys(counted, 3) | {"limit a disk": 4, "limit a card": 4}, acts


def test_more_memory_than_the_maximum_is_one_button_away(program: Program, machine: Machine) -> None:
    program.fill("Memory", "768", "spin button")
    program.wait_text("The maximum is 512 MiB")
    program.click("Raise the maximum to 768 MiB, at the next start", "push button")
    apply(program)
    machine.wait(Setting.MEMORY_MAX_KIB, 768 * 1024, live=False)
    machine.wait(Setting.MEMORY_KIB, 768 * 1024, live=False)
    program.wait_text("after the next start 768 MiB")
