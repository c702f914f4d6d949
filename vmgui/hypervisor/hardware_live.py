"""Plug devices into a running machine, change them and take them out, step by step; in a worker thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import libvirt

from vmgui.hypervisor.edits_look import running_files
from vmgui.hypervisor.edits_steps import Steps
from vmgui.hypervisor.errors import door, is_gone
from vmgui.hypervisor.hardware_errors import explained
from vmgui.hypervisor.hardware_gone import Leaving, take_out
from vmgui.hypervisor.hardware_look import HardwareLook
from vmgui.hypervisor.hardware_tasks import Task, changed
from vmgui.hypervisor.media import has_another_medium, put_back
from vmgui.hypervisor.storage import create_volume
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.libvirtxml.edit import change_device, device_xml, read_devices, read_values, write_device
from vmgui.model.creation import NewVolume
from vmgui.model.device import FoundDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.errors import InvalidState, NotFound, Unsupported
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    RemoveDevice,
    SetAutostart,
    Values,
)
from vmgui.model.storage import Volume
from vmgui.policy.device import name_of, tokens

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

    def make(self, *tasks: Task) -> None:
        """Do at once what of a task can be done at once; of several removals together. Raises model errors."""
        task = tasks[0]
        if not task.is_now:
            return
        with door():
            if not isinstance(task.wish, SetAutostart):
                self.unless_another_runs()
            match task.wish:
                case AddDevice():
                    self._attach(task.wish.device)
                case ChangeDevice():
                    self._update(task.wish.id, task.now)
                case RemoveDevice():
                    self._detach([one.wish.id for one in tasks if isinstance(one.wish, RemoveDevice)])
                case ChangeMachine():
                    self._set_metadata(task.now)
                case SetAutostart():
                    self._set_autostart(task.wish.on)

    def _delete_volume(self, made: Volume) -> None:
        # A guest that has not let go of its disk goes on writing to it.
        held = (_held(one.device) for one in self._devices())
        names = {made.path, f"{made.pool}/{made.name}"}
        if any(name in names for name in held) or made.path in running_files(self._conn):
            raise InvalidState("a running machine has it", subject=made.path)
        try:
            self._conn.storagePoolLookupByName(made.pool).storageVolLookupByName(made.name).delete()
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise

    def _attach(self, device: object) -> None:
        xml, tag = write_device(device), kind_of(device).tag
        before = {_alias(one) for one in self._devices()}
        name = name_of(device)

        def ours() -> FoundDevice | None:
            new = (one for one in self._devices() if one.place.tag == tag and _alias(one) not in before)
            return next((one for one in new if not name or name_of(one.device) == name), None)

        def take_back() -> None:
            if (one := ours()) is not None:
                self._take_out(one)

        self._will_make(name or tag, take_back).stays = lambda: ours() is not None
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

        self._will_make(id_, take_back).stays = lambda: self._is_otherwise(one)
        self._explained(after, lambda: self._domain.updateDeviceFlags(after_xml, _LIVE))

    def _detach(self, ids: Iterable[str]) -> None:
        secure = self._domain.XMLDesc(_SECURE)
        devices = read_devices(secure)
        leaving = [(id_, self._leaving(self._now(id_, devices), secure)) for id_ in ids]
        for id_, one in leaving:
            step = self._will_make(id_, partial(self._domain.attachDeviceFlags, one.xml, _LIVE))
            # Where the guest has not let go, it has it still.
            step.stays = partial(_has_left, one)
        take_out(self._conn, self._domain, [one for _id, one in leaving])

    def _take_out(self, one: FoundDevice) -> None:
        secure = self._domain.XMLDesc(_SECURE)
        now = self._now_of(one, read_devices(secure))
        if now is not None:
            take_out(self._conn, self._domain, [self._leaving(now, secure)])

    def _leaving(self, one: FoundDevice, secure: str) -> Leaving:
        """`one`: as it stands in `secure`, the XML with passwords."""
        name, xml = name_of(one.device) or one.place.tag, device_xml(secure, one.place)
        return Leaving(one.device, xml, _alias(one), name, lambda: self._has(one))

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

            step = self._will_make(path, lambda put=put, before=before: put(before))
            step.stays = lambda path=path, before=before: self._values_now(path) != before
            put(value)

    def _set_autostart(self, on: bool) -> None:
        before = bool(self._domain.autostart())
        if before == on:
            return
        step = self._will_make("autostart", lambda: self._domain.setAutostart(int(before)))
        step.ends_with_it = False
        step.stays = lambda: bool(self._domain.autostart()) != before
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
        """Where a device is by now: its alias is its own while the machine runs. Few kinds have none: of those only
        leases come and go."""
        alias, own = _alias(one), tokens(one.device)
        if alias:
            name = name_of(one.device)
            return next(
                (other for other in devices if _alias(other) == alias and name_of(other.device) == name),
                None,
            )
        alike = (other for other in devices if other.place.tag == one.place.tag)
        if own:
            return next((other for other in alike if tokens(other.device) == own), None)
        return next((other for other in alike if other.place == one.place), None)

    def _is_otherwise(self, one: FoundDevice) -> bool:
        """Whether a device, told with its passwords, is as it was no more."""
        now = self._now_of(one, read_devices(self._domain.XMLDesc(_SECURE)))
        return now is not None and now.device != one.device

    def _values_now(self, path: str) -> object:
        return getattr(read_values(self._domain.XMLDesc()), path)

    def _has(self, one: FoundDevice) -> bool:
        return self._now_of(one, self._devices()) is not None

    def _explained(self, device: object, call: Callable[[], object]) -> None:
        try:
            call()
        except libvirt.libvirtError as error:
            raise explained(error, device) from None


def _has_left(one: Leaving) -> bool:
    return not one.is_there()


def _held(device: object) -> str:
    """The file or the volume of a disk."""
    source = device.source if isinstance(device, DiskDevice) else None
    if source is None:
        return ""
    return source.file or source.device or f"{source.pool}/{source.volume}"


def _alias(one: FoundDevice) -> str:
    return str(getattr(one.device, "alias", ""))
