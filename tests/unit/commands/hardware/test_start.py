"""The form about a machine's name, its start with the host and what becomes of it when its system ends."""

from __future__ import annotations

from tests.unit.commands.hardware.machine_scene import after, blocked, others, scene
from vmgui.commands.hardware.form import machine_truth, offers
from vmgui.commands.hardware.start import FORM
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import SetAutostart

VALUES = DomainValues(domain_type="kvm", on_poweroff="destroy", on_reboot="restart", on_crash="destroy")


def test_what_is_answered_is_wished() -> None:
    at = scene(VALUES)
    assert after(FORM, at, title="Web", on_crash="coredump-restart") == DomainValues(
        domain_type="kvm",
        title="Web",
        on_poweroff="destroy",
        on_reboot="restart",
        on_crash="coredump-restart",
    )
    assert others(FORM, at, title="Web") == []
    assert others(FORM, at, autostart=True) == [SetAutostart(True)]
    assert others(FORM, at, autostart=False) == []
    assert machine_truth(FORM, scene(VALUES, autostart=True))["autostart"] is True


def test_a_host_that_does_not_tell_is_not_asked() -> None:
    at = scene(VALUES, autostart=None)
    assert others(FORM, at, autostart=True) == []
    assert "does not say" in offers(FORM.knobs, at, {})["autostart"]
    transient = scene(VALUES, is_persistent=False)
    assert "kept nowhere" in offers(FORM.knobs, transient, {})["autostart"]


def test_nothing_is_an_option_only_where_nothing_is_said() -> None:
    words = [option.value for option in offers(FORM.knobs, scene(VALUES), {})["on_reboot"]]
    assert words == ["restart", "destroy"]
    words = [option.value for option in offers(FORM.knobs, scene(DomainValues()), {})["on_reboot"]]
    assert words[0] == ""
    shown = {"on_crash": "rename-restart"}
    assert offers(FORM.knobs, scene(VALUES), shown)["on_crash"][-1].value == "rename-restart"


def test_what_no_host_can_is_said() -> None:
    at = scene(VALUES)
    assert blocked(FORM, at, on_poweroff="restart", on_reboot="destroy") == ["on_reboot"]
    assert blocked(FORM, at, on_poweroff="restart") == []
    assert blocked(FORM, at, title="a\nb") == ["title"]
