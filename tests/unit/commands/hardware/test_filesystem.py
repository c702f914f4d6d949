"""What a form about a shared folder wishes for, and what it says."""

from typing import Any

from vmgui.commands.hardware import filesystem, form
from vmgui.commands.hardware.form import Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_storage import FilesystemDevice
from vmgui.model.domain_values import DomainValues, NumaCell
from vmgui.model.hardware import AddDevice, ChangeDevice, ChangeMachine, HardwareMachine, HardwareOffer
from vmgui.model.host import DeviceOffer, DomainCapabilities
from vmgui.words.note import Level, Note

FOLDER = FilesystemDevice(
    kind="mount", access_mode="passthrough", driver="virtiofs", directory="/srv", target="share"
)
SHARED = DomainValues(memory_source="memfd", memory_access="shared")


def capabilities(*drivers: str) -> DomainCapabilities:
    offer = DeviceOffer("filesystem", True, bool(drivers), (("driverType", drivers),))
    return DomainCapabilities(
        *("x86_64", "pc-q35-7.2", "kvm", "/qemu", 8, ("bios",), (), False, (), (), (), (), (), (), ()),
        rng=True,
        filesystem=bool(drivers),
        offers=(offer,),
    )


def scene(
    *folders: FilesystemDevice, values: DomainValues | None = None, about: str = "", **more: Any
) -> Scene:
    devices = tuple(
        ListedDevice(f"filesystem-{number}", "filesystem", None, folder)
        for number, folder in enumerate(folders)
    )
    is_privileged = more.pop("is_privileged", True)
    machine = HardwareMachine(uuid="u", name="web", devices=devices, saved=values or DomainValues(), **more)
    return Scene(
        machine, HardwareOffer(is_privileged=is_privileged), machine.device(about) if about else None
    )


def said(at: Scene, answers: dict[str, Any]) -> dict[str, Note]:
    complete = {**form.truth(filesystem.FORM, at), **answers}
    return {note.field: note for note in filesystem.FORM.judge(at, complete)}


def test_a_new_one_brings_shared_memory_where_the_machine_has_none() -> None:
    memory, folder = form.wishes(filesystem.FORM, scene(), {"source": "/srv"})
    assert memory == ChangeMachine((("memory_source", "memfd"), ("memory_access", "shared")), DomainValues())
    assert folder == AddDevice(FOLDER)
    assert form.wishes(filesystem.FORM, scene(values=SHARED), {"source": "/srv"}) == (AddDevice(FOLDER),)


def test_shared_memory_is_asked_for_only_where_it_is_missing() -> None:
    assert "shared_memory" in form.truth(filesystem.FORM, scene())
    assert "shared_memory" not in form.truth(filesystem.FORM, scene(values=SHARED))
    cells = DomainValues(memory_access="shared", numa_cells=(NumaCell(memory_access="private"), NumaCell()))
    assert filesystem.lacks_shared_memory(scene(values=cells))
    changed = dict(filesystem.shared_memory(cells))
    assert changed["numa_cells"] == (NumaCell(memory_access="shared"), NumaCell(memory_access="shared"))
    huge = DomainValues(huge_pages=True)
    assert filesystem.shared_memory(huge) == (("memory_access", "shared"),)


def test_without_it_a_machine_would_not_start() -> None:
    at = scene()
    assert said(at, {"source": "/srv", "shared_memory": False})["shared_memory"].level is Level.ERROR
    assert "shared_memory" not in said(at, {"driver": "path", "shared_memory": False})
    assert form.wishes(filesystem.FORM, at, {"source": "/srv", "driver": "path"})[0] == AddDevice(
        FilesystemDevice(
            kind="mount", access_mode="passthrough", driver="path", directory="/srv", target="share"
        )
    )


def test_one_that_is_there_is_not_changed_by_looking_and_can_be_mended() -> None:
    at = scene(FOLDER, about="filesystem-0")
    assert form.wishes(filesystem.FORM, at, form.truth(filesystem.FORM, at)) == ()
    (wish,) = form.wishes(filesystem.FORM, at, {"shared_memory": True})
    assert isinstance(wish, ChangeMachine)


def test_a_name_stands_for_one_folder() -> None:
    at = scene(FOLDER)
    assert form.truth(filesystem.FORM, at)["target"] == "share2"
    assert said(at, {"target": "share"})["target"].level is Level.ERROR
    assert said(at, {"target": "x" * 37})["target"].level is Level.ERROR
    assert said(at, {"target": ""})["target"].level is Level.MISSING


def test_how_the_guest_mounts_it_is_one_command_whatever_the_name() -> None:
    assert "mount -t virtiofs -- share /mnt" in said(scene(), {})["target"].text
    assert "'a; b'" in said(scene(), {"target": "a; b"})["target"].text
    assert "-t 9p" in said(scene(), {"driver": "path"})["target"].text


def test_what_the_host_cannot() -> None:
    old = scene(libvirt_version=9_000_000)
    assert said(old, {"readonly": True})["readonly"].level is Level.ERROR
    assert "readonly" not in said(old, {"readonly": True, "driver": "path"})
    new = scene(libvirt_version=11_003_000)
    assert "readonly" not in said(new, {"readonly": True})
    own = scene(libvirt_version=9_000_000, is_privileged=False)
    assert said(own, {})["driver"].level is Level.ERROR


def test_a_host_without_virtiofs_says_so_and_9p_is_suggested() -> None:
    at = scene(capabilities=capabilities("path", "handle"))
    assert form.truth(filesystem.FORM, at)["driver"] == "path"
    virtiofs, nine_p = form.offers(filesystem.FORM.knobs, at, {})["driver"]
    assert virtiofs.why_not
    assert not nine_p.why_not
    assert (
        form.truth(filesystem.FORM, scene(capabilities=capabilities("path", "virtiofs")))["driver"]
        == "virtiofs"
    )


def test_the_other_kind_of_sharing_keeps_nothing_of_the_first() -> None:
    folder = FilesystemDevice(
        kind="mount", access_mode="passthrough", driver="virtiofs", directory="/srv", target="share",
        binary_cache="always", binary_xattr=True, queue_size=1024,
    )  # fmt: skip
    at = scene(folder, about="filesystem-0")
    wish = form.wishes(filesystem.FORM, at, {"driver": "path"})[-1]
    assert isinstance(wish, ChangeDevice)
    assert dict(wish.values) == {
        "driver": "path", "binary_cache": "", "binary_xattr": None, "queue_size": None
    }  # fmt: skip
