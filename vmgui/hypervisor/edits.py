"""Say what a change of a machine's settings would do, and carry it out; in a worker thread.

A change is judged by what is there in that moment, never by what a form showed. First the running machine is told,
call by call; if one fails, those before it are taken back and nothing is saved. Then the definition is read, as late as
that, and defined with nothing else changed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.edits_live import LiveChange, module
from vmgui.hypervisor.edits_look import is_migrating, look_at, with_sizes
from vmgui.hypervisor.errors import door, is_cut_off
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
from vmgui.model.errors import (
    AgentUnavailable,
    Busy,
    ChangedMeanwhile,
    InvalidConfig,
    InvalidState,
    VmguiError,
)
from vmgui.policy.edit import overtaken, plan
from vmgui.policy.edit_limits import at_odds
from vmgui.policy.virsh import commands

log = logging.getLogger(__name__)

_INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
_SECURE = libvirt.VIR_DOMAIN_XML_SECURE
# Why it is impossible in the state that the machine is in, rather than at all.
_BY_STATE = frozenset(
    {Why.HAS_SAVED_STATE, Why.NOT_RUNNING, Why.TRANSIENT, Why.GONE, Why.NO_VOLUME, Why.MIGRATING}
)


def look(conn: libvirt.virConnect, uuid: str) -> EditedMachine:
    """All that a change of it is judged by; its agent may be waited for some seconds."""
    return look_at(conn, conn.lookupByUUIDString(uuid)).machine


def preview(conn: libvirt.virConnect, uuid: str, wishes: Values, reach: Reach) -> Preview:
    """What `change` would do; nothing is done, and no password is in it."""
    found = look_at(conn, conn.lookupByUUIDString(uuid))
    wanted = plan(found.machine, wishes, reach)
    # Nothing of what is impossible in part is done.
    now = {
        change.key: change.to for change in wanted.changes if change.when is When.NOW and wanted.is_possible
    }
    return Preview(
        found.machine,
        wanted,
        live_diff=_diff(found.live_xml, now, wanted.calls, "live.xml"),
        saved_diff=_diff(found.saved_xml, wanted.saved, wanted.calls, "saved.xml"),
        virsh=commands(found.machine, wanted),
    )


def change(
    conn: libvirt.virConnect,
    uuid: str,
    wishes: Values,
    base: Base,
    reach: Reach,
    departure: Departure | None = None,
) -> Changed:
    """Do it, unless somebody else has changed the same since `base` was seen: ChangedMeanwhile, nothing was done.

    Raises InvalidConfig or InvalidState if any of it is impossible: nothing was done. A call that fails: what was done
    is taken back and its error raised; PartlyDone says what could not be (a disk that has grown, CPUs plugged in).

    `departure`: where nobody waits for it any more, what was done is taken back and nothing is saved.
    """
    departure = departure or Departure()
    domain = conn.lookupByUUIDString(uuid)
    machine = look_at(conn, domain).machine
    was = _with_plugged(base, machine)
    _unless_overtaken(was, machine)
    wanted = plan(machine, wishes, reach)
    if was != base and any(change.why is Why.NEEDS_AGENT for change in wanted.changes):
        raise AgentUnavailable("it answered before, and does not now", subject=machine.name)
    if not wanted.is_possible:
        raise _impossible(wanted, machine)
    live = LiveChange(conn, domain, machine)
    try:
        for call in wanted.calls:
            departure.check()
            live.make(call)
        with door():
            live.unless_another_runs()
            saving = _saving(domain, machine, wanted, was)
            if saving is not None:
                unless_migrating(domain)
                departure.leave()
                _define(conn, saving, live)
    except VmguiError as error:
        raise live.taken_back(error) from None
    finally:
        live.forget()
    # It is saved: whatever fails from here on takes nothing back.
    return Changed(wanted) if saving is None else told(domain, wanted, saving.before, saving.after)


def unless_migrating(domain: libvirt.virDomain) -> None:
    """Raises Busy: a migration takes its definition along as it was when it began, and forgets the one that is here."""
    if is_migrating(domain):
        raise Busy("it is being migrated: wait for the migration", subject=domain.name())


def told(domain: libvirt.virDomain, wanted: Plan | None, before: str, expected: str) -> Changed:
    """What was defined, which is `expected` where it cannot be read any more."""
    after, may_be_lost = expected, False
    try:
        after = domain.XMLDesc(_INACTIVE)
        may_be_lost = is_migrating(domain)
    except libvirt.libvirtError as error:
        log.info("%s: what was defined cannot be read: %s", domain.name(), error)
    return Changed(wanted, before, after, may_be_lost)


@dataclass(frozen=True, slots=True)
class _Saving:
    """A definition that is to be defined."""

    secure: str
    before: str  # these two without passwords
    after: str


def _saving(domain: libvirt.virDomain, machine: EditedMachine, wanted: Plan, base: Base) -> _Saving | None:
    """What is to be saved, from what it is now: the calls before may have lasted. None: nothing."""
    if not wanted.saved:
        return None
    if not domain.isPersistent():
        # Its running one would be kept again, which somebody has just ended.
        raise ChangedMeanwhile("its definition was removed", subject=machine.name)
    secure, before = domain.XMLDesc(_INACTIVE | _SECURE), domain.XMLDesc(_INACTIVE)
    was = read_settings(secure)
    _unless_overtaken(base, replace(machine, saved=with_sizes(was, machine.disks)))
    changed = _with_modules(change_settings(secure, wanted.saved), wanted.calls)
    if changed == secure:
        return None
    # The plan is of what was there when it was made: others may have changed a neighbour since.
    if odd := at_odds(read_settings(changed).values) - at_odds(was.values):
        raise ChangedMeanwhile(", ".join(sorted(map(str, odd))), subject=machine.name)
    return _Saving(changed, before, _with_modules(change_settings(before, wanted.saved), wanted.calls))


def _define(conn: libvirt.virConnect, saving: _Saving, live: LiveChange) -> None:
    try:
        define(conn, saving.secure)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            # Nobody knows whether it is saved: what runs is left as it would be then.
            live.forget()
        raise


def _with_plugged(base: Base, machine: EditedMachine) -> Base:
    """What was seen, of an agent that does not answer any more too: the CPUs that it told of are not known now."""
    vcpus, plugged = SettingKey(Setting.VCPUS), machine.vcpus_plugged
    if machine.has_agent or plugged is None:
        return base
    return tuple(
        (key, plugged if key == vcpus and live is not None and live < plugged else live, saved)
        for key, live, saved in base
    )


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
