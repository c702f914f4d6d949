"""A host whose libvirt speaks Spanish: what it refuses is understood by its numbers and shown in its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import libvirt
import pytest

from tests.helpers.catalogue import SPANISH, write_catalogue
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import definition, lifecycle, storage
from vmgui.hypervisor.errors import door
from vmgui.model.creation import NewVolume
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import (
    AlreadyExists,
    HostUnreachable,
    InvalidState,
    NetworkInactive,
    PoolInactive,
    StorageFailure,
    VmguiError,
)
from vmgui.policy.diagnosis import diagnose

CATALOGUES = "/usr/share/locale"
# libvirt's English.
MESSAGES = {
    "network '%s' is not active": "la red '%s' no está activa",
    "storage pool '%s' is not active": "el grupo de almacenamiento '%s' no se encuentra activo",
    "storage pool '%s' containing volume '%s' is not active": "el grupo '%s', que contiene '%s', no está activo",
    "domain '%s' already exists with uuid %s": "el dominio '%s' ya existe con uuid %s",
    "domain is not running": "el dominio no se está ejecutando",
    "Cannot access storage file '%s'": "No se puede acceder a '%s'",
    "unexpected %s URI path '%s', try %s:///system": "ruta de URI de %s inesperada '%s', intente con %s:///system",
}
DISK = "<disk type='volume' device='disk'><source pool='{pool}' volume='{volume}'/><target dev='vda' bus='virtio'/></disk>"
NETWORK = "<network><name>mi red</name><bridge name='virbr-red'/><ip address='10.199.1.1' netmask='255.255.255.0'/></network>"
MACHINE = "<domain type='qemu'><name>{name}</name><memory>65536</memory><os><type>hvm</type></os><devices>{devices}</devices></domain>"


def speaks_spanish(conn: libvirt.virConnect) -> bool:
    uuid = definition.define(conn, MACHINE.format(name="callada", devices=""))
    return "ejecutando" in refusal(lifecycle.suspend, conn, uuid)[2]


@pytest.fixture
def spanish(host_a: LabHost) -> Iterator[libvirt.virConnect]:
    """A connection to the host, whose daemon speaks Spanish meanwhile. (host-c's glibc looks for no catalogue in
    C.UTF-8, and no locale is installed there.)"""
    host_a.run(["mount", "-t", "tmpfs", "none", CATALOGUES])
    try:
        write_catalogue(host_a.inside(CATALOGUES), MESSAGES)
        host_a.stop_daemon()
        host_a.start_daemon(**SPANISH)
        conn = libvirt.open(host_a.tcp_uri)
        try:
            if not speaks_spanish(conn):
                pytest.skip("this computer's glibc looks for no catalogue of messages in C.UTF-8")
            yield conn
        finally:
            conn.close()
    finally:
        # Anew: as it was before, without what is mounted.
        host_a.restart()


def refusal(call: Callable[..., object], *arguments: Any) -> tuple[type[VmguiError], str, str]:
    """What kind it is, of what, and what the host said."""
    with pytest.raises(VmguiError) as caught, door():
        call(*arguments)
    return type(caught.value), caught.value.subject, caught.value.detail


def test_what_a_spanish_host_refuses(spanish: libvirt.virConnect, host_a: LabHost) -> None:
    conn = spanish
    conn.networkDefineXML(NETWORK)
    rest = (
        f"<pool type='dir'><name>mi grupo</name><target><path>{host_a.images_dir}/rest</path></target></pool>"
    )
    host_a.run(["mkdir", "-p", f"{host_a.images_dir}/rest"])
    pool = conn.storagePoolDefineXML(rest)
    pool.create()
    storage.create_volume(conn, NewVolume("mi grupo", "a.qcow2", 1024 * 1024, "qcow2"))
    pool.destroy()
    network = "<interface type='network'><source network='mi red'/></interface>"
    on_network = definition.define(conn, MACHINE.format(name="red", devices=network))
    in_pool = definition.define(
        conn, MACHINE.format(name="grupo", devices=DISK.format(pool="mi grupo", volume="a.qcow2"))
    )
    gone = "<disk type='file'><source file='/nada/x.raw'/><target dev='vda' bus='virtio'/></disk>"
    on_nothing = definition.define(conn, MACHINE.format(name="nada", devices=gone))

    assert refusal(lifecycle.start, conn, on_network) == (
        NetworkInactive, "mi red", "Requested operation is not valid: la red 'mi red' no está activa",
    )  # fmt: skip
    kind, subject, said = refusal(lifecycle.start, conn, in_pool)
    assert (kind, subject) == (PoolInactive, "mi grupo")
    assert "que contiene 'a.qcow2', no está activo" in said
    new = NewVolume("mi grupo", "b.qcow2", 1024 * 1024, "qcow2")
    kind, subject, said = refusal(storage.create_volume, conn, new)
    assert (kind, subject) == (PoolInactive, "mi grupo")
    assert "no se encuentra activo" in said
    kind, _, said = refusal(definition.define, conn, MACHINE.format(name="red", devices=gone))
    assert kind is AlreadyExists
    assert "ya existe con uuid" in said
    kind, _, said = refusal(lifecycle.start, conn, on_nothing)
    assert kind is StorageFailure
    assert "No se puede acceder a '/nada/x.raw'" in said
    kind, _, said = refusal(lifecycle.suspend, conn, on_nothing)
    assert kind is InvalidState
    assert "no se está ejecutando" in said
    uri = host_a.tcp_uri.replace("/system", "/nada")
    with pytest.raises(HostUnreachable) as caught, door(opening=True):
        libvirt.open(uri)
    assert "ruta de URI" in caught.value.detail
    assert diagnose(caught.value, uri) is Diagnosis.BAD_ADDRESS
