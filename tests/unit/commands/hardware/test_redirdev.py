"""What the form about USB redirection wishes for."""

from tests.unit.commands.hardware.device_scene import (
    about,
    added,
    capabilities,
    changed,
    refused,
    said,
    scene,
)
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import redirdev
from vmgui.model.device_character import RedirdevDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.model.device_storage import ControllerDevice
from vmgui.words.note import Level

SPICE = GraphicsDevice(kind="spice")
NO_USB = ControllerDevice(kind="usb", model="none")
VIEWER = RedirdevDevice(bus="usb", host=CharacterEnd(kind="spicevmc"))


def test_a_new_one_is_the_viewer_s() -> None:
    assert added(redirdev.FORM, scene(SPICE)) == VIEWER


def test_it_needs_spice_and_usb() -> None:
    assert forms.why_none(redirdev.FORM, scene())
    assert forms.why_none(redirdev.FORM, scene(SPICE, NO_USB))
    assert forms.why_none(redirdev.FORM, scene(SPICE, can=capabilities(redirdev=None)))
    assert forms.why_none(redirdev.FORM, scene(SPICE, can=capabilities(channel={"type": ("pty",)})))


def test_one_over_the_network_goes_without_spice() -> None:
    form, at = about(VIEWER, SPICE)
    assert changed(form, at, type="tcp", port="4000").host == CharacterEnd(
        kind="tcp", sources=(CharacterSource(mode="connect", host="127.0.0.1", service="4000"),)
    )
    assert said(form, at, type="tcp") == {"port": Level.MISSING}
    form, at = about(changed(form, at, type="tcp", port="4000"))
    assert said(form, at) == {}
    assert refused(form, at, "type") == {"spicevmc"}
    assert said(form, at, type="spicevmc") == {"type": Level.ERROR}
