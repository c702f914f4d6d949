"""The list of systems: there with and without a database, whatever its files hold."""

from __future__ import annotations

from pathlib import Path

from vmgui.model.os_variant import GENERIC, GENERIC_LINUX, IsoIdentity
from vmgui.services.os_variants import OsVariants

SYSTEM = (
    '<libosinfo><os id="http://d.org/d/{n}"><short-id>d{n}</short-id><name>{name}</name><version>{n}</version>'
    "<family>linux</family><distro>d</distro><release-date>202{n}-01-01</release-date></os></libosinfo>"
)


def write(directory: Path, file_name: str, number: int, name: str) -> None:
    (directory / "os").mkdir(parents=True, exist_ok=True)
    (directory / "os" / file_name).write_text(SYSTEM.format(n=number, name=name))


async def test_without_a_database_there_are_generic_ones(tmp_path: Path) -> None:
    variants = OsVariants([tmp_path / "nothing"])
    assert await variants.load() == (GENERIC, GENERIC_LINUX)
    assert not variants.is_complete
    assert variants.get(GENERIC_LINUX.id) == GENERIC_LINUX
    assert variants.get("") == GENERIC
    assert variants.get("http://nobody.knows") is None
    assert await variants.detect(IsoIdentity("Debian", "", "", "", 1, bootable=True)) is None


async def test_a_persons_files_win_and_broken_ones_harm_nobody(tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own"
    write(shared, "one.xml", 1, "One")
    write(shared, "two.xml", 2, "Two")
    write(own, "one.xml", 1, "My one")
    (shared / "os" / "broken.xml").write_text("<libosinfo><os id='x'>")
    (shared / "os" / "link.xml").symlink_to("/nowhere")
    variants = OsVariants([shared, own])
    assert [variant.name for variant in await variants.load()] == [
        "Two",
        "My one",
        "Generic",
        "Generic Linux",
    ]
    assert variants.is_complete
    # Read once.
    write(shared, "three.xml", 3, "Three")
    assert len(await variants.load()) == 4
