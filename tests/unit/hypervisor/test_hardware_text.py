"""A device of the test driver's machine as a text."""

import libvirt

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.hardware_text import device_text

MAC = "aa:bb:cc:dd:ee:ff"


def test_a_device_is_told_alone_now_and_after_the_next_start(conn: libvirt.virConnect) -> None:
    domain = conn.lookupByUUIDString(UUID)
    saved = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    conn.defineXML(saved.replace("<source network='default'", "<source network='other'"))
    now, then = device_text(conn, UUID, MAC)
    lines = now.splitlines()
    assert (lines[0].partition(" ")[0], lines[-1]) == ("<interface", "</interface>")
    assert (MAC in now, MAC in then) == (True, True)
    assert ("default" in now, "other" in now, "other" in then) == (True, False, True)
    assert "<disk" not in now + then


def test_of_a_device_that_is_not_there_nothing_is_told(conn: libvirt.virConnect) -> None:
    assert device_text(conn, UUID, "vdz") == ("", "")
