"""Tags and folder, written into machines of the test driver and read back."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import definition
from vmgui.hypervisor.tags import change_tags, read_definitions, read_leases
from vmgui.libvirtxml.tags import NAMESPACE, parse_definition
from vmgui.model.tags import NO_DEFINITION, TagsChange

OFF = "<domain type='test'><name>off</name><memory>65536</memory><os><type>hvm</type></os></domain>"


@pytest.mark.parametrize("running", [True, False])
def test_tags_and_folder_are_kept_in_the_machine(conn: libvirt.virConnect, running: bool) -> None:
    uuid = UUID if running else definition.define(conn, OFF)
    change_tags(conn, uuid, TagsChange(add=("web", "<shop & co>"), folder="Customers/Shop"))
    read = read_definitions(conn, (uuid,))[uuid]
    assert read is not None
    assert (read.tags, read.folder) == (("web", "<shop & co>"), "Customers/Shop")
    change_tags(conn, uuid, TagsChange(remove=("web",)))
    read = read_definitions(conn, (uuid,))[uuid]
    assert read is not None
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
    read = read_definitions(conn, (UUID,))[UUID]
    assert read is not None
    assert read.tags == ("theirs", "ours")
    # What it will have at its next start is not what they changed.
    inactive = parse_definition(conn.lookupByUUIDString(UUID).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    assert inactive.tags == ("mine", "ours")


def test_as_many_are_read_as_time_allows(conn: libvirt.virConnect) -> None:
    uuids = tuple(definition.define(conn, OFF.replace(">off<", f">off{number}<")) for number in range(5))
    assert len(read_definitions(conn, uuids, budget_s=0.0)) == 1
    assert read_definitions(conn, uuids, budget_s=10.0) == dict.fromkeys(uuids, NO_DEFINITION)


def test_a_machine_that_is_gone(conn: libvirt.virConnect) -> None:
    gone = "00000000-0000-0000-0000-000000000000"
    assert read_definitions(conn, (gone, UUID))[gone] is None


def test_a_host_that_lends_no_addresses(conn: libvirt.virConnect, no_handles: None) -> None:
    assert read_leases(conn) == {}
