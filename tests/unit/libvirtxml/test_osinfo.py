"""osinfo-db files: what is inherited, what is over, what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vmgui.libvirtxml.osinfo import build_catalogue, parse_systems
from vmgui.model.errors import InvalidConfig
from vmgui.model.os_variant import IsoIdentity, OsCatalogue
from vmgui.policy.os_detection import detect

DATABASE = Path("/usr/share/osinfo/os")
TODAY = date(2024, 6, 1)

BASE = """<libosinfo version="0.0.1">
<os id="http://x.org/x/1">
  <short-id>x1</short-id><short-id>xone</short-id>
  <name>X 1</name><name xml:lang="de">Das X</name>
  <version>1</version><family>linux</family><distro>x</distro>
  <release-date>2019-01-01</release-date><eol-date>2023-01-01</eol-date>
  <devices>
    <device id="http://pcisig.com/pci/1af4/1042"/>
    <device id="http://pcisig.com/pci/1af4/1041"/>
    <device id="http://pcisig.com/pci/8086/10d3"/>
    <device id="http://usb.org/usb/80ee/0021"/>
  </devices>
  <resources arch="all">
    <minimum><n-cpus>1</n-cpus><ram>536870912</ram><storage>1073741824</storage></minimum>
    <recommended><ram>1073741824</ram><storage>10737418240</storage></recommended>
  </resources>
  <resources arch="i686"><minimum><ram>1</ram></minimum></resources>
  <media arch="x86_64"><iso><volume-id>X 1 .*</volume-id></iso></media>
  <media arch="i686"><iso><volume-id>X 1 i386</volume-id></iso></media>
  <media arch="x86_64"><iso><system-id>LINUX</system-id></iso></media>
  <media arch="x86_64"><iso><volume-id>(a+)+b</volume-id></iso></media>
</os></libosinfo>"""

CHILD = """<libosinfo version="0.0.1"><os id="http://x.org/x/2">
  <short-id>x2</short-id><name>X 2</name><version>2</version><family>linux</family><distro>x</distro>
  <derives-from id="http://x.org/x/1"/><release-date>2024-01-01</release-date>
  <firmware arch="x86_64" type="efi"/><firmware arch="x86_64" type="bios" supported="false"/>
  <devices>
    <device id="http://pcisig.com/pci/1af4/1050"/>
    <device id="http://pcisig.com/pci/1af4/1041" supported="false"/>
  </devices>
  <resources arch="all" inherit="true"/>
</os></libosinfo>"""


def catalogue(*texts: str) -> OsCatalogue:
    entries = [entry for text in texts for entry in parse_systems(text.encode())]
    return build_catalogue(entries, "x86_64", TODAY)


def test_what_a_system_says_itself() -> None:
    found = catalogue(BASE).variants["http://x.org/x/1"]
    assert (found.short_id, found.name, found.version) == ("x1", "X 1", "1")
    assert found.end_of_life
    assert (found.virtio_disk, found.virtio_net, found.virtio_video, found.usb_tablet) == (
        True,
        True,
        False,
        True,
    )
    assert (found.minimum_memory_bytes, found.recommended_memory_bytes) == (512 * 1024**2, 1024**3)
    assert found.nics == ("e1000e",)
    assert not found.is_legacy


@pytest.mark.parametrize("order", [(BASE, CHILD), (CHILD, BASE)])
def test_what_it_inherits(order: tuple[str, str]) -> None:
    found = catalogue(*order).variants["http://x.org/x/2"]
    assert not found.end_of_life
    assert (found.virtio_disk, found.virtio_net, found.virtio_video) == (True, False, True)
    assert found.recommended_disk_bytes == 10 * 1024**3
    assert found.needs_uefi


def test_a_loop_of_parents_ends() -> None:
    looped = BASE.replace("<devices>", '<derives-from id="http://x.org/x/2"/><devices>')
    assert len(catalogue(looped, CHILD).variants) == 2


def test_a_second_file_adds_to_a_system() -> None:
    extra = '<libosinfo><os id="http://x.org/x/1"><devices><device id="http://pcisig.com/pci/1af4/1050"/></devices></os></libosinfo>'
    found = catalogue(BASE, extra).variants["http://x.org/x/1"]
    assert found.virtio_video
    assert found.name == "X 1"


def test_what_a_system_is_does_not_depend_on_which_of_its_files_is_read_first() -> None:
    more = """<libosinfo version="0.0.1"><os id="http://x.org/x/1">
      <devices><device id="http://pcisig.com/pci/1af4/1050"/></devices></os></libosinfo>"""
    assert catalogue(more, BASE).variants == catalogue(BASE, more).variants
    found = catalogue(more, BASE).variants["http://x.org/x/1"]
    assert (found.version, found.family, found.distro, found.end_of_life) == ("1", "linux", "x", True)


def test_patterns_of_other_machines_empty_ones_and_endless_ones_are_left_out() -> None:
    assert [pattern.volume_id for pattern in catalogue(BASE).patterns] == ["X 1 .*"]


@pytest.mark.parametrize(
    "text",
    [
        "<os/>",
        "not xml",
        '<!DOCTYPE a [<!ENTITY x "y">]><libosinfo><os id="a"><name>&x;</name></os></libosinfo>',
        "<libosinfo>" + " " * (3 * 1024 * 1024) + "</libosinfo>",
    ],
)
def test_what_is_no_database_is_refused(text: str) -> None:
    with pytest.raises(InvalidConfig):
        parse_systems(text.encode())


def test_odd_values_are_passed_over() -> None:
    odd = BASE.replace("2023-01-01", "someday").replace("536870912", "-5").replace("1073741824", "9" * 50)
    found = catalogue(odd).variants["http://x.org/x/1"]
    assert found.minimum_memory_bytes is None
    assert not found.end_of_life


@pytest.mark.skipif(not DATABASE.is_dir(), reason="osinfo-db is not installed")
def test_the_real_database() -> None:
    entries = [entry for path in DATABASE.glob("**/*.xml") for entry in parse_systems(path.read_bytes())]
    made = build_catalogue(entries, "x86_64", TODAY)
    assert len(made.variants) > 500
    windows = made.variants["http://microsoft.com/win/11"]
    assert (windows.needs_uefi, windows.needs_tpm, windows.supports_secure_boot) == (True, True, True)
    assert not windows.virtio_disk
    assert made.variants["http://microsoft.com/win/xp"].is_legacy
    assert made.variants["http://debian.org/debian/11"].virtio_balloon
    cd = IsoIdentity("Debian 12.5.0 amd64 n", "", "", "", 1, bootable=True)
    found = detect(made, cd)
    assert found is not None
    assert found.id == "http://debian.org/debian/12"
