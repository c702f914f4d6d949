"""Rows of the list: states, sizes, flags, and how few calls they cost."""

from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import definition, domains, lifecycle
from vmgui.hypervisor.domains import PROBE_NAME_PREFIX
from vmgui.libvirtxml.domain import parse_domain
from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.errors import NotFound


def machine(name: str, *, memory_mib: int = 64, vcpu: str = "<vcpu>1</vcpu>") -> str:
    return f"""<domain type='test'><name>{name}</name><memory unit='MiB'>{memory_mib}</memory>
        {vcpu}<os><type>hvm</type></os></domain>"""


def rows(conn: libvirt.virConnect) -> dict[str, Domain]:
    return {row.name: row for row in domains.list_domains(conn, "h")}


def test_one_row(conn: libvirt.virConnect) -> None:
    assert domains.list_domains(conn, "h") == (
        Domain(
            key=DomainKey("h", UUID),
            name="test",
            state=DomainState.RUNNING,
            persistent=True,
            vcpus=2,
            vcpus_max=2,
            memory_kib=2097152,
            memory_max_kib=8388608,
        ),
    )
    assert domains.read_domain(conn, "h", UUID) == rows(conn)["test"]


def test_every_state(conn: libvirt.virConnect) -> None:
    uuids = {name: definition.define(conn, machine(name)) for name in ("off", "paused", "saved", "boot")}
    transient = conn.createXML(machine("gone soon")).UUIDString()
    for name in ("paused", "saved"):
        lifecycle.start(conn, uuids[name])
    lifecycle.suspend(conn, uuids["paused"])
    lifecycle.managed_save(conn, uuids["saved"])
    definition.set_autostart(conn, uuids["boot"], True)

    found = rows(conn)
    assert {name: row.state for name, row in found.items()} == {
        "test": DomainState.RUNNING,
        "off": DomainState.OFF,
        "paused": DomainState.PAUSED,
        "saved": DomainState.SAVED,
        "boot": DomainState.OFF,
        "gone soon": DomainState.RUNNING,
    }
    assert found["paused"].reason is PauseReason.USER
    assert [name for name, row in found.items() if row.autostart] == ["boot"]
    assert [name for name, row in found.items() if not row.persistent] == ["gone soon"]
    for row in found.values():
        assert domains.read_domain(conn, "h", row.key.uuid) == row

    lifecycle.managed_save_remove(conn, uuids["saved"])
    lifecycle.destroy(conn, transient)
    found = rows(conn)
    assert found["saved"].state is DomainState.OFF
    assert "gone soon" not in found


class CountingConnection:
    """Counts what would go over the wire."""

    def __init__(self, conn: libvirt.virConnect) -> None:
        self._conn = conn
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        self.calls += 1
        return getattr(self._conn, name)


def test_the_list_costs_the_same_however_long_it_is(tmp_path: Path) -> None:
    machines = "".join(machine(f"m{number}") for number in range(500))
    file = tmp_path / "node.xml"
    file.write_text(f"<node>{machines}</node>")
    conn = libvirt.open(f"test://{file}")
    counting = CountingConnection(conn)
    assert len(domains.list_domains(counting, "h")) == 500  # type: ignore[arg-type]
    assert counting.calls <= 5
    assert conn.close() == 0


def test_thousands_are_converted_some_at_a_time(
    conn: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        definition.define(conn, machine(f"m{number}"))
    expected = set(domains.list_domains(conn, "h"))
    asked: list[int] = []

    class Watched(CountingConnection):
        def domainListGetStats(self, some: list[libvirt.virDomain], *args: int) -> object:
            asked.append(len(some))
            return self._conn.domainListGetStats(some, *args)

    monkeypatch.setattr(domains, "LISTED_AT_ONCE", 3)
    assert set(domains.list_domains(Watched(conn), "h")) == expected  # type: ignore[arg-type]
    assert asked == [3, 3, 1]

    class Old(CountingConnection):
        def domainListGetStats(self, *_args: object) -> object:
            error = libvirt.libvirtError("virDomainListGetStats() failed")
            error.err = (libvirt.VIR_ERR_NO_SUPPORT, 0, "no", 2, "", "", "", 0, 0)
            raise error

    assert set(domains.list_domains(Old(conn), "h")) == expected  # type: ignore[arg-type]


def test_a_driver_without_any_statistics(conn: libvirt.virConnect) -> None:
    class Plain(CountingConnection):
        def getAllDomainStats(self, *_args: object) -> object:
            error = libvirt.libvirtError("virConnectGetAllDomainStats() failed")
            error.err = (libvirt.VIR_ERR_NO_SUPPORT, 0, "no", 2, "", "", "", 0, 0)
            raise error

    expected = domains.list_domains(conn, "h")
    assert domains.list_domains(Plain(conn), "h") == expected  # type: ignore[arg-type]


def test_what_is_not_there(conn: libvirt.virConnect) -> None:
    assert domains.read_domain(conn, "h", "00000000-0000-0000-0000-000000000001") is None


def test_throw_away_machines_are_not_shown(conn: libvirt.virConnect) -> None:
    uuid = conn.createXML(machine(PROBE_NAME_PREFIX + "0123abcd")).UUIDString()
    assert set(rows(conn)) == {"test"}
    assert domains.read_domain(conn, "h", uuid) is None
    lifecycle.destroy(conn, uuid)


def test_sizes_with_headroom(conn: libvirt.virConnect) -> None:
    definition.define(conn, machine("big", memory_mib=2048, vcpu="<vcpu current='2'>8</vcpu>"))
    row = rows(conn)["big"]
    assert (row.vcpus, row.memory_max_kib) == (2, 2 * 1024 * 1024)


def test_xml(conn: libvirt.virConnect) -> None:
    assert parse_domain(domains.read_xml(conn, UUID)).name == "test"
    assert parse_domain(domains.read_xml(conn, UUID, inactive=True)).name == "test"


def test_asking_for_what_is_gone(conn: libvirt.virConnect) -> None:
    with pytest.raises(libvirt.libvirtError) as caught:
        domains.read_xml(conn, "00000000-0000-0000-0000-000000000001")
    from vmgui.hypervisor.errors import from_libvirt

    assert isinstance(from_libvirt(caught.value), NotFound)


@pytest.mark.parametrize(
    ("name", "is_persistent", "is_one"),
    [
        ("vmgui-kvm-probe-0123abcd", False, True),
        ("vmgui-kvm-probe-0123abcd", True, False),
        ("vmgui-kvm-probe-", False, False),
        ("vmgui-kvm-probe-of-mine", False, False),
        ("vmgui-kvm-probe-0123abcd-2", False, False),
    ],
)
def test_a_persons_machine_may_be_called_like_a_probe(name: str, is_persistent: bool, is_one: bool) -> None:
    assert domains.is_probe(name, is_persistent=is_persistent) is is_one


def test_a_machine_called_like_a_probe_is_listed(conn: libvirt.virConnect) -> None:
    xml = "<domain type='test'><name>vmgui-kvm-probe-0123abcd</name><memory>1024</memory><os><type>hvm</type></os></domain>"
    uuid = conn.defineXML(xml).UUIDString()
    assert "vmgui-kvm-probe-0123abcd" in {row.name for row in domains.list_domains(conn, "h")}
    found = domains.read_domain(conn, "h", uuid)
    assert found is not None
    conn.lookupByUUIDString(uuid).undefine()
