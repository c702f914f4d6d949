"""Say what a change of a machine's settings would do, and carry it out; in a worker thread.

A change is judged by what is there in that moment, never by what a form showed. First the running machine is told,
call by call; if one fails, those before it are taken back and nothing is saved. Then the definition is read, as late as
that, and defined with nothing else changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.edits_live import LiveChange, module
from vmgui.hypervisor.edits_look import look_at, with_sizes
from vmgui.hypervisor.errors import door
from vmgui.libvirtxml.edit import add_device
from vmgui.libvirtxml.settings import change_settings, diff, read_settings
from vmgui.model.edit import (
    Base,
    Call,
    Changed,
    EditedMachine,
    Plan,
    PlugMemory,
    Preview,
    Reach,
    Setting,
    SettingKey,
    Values,
    When,
    Why,
)
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig, InvalidState, VmguiError
from vmgui.policy.edit import overtaken, plan
from vmgui.policy.virsh import commands

_INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
_SECURE = libvirt.VIR_DOMAIN_XML_SECURE
# Why it is impossible in the state that the machine is in, rather than at all.
_BY_STATE = frozenset({Why.HAS_SAVED_STATE, Why.NOT_RUNNING, Why.TRANSIENT, Why.GONE, Why.NO_VOLUME})


def look(conn: libvirt.virConnect, uuid: str) -> EditedMachine:
    """All that a change of it is judged by; its agent may be waited for some seconds."""
    return look_at(conn, conn.lookupByUUIDString(uuid)).machine


def preview(conn: libvirt.virConnect, uuid: str, wishes: Values, reach: Reach) -> Preview:
    """What `change` would do; nothing is done, and no password is in it."""
    found = look_at(conn, conn.lookupByUUIDString(uuid))
    wanted = plan(found.machine, wishes, reach)
    now = {change.key: change.to for change in wanted.changes if change.when is When.NOW}
    return Preview(
        found.machine,
        wanted,
        live_diff=_diff(found.live_xml, now, wanted.calls, "live.xml"),
        saved_diff=_diff(found.saved_xml, wanted.saved, wanted.calls, "saved.xml"),
        virsh=commands(found.machine, wanted),
    )


def change(conn: libvirt.virConnect, uuid: str, wishes: Values, base: Base, reach: Reach) -> Changed:
    """Do it, unless somebody else has changed the same since `base` was seen: ChangedMeanwhile, nothing was done.

    Raises InvalidConfig or InvalidState if any of it is impossible: nothing was done. A call that fails: what was done
    is taken back and its error raised; PartlyDone says what could not be (a disk that has grown, CPUs plugged in).
    """
    domain = conn.lookupByUUIDString(uuid)
    machine = look_at(conn, domain).machine
    _unless_overtaken(base, machine)
    wanted = plan(machine, wishes, reach)
    if not wanted.is_possible:
        raise _impossible(wanted, machine)
    live = LiveChange(conn, domain, machine)
    try:
        for call in wanted.calls:
            live.make(call)
        with door():
            before, after = _save(conn, domain, machine, wanted, base)
    except VmguiError as error:
        raise live.taken_back(error) from None
    finally:
        live.forget()
    return Changed(wanted, before, after)


def _save(
    conn: libvirt.virConnect, domain: libvirt.virDomain, machine: EditedMachine, wanted: Plan, base: Base
) -> tuple[str, str]:
    """Define what is to be saved, from what it is now: the calls before may have lasted."""
    if not wanted.saved:
        return "", ""
    secure, before = domain.XMLDesc(_INACTIVE | _SECURE), domain.XMLDesc(_INACTIVE)
    _unless_overtaken(base, replace(machine, saved=with_sizes(read_settings(secure), machine.disks)))
    changed = _with_modules(change_settings(secure, wanted.saved), wanted.calls)
    if changed == secure:
        return "", ""
    define(conn, changed)
    return before, domain.XMLDesc(_INACTIVE)


def _unless_overtaken(base: Base, machine: EditedMachine) -> None:
    # What a running guest has given back is its own doing, and goes on after every change.
    memory = SettingKey(Setting.MEMORY_KIB)
    has_kib = (machine.live or {}).get(memory)
    was = tuple(
        (key, live if key != memory or live is None or has_kib is None else has_kib, saved)
        for key, live, saved in base
    )
    if keys := overtaken(was, machine):
        raise ChangedMeanwhile(", ".join(str(key) for key in keys), subject=machine.name)


def _impossible(wanted: Plan, machine: EditedMachine) -> VmguiError:
    refused = [change for change in wanted.changes if change.when is When.IMPOSSIBLE]
    words = [
        f"{change.key}: {change.why.value if change.why else ''}"
        + (f" ({change.figure})" if change.figure is not None else "")
        for change in refused
    ]
    kind = InvalidState if all(change.why in _BY_STATE for change in refused) else InvalidConfig
    return kind(", ".join(words), subject=machine.name)


def _diff(xml: str, values: Values, calls: Iterable[Call], name: str) -> str:
    return diff(xml, _with_modules(change_settings(xml, values), calls), name) if xml and values else ""


def _with_modules(xml: str, calls: Iterable[Call]) -> str:
    for call in calls:
        if isinstance(call, PlugMemory):
            xml = add_device(xml, module(call))
    return xml
