"""Answers win over defaults, and defaults follow what becomes known."""

from dataclasses import replace

import pytest

from tests.ui.creation.offers import GIB, make_offer
from vmgui.model.creation import FileRef, NetworkKind, SourceKind
from vmgui.model.creation_draft import DiskChoice, Draft
from vmgui.model.domain import Firmware
from vmgui.model.offer import Field, Medium, ProblemKind
from vmgui.model.os_variant import OsVariant
from vmgui.policy.creation_draft import compose, files, own_problems
from vmgui.policy.creation_problems import problems

CD = FileRef("/srv/debian.iso")
DEBIAN = OsVariant(
    id="http://debian.org/debian/11",
    short_id="debian11",
    name="Debian 11",
    family="linux",
    distro="debian",
    end_of_life=False,
    recommended_memory_bytes=4 * GIB,
    recommended_disk_bytes=30 * GIB,
    virtio_disk=True,
    virtio_net=True,
    virtio_balloon=True,
)


def test_the_untouched_draft_with_a_medium_is_a_machine_without_errors() -> None:
    offer = make_offer()
    medium = Medium(CD, exists=True, format="iso", os=DEBIAN)
    new = compose(Draft(host_id="a", cdrom=CD), offer, DEBIAN, medium)
    assert new.cdrom == CD
    assert new.name == "debian-11-2"
    assert not [problem for problem in problems(new, offer, DEBIAN, [medium]) if problem.is_error]


def test_defaults_follow_the_system_and_answers_stay() -> None:
    offer = make_offer()
    draft = Draft(host_id="a", cdrom=CD, vcpus=3, name="mine")
    before, after = compose(draft, offer, None, None), compose(draft, offer, DEBIAN, None)
    assert before.memory_kib != after.memory_kib == 4 * 1024**2
    assert before.vcpus == after.vcpus == 3
    assert before.name == after.name == "mine"


def test_headroom_follows_a_chosen_size_until_it_is_chosen_itself() -> None:
    offer = make_offer()
    new = compose(Draft(host_id="a", vcpus=4, memory_kib=2 * 1024**2), offer, DEBIAN, None)
    assert new.vcpus_max > 4
    assert new.memory_max_kib > 2 * 1024**2
    fixed = compose(Draft(host_id="a", vcpus=4, vcpus_max=5, memory_max_kib=3 * 1024**2), offer, DEBIAN, None)
    assert (fixed.vcpus_max, fixed.memory_max_kib) == (5, 3 * 1024**2)


def test_the_disk_is_named_after_the_machine_and_takes_the_pools_format() -> None:
    offer = make_offer()
    new = compose(Draft(host_id="a", name="db"), offer, None, None)
    assert new.new_volume is not None
    assert new.new_volume.name == "db-2.qcow2"  # db.qcow2 is there
    on_blocks = compose(Draft(host_id="a", name="db", pool="lvm", disk_bytes=GIB), offer, None, None)
    assert on_blocks.new_volume is not None
    assert (on_blocks.new_volume.pool, on_blocks.new_volume.format) == ("lvm", "raw")
    assert on_blocks.new_volume.capacity_bytes == GIB


def test_a_pool_that_is_gone_falls_back_to_the_default_one() -> None:
    new = compose(Draft(host_id="a", pool="gone"), make_offer(), None, None)
    assert new.new_volume is not None
    assert new.new_volume.pool == "default"


def test_an_existing_disk_replaces_the_new_one_with_its_probed_format() -> None:
    disk = FileRef("/images/db.qcow2")
    draft = Draft(host_id="a", disk_choice=DiskChoice.EXISTING, existing_disk=disk)
    new = compose(draft, make_offer(), None, None, Medium(disk, exists=True, format="qcow2"))
    assert new.new_volume is None
    assert (new.disk_image, new.disk_format) == (disk, "qcow2")


def test_choosing_an_existing_disk_and_naming_none_blocks() -> None:
    draft = Draft(host_id="a", disk_choice=DiskChoice.EXISTING)
    found = own_problems(draft)
    assert [(p.field, p.kind) for p in found] == [(Field.DISK_IMAGE, ProblemKind.MEDIUM_NOT_CHOSEN)]


def test_an_imported_image_is_the_disk_whatever_the_storage_page_said() -> None:
    image = FileRef("/images/alpine.qcow2")
    draft = Draft(
        host_id="a",
        source=SourceKind.DISK_IMAGE,
        disk_image=image,
        disk_choice=DiskChoice.NEW,
        disk_bytes=GIB,
    )
    new = compose(draft, make_offer(), None, Medium(image, exists=True, format="qcow2"))
    assert new.new_volume is None
    assert (new.disk_image, new.disk_format) == (image, "qcow2")
    assert own_problems(replace(draft, disk_choice=DiskChoice.EXISTING)) == ()


def test_answers_of_another_source_are_kept_but_not_used() -> None:
    draft = Draft(host_id="a", source=SourceKind.EMPTY, cdrom=CD, kernel=FileRef("/boot/vmlinuz"))
    new = compose(draft, make_offer(), None, None)
    assert new.cdrom is None
    assert new.kernel is None
    assert files(draft) == ()
    again = replace(draft, source=SourceKind.CDROM)
    assert [use.ref for use in files(again)] == [CD]


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        (NetworkKind.VIRTUAL, "lab", "lab"),
        (NetworkKind.BRIDGE, "br0", "br0"),
        (NetworkKind.USER, "lab", ""),
        (NetworkKind.NONE, "", ""),
    ],
)
def test_the_network_is_the_chosen_one(kind: NetworkKind, source: str, expected: str) -> None:
    new = compose(Draft(host_id="a", network_kind=kind, network_source=source), make_offer(), None, None)
    assert (new.interface.kind, new.interface.source) == (kind, expected)


def test_firmware_tpm_and_afterwards_are_taken() -> None:
    draft = Draft(host_id="a", firmware=Firmware.UEFI_SECURE, tpm=True, start=False, autostart=True)
    new = compose(draft, make_offer(), None, None)
    assert (new.firmware, new.tpm, new.start, new.autostart) == (Firmware.UEFI_SECURE, True, False, True)


def test_an_emptied_name_is_an_answer() -> None:
    offer = make_offer()
    new = compose(Draft(host_id="a", source=SourceKind.EMPTY, name=""), offer, None, None)
    assert new.name == ""
    assert ProblemKind.NAME_EMPTY in {problem.kind for problem in problems(new, offer)}


def test_only_the_host_does_not_make_a_draft() -> None:
    assert Draft(host_id="a").is_pristine
    assert not Draft(host_id="a", name="x").is_pristine
