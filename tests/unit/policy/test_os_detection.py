"""Systems are told from CDs and names, also those younger than the database."""

from __future__ import annotations

import pytest

from vmgui.model.os_variant import IsoIdentity, MediumPattern, OsCatalogue, OsVariant
from vmgui.policy.os_detection import detect, guess_by_name


def variant(os_id: str, name: str, version: str, distro: str, date: str = "2020-01-01") -> OsVariant:
    return OsVariant(
        id=os_id,
        short_id=os_id.rsplit("/", 2)[-2] + version,
        name=name,
        family="linux",
        distro=distro,
        end_of_life=False,
        version=version,
        release_date=date,
    )


DEBIAN_10 = variant("http://debian.org/debian/10", "Debian 10", "10", "debian")
DEBIAN_11 = variant("http://debian.org/debian/11", "Debian 11", "11", "debian", "2021-08-14")
TESTING = variant("http://debian.org/debian/testing", "Debian testing", "testing", "debian", "")
UBUNTU = variant("http://ubuntu.com/ubuntu/22.10", "Ubuntu 22.10", "22.10", "ubuntu")
ALPINE = variant("http://alpinelinux.org/alpinelinux/3.17", "Alpine Linux 3.17", "3.17", "alpinelinux")
ROCKY = variant("http://rockylinux.org/rocky/9", "Rocky Linux 9", "9", "rocky")

CATALOGUE = OsCatalogue(
    {found.id: found for found in (DEBIAN_10, DEBIAN_11, TESTING, UBUNTU, ALPINE, ROCKY)},
    (
        MediumPattern(DEBIAN_10.id, "x86_64", volume_id=r"Debian 10.\d+.\d+ amd64 n"),
        MediumPattern(DEBIAN_11.id, "x86_64", volume_id=r"Debian 11.\d+.\d+ amd64 n"),
        MediumPattern(TESTING.id, "x86_64", volume_id=r"Debian testing amd64 n"),
        MediumPattern(UBUNTU.id, "x86_64", volume_id=r"Ubuntu-Server 22.10(.\d)? amd64"),
        MediumPattern(ALPINE.id, "x86_64", volume_id=r"alpine-std 3\.17.* x86_64$"),
        MediumPattern(
            ROCKY.id, "x86_64", volume_id=r"Rocky-9-([0-9]|[1-9][0-9])-x86_64-dvd$", system_id="LINUX"
        ),
        MediumPattern("gone", "x86_64", volume_id="ISOIMAGE"),
        MediumPattern(DEBIAN_10.id, "x86_64", volume_id="["),
    ),
)


def iso(volume_id: str, system_id: str = "LINUX", size: int = 1) -> IsoIdentity:
    return IsoIdentity(volume_id, system_id, "", "", size, bootable=True)


@pytest.mark.parametrize(
    ("volume_id", "name", "os_id", "is_guess"),
    [
        ("Debian 11.5.0 amd64 n", "Debian 11", DEBIAN_11.id, False),
        ("Debian testing amd64 n", "Debian testing", TESTING.id, False),
        ("Debian 12.5.0 amd64 n", "Debian 12", "http://debian.org/debian/12", True),
        ("Debian 13.0.0 amd64 n", "Debian 13", "http://debian.org/debian/13", True),
        ("Ubuntu-Server 24.04 amd64", "Ubuntu 24.04", "http://ubuntu.com/ubuntu/24.04", True),
        ("alpine-std 3.20.1 x86_64", "Alpine Linux 3.20", "http://alpinelinux.org/alpinelinux/3.20", True),
        ("Rocky-9-4-x86_64-dvd", "Rocky Linux 9", ROCKY.id, False),
        ("Rocky-10-0-x86_64-dvd", "Rocky Linux 10", "http://rockylinux.org/rocky/10", True),
    ],
)
def test_cds(volume_id: str, name: str, os_id: str, is_guess: bool) -> None:
    found = detect(CATALOGUE, iso(volume_id))
    assert found is not None
    assert (found.name, found.id, found.is_guess) == (name, os_id, is_guess)


@pytest.mark.parametrize(
    "volume_id", ["", "ISOIMAGE", "Debian 9.5.0 amd64 n", "My backups 2024", "Debian 99999.0.0 amd64 n"]
)
def test_what_nobody_knows(volume_id: str) -> None:
    assert detect(CATALOGUE, iso(volume_id)) is None


def test_all_fields_have_to_fit() -> None:
    assert detect(CATALOGUE, iso("Rocky-9-4-x86_64-dvd", system_id="WIN")) is None
    sized = MediumPattern(DEBIAN_10.id, "x86_64", volume_id="CD", volume_size_bytes=7)
    catalogue = OsCatalogue(CATALOGUE.variants, (MediumPattern(UBUNTU.id, "x86_64", volume_id="CD"), sized))
    assert detect(catalogue, iso("CD", size=7)) == DEBIAN_10
    assert detect(catalogue, iso("CD", size=8)) == UBUNTU


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("debian-11-generic-amd64.qcow2", "Debian 11"),
        ("debian-12-generic-amd64.qcow2", "Debian 12"),
        ("alpine-virt-3.17.2-x86_64.qcow2", "Alpine Linux 3.17"),
        ("alpine-3.23.qcow2", "Alpine Linux 3.23"),
        ("ubuntu-24.04-server-cloudimg-amd64.img", "Ubuntu 24.04"),
        ("disk1.img", None),
        ("debian.qcow2", None),
        ("debian-8.qcow2", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_names_of_images(file_name: str, name: str | None) -> None:
    found = guess_by_name(CATALOGUE, file_name)
    assert (found.name if found else None) == name
