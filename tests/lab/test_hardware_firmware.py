"""Firmware of machines, as libvirt chooses it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.world import World
from tests.lab.editing import INACTIVE, xml_of
from tests.lab.generations import every_generation_if_long
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from vmgui.commands.hardware import firmware, form
from vmgui.commands.hardware.form import Scene
from vmgui.model.hardware import HardwareOffer

_MINE = "/var/lib/libvirt/images/mine_VARS.fd"


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


async def _choose(here: Person, which: str) -> None:
    at: Any = Scene(await here.look(), HardwareOffer())
    await here.change(*form.machine_wishes(firmware.FORM, at, {"firmware": which}))


@every_generation_if_long
async def test_uefi_with_secure_boot_keeps_the_variables_of_uefi(here: Person, lab_host: LabHost) -> None:
    """Its boot entries and keys are in there."""
    lab_host.define_tiny("web")
    await _choose(here, "uefi")
    saved = here.xml()[1]
    start, _, rest = saved.partition("</os>")
    before, opened, told = start.partition("<nvram")
    if opened:
        attributes, _, after = told.partition(">")
        start = f"{before}<nvram{attributes.rstrip('/')}>{_MINE}</nvram>{after.partition('</nvram>')[2]}"
    else:
        start += f"<nvram>{_MINE}</nvram>"
    lab_host.define_xml(f"{start}</os>{rest}")
    await _choose(here, "uefi-secure")
    assert _MINE in xml_of(lab_host, INACTIVE)
    await _choose(here, "uefi")
    assert _MINE in xml_of(lab_host, INACTIVE)
