"""The changes of hardware that are needed most often, counted: no more clicks, keys and typed texts than in
virt-manager 4.1; and the machine's host has what was asked for.

Each task begins as in virt-manager's list of machines: nothing of the machine is open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libvirt
import pytest
from lxml import etree

from tests.e2e.counter import Counter, Task
from tests.e2e.desktop import Desktop
from tests.e2e.program import PATIENCE_S, Program
from tests.helpers.waiting import eventually_blocking
from tests.lab.domain_xml import Disk
from tests.lab.lab_host import LabHost

MAC = "52:54:00:00:00:77"
_DETAILS = ("double click on the machine", "Show virtual hardware details")
# Storage is what its dialog suggests.
ADD_DISK = Task("add a disk", (*_DETAILS, "Add Hardware", "Finish"))
CHANGE_NETWORK = Task("change the network", (*_DETAILS, "NIC :00:00:77", "Network source", "lan", "Apply"))
REMOVE = Task("remove a disk", (*_DETAILS, "VirtIO Disk 2", "Remove", "Yes"))


class Machine:
    """web-01, as its host tells of it."""

    def __init__(self, host: LabHost) -> None:
        self.host = host

    def wait(self, is_so: Callable[[Any], bool]) -> None:
        """Until it is so of what the machine is now and of what it will be."""

        def holds() -> bool:
            with self.host.connect() as connection:
                domain = connection.lookupByName("web-01")
                texts = [domain.XMLDesc(flag) for flag in (0, libvirt.VIR_DOMAIN_XML_INACTIVE)]
            return all(is_so(etree.fromstring(text)) for text in texts)

        eventually_blocking(holds, PATIENCE_S, interval_s=0.1)

    def wait_disks(self, *targets: str) -> None:
        self.wait(lambda xml: xml.xpath("//disk/target/@dev") == list(targets))


@pytest.fixture
def machine(host_a: LabHost) -> Machine:
    host_a.define_tiny("other", start=False)
    disk = Disk(host_a.make_disk("web-01.qcow2", 64))
    # Without a free port a disk is added at the next start only.
    ports = ("<controller type='pci' model='pcie-root-port'/>",) * 2
    host_a.define_tiny("web-01", start=True, disks=(disk,), mac=MAC, devices=ports)
    with host_a.connect() as connection:
        connection.networkDefineXML("<network><name>lan</name><bridge name='lan0'/></network>").create()
    host_a.wait_agent("web-01")
    return Machine(host_a)


def leave(program: Program) -> None:
    """Another machine's overview is shown."""
    program.select("other")
    program.click("Overview", "page tab")
    program.find("other", "label")


def test_no_change_of_hardware_takes_more_than_in_virt_manager(
    screen: Desktop, host_a: LabHost, machine: Machine
) -> None:
    with screen.program("--connect", host_a.tcp_uri) as program:
        program.wait_row("^web-01, Running")
        program.maximize()
        counter = Counter(program)

        leave(program)
        counter.begin()
        program.select("web-01")
        program.key("ctrl+alt+g")
        program.wait_focus("Disk", "menu item")
        program.key("Return")
        program.wait_enabled("Add", "push button")
        program.click("Add", "push button")
        machine.wait_disks("vda", "vdb")
        counter.done(ADD_DISK)

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Hardware", "page tab")
        program.click("Network card", "list item", starts=True)
        program.choose("Connected to", "Network lan", starts=True)
        program.wait_enabled("Apply", "push button")
        program.click("Apply", "push button")
        machine.wait(lambda xml: xml.xpath("string(//interface/source/@network)") == "lan")
        counter.done(CHANGE_NETWORK)

        leave(program)
        counter.begin()
        program.select("web-01")
        program.click("Hardware", "page tab")
        program.click("Disk vdb", "list item", starts=True)
        program.wait_enabled("Remove", "push button")
        program.click("Remove", "push button")
        program.find("Remove", "dialog", starts=True)
        program.wait_text("stays")
        # The question's, not the tab's of the same name, which is behind it.
        program.click_at(program.all("push button", "Remove")[-1])
        machine.wait_disks("vda")
        counter.done(REMOVE)
        program.wait_gone("Disk vdb", "list item", starts=True)
        counter.check()
