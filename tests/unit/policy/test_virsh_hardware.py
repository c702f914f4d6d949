"""A plan about hardware as commands: they do the same and tell no password."""

from __future__ import annotations

import shlex

from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeMachine, HardwareMachine, SetAutostart
from vmgui.policy.hardware import plan
from vmgui.policy.virsh_hardware import commands

VALUES = DomainValues(name="web")
WEB = HardwareMachine(uuid="u-u", name="web", is_active=True, live=VALUES, saved=VALUES, autostart=False)


def test_devices_go_in_by_a_here_document() -> None:
    found = commands(WEB, plan(WEB, []), [("attach-device", "<rng/>\n", ("--live", "--config"))])
    assert found == ("virsh attach-device web /dev/stdin --live --config <<'EOF'\n<rng/>\nEOF",)


def test_nothing_in_a_device_ends_its_document() -> None:
    (text,) = commands(WEB, plan(WEB, []), [("update-device", "<x>\nEOF\nEOF1\nrm -rf /\n</x>", ("--live",))])
    assert text.splitlines()[0].endswith("<<'EOF2'")
    assert text.splitlines()[-1] == "EOF2"


def test_passwords_are_stars() -> None:
    xml = """<graphics type='vnc' passwd='a>"b' port='-1'/><graphics passwd="se'same"/>"""
    (text,) = commands(WEB, plan(WEB, []), [("update-device", xml, ("--live",))])
    assert text.count('passwd="***"') == 2
    assert "same" not in text
    assert 'a>"b' not in text


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
