"""Plug devices into a running machine, change them and take them out, step by step; in a worker thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import libvirt

from vmgui.hypervisor.edits_steps import Steps
from vmgui.hypervisor.errors import door, is_gone
from vmgui.hypervisor.hardware_errors import explained
from vmgui.hypervisor.hardware_gone import take_out
from vmgui.hypervisor.hardware_look import HardwareLook
from vmgui.hypervisor.hardware_tasks import Task, changed
from vmgui.hypervisor.media import has_another_medium, put_back
from vmgui.hypervisor.storage import create_volume
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.libvirtxml.edit import change_device, device_xml, read_devices, write_device
from vmgui.model.creation import NewVolume
from vmgui.model.device import FoundDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.errors import NotFound, Unsupported
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    RemoveDevice,
    SetAutostart,
    Values,
)
from vmgui.model.storage import Volume

log = logging.getLogger(__name__)

_LIVE = libvirt.VIR_DOMAIN_AFFECT_LIVE
_SECURE = libvirt.VIR_DOMAIN_XML_SECURE
# What of the machine itself changes while it runs.
_METADATA = {
    "title": libvirt.VIR_DOMAIN_METADATA_TITLE,
    "description": libvirt.VIR_DOMAIN_METADATA_DESCRIPTION,
}


class HardwareSteps(Steps):
    """The steps of one change of one machine."""

    def __init__(self, conn: libvirt.virConnect, domain: libvirt.virDomain, look: HardwareLook) -> None:
        """`look`: what the plan was made of. Ids of devices that have no name of their own shift when others go."""
        super().__init__(domain, look.machine.name)
        self._conn = conn
        self._machine = look.machine
        self._found = {pair.id: pair.live for pair in look.pairs if pair.live is not None}

    def make_volume(self, new: NewVolume) -> Volume:
        """Make a volume; raises model errors."""
        with door():
            made = create_volume(self._conn, new)
            step = self._will_make(made.path, lambda: self._delete_volume(made))
            step.ends_with_it = False
            return made

    def make(self, task: Task) -> None:
        """Do at once what of a task can be done at once; raises model errors."""
        if not task.is_now:
            return
        with door():
            match task.wish:
                case AddDevice():
                    self._attach(task.wish.device)
                case ChangeDevice():
                    self._update(task.wish.id, task.now)
                case RemoveDevice():
                    self._detach(task.wish.id)
                case ChangeMachine():
                    self._set_metadata(task.now)
                case SetAutostart():
                    self._set_autostart(task.wish.on)

    def _delete_volume(self, made: Volume) -> None:
        try:
            self._conn.storagePoolLookupByName(made.pool).storageVolLookupByName(made.name).delete()
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise

    def _attach(self, device: object) -> None:
        xml, tag = write_device(device), kind_of(device).tag
        before = {_alias(one) for one in self._devices()}
        name = device_name(device)

        def ours() -> FoundDevice | None:
            new = (one for one in self._devices() if one.place.tag == tag and _alias(one) not in before)
            return next((one for one in new if not name or device_name(one.device) == name), None)

        def take_back() -> None:
            if (one := ours()) is not None:
                self._take_out(one)

        self._will_make(name or tag, take_back)
        self._explained(device, lambda: self._domain.attachDeviceFlags(xml, _LIVE))

    def _update(self, id_: str, values: Values) -> None:
        secure = self._domain.XMLDesc(_SECURE)
        one = self._now(id_, read_devices(secure))
        after = changed(one.device, values)
        if after == one.device:
            return
        before_xml = device_xml(secure, one.place)
        after_xml = device_xml(change_device(secure, one.place, one.device, after), one.place)
        is_medium = isinstance(after, DiskDevice) and has_another_medium(one.device, after)

        def take_back() -> None:
            if is_medium and isinstance(one.device, DiskDevice):
                put_back(self._domain, one.device.target, secure)
            else:
                self._domain.updateDeviceFlags(before_xml, _LIVE)

        self._will_make(id_, take_back)
        self._explained(after, lambda: self._domain.updateDeviceFlags(after_xml, _LIVE))

    def _detach(self, id_: str) -> None:
        secure = self._domain.XMLDesc(_SECURE)
        one = self._now(id_, read_devices(secure))
        xml = device_xml(secure, one.place)

        def take_back() -> None:
            # Where the guest has not let go, it has it still.
            if not self._has(one):
                self._domain.attachDeviceFlags(xml, _LIVE)

        self._will_make(id_, take_back)
        self._explained(one.device, lambda: self._take_out(one))

    def _take_out(self, one: FoundDevice) -> None:
        secure = self._domain.XMLDesc(_SECURE)
        now = self._now_of(one, read_devices(secure))
        if now is None:
            return
        name = device_name(one.device) or one.place.tag
        xml, alias = device_xml(secure, now.place), _alias(one)
        take_out(self._conn, self._domain, xml, alias, name, lambda: self._has(one))

    def _set_metadata(self, values: Values) -> None:
        live: Any = self._machine.live
        # None removes it, and only foreign metadata have a key: the binding's annotations do not say so.
        set_metadata: Any = self._domain.setMetadata
        for path, value in values:
            if path not in _METADATA:
                raise Unsupported(f"{path} does not change while it runs", subject=self._machine.name)
            kind, before = _METADATA[path], getattr(live, path)

            def put(text: object, kind: int = kind) -> None:
                set_metadata(kind, text or None, None, None, _LIVE)

            self._will_make(path, lambda put=put, before=before: put(before))
            put(value)

    def _set_autostart(self, on: bool) -> None:
        before = bool(self._domain.autostart())
        if before == on:
            return
        step = self._will_make("autostart", lambda: self._domain.setAutostart(int(before)))
        step.ends_with_it = False
        self._domain.setAutostart(int(on))

    # Which device it is ---------------------------------------------------------------------------------------

    def _devices(self) -> tuple[FoundDevice, ...]:
        """Those of the running machine; none once it is off."""
        return read_devices(self._domain.XMLDesc()) if self._domain.isActive() else ()

    def _now(self, id_: str, devices: tuple[FoundDevice, ...]) -> FoundDevice:
        one = self._found.get(id_)
        now = self._now_of(one, devices) if one is not None else None
        if now is None:
            raise NotFound("the running machine has no such device any more", subject=id_)
        return now

    def _now_of(self, one: FoundDevice, devices: tuple[FoundDevice, ...]) -> FoundDevice | None:
        """Where a device is by now: its alias is its own while the machine runs. Few kinds have none: none of those
        is plugged."""
        alias = _alias(one)
        if alias:
            return next((other for other in devices if _alias(other) == alias), None)
        return next((other for other in devices if other.place == one.place), None)

    def _has(self, one: FoundDevice) -> bool:
        return self._now_of(one, self._devices()) is not None

    def _explained(self, device: object, call: Callable[[], object]) -> None:
        try:
            call()
        except libvirt.libvirtError as error:
            raise explained(error, device) from None


def device_name(device: object) -> str:
    """What people and scripts call it; empty: it has no name of its own."""
    if isinstance(device, DiskDevice):
        return device.target
    return device.mac.lower() if isinstance(device, InterfaceDevice) else ""


def _alias(one: FoundDevice) -> str:
    return str(getattr(one.device, "alias", ""))
