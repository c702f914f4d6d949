"""What is looked up is what a search of all definitions would find, whatever became of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.definition import NO_HARDWARE, DiskNames, Hardware, InterfacePlace
from vmgui.model.domain import DomainKey
from vmgui.services.definition_tables import DefinitionTables

PATHS = st.sampled_from(["/a", "//a", "/b/../a", "/b", "rbd://host/a"])
VOLUMES = st.sampled_from(["pool/a", "pool/b", "other/a"])
DISKS = st.builds(
    DiskNames,
    st.just("vda"),
    st.lists(PATHS, max_size=3).map(tuple),
    st.lists(VOLUMES, max_size=2).map(tuple),
)
PLACES = st.builds(
    InterfacePlace, st.sampled_from(["network", "bridge", "user"]), st.sampled_from(["default", "br0", ""])
)
MACS = st.lists(st.sampled_from(["52:54:00:00:00:01", "52:54:00:00:00:0a"]), max_size=2).map(tuple)
HARDWARE = st.one_of(
    st.just(NO_HARDWARE),
    st.builds(
        Hardware,
        disks=st.lists(DISKS, max_size=3).map(tuple),
        interfaces=st.lists(PLACES, max_size=3).map(tuple),
        macs=MACS,
    ),
)
KEYS = st.builds(DomainKey, st.sampled_from(["h1", "h2"]), st.sampled_from(["1", "2", "3"]))


def ask_each(tables: DefinitionTables) -> None:
    """Tables are made with the first question."""
    tables.used_by("/a")
    tables.used_by_volume("h1", "pool", "a")
    tables.by_network("h1", "default")
    tables.by_mac("52:54:00:00:00:01")


@given(st.lists(st.tuples(KEYS, HARDWARE), max_size=20), st.integers(0, 20))
def test_the_tables_are_a_search(changes: list[tuple[DomainKey, Hardware]], asked_at: int) -> None:
    tables, all_ = DefinitionTables(), dict[DomainKey, Hardware]()
    for number, (key, hardware) in enumerate(changes):
        if number == asked_at:
            ask_each(tables)
        tables.change(key, hardware)
        all_[key] = hardware
    # "//a" and "/b/../a" are "/a".
    one = {"//a": "/a", "/b/../a": "/a"}
    for path in ("/a", "//a", "/b", "rbd://host/a", "/never"):
        assert tables.used_by(path) == {
            key
            for key, hardware in all_.items()
            for disk in hardware.disks
            if one.get(path, path) in [one.get(file, file) for file in disk.files]
        }
    for host_id in ("h1", "h2"):
        for volume in ("pool/a", "other/a", "other/b"):
            assert tables.used_by_volume(host_id, *volume.split("/")) == {
                key
                for key, hardware in all_.items()
                if key.host_id == host_id and any(volume in disk.volumes for disk in hardware.disks)
            }
        for kind in ("network", "bridge"):
            assert tables.by_network(host_id, "default", kind) == {
                key
                for key, hardware in all_.items()
                if key.host_id == host_id and InterfacePlace(kind, "default") in hardware.interfaces
            }
    for mac in ("52:54:00:00:00:01", "52:54:00:00:00:0a"):
        assert tables.by_mac(mac.upper()) == {key for key, hardware in all_.items() if mac in hardware.macs}


@given(st.lists(st.tuples(KEYS, HARDWARE), max_size=12))
def test_nothing_is_left_of_what_is_gone(changes: list[tuple[DomainKey, Hardware]]) -> None:
    tables, all_ = DefinitionTables(), dict[DomainKey, Hardware]()
    ask_each(tables)
    for key, hardware in changes:
        tables.change(key, hardware)
        all_[key] = hardware
    for key in all_:
        tables.change(key)
    assert all(tables.hardware(key) is NO_HARDWARE for key in all_)
    kept = [vars(tables)[name] for name in ("_files", "_volumes", "_places", "_macs")]
    assert not any(vars(table)["_keys"] for table in kept)
