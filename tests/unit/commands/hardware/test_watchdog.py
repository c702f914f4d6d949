"""What the form about watchdogs wishes for."""

from tests.unit.commands.hardware.device_scene import NEW, OLD, about, added, refused, said, scene, wishes
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import watchdog
from vmgui.model.device_machine import WatchdogDevice
from vmgui.model.hardware import AddDevice, ChangeDevice
from vmgui.words.note import Level

DOG = WatchdogDevice(model="i6300esb", action="reset")
CHIPSET = WatchdogDevice(model="itco", action="reset")


def test_a_new_one_is_one_that_fits_the_machine() -> None:
    assert added(watchdog.FORM, scene()) == DOG
    assert added(watchdog.FORM, scene(arch="s390x", machine="s390-ccw-virtio-9.0")).model == "diag288"
    assert added(watchdog.FORM, scene(DOG, machine="pc-i440fx-9.0")).model == "ib700"


def test_older_hosts_give_each_machine_one() -> None:
    assert forms.why_none(watchdog.FORM, scene(DOG, version=OLD))
    assert not forms.why_none(watchdog.FORM, scene(CHIPSET, version=NEW))
    assert forms.why_none(watchdog.FORM, scene(CHIPSET, DOG, version=NEW))


def test_models_are_those_of_the_machine_s_type() -> None:
    form, at = about(DOG, version=OLD)
    assert refused(form, at, "model") == {"itco", "diag288"}
    form, at = about(DOG, version=NEW)
    assert refused(form, at, "model") == {"ib700", "diag288"}
    form, at = about(DOG, CHIPSET, version=NEW)
    assert refused(form, at, "model") == {"itco", "ib700", "diag288"}
    form, at = about(DOG, machine="pc-i440fx-9.0")
    assert refused(form, at, "model") == {"itco", "diag288"}


def test_the_chipset_s_own_is_no_other_model() -> None:
    form, at = about(CHIPSET, version=NEW)
    assert refused(form, at, "model") == {"i6300esb", "ib700", "diag288"}
    form, at = about(DOG, CHIPSET)
    assert said(form, at, model="itco") == {"model": Level.ERROR}


def test_all_watchdogs_of_a_machine_do_the_same() -> None:
    form, at = about(DOG, CHIPSET)
    assert said(form, at) == {}
    assert said(form, at, action="pause") == {"action": Level.INFO}
    other, own = wishes(form, at, action="pause")
    assert isinstance(other, ChangeDevice)
    assert isinstance(own, ChangeDevice)
    assert [(wish.id, wish.values) for wish in (other, own)] == [
        ("watchdog-1", (("action", "pause"),)),
        ("watchdog-0", (("action", "pause"),)),
    ]
    assert wishes(form, at) == ()


def test_a_new_one_does_what_the_others_do() -> None:
    paused = WatchdogDevice(model="itco", action="pause")
    assert wishes(watchdog.FORM, scene(paused)) == (
        AddDevice(WatchdogDevice(model="i6300esb", action="pause")),
    )
    assert len(wishes(watchdog.FORM, scene(paused), action="none")) == 2


def test_what_a_hanging_guest_rarely_does() -> None:
    form, at = about(DOG)
    assert said(form, at, action="shutdown") == {"action": Level.INFO}
