"""A list of hosts goes to a file and comes back; what is there already and what is dangerous is marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vmgui.model.errors import InvalidConfig, StorageFailure
from vmgui.model.host import HostConfig
from vmgui.services.host_list import compare_list, read_list, write_list

HOSTS = (
    HostConfig("1", "web", "qemu+ssh://root@web/system", colour="green", notes="Rack 4"),
    HostConfig("2", "here", "qemu:///system", autoconnect=False, read_only=True),
)


async def test_a_list_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "hosts.toml"
    await write_list(file, HOSTS)
    listed = await read_list(file, ())
    assert [replace(each.config, id="") for each in listed] == [replace(host, id="") for host in HOSTS]
    assert not any(each.known_as or each.starts_program for each in listed)


async def test_known_addresses_keep_their_id(tmp_path: Path) -> None:
    file = tmp_path / "hosts.toml"
    await write_list(file, HOSTS)
    known = HostConfig("mine", "my computer", "qemu:///system")
    web, here = await read_list(file, (known,))
    assert (here.known_as, here.config.id, here.config.name) == ("my computer", "mine", "here")
    assert web.config.id not in ("1", "mine")


def test_an_address_comes_once() -> None:
    twice = (HOSTS[0], replace(HOSTS[0], id="9", name="again"))
    assert [each.config.name for each in compare_list(twice, ())] == ["web"]


@pytest.mark.parametrize(
    ("uri", "is_marked"),
    [
        ("qemu+ssh://h/system?command=/tmp/evil", True),
        ("qemu+ext://h/system?command=/tmp/evil", True),
        ("qemu+ext://h/system", True),
        ("qemu+ssh://h/system?netcat=/tmp/evil", True),
        ("qemu+ssh://[h/system", True),
        ("qemu+ssh://h/system?keyfile=/k", False),
    ],
)
def test_what_starts_a_program_is_marked(uri: str, is_marked: bool) -> None:
    (listed,) = compare_list((HostConfig("1", "x", uri),), ())
    assert listed.starts_program is is_marked


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 100_000, "x = " + "{a=" * 20_000, "[" + "a." * 50_000 + "b]"]
)
async def test_what_is_nested_too_deeply_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(InvalidConfig):
        await read_list(tmp_path / "x.toml", ())


async def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure):
        await read_list(tmp_path / "none.toml", ())
    (tmp_path / "x.toml").write_text("[[")
    with pytest.raises(InvalidConfig):
        await read_list(tmp_path / "x.toml", ())
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(StorageFailure):
        await read_list(tmp_path / "x.toml", ())
    with pytest.raises(StorageFailure):
        await write_list(tmp_path / "no" / "x.toml", HOSTS)
