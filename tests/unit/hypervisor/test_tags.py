"""Tags and folder, written into machines of the test driver and read back."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.definitions import read_definitions
from vmgui.hypervisor.tags import change_tags, unless_protected
from vmgui.libvirtxml.definition import parse_definition
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.definition import Definition
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import TagsChange
from vmgui.policy.lifecycle import ActionRefused, Refusal

OFF = "<domain type='test'><name>off</name><memory>65536</memory><os><type>hvm</type></os></domain>"


@pytest.mark.parametrize("running", [True, False])
def test_tags_and_folder_are_kept_in_the_machine(conn: libvirt.virConnect, running: bool) -> None:
    uuid = UUID if running else definition.define(conn, OFF)
    change_tags(conn, uuid, TagsChange(add=("web", "<shop & co>"), folder="Customers/Shop"))
    read = _read(conn, uuid)
    assert (read.tags, read.folder) == (("web", "<shop & co>"), "Customers/Shop")
    change_tags(conn, uuid, TagsChange(remove=("web",)))
    read = _read(conn, uuid)
    assert (read.tags, read.folder) == (("<shop & co>",), "Customers/Shop")
    change_tags(conn, uuid, TagsChange(remove=("<shop & co>",), folder=""))
    assert NAMESPACE not in conn.lookupByUUIDString(uuid).XMLDesc()
    change_tags(conn, uuid, TagsChange(remove=("web",)))


def test_what_a_colleague_added_meanwhile_stays(conn: libvirt.virConnect) -> None:
    change_tags(conn, UUID, TagsChange(add=("mine",)))
    conn.lookupByUUIDString(UUID).setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<traits><tag>theirs</tag></traits>", "vmgui", NAMESPACE, 0
    )
    change_tags(conn, UUID, TagsChange(add=("ours",)))
    read = _read(conn, UUID)
    assert read.tags == ("theirs", "ours")
    # What it will have at its next start is not what they changed.
    inactive = parse_definition(conn.lookupByUUIDString(UUID).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))[0]
    assert inactive.tags == ("mine", "ours")


@pytest.mark.parametrize("running", [True, False])
def test_protection_is_kept_in_the_machine_beside_what_others_keep_there(
    conn: libvirt.virConnect, running: bool
) -> None:
    uuid = UUID if running else definition.define(conn, OFF)
    machine = conn.lookupByUUIDString(uuid)
    flags = libvirt.VIR_DOMAIN_AFFECT_CONFIG | (libvirt.VIR_DOMAIN_AFFECT_LIVE if running else 0)
    xml = "<traits><later a='1'><inner/></later><o:x xmlns:o='urn:other'/><tag>web</tag></traits>"
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, xml, "vmgui", NAMESPACE, flags)
    change_tags(conn, uuid, TagsChange(is_protected=True))
    change_tags(conn, uuid, TagsChange(add=("db",)))
    for place in (0, libvirt.VIR_DOMAIN_XML_INACTIVE):
        found = parse_definition(machine.XMLDesc(place))[0]
        assert (found.tags, found.is_protected) == (("web", "db"), True)
        assert "<vmgui:inner/>" in machine.XMLDesc(place)
        assert "urn:other" in machine.XMLDesc(place)
    change_tags(conn, uuid, TagsChange(is_protected=False))
    change_tags(conn, uuid, TagsChange(remove=("web", "db")))
    assert "<vmgui:inner/>" in machine.XMLDesc()
    assert not parse_definition(machine.XMLDesc())[0].is_protected


def test_a_transient_machine_can_be_protected(conn: libvirt.virConnect) -> None:
    uuid = conn.createXML(OFF).UUIDString()
    change_tags(conn, uuid, TagsChange(is_protected=True))
    with pytest.raises(ActionRefused):
        unless_protected(lifecycle.destroy)(conn, uuid)
    assert conn.lookupByUUIDString(uuid).isActive()


@pytest.mark.parametrize("place", [libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG])
def test_protected_in_one_place_is_protected(conn: libvirt.virConnect, place: int) -> None:
    conn.lookupByUUIDString(UUID).setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<traits><protected/></traits>", "vmgui", NAMESPACE, place
    )
    with pytest.raises(ActionRefused) as refused:
        unless_protected(lifecycle.destroy)(conn, UUID)
    assert (refused.value.refusal, refused.value.subject) == (Refusal.PROTECTED, "test")
    change_tags(conn, UUID, TagsChange(is_protected=False))
    unless_protected(lifecycle.destroy)(conn, UUID)
    assert not conn.lookupByUUIDString(UUID).isActive()


def test_what_cannot_be_read_is_not_taken_for_unprotected(conn: libvirt.virConnect) -> None:
    machine = conn.lookupByUUIDString(UUID)
    deep = f"<traits>{'<a>' * 100}{'x' * 300_000}{'</a>' * 100}</traits>"
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, deep, "vmgui", NAMESPACE, 0)
    with pytest.raises(InvalidConfig):
        unless_protected(lifecycle.destroy)(conn, UUID)
    assert machine.isActive()
    # The way out: who says that it is not protected is believed, and what nobody can read is replaced.
    change_tags(conn, UUID, TagsChange(is_protected=False))
    unless_protected(lifecycle.destroy)(conn, UUID)
    assert not machine.isActive()


def test_one_that_is_gone_is_told_as_such(conn: libvirt.virConnect) -> None:
    with pytest.raises(libvirt.libvirtError, match="not found"):
        unless_protected(lifecycle.destroy)(conn, "00000000-0000-0000-0000-000000000000")


def _read(conn: libvirt.virConnect, uuid: str) -> Definition:
    entry = read_definitions(conn, (uuid,))[uuid]
    assert entry is not None
    return entry[0]
