"""Systems are told from CDs and names, also those younger than the database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.os_variant import IsoIdentity, MediumPattern, OsCatalogue, OsVariant
from vmgui.policy.os_detection import alternatives, detect, guess_by_name


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
        ("debian-20230101.qcow2", None),
        ("debian-2023-01-01.img", None),
        ("debian-2023.qcow2", None),
        ("debian-500.img", None),
        ("debian-64bit.img", None),
        ("debian-amd64-10G.img", None),
        ("debian-12-20230101-1250.qcow2", "Debian 12"),
        ("ubuntu2210.img", "Ubuntu 22.10"),
        ("ubuntu-2404.img", "Ubuntu 24.04"),
        ("ubuntu-23.99.img", None),
        ("ubuntu-22.img", "Ubuntu 22.10"),
        ("alpine317.qcow2", "Alpine Linux 3.17"),
        ("debian.qcow2", None),
        ("debian-8.qcow2", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_names_of_images(file_name: str, name: str | None) -> None:
    found = guess_by_name(CATALOGUE, file_name)
    assert (found.name if found else None) == name


def windows(short_id: str, name: str, date: str) -> OsVariant:
    made = variant(f"http://microsoft.com/win/{short_id[3:]}", name, "10.0", "win", date)
    return replace(made, short_id=short_id, family="winnt")


WINDOWS = tuple(
    windows(short_id, name, date)
    for short_id, name, date in (
        ("win7", "Windows 7", "2009-10-22"),
        ("win8.1", "Windows 8.1", "2013-10-17"),
        ("win10", "Windows 10", "2015-07-29"),
        ("win11", "Windows 11", "2021-10-05"),
        ("win2k", "Windows 2000", "2000-02-17"),
        ("win2k12r2", "Windows Server 2012 R2", "2013-11-25"),
        ("win2k16", "Windows Server 2016", "2016-10-15"),
        ("win2k19", "Windows Server 2019", "2018-11-13"),
    )
)
WINDOWS_CDS = OsCatalogue(
    {found.id: found for found in (*WINDOWS, DEBIAN_11)},
    (
        MediumPattern("http://microsoft.com/win/10", "x86_64", volume_id=r"^(J_)?(CCSN?A|C?CCOMA)_X64FREE?_"),
        MediumPattern("http://microsoft.com/win/11", "x86_64", volume_id=r"^(J_)?(CCSN?A|C?CCOMA)_X64FREE?_"),
        MediumPattern("http://microsoft.com/win/2k16", "x86_64", volume_id=r"^(SSS_X64CHK|SSS_X64FREE?)_"),
        MediumPattern(
            "http://microsoft.com/win/2k19", "x86_64", volume_id=r"^(SSS_X64CHK|SSS_X64FREE?|SSS_X64FREV)_"
        ),
        MediumPattern("http://microsoft.com/win/7", "x86_64", volume_id=r"^GRMC"),
        MediumPattern(
            "http://microsoft.com/win/10", "x86_64", volume_id=r"^CCCOMA_X64FRE_", volume_size_bytes=7
        ),
        MediumPattern(DEBIAN_11.id, "x86_64", volume_id=r"Debian"),
    ),
)


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("windows_server_2019.qcow2", "Windows Server 2019"),
        ("Windows Server 2012 R2.vhdx", "Windows Server 2012 R2"),
        ("w2k19.raw", "Windows Server 2019"),
        ("win2k12r2.img", "Windows Server 2012 R2"),
        ("windows2016", "Windows Server 2016"),
        ("windows 2000.img", "Windows 2000"),
        ("win10.qcow2", "Windows 10"),
        ("win10_22h2_x64.qcow2", "Windows 10"),
        ("Win11_23H2_English_x64.iso", "Windows 11"),
        ("windows-7-64bit.vmdk", "Windows 7"),
        ("windows8.1.img", "Windows 8.1"),
        # Of none that is known anything is said.
        ("win12.qcow2", None),
        ("win8.qcow2", None),
        ("windows_server_2025.qcow2", None),
        ("darwin10.qcow2", None),
        ("my-winter-2019.img", None),
        ("web-server-2019.qcow2", None),
    ],
)
def test_names_of_windows_images(file_name: str, name: str | None) -> None:
    found = guess_by_name(WINDOWS_CDS, file_name)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("volume_id", "names"),
    [
        ("CCCOMA_X64FRE_EN-US_DV9", ["Windows 11", "Windows 10"]),
        ("SSS_X64FREE_EN-US_DV9", ["Windows Server 2019", "Windows Server 2016"]),
        ("SSS_X64FREV_EN-US_DV5", []),
        ("GRMCULFRER_EN_DVD", []),
        ("Debian 11", []),
    ],
)
def test_a_label_of_several_windows_is_said_to_be_of_several(volume_id: str, names: list[str]) -> None:
    assert [found.name for found in alternatives(WINDOWS_CDS, iso(volume_id))] == names


def test_a_cd_whose_size_is_known_is_clear() -> None:
    assert alternatives(WINDOWS_CDS, iso("CCCOMA_X64FRE_EN-US_DV9", size=7)) == ()


def test_a_release_between_two_known_ones_is_not_invented_and_a_newer_one_tells_whose_devices_it_gets() -> (
    None
):
    debian_13 = variant("http://debian.org/debian/13", "Debian 13", "13", "debian", "2025-08-09")
    catalogue = OsCatalogue({**CATALOGUE.variants, debian_13.id: debian_13}, CATALOGUE.patterns)
    assert detect(catalogue, iso("Debian 12.5.0 amd64 n")) is None
    found = detect(CATALOGUE, iso("Debian 13.0.0 amd64 n"))
    assert found is not None
    assert (found.name, found.like) == ("Debian 13", "Debian 11")
