"""A plan about hardware as commands: they do the same and tell no password."""

from __future__ import annotations

import shlex

from vmgui.model.creation import NewVolume
from vmgui.model.device_disk import DiskDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import AddDevice, ChangeMachine, HardwareMachine, SetAutostart
from vmgui.policy.hardware import plan
from vmgui.policy.virsh_hardware import commands

VALUES = DomainValues(name="web")
WEB = HardwareMachine(uuid="u-u", name="web", is_active=True, live=VALUES, saved=VALUES, autostart=False)


def test_devices_go_in_by_a_here_document() -> None:
    found = commands(WEB, plan(WEB, []), [("attach-device", "<rng/>\n", ("--live", "--config"))])
    assert found == ("virsh attach-device web /dev/stdin --live --config <<'EOF'\n<rng/>\nEOF",)


def test_nothing_in_a_device_ends_its_document() -> None:
    (text,) = commands(
        WEB, plan(WEB, []), [("update-device", "<graphics>\nEOF\nEOF1\nrm -rf /\n</graphics>", ("--live",))]
    )
    assert text.splitlines()[0].endswith("<<'EOF2'")
    assert text.splitlines()[-1] == "EOF2"


def test_passwords_are_stars() -> None:
    xml = """<graphics type='vnc' passwd='a>"b' port='-1'/><graphics passwd="se'same"/>"""
    (text,) = commands(WEB, plan(WEB, []), [("update-device", xml, ("--live",))])
    assert text.count('passwd="***"') == 2
    assert "same" not in text
    assert 'a>"b' not in text


def test_a_volume_is_made_before_its_disk() -> None:
    wish = AddDevice(DiskDevice(device="disk", target="vdb", bus="virtio"), NewVolume("-p", "a b", 1024))
    made, plugged = commands(WEB, plan(WEB, [wish]), [("attach-device", "<disk/>", ("--live",))])
    assert made == (
        "virsh vol-create-as --pool -p --name 'a b' --capacity 1024B --allocation 0 --format qcow2"
    )
    assert plugged.startswith("virsh attach-device web /dev/stdin --live")


def test_what_virsh_cannot_save_is_left_to_an_editor() -> None:
    found = commands(WEB, plan(WEB, []), [("update-device", "<rng/>", ("--config",))])
    assert found == ("# virsh edit web: rng",)
    edit, typed = commands(WEB, plan(WEB, []), [("attach-device", "<tpm/>", ("--live", "--config"))])
    assert edit == "# virsh edit web: tpm"
    assert typed.startswith("virsh attach-device web /dev/stdin --live <<")


def test_what_is_of_the_machine_itself() -> None:
    wishes = [ChangeMachine((("title", "It's; rm"), ("machine", "q35")), VALUES), SetAutostart(True)]
    title, autostart, rest = commands(WEB, plan(WEB, wishes), [])
    assert shlex.split(title) == [
        "virsh",
        "desc",
        "web",
        "--live",
        "--config",
        "--title",
        "--new-desc",
        "It's; rm",
    ]
    assert autostart == "virsh autostart web"
    assert rest == "# virsh edit web: machine"
