"""What a form about a disk wishes for, and what it says."""

from dataclasses import replace
from typing import Any

import pytest

from vmgui.commands.hardware import disk, form
from vmgui.commands.hardware.form import Scene
from vmgui.model.creation import FileRef, NewVolume
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_parts import Address, Boot
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.model.media import LookedAt, NewMedium, Usable
from vmgui.model.offer import DiskUse, DiskUseKind, Medium
from vmgui.model.storage import Pool, Volume
from vmgui.model.units import GIB
from vmgui.words.note import Level

DEFAULT = Pool("default", "1", "dir", True, "/pool", 100 * GIB, 0, 90 * GIB)
LVM = Pool("vg", "2", "logical", True, "/dev/vg", 100 * GIB, 0, 90 * GIB)
OLD = DiskDevice(
    source_kind="file",
    device="disk",
    driver="qemu",
    format="qcow2",
    source=DiskSource(file="/pool/web.qcow2"),
    target="vda",
    bus="virtio",
    queues=4,
    address=Address(kind="pci", slot="0x04"),
    boot=Boot(order=1),
)


def listed(device: Any = OLD, id_: str = "", kind: str = "disk") -> ListedDevice:
    return ListedDevice(id_ or device.target, kind, None, device)


def scene(
    *devices: ListedDevice, offer: HardwareOffer | None = None, about: str = "", **values: Any
) -> Scene:
    found = devices or (listed(),)
    machine = HardwareMachine(uuid="u", name="web", devices=found, saved=DomainValues(**values))
    offer = offer or HardwareOffer(pools=(DEFAULT, LVM), volumes={"default": ()})
    return Scene(machine, offer, machine.device(about) if about else None)


def added(at: Scene, answers: dict[str, Any]) -> AddDevice:
    wish = form.wishes(disk.FORM, at, answers)[-1]
    assert isinstance(wish, AddDevice)
    return wish


def changed(at: Scene, answers: dict[str, Any]) -> dict[str, object]:
    found = [wish for wish in form.wishes(disk.FORM, at, answers) if isinstance(wish, ChangeDevice)]
    return dict(found[0].values) if found else {}


def levels(at: Scene, answers: dict[str, Any]) -> dict[str, Level]:
    complete = {**form.truth(disk.FORM, at), **answers}
    return {note.field: note.level for note in disk.FORM.judge(at, complete)}


def test_a_new_one_is_ready() -> None:
    at = scene()
    wish = added(at, {})
    assert wish.volume == NewVolume("default", "web.qcow2", 20 * GIB, "qcow2")
    new = wish.device
    assert isinstance(new, DiskDevice)
    assert (new.target, new.bus, new.format, new.source_kind) == ("vdb", "virtio", "qcow2", "file")
    assert new.source == DiskSource(file="/pool/web.qcow2")
    assert not any(level.blocks for level in levels(at, {}).values())


def test_a_name_that_is_free_in_the_pool() -> None:
    volume = Volume("default", "web.qcow2", "/pool/web.qcow2", "qcow2", GIB, GIB)
    at = scene(offer=HardwareOffer(pools=(DEFAULT,), volumes={"default": (volume,)}))
    made = added(at, {}).volume
    assert made is not None
    assert made.name == "web-2.qcow2"
    assert levels(at, {"volume": "web.qcow2"})["volume"] is Level.ERROR


def test_a_volume_of_a_pool_of_devices_is_raw() -> None:
    wish = added(scene(), {"pool": "vg", "volume": "web", "size": GIB})
    assert wish.volume == NewVolume("vg", "web", GIB, "raw")
    assert isinstance(wish.device, DiskDevice)
    assert wish.device.source == DiskSource(device="/dev/vg/web")
    assert wish.device.source_kind == "block"


def test_without_a_pool_an_existing_file_is_asked_for() -> None:
    at = scene(offer=HardwareOffer())
    assert form.truth(disk.FORM, at)["source"] == "file"
    assert form.offers(disk.FORM.knobs, at, {})["source"][0].why_not
    assert levels(at, {})["path"] is Level.MISSING


def test_the_bus_is_that_of_its_first_disk_and_the_name_is_free_now_and_then() -> None:
    live = ListedDevice("sda", "disk", replace(OLD, bus="sata", target="sda"), None)
    saved = ListedDevice("sdb", "disk", None, replace(OLD, bus="sata", target="sdb"))
    new = added(scene(live, saved), {}).device
    assert isinstance(new, DiskDevice)
    assert (new.bus, new.target) == ("sata", "sdc")


