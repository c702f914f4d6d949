"""What a form about a controller wishes for."""

from typing import Any

from vmgui.commands.hardware import controller, form
from vmgui.commands.hardware.form import Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_parts import Address
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.words.note import Level

ROOT = ControllerDevice(kind="pci", index=0, model="pcie-root")
USB = ControllerDevice(kind="usb", index=0, model="qemu-xhci", address=Address(kind="pci", slot="0x02"))


def scene(*found: ControllerDevice, about: str = "") -> Scene:
    devices = tuple(
        ListedDevice(f"controller-{number}", "controller", None, one) for number, one in enumerate(found)
    )
    machine = HardwareMachine(uuid="u", name="web", devices=devices, saved=DomainValues())
    return Scene(machine, HardwareOffer(), machine.device(about) if about else None)


def added(at: Scene, answers: dict[str, Any]) -> list[object]:
    wishes = form.wishes(controller.FORM, at, {**form.truth(controller.FORM, at), **answers})
    return [wish.device for wish in wishes if isinstance(wish, AddDevice)]


def levels(at: Scene, answers: dict[str, Any]) -> dict[str, Level]:
    complete = {**form.truth(controller.FORM, at), **answers}
    return {note.field: note.level for note in controller.FORM.judge(at, complete)}


def test_ports_for_later_several_at_once() -> None:
    port = ControllerDevice(kind="pci", model="pcie-root-port")
    assert added(scene(ROOT), {}) == [port]
    assert added(scene(ROOT), {"count": 3}) == [port] * 3


def test_a_board_without_pcie_has_none() -> None:
    assert added(scene(), {}) == [ControllerDevice(kind="scsi", model="virtio-scsi")]
    assert form.offers(controller.FORM.knobs, scene(), {})["type"][0].why_not


def test_each_kind_has_its_usual_model() -> None:
    at = scene(ROOT)
    assert added(at, {"type": "usb"}) == [ControllerDevice(kind="usb", model="qemu-xhci")]
    assert added(at, {"type": "usb", "model": "nec-xhci"}) == [ControllerDevice(kind="usb", model="nec-xhci")]
    assert added(at, {"type": "virtio-serial", "ports": 8}) == [
        ControllerDevice(kind="virtio-serial", ports=8)
    ]
    assert added(at, {"type": "sata", "count": 4}) == [ControllerDevice(kind="sata")]


def test_what_does_not_go_together() -> None:
    at = scene(ROOT)
    assert levels(at, {"type": "usb", "model": "virtio-scsi"})["model"] is Level.ERROR
    assert levels(at, {"type": "usb", "ports": 16})["ports"] is Level.ERROR
    assert levels(at, {"type": "usb", "model": "pci-ohci", "ports": 4})["ports"] is Level.ERROR
    assert levels(at, {"type": "scsi", "model": "lsilogic", "queues": 4})["queues"] is Level.ERROR
    assert levels(at, {}) == {}


def test_another_model_sits_where_the_hypervisor_puts_it() -> None:
    at = scene(USB, about="controller-0")
    (wish,) = form.wishes(controller.FORM, at, {"model": "nec-xhci"})
    assert isinstance(wish, ChangeDevice)
    assert dict(wish.values) == {"model": "nec-xhci", "address": None}
    assert "type" not in form.truth(controller.FORM, at)


def test_a_family_of_controllers_is_not_torn_apart() -> None:
    family = ControllerDevice(kind="usb", index=0, model="ich9-ehci1")
    assert "model" not in form.truth(controller.FORM, scene(family, about="controller-0"))
    assert form.truth(controller.FORM, scene(ROOT, about="controller-0")) == {}
