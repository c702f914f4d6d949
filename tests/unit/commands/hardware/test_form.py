"""What follows from any form's declaration."""

from vmgui.commands.hardware import every, form
from vmgui.commands.hardware.form import Scene
from vmgui.libvirtxml.edit import read_devices
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareMachine, HardwareOffer
from vmgui.policy.device import listed


def scene(id_: str, *devices: str) -> Scene:
    found = listed((), read_devices(f"<domain><devices>{''.join(devices)}</devices></domain>"))
    machine = HardwareMachine(uuid="u", name="web", devices=found, saved=DomainValues())
    return Scene(machine, HardwareOffer(), machine.device(id_))


def folder(name: str, more: str = "") -> str:
    return f"<filesystem accessmode='mapped'><source dir='/{name}'/><target dir='{name}'/>{more}</filesystem>"


def test_an_answer_about_one_device_is_none_about_another_that_has_its_id_now() -> None:
    before = scene("filesystem-1", folder("a"), folder("b"), folder("c"))
    assert before.listed is not None
    its = every.form_of(before.listed)
    assert its is not None
    shifted = scene("filesystem-1", folder("b"), folder("c"))
    assert form.overtaken(its, before, shifted, "readonly") == "Read-only (another device now)"
    assert not form.overtaken(its, before, before, "readonly")
    changed = scene("filesystem-1", folder("a"), folder("b", "<readonly/>"), folder("c"))
    assert form.overtaken(its, before, changed, "readonly") == "Read-only (now on)"
