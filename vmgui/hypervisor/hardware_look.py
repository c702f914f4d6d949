"""All that a change of a machine's hardware is judged by, read in one go; in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import libvirt

from vmgui.hypervisor.edits_look import is_migrating
from vmgui.hypervisor.errors import is_cut_off, is_gone
from vmgui.hypervisor.node import domain_capabilities_xml
from vmgui.hypervisor.saved_state import has_saved_state
from vmgui.libvirtxml.capabilities import parse_domain_capabilities
from vmgui.libvirtxml.edit import read_devices, read_values
from vmgui.model.device import FoundDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.errors import InvalidState
from vmgui.model.hardware import HardwareMachine
from vmgui.model.host import DomainCapabilities
from vmgui.policy.device import Pair, listed, paired

SOME = "********"
"""Stands for a password that there is: other stars than those of a new one, which is not as it was."""
_STILL = frozenset({libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PMSUSPENDED})


@dataclass(frozen=True, slots=True)
class HardwareLook:
    """What was read of a machine, and the XML it was read from; without passwords."""

    machine: HardwareMachine
    live_xml: str  # empty: it is off
    saved_xml: str  # empty: kept nowhere
    pairs: tuple[Pair, ...] = ()  # the machine's devices, with their places in both
    live_shown: tuple[FoundDevice, ...] = ()  # of the running machine, with stars for passwords

    @property
    def live_devices(self) -> tuple[FoundDevice, ...]:
        """In the order of the XML."""
        return tuple(pair.live for pair in self.pairs if pair.live is not None)

    def live_places(self) -> dict[str, FoundDevice]:
        """Those of the running machine by their ids."""
        return {pair.id: pair.live for pair in self.pairs if pair.live is not None}

    def saved_places(self, xml: str) -> dict[str, FoundDevice]:
        """Those of a definition, which may be another by now than the one that was looked at, by the same ids."""
        pairs = paired(self.live_devices, read_devices(xml))
        return {pair.id: pair.saved for pair in pairs if pair.saved is not None}

    def as_saved(self, xml: str, secure_xml: str) -> HardwareMachine:
        """The machine as it was looked at while it runs, and with this definition, told twice."""
        devices = listed(self.live_shown, _with_stars(read_devices(xml), read_devices(secure_xml)))
        return replace(self.machine, devices=devices, saved=read_values(xml))


def look_at(
    conn: libvirt.virConnect, domain: libvirt.virDomain, capabilities: DomainCapabilities | None = None
) -> HardwareLook:
    """Everything; without `capabilities` none are known."""
    is_active = bool(domain.isActive())
    live_xml = domain.XMLDesc() if is_active else ""
    saved_xml = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) if domain.isPersistent() else ""
    if not live_xml and not saved_xml:
        raise InvalidState("it is off, and its definition is kept nowhere")
    live = read_devices(live_xml) if live_xml else ()
    saved = read_devices(saved_xml) if saved_xml else ()
    live_shown = _shown(domain, live, 0)
    machine = HardwareMachine(
        uuid=domain.UUIDString(),
        name=domain.name(),
        is_active=is_active,
        is_persistent=bool(saved_xml),
        is_paused=is_active and cast("list[int]", domain.state())[0] in _STILL,
        is_migrating=is_active and is_migrating(domain),
        has_saved_state=not is_active and has_saved_state(domain),
        devices=listed(live_shown, _shown(domain, saved, libvirt.VIR_DOMAIN_XML_INACTIVE)),
        live=read_values(live_xml) if live_xml else None,
        saved=read_values(saved_xml) if saved_xml else None,
        autostart=_autostart(domain) if saved_xml else None,
        capabilities=capabilities,
        libvirt_version=conn.getLibVersion(),
    )
    return HardwareLook(machine, live_xml, saved_xml, paired(live, saved), live_shown)


def _shown(domain: libvirt.virDomain, found: tuple[FoundDevice, ...], flags: int) -> tuple[FoundDevice, ...]:
    """With stars where displays have passwords: whether there is one decides when another applies."""
    if not any(isinstance(one.device, GraphicsDevice) for one in found):
        return found
    try:
        secure = domain.XMLDesc(flags | libvirt.VIR_DOMAIN_XML_SECURE)
    except libvirt.libvirtError as error:
        if is_gone(error) or is_cut_off(error):
            raise
        return found  # nobody but who may change it is told
    return _with_stars(found, read_devices(secure))


def _with_stars(found: tuple[FoundDevice, ...], secure: tuple[FoundDevice, ...]) -> tuple[FoundDevice, ...]:
    had = {one.place for one in secure if isinstance(one.device, GraphicsDevice) and one.device.password}
    return tuple(
        replace(one, device=replace(one.device, password=SOME))
        if one.place in had and isinstance(one.device, GraphicsDevice)
        else one
        for one in found
    )


def read_machine(
    conn: libvirt.virConnect, uuid: str, capabilities: DomainCapabilities | None = None
) -> HardwareMachine:
    """The same by its UUID."""
    return look_at(conn, conn.lookupByUUIDString(uuid), capabilities).machine


def with_capabilities(conn: libvirt.virConnect, machine: HardwareMachine) -> HardwareMachine:
    """What its machine type offers is read, unless it is known; some milliseconds."""
    said = machine.live or machine.saved
    if machine.capabilities is not None or said is None:
        return machine
    try:
        told = domain_capabilities_xml(conn, said.arch, said.machine, said.domain_type)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return machine
    return replace(machine, capabilities=parse_domain_capabilities(told))


def _autostart(domain: libvirt.virDomain) -> bool | None:
    try:
        return bool(domain.autostart())
    except libvirt.libvirtError as error:
        if is_gone(error) or is_cut_off(error):
            raise
        return None
