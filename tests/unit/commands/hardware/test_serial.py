"""What forms about serial ports, consoles and parallel ports wish for."""

from dataclasses import replace

from tests.unit.commands.hardware.device_scene import about, added, changed, refused, said, scene, wishes
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import serial
from vmgui.commands.hardware.every import form_of
from vmgui.model.device_character import ConsoleDevice, ParallelDevice, SerialDevice
from vmgui.model.device_parts import Address, CharacterEnd, CharacterSource
from vmgui.model.hardware import ChangeDevice, RemoveDevice
from vmgui.words.note import Level

PTY = CharacterEnd(kind="pty")
PORT = SerialDevice(host=PTY, target_kind="isa-serial", port="0", model="isa-serial")
TWIN = ConsoleDevice(host=PTY, target_kind="serial", port="0")
TCP = CharacterEnd(
    kind="tcp", sources=(CharacterSource(mode="bind", host="127.0.0.1", service="4555"),), protocol="raw"
)


def test_a_new_one_is_a_terminal_at_a_pc_s_port() -> None:
    assert added(serial.SERIAL, scene()) == SerialDevice(host=PTY, target_kind="isa-serial")
    assert added(serial.SERIAL, scene(arch="ppc64le")).target_kind == "spapr-vio-serial"
    assert added(serial.SERIAL, scene(arch="aarch64")).target_kind == "system-serial"
    assert added(serial.CONSOLE, scene()) == ConsoleDevice(host=PTY, target_kind="virtio")
    assert added(serial.PARALLEL, scene()) == ParallelDevice(host=PTY)


def test_a_pc_has_four_isa_ports() -> None:
    at = scene(*[PORT] * 4)
    assert added(serial.SERIAL, at).target_kind == "pci-serial"
    assert said(serial.SERIAL, at, target="isa-serial") == {"target": Level.ERROR}


def test_another_model_has_a_place_of_its_own() -> None:
    card = replace(
        PORT, target_kind="pci-serial", model="pci-serial", address=Address(kind="pci", slot="0x01")
    )
    form, at = about(card)
    assert changed(form, at, target="isa-serial") == replace(PORT, model="")
    assert "sclp-serial" in refused(form, at, "target")


def test_the_console_of_the_first_port_ends_where_the_port_ends() -> None:
    form, at = about(PORT, TWIN)
    twin, own = wishes(form, at, type="null")
    assert isinstance(twin, ChangeDevice)
    assert (twin.id, twin.values) == ("console-0", (("host", CharacterEnd(kind="null")),))
    assert isinstance(own, ChangeDevice)
    assert own.id == "serial-0"
    # Another model is none of the console's business, nor is a second port.
    assert len(wishes(form, at, target="pci-serial")) == 1
    second = scene(PORT, PORT, TWIN, about=1)
    assert len(wishes(form, second, type="null")) == 1


def test_the_last_port_takes_its_console_along_which_would_bring_it_back() -> None:
    form, at = about(PORT, TWIN)
    assert [wish.id for wish in forms.removal(form, at) if isinstance(wish, RemoveDevice)] == [
        "console-0",
        "serial-0",
    ]
    form, at = about(PORT, PORT, TWIN)
    assert len(forms.removal(form, at)) == 1


def test_the_console_of_a_port_has_no_form_of_its_own() -> None:
    at = scene(PORT, TWIN, about=1)
    assert at.listed is not None
    assert form_of(at.listed) is None


def test_an_end_of_another_kind_keeps_what_both_have() -> None:
    form, at = about(replace(PORT, host=TCP))
    assert changed(form, at, type="pty").host == PTY
    assert changed(form, at, host="10.0.0.1").host.sources[0].service == "4555"
    file = CharacterEnd(kind="file", sources=(CharacterSource(path="/var/log/a.log", append=True),))
    form, at = about(replace(PORT, host=file))
    assert changed(form, at, type="unix").host == CharacterEnd(
        kind="unix", sources=(CharacterSource(mode="bind", path="/var/log/a.log"),)
    )


def test_what_is_shown_of_another_kind_is_what_it_will_be() -> None:
    form, at = about(PORT)
    first = forms.truth(form, at)
    shown = changed(form, at, type="tcp", port="4555").host.sources[0]
    assert (shown.mode, shown.host) == (first["mode"], first["host"])


def test_a_terminal_s_path_is_none_to_keep() -> None:
    now = replace(PORT, host=CharacterEnd(kind="pty", sources=(CharacterSource(path="/dev/pts/7"),)))
    form, at = about(now)
    assert forms.truth(form, at)["path"] == ""
    assert said(form, at, type="file") == {"path": Level.MISSING}


def test_what_is_missing_or_wrong() -> None:
    form, at = about(PORT)
    assert said(form, at) == {}
    assert said(form, at, type="tcp") == {"port": Level.MISSING}
    assert said(form, at, type="tcp", port="0") == {"port": Level.ERROR}
    assert said(form, at, type="tcp", port="telnet") == {}
    assert said(form, at, type="tcp", port="99", host="") == {"host": Level.MISSING}
    assert said(form, at, type="file", path="a.log") == {"path": Level.ERROR}
    assert said(form, at, log="a.log") == {"log": Level.ERROR}


def test_a_line_that_everybody_reaches_is_warned_of() -> None:
    form, at = about(replace(PORT, host=TCP))
    assert said(form, at, host="10.0.0.1") == {"host": Level.WARNING}
    assert said(form, at, host="10.0.0.1", mode="connect") == {}


def test_a_log_goes_with_what_is_said_of_it() -> None:
    form, at = about(replace(PORT, host=replace(PTY, log_path="/a.log", log_append=False)))
    assert changed(form, at, log="").host == PTY
    assert changed(form, at, log="/b.log").host == replace(PTY, log_path="/b.log", log_append=False)
