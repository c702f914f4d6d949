"""The throw-away machine."""

import pytest

from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.kvm_probe import ProbeConsole, build_probe


@pytest.mark.parametrize("console", ProbeConsole)
def test_it_has_a_console_and_nothing_else(console: ProbeConsole) -> None:
    found = parse_domain(build_probe("p <&>", "kvm", "x86_64", "q35", "/usr/bin/qemu", console))
    assert (found.name, found.domain_type, found.machine) == ("p <&>", "kvm", "q35")
    assert found.has_serial_console
    assert not found.disks
    assert not found.interfaces
    assert not found.graphics
