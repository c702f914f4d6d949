"""The form about graphics cards."""

from typing import Any

import pytest

from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.video import FORM
from vmgui.model.device import ListedDevice
from vmgui.model.device_display import GraphicsDevice, VideoDevice
from vmgui.model.device_parts import Address, Virtio
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.policy.device_values import with_values
from vmgui.words.say import Say

QXL = VideoDevice(
    model="qxl", memory_kib=65536, video_memory_kib=65536, vga_memory_kib=16384, heads=4, primary=True, width=800,
    height=600, address=Address(kind="pci", slot="0x01"),
)  # fmt: skip
VIRTIO = VideoDevice(
    model="virtio",
    device="virtio-vga",
    heads=2,
    primary=True,
    accel_3d=True,
    blob=True,
    virtio=Virtio(ats=True),
)


def scene(card: VideoDevice | None, *others: object) -> Scene:
    listed = [
        ListedDevice(f"video-{place}", "video", None, one)
        for place, one in enumerate((card, *others))
        if one is not None
    ]
    machine = HardwareMachine(uuid="u", name="web", devices=tuple(listed))
    return Scene(machine, HardwareOffer(), listed[0] if card is not None else None)


def changed(card: VideoDevice, **answers: Any) -> VideoDevice:
    found = forms.wishes(FORM, scene(card), answers)
    if not found:
        return card
    (wish,) = found
    assert isinstance(wish, ChangeDevice)
    return with_values(card, wish.values)


def said(where: Scene, **answers: Any) -> set[str]:
    return {note.field for note in FORM.judge(where, {**forms.truth(FORM, where), **answers})}


@pytest.mark.parametrize(
    ("card", "model", "after"),
    [
        (QXL, "vga", VideoDevice(model="vga", video_memory_kib=16384, heads=1, primary=True, width=800, height=600, address=QXL.address)),
        (QXL, "virtio", VideoDevice(model="virtio", heads=4, primary=True, width=800, height=600, address=QXL.address)),
        (QXL, "cirrus", VideoDevice(model="cirrus", video_memory_kib=16384, heads=1, primary=True, address=QXL.address)),
        (QXL, "ramfb", VideoDevice(model="ramfb", heads=1, primary=True)),
        (QXL, "none", VideoDevice(model="none")),
        (VIRTIO, "bochs", VideoDevice(model="bochs", video_memory_kib=16384, heads=1, primary=True)),
        (VideoDevice(model="vmvga"), "vga", VideoDevice(model="vga", video_memory_kib=16384, heads=1)),
    ],
)  # fmt: skip
def test_another_model_keeps_what_it_can_have(card: VideoDevice, model: str, after: VideoDevice) -> None:
    assert changed(card, model=model) == after


def test_what_only_another_model_has_is_no_answer() -> None:
    assert changed(VIRTIO, model="vga", heads=3, accel3d=True) == VideoDevice(
        model="vga", video_memory_kib=16384, heads=1, primary=True
    )
    assert said(scene(VIRTIO), heads=17) == {"heads"}
    assert changed(VIRTIO, memory=32768) == VIRTIO
    assert changed(VIRTIO, heads=3).heads == 3
    assert changed(VIRTIO, accel3d=False).accel_3d is None


def test_a_resolution_is_typed() -> None:
    card = VideoDevice(model="vga", heads=1)
    after = changed(card, resolution="1024 x 768")
    assert (after.width, after.height) == (1024, 768)
    assert changed(after, resolution="") == card
    assert said(scene(card), resolution="large") == {"resolution"}
    assert said(scene(card), resolution="0x768") == {"resolution"}


def test_memory_is_a_power_of_two() -> None:
    card = VideoDevice(model="vga", heads=1)
    assert said(scene(card), memory=30000) == {"memory"}
    assert said(scene(card), memory=512) == {"memory"}
    assert said(scene(card), memory=32768) == set()


def test_3d_needs_a_display_with_opengl() -> None:
    card = VideoDevice(model="virtio", heads=1)
    assert said(scene(card, GraphicsDevice(kind="vnc")), accel3d=True) == {"accel3d"}
    assert said(scene(card, GraphicsDevice(kind="spice", gl=True)), accel3d=True) == set()
    assert said(scene(VIRTIO)) == set()


def test_a_second_card_is_one_that_can_be() -> None:
    first = VideoDevice(model="vga", primary=True)
    (wish,) = forms.wishes(FORM, scene(None, first), {})
    assert isinstance(wish, AddDevice)
    assert wish.device == VideoDevice(model="virtio", heads=1)
    assert said(scene(None, first), model="vga") == {"model"}
    assert said(scene(None, first), model="none") == {"model"}
    assert isinstance(FORM.fresh(scene(None, VideoDevice(model="none"))), Say)
    (wish,) = forms.wishes(FORM, scene(None), {})
    assert isinstance(wish, AddDevice)
    assert wish.device == VideoDevice(model="virtio", heads=1, primary=True)
