"""Define, change, forget."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.domains import read_domain, read_xml
from vmgui.hypervisor.errors import from_libvirt
from vmgui.libvirtxml.domain import parse_domain
from vmgui.model.errors import InvalidConfig, InvalidState

XML = "<domain type='test'><name>{}</name><memory>65536</memory><os><type>hvm</type></os></domain>"


def test_define_and_undefine(conn: libvirt.virConnect) -> None:
    uuid = definition.define(conn, XML.format("new ñ"))
    row = read_domain(conn, "h", uuid)
    assert row is not None
    assert row.name == "new ñ"
    definition.undefine(conn, uuid, nvram=True, managed_save=True, snapshots=True, checkpoints=True, tpm=True)
    assert read_domain(conn, "h", uuid) is None


def test_undefine_takes_nothing_it_was_not_told_to(conn: libvirt.virConnect) -> None:
    uuid = definition.define(conn, XML.format("saved"))
    lifecycle.start(conn, uuid)
    lifecycle.managed_save(conn, uuid)
    with pytest.raises(libvirt.libvirtError) as caught:
        definition.undefine(conn, uuid)
    assert isinstance(from_libvirt(caught.value), InvalidState)
    assert read_domain(conn, "h", uuid) is not None
    definition.undefine(conn, uuid, managed_save=True)
    assert read_domain(conn, "h", uuid) is None


@pytest.mark.parametrize("xml", ["", "<domain/>", "<pool/>", "not xml", XML.format("a") + "<x/>"])
def test_bad_xml_is_refused(conn: libvirt.virConnect, xml: str) -> None:
    with pytest.raises(libvirt.libvirtError) as caught:
        definition.define(conn, xml)
    assert isinstance(from_libvirt(caught.value), InvalidConfig)


def test_rename_of_a_machine_that_is_off(conn: libvirt.virConnect) -> None:
    uuid = definition.define(conn, XML.format("before"))
    definition.rename(conn, uuid, "after")
    row = read_domain(conn, "h", uuid)
    assert row is not None
    assert row.name == "after"
    with pytest.raises(libvirt.libvirtError) as caught:
        definition.rename(conn, UUID, "running")
    assert isinstance(from_libvirt(caught.value), InvalidState)


def test_notes(conn: libvirt.virConnect) -> None:
    definition.set_description(conn, UUID, "Zeile\n<b>&amp;")
    assert parse_domain(read_xml(conn, UUID)).description == "Zeile\n<b>&amp;"
    definition.set_description(conn, UUID, "")
    assert parse_domain(read_xml(conn, UUID)).description == ""


def test_autostart(conn: libvirt.virConnect) -> None:
    definition.set_autostart(conn, UUID, True)
    row = read_domain(conn, "h", UUID)
    assert row is not None
    assert row.autostart
