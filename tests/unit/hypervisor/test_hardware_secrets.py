"""Stars instead of passwords, and nothing else otherwise."""

from __future__ import annotations

from vmgui.hypervisor.hardware_secrets import is_secret, starred, without_secrets
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import Cookie, DiskDevice, DiskSource
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.hardware import AddDevice, ChangeDevice, SetAutostart

WORD = "hunter2"


def test_a_password_is_known_by_its_model() -> None:
    assert is_secret(GraphicsDevice(), "password")
    assert not is_secret(GraphicsDevice(), "listen")
    assert not is_secret(DiskDevice(), "source.file")


def test_stars_stand_for_passwords_however_deep() -> None:
    device = DiskDevice(source=DiskSource(cookies=(Cookie(name="a", value=WORD), Cookie(name="b"))))
    shown = without_secrets(device)
    assert [cookie.value for cookie in shown.source.cookies] == ["*****", ""]
    assert [cookie.name for cookie in shown.source.cookies] == ["a", "b"]
    assert device.source is not None
    assert device.source.cookies[0].value == WORD


def test_wishes_without_passwords_are_the_very_same() -> None:
    plain = (AddDevice(DiskDevice(target="vda")), SetAutostart(on=True))
    assert all(one is other for one, other in zip(starred(plain), plain, strict=True))
    listed = ListedDevice("graphics-0", "graphics", None, GraphicsDevice())
    add = AddDevice(GraphicsDevice(password=WORD))
    change = ChangeDevice("graphics-0", (("password", WORD), ("listen", "::1")), listed)
    shown = starred((add, change))
    assert shown[0] == AddDevice(GraphicsDevice(password="*" * 5))
    assert shown[1] == ChangeDevice("graphics-0", (("password", "*****"), ("listen", "::1")), listed)
    assert WORD not in f"{shown} {add} {change}"
