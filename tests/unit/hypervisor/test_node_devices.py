"""A host's devices, on libvirt's test driver."""

from __future__ import annotations

import libvirt
import pytest

from vmgui.hypervisor import node_devices
from vmgui.hypervisor.node_devices import list_node_devices, read_node_devices
from vmgui.model.errors import InvalidConfig


def test_all_and_those_asked_for() -> None:
    conn = libvirt.open("test:///default")
    devices = {device.name: device for device in list_node_devices(conn)}
    assert devices["computer"].kind == "system"
    assert devices["scsi_host1"].parent == "computer"
    assert read_node_devices(conn, ["scsi_host1", "none"]) == {
        "scsi_host1": devices["scsi_host1"],
        "none": None,
    }
    conn.close()


def test_one_that_is_not_understood_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = node_devices.parse_node_device

    def parse(xml: str) -> object:
        if "<name>scsi_host1</name>" in xml:
            raise InvalidConfig("odd")
        return real(xml)

    conn = libvirt.open("test:///default")
    monkeypatch.setattr(node_devices, "parse_node_device", parse)
    names = {device.name for device in list_node_devices(conn)}
    assert "scsi_host1" not in names
    assert "computer" in names
    conn.close()
