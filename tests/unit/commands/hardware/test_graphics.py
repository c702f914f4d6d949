"""The form about displays: what answers make of one, what goes away with another kind, what is said."""

# ruff: noqa: S104, S106 - what people answer

from typing import Any

import pytest

from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.form import Scene
from vmgui.commands.hardware.graphics import FORM
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RedirdevDevice
from vmgui.model.device_display import AudioDevice, GraphicsDevice, Listen, VideoDevice
from vmgui.model.device_parts import CharacterEnd
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer, RemoveDevice
from vmgui.policy.device_values import with_values
from vmgui.words.note import Level
from vmgui.words.say import Say

CARD = VideoDevice(model="virtio", heads=1, primary=True)
LOOPBACK = (Listen(kind="address", address="127.0.0.1"),)
VNC = GraphicsDevice(kind="vnc", port=-1, auto_port=True, listen="127.0.0.1", listens=LOOPBACK)
SPICE = GraphicsDevice(
    kind="spice", auto_port=True, listen="127.0.0.1", listens=LOOPBACK, clipboard=False, tls_port=5999,
    image_compression="off", gl=True, when_connected="disconnect",
)  # fmt: skip
HIDDEN = "pass1234"


def scene(display: GraphicsDevice | None = VNC, *others: object) -> Scene:
    devices = [one for one in (display, *others) if one is not None]
    listed = [
        ListedDevice(f"d-{place}", type(one).__name__[:-6].lower(), None, one)
        for place, one in enumerate(devices)
    ]
    machine = HardwareMachine(uuid="u", name="web", devices=tuple(listed))
    return Scene(machine, HardwareOffer(), listed[0] if display is not None else None)


def changed(display: GraphicsDevice, **answers: Any) -> GraphicsDevice:
    found = forms.wishes(FORM, scene(display), answers)
    if not found:
        return display
    (wish,) = found
    assert isinstance(wish, ChangeDevice)
    return with_values(display, wish.values)


def levels(where: Scene, **answers: Any) -> dict[str, Level]:
    said = FORM.judge(where, {**forms.truth(FORM, where), **answers})
    return {note.field: note.level for note in said if note.level is not Level.INFO}


@pytest.mark.parametrize("display", [VNC, SPICE, GraphicsDevice(kind="sdl", display=":0")])
def test_what_is_answered_as_it_is_changes_nothing(display: GraphicsDevice) -> None:
    assert forms.wishes(FORM, scene(display), forms.truth(FORM, scene(display))) == ()


def test_where_it_listens_stands_in_both_places() -> None:
    everywhere = changed(VNC, listen="0.0.0.0")
    assert (everywhere.listen, everywhere.listens) == (
        "0.0.0.0",
        (Listen(kind="address", address="0.0.0.0"),),
    )
    typed = changed(VNC, listen="address", address=" 10.0.0.1 ")
    assert (typed.listen, typed.listens[0].address) == ("10.0.0.1", "10.0.0.1")
    # What was typed before another place was chosen is none.
    assert changed(VNC, address="10.0.0.1") == VNC
    assert changed(VNC, listen="127.0.0.1", address="10.0.0.1") == VNC
    assert changed(VNC, listen="none", address="10.0.0.1").listens == (Listen(kind="none"),)
    assert changed(typed, listen="address", address="10.0.0.1") == typed


def test_without_a_port_there_is_nothing_of_one_and_with_one_again_it_is_automatic() -> None:
    nowhere = changed(VNC, listen="none", port=5977)
    assert nowhere == GraphicsDevice(kind="vnc", listens=(Listen(kind="none"),))
    assert changed(nowhere, listen="127.0.0.1") == VNC


def test_a_port_is_fixed_or_automatic() -> None:
    fixed = changed(VNC, port=5977)
    assert (fixed.port, fixed.auto_port) == (5977, False)
    assert changed(fixed, port=None) == VNC
    running = with_values(VNC, {"port": 5900}.items())
    assert forms.truth(FORM, scene(running))["port"] is None
    assert levels(scene(), port=5899)["port"] is Level.ERROR


def test_a_password_is_changed_taken_away_or_left() -> None:
    assert forms.wishes(FORM, scene(), {"password": None}) == ()
    (wish,) = forms.wishes(FORM, scene(), {"password": HIDDEN})
    assert isinstance(wish, ChangeDevice)
    assert wish.values == (("password", HIDDEN),)
    assert HIDDEN not in repr(wish)
    assert levels(scene(), password="nine char") == {"password": Level.ERROR}
    assert levels(scene(), password="ñññññ") == {"password": Level.ERROR}, "bytes are counted"
    assert levels(scene(SPICE), password="nine char", gl=False) == {}


