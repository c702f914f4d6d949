"""The changes that a running machine needs most often, counted: no more clicks, keys and typed texts than in
virt-manager 4.1, where it can do them at all; and its host and guest have what was asked for.

Each task begins as in virt-manager's list of machines: nothing of the machine is open.
"""

from __future__ import annotations

import libvirt
import pytest
from lxml import etree

from tests.e2e.counter import Counter, Task
from tests.e2e.desktop import Desktop
from tests.e2e.program import PATIENCE_S, Program
from tests.helpers.waiting import eventually_blocking
from tests.lab.domain_xml import Disk
from tests.lab.editing import in_guest
from tests.lab.installer_cd import ipxe_cd
from tests.lab.lab_host import LabHost

MAC = "52:54:00:00:00:77"
MIB = 1024**2
_DETAILS = ("double click on the machine", "Show virtual hardware details")
INSERT = Task("insert a CD", (*_DETAILS, "SCSI CDROM 1", "Source path", "type the path", "Apply"))
ADD_MEMORY = Task(
    "add memory", (*_DETAILS, "Memory", "double click on the allocation", "type the size", "Apply")
)
ADD_CPUS = Task("add CPUs", None, "changes of a running machine apply after its next shutdown")
GROW = Task("grow a disk", None, "it cannot resize any image")
LIMIT = Task("limit what a network card sends", None, "it has no such setting but in the XML")
UNDO = Task("undo the last change", None, "it keeps nothing of what was before")


class Machine:
    """web-01, as its host and its guest tell of it."""

    def __init__(self, host: LabHost) -> None:
        self.host = host

    def wait_xml(self, xpath: str, value: str, *, live: bool = True) -> None:
        """Until the XML says so: after the next start, and now, too, unless told otherwise."""
        flags = [libvirt.VIR_DOMAIN_XML_INACTIVE, *([0] if live else [])]

        def is_so() -> bool:
            with self.host.connect() as connection:
                domain = connection.lookupByName("web-01")
                return all(
                    etree.fromstring(domain.XMLDesc(flag)).xpath(f"string({xpath})") == value
                    for flag in flags
                )

        eventually_blocking(is_so, PATIENCE_S, interval_s=0.1)

    def wait_guest(self, script: str, value: str) -> None:
        """Until a shell inside says so."""
        eventually_blocking(
            lambda: in_guest(self.host, script, "web-01") == value, PATIENCE_S, interval_s=0.2
        )


@pytest.fixture
def machine(host_a: LabHost) -> Machine:
    cd_drive = "<disk type='file' device='cdrom'><target dev='sda' bus='scsi'/><readonly/></disk>"
    host_a.define_tiny("other", start=False)
    host_a.define_tiny(
        "web-01",
        start=True,
        disks=(Disk(host_a.make_disk("web-01.qcow2", 64)),),
        mac=MAC,
        vcpus=1,
        max_vcpus=4,
        max_memory_mib=512,
        devices=(cd_drive, "<controller type='scsi' model='virtio-scsi'/>"),
    )
    host_a.wait_agent("web-01")
    return Machine(host_a)


def leave(program: Program) -> None:
    """Another machine's overview is shown."""
    program.select("other")
    program.click("Overview", "page tab")
    program.find("other", "label")


def overwrite(program: Program, label: str, text: str) -> None:
    """A double click on a number chooses all of it."""
    program.click(label, "spin button", times=2)
    program.wait_focus(label, "spin button")
    program.type(text)


def apply(program: Program) -> None:
    program.wait_enabled("Apply", "push button")
    program.click("Apply", "push button")
    program.wait_gone("Apply", "push button")


def test_no_change_takes_more_than_in_virt_manager(
    screen: Desktop, host_a: LabHost, machine: Machine
) -> None:
    with screen.program("--connect", host_a.tcp_uri) as program:
        program.wait_row("^web-01, Running")
        program.maximize()
        counter = Counter(program)

        leave(program)
        counter.begin()
        program.select("web-01")
        program.key("ctrl+alt+m")
        program.find("Insert a medium into web-01", "dialog", starts=True)
        program.wait_focus("File on the host")
        program.type(str(ipxe_cd()))
        program.wait_enabled("Insert", "push button")
        program.key("Return")
        machine.wait_xml("//disk[target/@dev='sda']/source/@file", str(ipxe_cd()))
        counter.done(INSERT)
        machine.wait_guest("blockdev --getsize64 /dev/sr0", str(ipxe_cd().stat().st_size // 2048 * 2048))

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Resources", "page tab")
        overwrite(program, "Memory", "256")
        apply(program)
        machine.wait_xml("currentMemory", str(256 * 1024))
        counter.done(ADD_MEMORY)
        machine.wait_guest("test $(awk '/MemTotal/ {print $2}' /proc/meminfo) -gt 150000; echo $?", "0")

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Resources", "page tab")
        overwrite(program, "CPUs", "3")
        apply(program)
        machine.wait_xml("vcpu/@current", "3")
        counter.done(ADD_CPUS)
        machine.wait_guest("nproc", "3")

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Resources", "page tab")
        overwrite(program, "Size of vda", "1 GiB")
        apply(program)
        counter.done(GROW)
        machine.wait_guest("blockdev --getsize64 /dev/vda", str(1024 * MIB))

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Resources", "page tab")
        program.click(f"Limits of network card {MAC} (default)", "check box")
        overwrite(program, f"Outgoing limit of {MAC}", "2")
        apply(program)
        machine.wait_xml("//interface/bandwidth/outbound/@average", "2000")
        counter.done(LIMIT)

        leave(program)
        counter.begin()
        program.select("web-01")
        program.key("ctrl+z")
        program.find("Undo the last change of web-01?", "dialog", starts=True)
        program.click("Undo", "push button")
        machine.wait_xml("//interface/bandwidth/outbound/@average", "", live=False)
        counter.done(UNDO)
        counter.check()


def test_memory_is_changed_with_the_keyboard(screen: Desktop, host_a: LabHost, machine: Machine) -> None:
    with screen.program("--connect", host_a.tcp_uri) as program:
        program.wait_row("^web-01, Running")
        program.maximize()
        program.select("web-01")
        program.click("Resources", "page tab")
        program.find("Memory", "spin button")
        tab_to(program, "Memory", "spin button")
        program.type("256")
        program.wait_enabled("Apply", "push button")
        program.key("ctrl+s")
        machine.wait_xml("currentMemory", str(256 * 1024))
        program.wait_gone("Apply", "push button")
        # The keyboard stays where the next number is typed.
        program.wait_focus("Memory", "spin button")
        program.key("ctrl+a")
        program.type("205")
        program.wait_enabled("Apply", "push button")
        program.key("ctrl+s")
        machine.wait_xml("currentMemory", str(205 * 1024))


def tab_to(program: Program, name: str, role: str, most: int = 30) -> None:
    """Tab by Tab, as one comes there without a pointer."""
    for _ in range(most):
        if "focused" in program.find(name, role)["states"]:
            return
        program.key("Tab")
    raise AssertionError(f"Tab does not lead to {name!r} in {most} times\n{program.outline()}")
