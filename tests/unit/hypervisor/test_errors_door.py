"""What libvirt's binding throws beside libvirtError becomes an error of ours at the door."""

from collections.abc import AsyncIterator

import libvirt
import pytest

from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import LONG, SLOW
from vmgui.hypervisor.serial import SerialStream
from vmgui.model.errors import InvalidConfig, LibvirtFailure, VmguiError


@pytest.fixture
async def connection(uri: str) -> AsyncIterator[Connection]:
    connection = Connection(host(uri), Recorder())
    await connection.open()
    yield connection
    await connection.close()


def name_in_latin_1(_conn: libvirt.virConnect) -> str:
    return b"fa\xe7ade.iso".decode()


def too_large(conn: libvirt.virConnect) -> object:
    return conn.lookupByID(2**70)


def number_for_text(conn: libvirt.virConnect) -> object:
    return conn.lookupByName(7)  # type: ignore[arg-type]


def zero_in_text(conn: libvirt.virConnect) -> object:
    return conn.lookupByName("a\0b")


def path_that_is_no_text(conn: libvirt.virConnect) -> object:
    return conn.storageVolLookupByPath("/fa\udce7ade.iso")


def broken_binding(_conn: libvirt.virConnect) -> object:
    raise SystemError("returned NULL without setting an exception")


CALLS = [
    (name_in_latin_1, LibvirtFailure),
    (too_large, InvalidConfig),
    (number_for_text, LibvirtFailure),
    (zero_in_text, InvalidConfig),
    (path_that_is_no_text, InvalidConfig),
    (broken_binding, LibvirtFailure),
]


@pytest.mark.parametrize(("call", "kind"), CALLS)
@pytest.mark.parametrize("way", [{}, {"lane": SLOW}, {"lane": LONG}, {"pool": "default-pool"}])
async def test_of_every_call(connection: Connection, call, kind: type[VmguiError], way: dict) -> None:
    with pytest.raises(kind) as caught:
        await connection.run(call, **way)
    assert caught.value.detail
    assert caught.value.host == "h"


async def test_the_bytes_of_a_name_are_told(connection: Connection) -> None:
    with pytest.raises(LibvirtFailure, match=r"fa\\xe7ade\.iso"):
        await connection.run(name_in_latin_1)


async def test_while_opening(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = Connection(host(uri), Recorder())
    with monkeypatch.context() as patch:
        patch.setattr("vmgui.hypervisor.session.read_host_info", lambda *_, **__: b"\xe7".decode())
        with pytest.raises(LibvirtFailure):
            await connection.open()
    assert not connection.is_open
    await connection.open()
    await connection.close()


async def test_of_a_uri_that_cannot_be_told() -> None:
    connection = Connection(host("test:///fa\udce7ade.xml"), Recorder())
    with pytest.raises(InvalidConfig):
        await connection.open()


async def test_of_a_serial_line(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TypeError("an integer is required")

    monkeypatch.setattr(SerialStream, "_open", fail)
    with pytest.raises(LibvirtFailure):
        await connection.open_serial("0" * 36, lambda _: None, lambda _: None)