def test_an_existing_file_is_opened_as_what_is_in_it() -> None:
    seen = LookedAt(Medium(FileRef("/a"), exists=True, format="qcow2"), Usable.YES, NewMedium("/a", "qcow2"))
    offer = HardwareOffer(pools=(DEFAULT,), looked={"/a": seen})
    new = added(scene(offer=offer), {"source": "file", "path": "/a"})
    assert new.volume is None
    assert isinstance(new.device, DiskDevice)
    assert (new.device.format, new.device.source) == ("qcow2", DiskSource(file="/a"))
    said = levels(scene(offer=offer), {"source": "file", "path": "/a", "format": "raw"})
    assert said["format"] is Level.WARNING
    unseen = added(scene(), {"source": "file", "path": "/b"}).device
    assert isinstance(unseen, DiskDevice)
    assert unseen.format == ""


def test_what_is_under_dev_is_a_device() -> None:
    new = added(scene(), {"source": "file", "path": "/dev/sdq", "format": "raw"}).device
    assert isinstance(new, DiskDevice)
    assert (new.source_kind, new.source) == ("block", DiskSource(device="/dev/sdq"))
    assert added(scene(), {"source": "device", "path": "/dev/sdq", "format": "raw"}).device == new


def test_a_server() -> None:
    answers = {
        "source": "network",
        "protocol": "rbd",
        "host": "mon",
        "port": "6789",
        "name": "p/i",
        "user": "joe",
        "secret": "ceph-key",
    }
    new = added(scene(), answers).device
    assert isinstance(new, DiskDevice)
    assert new.source is not None
    assert (new.source_kind, new.format, new.source.protocol, new.source.name) == (
        "network",
        "raw",
        "rbd",
        "p/i",
    )
    assert (new.source.hosts[0].name, new.source.hosts[0].port) == ("mon", "6789")
    assert new.source.auth is not None
    assert new.source.auth.secret is not None
    assert (new.source.auth.secret.kind, new.source.auth.secret.usage) == ("ceph", "ceph-key")
    assert not any(level.blocks for level in levels(scene(), answers).values())
    assert levels(scene(), {**answers, "secret": ""})["secret"] is Level.MISSING
    assert levels(scene(), {**answers, "port": "70000"})["port"] is Level.ERROR
    assert levels(scene(), {**answers, "protocol": "iscsi", "name": ""})["name"] is Level.MISSING


def test_another_bus_takes_along_name_address_and_what_only_the_old_one_has() -> None:
    taken = listed(replace(OLD, bus="sata", target="sda"))
    values = changed(scene(listed(), taken, about="vda"), {"bus": "sata"})
    assert values == {"bus": "sata", "target": "sdb", "address": None, "queues": None}


def test_scsi_brings_its_controller() -> None:
    controller = ControllerDevice(kind="scsi", index=0, model="virtio-scsi")
    at = scene(about="vda")
    assert form.wishes(disk.FORM, at, {"bus": "scsi"})[0] == AddDevice(controller)
    has = scene(listed(), listed(controller, "controller-0", "controller"), about="vda")
    assert len(form.wishes(disk.FORM, has, {"bus": "scsi"})) == 1


def test_a_full_bus_is_said() -> None:
    drives = [listed(replace(OLD, bus="ide", target=f"hd{letter}")) for letter in "abcd"]
    assert levels(scene(*drives), {"bus": "ide"})["bus"] is Level.ERROR


@pytest.mark.parametrize("about", ["", "vda"])
def test_windows_without_the_driver_is_warned_of(about: str) -> None:
    sata = listed(replace(OLD, bus="sata"), "vda")
    at = scene(sata, about=about, hyperv_relaxed=True)
    assert levels(at, {"bus": "virtio"})["bus"] is Level.WARNING
    assert "bus" not in levels(scene(sata, about=about), {"bus": "virtio"})


