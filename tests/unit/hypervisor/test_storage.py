"""Pools and volumes of the test driver; what it cannot do (upload) is in tests/lab."""

import libvirt
import pytest

from vmgui.hypervisor import storage
from vmgui.hypervisor.errors import from_libvirt
from vmgui.model.creation import NewVolume
from vmgui.model.errors import AlreadyExists, NotFound

GIB = 1024**3


def test_pools(conn: libvirt.virConnect) -> None:
    (pool,) = storage.list_pools(conn)
    assert (pool.name, pool.kind, pool.active, pool.target_path) == (
        "default-pool",
        "dir",
        True,
        "/default-pool",
    )
    assert pool.available_bytes == 100 * GIB
    storage.refresh_pool(conn, "default-pool")


def test_the_life_of_a_volume(conn: libvirt.virConnect) -> None:
    made = storage.create_volume(conn, NewVolume("default-pool", "a <b>.img", 5 * GIB, "raw"))
    assert (made.name, made.capacity_bytes, made.pool) == ("a <b>.img", 5 * GIB, "default-pool")
    assert storage.list_volumes(conn, "default-pool") == (made,)
    assert storage.find_volume(conn, made.path) == made
    storage.delete_volume(conn, made.path)
    assert storage.find_volume(conn, made.path) is None
    assert storage.list_volumes(conn, "default-pool") == ()


def test_the_same_volume_twice(conn: libvirt.virConnect) -> None:
    new = NewVolume("default-pool", "a", GIB, "raw")
    storage.create_volume(conn, new)
    with pytest.raises(libvirt.libvirtError) as caught:
        storage.create_volume(conn, new)
    assert isinstance(from_libvirt(caught.value), AlreadyExists)


def test_what_is_not_there(conn: libvirt.virConnect) -> None:
    for call in (
        lambda: storage.list_volumes(conn, "nothing"),
        lambda: storage.delete_volume(conn, "/nothing"),
        lambda: storage.create_volume(conn, NewVolume("nothing", "a", 1, "raw")),
    ):
        with pytest.raises(libvirt.libvirtError) as caught:
            call()
        assert isinstance(from_libvirt(caught.value), NotFound)
