"""What a host says it has for a machine's devices."""

from tests.unit.commands.hardware.device_scene import capabilities, scene
from vmgui.commands.fields import Option
from vmgui.commands.hardware.offered import LACKS, choices, is_lacking, possible

CAN = capabilities(tpm={"model": ("tpm-tis",)}, rng=None)


def test_what_is_not_told_may_work() -> None:
    assert choices(scene(), "tpm", "model") is None
    assert choices(scene(can=CAN), "watchdog", "model") is None
    assert choices(scene(can=CAN), "tpm", "version") is None
    assert not is_lacking(scene(can=CAN), "watchdog")


def test_what_it_lacks_says_why() -> None:
    assert choices(scene(can=CAN), "tpm", "model") == ("tpm-tis",)
    assert is_lacking(scene(can=CAN), "rng")
    options = (Option("", "a"), Option("tpm-tis", "b"), Option("tpm-crb", "c"), Option("d", "d", why_not="e"))
    found = possible(options, ("tpm-tis",))
    assert [option.why_not for option in found] == ["", "", LACKS, "e"]
    assert possible(options, None) == options