@pytest.mark.parametrize(
    ("use", "shareable", "level"),
    [
        (DiskUse("o", "other", DiskUseKind.SAME, is_running=True), False, Level.ERROR),
        (DiskUse("o", "other", DiskUseKind.SAME, is_running=True), True, Level.ERROR),
        (DiskUse("o", "other", DiskUseKind.SAME, is_running=True, is_shared=True), False, Level.ERROR),
        (DiskUse("o", "other", DiskUseKind.SAME, is_running=True, is_shared=True), True, Level.INFO),
        (DiskUse("o", "other", DiskUseKind.SAME), False, Level.WARNING),
        (DiskUse("o", "other", DiskUseKind.OVERLAY), False, Level.ERROR),
        (DiskUse("o", "other", DiskUseKind.BASE), False, Level.WARNING),
    ],
)
def test_the_disk_of_another_machine(use: DiskUse, shareable: bool, level: Level) -> None:
    at = scene(offer=HardwareOffer(pools=(DEFAULT,), disk_uses={"/x/a": (use, replace(use, uuid="u"))}))
    answers = {"source": "file", "path": "/x//a", "format": "raw", "shareable": shareable, "cache": "none"}
    assert levels(at, answers)["path"] is level


def test_ones_own_disk_is_not_added_twice() -> None:
    assert levels(scene(), {"source": "file", "path": "/pool/web.qcow2"})["path"] is Level.ERROR


def test_modes_that_do_not_go_together() -> None:
    at = scene(about="vda")
    assert levels(at, {"io": "native"})["io"] is Level.ERROR
    assert "io" not in levels(at, {"io": "native", "cache": "none"})
    assert levels(at, {"shareable": True})["shareable"] is Level.ERROR
    assert levels(at, {"shareable": True, "format": "raw"})["shareable"] is Level.WARNING
    assert levels(at, {"serial": "a/b"})["serial"] is Level.ERROR
    assert levels(at, {"serial": "1" * 21})["serial"] is Level.WARNING


def test_another_file_is_looked_into() -> None:
    assert changed(scene(about="vda"), {"path": "/pool/b"}) == {"source.file": "/pool/b"}
    seen = LookedAt(Medium(FileRef("/b"), exists=True, format="raw"), Usable.YES, NewMedium("/b", "raw"))
    at = scene(offer=HardwareOffer(looked={"/b": seen}), about="vda")
    assert changed(at, {"path": "/b"}) == {"source.file": "/b", "format": "raw"}
    assert changed(scene(about="vda"), {"path": "/pool/b", "format": "raw"})["format"] == "raw"


def test_nothing_answered_is_nothing_wished() -> None:
    at = scene(about="vda")
    assert form.wishes(disk.FORM, at, form.truth(disk.FORM, at)) == ()


def test_a_volume_by_its_names() -> None:
    volume = replace(OLD, source_kind="volume", source=DiskSource(pool="default", volume="a"))
    at = scene(listed(volume), about="vda")
    assert form.truth(disk.FORM, at)["source"] == "pool"
    assert changed(at, {"volume": "b"}) == {"source.volume": "b"}


@pytest.mark.parametrize(
    ("bus", "blocks"), [("ide", True), ("sata", True), ("virtio", False), ("scsi", False)]
)
def test_read_only_where_its_bus_can(bus: str, blocks: bool) -> None:
    assert ("readonly" in levels(scene(), {"bus": bus, "readonly": True})) is blocks
    assert "readonly" not in levels(scene(), {"bus": bus})


def test_taken_out_of_scsi_where_libvirt_knows_it() -> None:
    at = scene()
    old, new = (
        Scene(replace(at.machine, libvirt_version=version), at.offer) for version in (9_000_000, 11_003_000)
    )
    answers = {"bus": "scsi", "removable": True}
    assert levels(old, answers)["removable"] is Level.ERROR
    assert "removable" not in levels(new, answers)
    assert "removable" not in levels(old, {**answers, "bus": "usb"})


def test_a_volume_by_its_name_is_said_to_be_in_use_as_its_file_is() -> None:
    use = DiskUse("o", "other", DiskUseKind.SAME, is_running=True)
    held = {"default": (Volume("default", "one.qcow2", "/pool/one.qcow2", "qcow2", GIB, 0),)}
    offer = HardwareOffer(pools=(DEFAULT,), volumes=held, disk_uses={"/pool/one.qcow2": (use,)})
    chosen = {"source": "pool", "pool": "default", "volume": "one.qcow2"}
    assert levels(scene(offer=offer, about="vda"), chosen)["volume"] is Level.ERROR
    volume = replace(OLD, source_kind="volume", source=DiskSource(pool="default", volume="one.qcow2"))
    assert not levels(scene(listed(volume), offer=offer, about="vda"), chosen)
