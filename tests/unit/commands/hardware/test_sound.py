"""The form about sound cards."""

from typing import Any

from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.sound import FORM
from vmgui.model.device import ListedDevice
from vmgui.model.device_display import SoundDevice
from vmgui.model.device_parts import Address
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.policy.device_values import with_values

CARD = SoundDevice(model="ich9", codecs=("micro",), address=Address(kind="pci", slot="0x1b"))


def scene(card: SoundDevice | None, *others: object, version: int = 0) -> Scene:
    listed = [
        ListedDevice(f"d-{place}", "sound", None, one)
        for place, one in enumerate((card, *others))
        if one is not None
    ]
    machine = HardwareMachine(uuid="u", name="web", devices=tuple(listed), libvirt_version=version)
    return Scene(machine, HardwareOffer(), listed[0] if card is not None else None)


def changed(where: Scene, **answers: Any) -> SoundDevice:
    (wish,) = forms.wishes(FORM, where, answers)
    assert isinstance(wish, ChangeDevice)
    return with_values(where.kept, wish.values)


def said(where: Scene, **answers: Any) -> set[str]:
    return {note.field for note in FORM.judge(where, {**forms.truth(FORM, where), **answers})}


def test_another_model_is_somewhere_else() -> None:
    assert changed(scene(CARD), model="usb") == SoundDevice(model="usb")
    assert changed(scene(CARD), model="ich6") == SoundDevice(model="ich6", codecs=("micro",))
    assert changed(scene(CARD), model="ac97", codec="duplex") == SoundDevice(model="ac97")
    assert changed(scene(CARD), codec="") == with_values(CARD, {"codecs": ()}.items())


def test_what_its_host_lacks_is_said() -> None:
    assert said(scene(CARD, version=9_000_000), model="virtio") == {"model"}
    assert said(scene(CARD, version=11_003_000), model="virtio") == set()
    assert said(scene(CARD), model="pcspk") == {"model"}
    assert said(scene(CARD, ControllerDevice(kind="usb", model="none")), model="usb") == {"model"}
    assert said(scene(CARD, ControllerDevice(kind="usb", model="qemu-xhci")), model="usb") == set()


def test_a_new_one_fits_its_machine() -> None:
    (wish,) = forms.wishes(FORM, scene(None), {})
    assert wish == AddDevice(SoundDevice(model="ich6"))
    (wish,) = forms.wishes(FORM, scene(None, ControllerDevice(kind="pci", model="pcie-root")), {})
    assert wish == AddDevice(SoundDevice(model="ich9"))
