"""Definitions of machines of the test driver, read a few at a time, and one live and saved."""

from __future__ import annotations

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import definition
from vmgui.hypervisor.definitions import NoEntry, read_definitions, read_live_and_saved
from vmgui.model.definition import NO_DEFINITION
from vmgui.model.errors import InvalidConfig

OFF = "<domain type='test'><name>off</name><memory>65536</memory><os><type>hvm</type></os></domain>"


def test_as_many_are_read_as_time_allows(conn: libvirt.virConnect) -> None:
    uuids = tuple(definition.define(conn, OFF.replace(">off<", f">off{number}<")) for number in range(5))
    assert len(read_definitions(conn, uuids, budget_s=0.0)) == 1
    found = read_definitions(conn, uuids, budget_s=10.0)
    assert list(found) == list(uuids)
    # One object for all that say nothing: lists pass those over by it.
    assert all(not isinstance(entry, NoEntry) and entry[0] is NO_DEFINITION for entry in found.values())


def test_a_machine_that_is_gone(conn: libvirt.virConnect) -> None:
    gone = "00000000-0000-0000-0000-000000000000"
    assert read_definitions(conn, (gone, UUID))[gone] is NoEntry.GONE


@pytest.mark.parametrize("code", [libvirt.VIR_ERR_ACCESS_DENIED, libvirt.VIR_ERR_INTERNAL_ERROR])
def test_a_machine_whose_xml_is_refused(code: int) -> None:
    class Refusing:
        def lookupByUUIDString(self, _uuid: str) -> object:
            error = libvirt.libvirtError("virDomainGetXMLDesc() failed")
            error.err = (code, libvirt.VIR_FROM_QEMU, "no", 2, "", "", "", 0, 0)
            raise error

    assert read_definitions(Refusing(), (UUID,))[UUID] is NoEntry.REFUSED  # type: ignore[arg-type]


def test_a_machine_whose_xml_is_not_understood(
    conn: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_understood(_xml: str) -> object:
        raise InvalidConfig("too large")

    monkeypatch.setattr("vmgui.hypervisor.definitions.parse_definition", not_understood)
    assert read_definitions(conn, (UUID,))[UUID] is NoEntry.REFUSED


def test_live_and_saved(conn: libvirt.virConnect) -> None:
    machine = conn.lookupByUUIDString(UUID)
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_TITLE, "Later", None, None, libvirt.VIR_DOMAIN_AFFECT_CONFIG
    )
    live, saved = read_live_and_saved(conn, UUID, is_persistent=True)
    assert live is not None
    assert saved is not None
    assert (live.is_live, saved.is_live) == (True, False)
    assert (live.config.title, saved.config.title) == ("", "Later")
    off = definition.define(conn, OFF)
    live, saved = read_live_and_saved(conn, off, is_persistent=True)
    assert (live, saved is not None) == (None, True)
    passing = conn.createXML(OFF.replace(">off<", ">passing<")).UUIDString()
    live, saved = read_live_and_saved(conn, passing, is_persistent=False)
    assert (live is not None, saved) == (True, None)
