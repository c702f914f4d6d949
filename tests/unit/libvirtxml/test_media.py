"""A drive gets another medium, and nothing else of the machine is touched."""

from pathlib import Path

import pytest

from vmgui.libvirtxml.edit import read_devices
from vmgui.libvirtxml.media import FoundDrive, drive_xml, find_drives, with_medium
from vmgui.model.device_disk import DiskDevice
from vmgui.model.errors import NoDrive
from vmgui.model.media import NewMedium

DOMAINS = sorted((Path(__file__).parent / "domains").glob("*.xml"))
MACHINE = """<domain type='kvm'>
  <name>web</name>
  <!-- kept -->
  <devices>
    <disk type='file' device='disk'><source file='/d.qcow2'/><target dev='vda' bus='virtio'/></disk>
    <disk type='network' device='cdrom'>
      <driver name='qemu' type='raw' cache='none'/>
      <auth username='ana'><secret type='iscsi' usage='x'/></auth>
      <source protocol='https' name='a.iso' query='b=c' index='4' unknown='of the source'>
        <host name='example.org' port='443'/><cookies><cookie name='login'>s3cret</cookie></cookies>
        <unknown/>
      </source>
      <backingStore/>
      <target dev='sda' bus='scsi' tray='open'/>
      <readonly/>
      <unknown kept='yes'/>
      <alias name='scsi0-0-0-0'/>
    </disk>
    <disk type='file' device='floppy'>
      <source file='/f.img' startupPolicy='optional'/><target dev='fda' bus='fdc'/>
    </disk>
  </devices>
</domain>"""


def test_drives_are_found_with_what_is_in_them() -> None:
    assert find_drives(MACHINE) == (
        FoundDrive("sda", "cdrom", "scsi", "https://example.org:443/a.iso?b=c", "raw", True),
        FoundDrive("fda", "floppy", "fdc", "/f.img", "", False),
    )


@pytest.mark.parametrize("medium", [NewMedium("/new & old.iso"), NewMedium("/n.qcow2", "qcow2"), None])
def test_all_of_the_former_source_goes_and_all_else_stays(medium: NewMedium | None) -> None:
    whole, one = with_medium(MACHINE, "sda", medium)
    for text in (whole, one):
        assert not [
            word for word in ("s3cret", "example", "ana", "of the source", "<unknown/>") if word in text
        ]
    assert "<unknown kept='yes'/>" in one.replace('"', "'")
    assert "scsi0-0-0-0" in one
    assert "<!-- kept -->" in whole
    (drive, floppy) = find_drives(whole)
    assert floppy == find_drives(MACHINE)[1]
    assert (drive.medium, drive.format) == ((medium.path, medium.format) if medium else ("", "raw"))
    assert drive_xml(whole, "sda") == one


def test_what_a_missing_medium_means_at_the_start_belongs_to_the_drive() -> None:
    empty, one = with_medium(MACHINE, "fda", None)
    assert '<source startupPolicy="optional"/>' in one
    _, one = with_medium(empty, "fda", NewMedium("/dev/fd0"))
    assert 'type="block"' in one
    assert '<source dev="/dev/fd0" startupPolicy="optional"/>' in one
    _, one = with_medium(MACHINE, "fda", NewMedium("/dev/shm/f.img"))
    assert 'type="file"' in one


@pytest.mark.parametrize("target", ["vda", "sdz", ""])
def test_only_drives_take_media(target: str) -> None:
    with pytest.raises(NoDrive) as raised:
        with_medium(MACHINE, target, NewMedium("/x.iso"))
    assert raised.value.subject == target


@pytest.mark.parametrize("path", DOMAINS, ids=lambda path: path.stem)
def test_every_drive_of_every_machine_takes_a_medium_and_gives_it_back(path: Path) -> None:
    xml = path.read_text("utf-8")
    for drive in find_drives(xml):
        after, _ = with_medium(xml, drive.target, NewMedium("/x.iso"))
        assert [one.medium for one in find_drives(after) if one.target == drive.target] == ["/x.iso"]
        empty, _ = with_medium(after, drive.target, None)
        assert [one.medium for one in find_drives(empty) if one.target == drive.target] == [""]

        def others(text: str, target: str = drive.target) -> list[object]:
            return [
                found
                for found in read_devices(text)
                if not (isinstance(found.device, DiskDevice) and found.device.target == target)
            ]

        assert others(xml) == others(after) == others(empty)