def test_an_open_display_is_warned_of() -> None:
    new = scene(None)
    for where, answers in (
        (new, {}),
        (new, {"password": HIDDEN}),
        (scene(), {}),
        (scene(), {"password": ""}),
    ):
        assert levels(where, listen="0.0.0.0", **answers) == {"listen": Level.WARNING}
    for place in ("127.0.0.1", "::1", "none", "localhost", ""):
        assert levels(scene(), listen=place) == {}
    assert levels(scene(), listen="address", address="::") == {"address": Level.WARNING}
    for place in ("1.2.3", "a b", "-x", "$(x)"):
        assert levels(scene(), listen="address", address=place) == {"address": Level.ERROR}
    assert levels(scene(), listen="address", address="") == {"address": Level.MISSING}


def test_the_moment_a_password_ends_is_read() -> None:
    assert levels(scene(), expires="2999-01-31T18:00:00") == {}
    assert levels(scene(), expires="2020-01-31T18:00:00") == {"expires": Level.WARNING}
    for text in ("tomorrow", "2030-13-01T00:00:00", "2030-01-01"):
        assert levels(scene(), expires=text) == {"expires": Level.ERROR}


def test_vnc_has_nothing_of_spice() -> None:
    after = changed(SPICE, type="vnc")
    assert after == GraphicsDevice(kind="vnc", auto_port=True, listen="127.0.0.1", listens=LOOPBACK)
    back = changed(with_values(VNC, {"share_policy": "ignore", "websocket": 5700}.items()), type="spice")
    assert back == with_values(VNC, {"kind": "spice"}.items())
    assert changed(VNC, gl=True, compression="off") == VNC
    assert changed(VNC, type="spice", clipboard=False, share="ignore").share_policy == ""


def test_sound_goes_where_there_is_a_display_for_it() -> None:
    spice = scene(SPICE, AudioDevice(id=1, kind="spice"))
    sound, display = forms.wishes(FORM, spice, {"type": "vnc"})
    assert isinstance(sound, ChangeDevice)
    assert isinstance(display, ChangeDevice)
    assert (sound.id, sound.values) == ("d-1", (("kind", "none"),))
    vnc = scene(VNC, AudioDevice(id=1, kind="none"))
    sound, _ = forms.wishes(FORM, vnc, {"type": "spice"})
    assert isinstance(sound, ChangeDevice)
    assert sound.values == (("kind", "spice"),)
    assert len(forms.wishes(FORM, vnc, {"port": 5977})) == 1


def test_a_second_one_is_of_the_other_kind() -> None:
    card, wish = forms.wishes(FORM, scene(None), {})
    assert card == AddDevice(CARD)
    assert isinstance(wish, AddDevice)
    assert wish.device == VNC
    (wish,) = forms.wishes(FORM, scene(None, VNC, CARD), {})
    assert isinstance(wish, AddDevice)
    assert isinstance(wish.device, GraphicsDevice)
    assert wish.device.kind == "spice"
    assert isinstance(FORM.fresh(scene(None, VNC, SPICE)), Say)
    assert levels(scene(VNC, SPICE), type="spice")["type"] is Level.ERROR


def test_spice_stays_while_something_needs_it() -> None:
    redirection = RedirdevDevice(bus="usb", host=CharacterEnd(kind="spicevmc"))
    assert levels(scene(SPICE, redirection), type="vnc", gl=False) == {"type": Level.ERROR}
    assert levels(scene(SPICE), type="vnc", gl=False) == {}


def test_other_kinds_are_let_be() -> None:
    other = GraphicsDevice(kind="egl-headless", render_node="/dev/dri/renderD128")
    assert levels(scene(other)) == {}
    assert changed(other, type="vnc") == GraphicsDevice(
        kind="vnc", port=-1, auto_port=True, listen="127.0.0.1", listens=LOOPBACK
    )


def test_sound_that_went_to_the_last_spice_display_goes_nowhere_once_that_goes() -> None:
    sound = AudioDevice(kind="spice")
    where = scene(SPICE, CARD, sound)
    first, second = forms.removal(FORM, where)
    assert isinstance(first, ChangeDevice)
    assert (first.id, first.values) == ("d-2", (("kind", "none"),))
    assert isinstance(second, RemoveDevice)
    assert "sound" in FORM.loses(where)
    for other in (scene(SPICE, SPICE, sound), scene(VNC, sound), scene(SPICE, AudioDevice(kind="none"))):
        assert len(forms.removal(FORM, other)) == 1
        assert not FORM.loses(other)
