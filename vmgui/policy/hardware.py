"""What changing a machine's hardware does: when each wish applies, and why not now or never. Pure.

Wishes are judged in their order, each by what the machine is after those before it: a disk that is removed frees its
target and its port, a controller that is added has room for what comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vmgui.model.device import ListedDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import Reach, Remedy, When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareChange,
    HardwareMachine,
    HardwarePlan,
    HardwareWhy,
    RemoveDevice,
    SetAutostart,
    Wish,
)
from vmgui.policy.device_values import value_at, with_values
from vmgui.policy.hardware_host import why_not_added, why_not_changed, why_not_of_machine
from vmgui.policy.hardware_removal import (
    can_start_from,
    removal_notes,
    why_kept,
    why_never_removed,
    why_not_unplugged,
)
from vmgui.policy.hardware_room import Room, room_of
from vmgui.policy.hardware_rules import LIVE_MACHINE_PATHS, live_paths

Reason = tuple[HardwareWhy, str]


def plan(machine: HardwareMachine, wishes: Sequence[Wish], reach: Reach = Reach.BOTH) -> HardwarePlan:
    """What the wishes do; what is so already, live and saved, is no change."""
    return _Planner(machine, reach).plan(wishes)


@dataclass(slots=True)
class _Scope:
    """The running machine, or its definition, as it is after the wishes so far: devices by their ids."""

    devices: dict[str, object]

    def add(self, device: object) -> None:
        self.devices[f"+{len(self.devices)}"] = device


class _Planner:
    def __init__(self, machine: HardwareMachine, reach: Reach) -> None:
        self._machine = machine
        self._reach = reach
        self._acts = machine.is_active and reach is not Reach.NEXT_START
        self._writes = machine.is_persistent and reach is not Reach.NOW
        self._live = _Scope({one.id: one.live for one in machine.devices if one.live is not None})
        self._saved = _Scope({one.id: one.saved for one in machine.devices if one.saved is not None})
        self._room: Room = room_of(self._live.devices.values(), machine.live, machine.libvirt_version)
        self._after: DomainValues | None = machine.values

    def plan(self, wishes: Sequence[Wish]) -> HardwarePlan:
        leaving = {wish.id for wish in wishes if isinstance(wish, RemoveDevice)}
        changes: list[HardwareChange] = []
        for wish in wishes:
            changes += self._judge(wish, leaving)
        if self._machine.is_migrating:
            # A hypervisor takes the change of a definition that has left already, and forgets it.
            changes = [_impossible(change, (HardwareWhy.MIGRATING, "")) for change in changes]
        return HardwarePlan(tuple(self._with_ends(changes)))

    def _judge(self, wish: Wish, leaving: set[str]) -> Iterable[HardwareChange]:
        match wish:
            case AddDevice():
                return (self._judge_add(wish),)
            case ChangeDevice():
                return tuple(self._judge_device(wish))
            case RemoveDevice():
                return (self._judge_removal(wish, leaving),)
            case ChangeMachine():
                return tuple(self._judge_machine(wish))
            case SetAutostart():
                return tuple(self._judge_autostart(wish))

    # Adding ---------------------------------------------------------------------------------------------------

    def _judge_add(self, wish: AddDevice) -> HardwareChange:
        acts, writes, device = self._acts, self._writes, wish.device
        change = HardwareChange(wish, When.NEXT_START, to=device)
        if not acts and not writes:
            return _impossible(change, self._nowhere())
        scopes = [
            scope.devices.values() for scope, is_in in ((self._live, acts), (self._saved, writes)) if is_in
        ]
        reason = why_not_added(device, scopes, self._machine, self._after)
        if reason is not None:
            return _impossible(change, reason)
        if writes:
            self._saved.add(device)
        if not acts:
            return self._later(change, can_now=True)
        hindrance = self._room.take(device)
        if hindrance is None:
            self._live.add(device)
            return replace(change, when=When.NOW, saves=writes)
        return self._postponed(change, hindrance, writes=writes)

    # Removing -------------------------------------------------------------------------------------------------

    def _judge_removal(self, wish: RemoveDevice, leaving: set[str]) -> HardwareChange:
        one = self._machine.device(wish.id)
        change = HardwareChange(wish, When.NEXT_START)
        if one is None:
            return _impossible(change, (HardwareWhy.GONE, ""))
        change = replace(change, live=one.live, saved=one.saved)
        acts, writes = self._acts and one.live is not None, self._writes and one.saved is not None
        if not acts and not writes:
            return _impossible(change, self._nowhere(one))
        scope, device = (self._saved, one.saved) if writes else (self._live, one.live)
        rest = [(id_, other) for id_, other in scope.devices.items() if id_ not in leaving]
        reason = why_never_removed(one, device, rest)
        if reason is not None:
            return _impossible(change, reason)
        is_paused, beside = self._machine.is_paused, self._live.devices.items()
        hindrance = why_kept(one, beside, leaving, is_paused=is_paused) if acts else None
        is_now = acts and hindrance is None
        change = replace(change, notes=tuple(removal_notes(one, is_now=is_now, is_saved=writes)))
        if writes:
            self._saved.devices.pop(wish.id, None)
        if is_now:
            self._live.devices.pop(wish.id, None)
            self._room.give(one.live)
            return replace(change, when=When.NOW, saves=writes)
        if hindrance is not None:
            return self._postponed(change, hindrance, writes=writes)
        return self._later(change, can_now=one.live is not None and why_not_unplugged(one.live) is None)

    # Changing a device ----------------------------------------------------------------------------------------

    def _judge_device(self, wish: ChangeDevice) -> Iterator[HardwareChange]:
        one = self._machine.device(wish.id)
        if one is None:
            for path, to in wish.values:
                change = HardwareChange(wish, When.IMPOSSIBLE, path, to=to)
                yield _impossible(change, (HardwareWhy.GONE, ""))
            return
        # Of several wishes about one device each goes on from those before it.
        now, then = self._live.devices.get(wish.id), self._saved.devices.get(wish.id)
        acts, writes = self._acts and now is not None, self._writes and then is not None
        known = {path for path, _to in wish.values if _is_path(now or then, path)}
        live = live_paths(now, wish.values, self._machine.guarded) if now is not None else frozenset[str]()
        kept = with_values(then or now, [pair for pair in wish.values if pair[0] in known])
        for path, to in wish.values:
            change = HardwareChange(
                wish,
                When.NEXT_START,
                path,
                live=value_at(now, path) if now is not None else None,
                saved=value_at(then, path) if then is not None else None,
                to=to,
            )
            if not acts and not writes:
                yield _impossible(change, self._nowhere(one))
                continue
            is_so_now = now is None or change.live == to
            is_so_then = then is None or change.saved == to
            reason = why_not_changed(path, to, kept, self._others(wish.id), self._machine, self._after)
            if reason is not None and not (is_so_now and is_so_then):
                yield _impossible(change, reason)
            else:
                yield from self._timed(
                    change,
                    acts,
                    writes,
                    is_so_now,
                    is_so_then,
                    is_live=path in live,
                    is_known_live=now is not None,
                )
        self._take(wish, now, then, live if acts else frozenset(), writes=writes)

    def _take(
        self, wish: ChangeDevice, now: object, then: object, live: frozenset[str], *, writes: bool
    ) -> None:
        if now is not None and live:
            self._live.devices[wish.id] = with_values(now, [pair for pair in wish.values if pair[0] in live])
        if then is not None and writes:
            self._saved.devices[wish.id] = with_values(then, wish.values)

    def _others(self, id_: str) -> list[object]:
        scope = self._saved if self._writes else self._live
        return [device for other, device in scope.devices.items() if other != id_]

    # Changing the machine -------------------------------------------------------------------------------------

    def _judge_machine(self, wish: ChangeMachine) -> Iterator[HardwareChange]:
        now, then = self._machine.live, self._machine.saved
        acts, writes = self._acts and now is not None, self._writes and then is not None
        after = with_values(self._after or DomainValues(), wish.values)
        for path, to in wish.values:
            change = HardwareChange(
                wish,
                When.NEXT_START,
                path,
                live=value_at(now, path) if now is not None else None,
                saved=value_at(then, path) if then is not None else None,
                to=to,
            )
            if not acts and not writes:
                yield _impossible(change, self._nowhere())
                continue
            is_so_now = now is None or change.live == to
            is_so_then = then is None or change.saved == to
            reason = why_not_of_machine(path, to, self._machine, after)
            if reason is not None and not is_so_then:
                yield _impossible(change, reason)
            else:
                is_live = path in LIVE_MACHINE_PATHS
                yield from self._timed(
                    change,
                    acts,
                    writes,
                    is_so_now,
                    is_so_then,
                    is_live=is_live,
                    is_known_live=now is not None,
                )
        if writes:
            self._after = after

    def _judge_autostart(self, wish: SetAutostart) -> Iterator[HardwareChange]:
        is_on = self._machine.autostart
        if is_on == wish.on:
            return
        change = HardwareChange(wish, When.NOW, live=is_on, saved=is_on, to=wish.on)
        if not self._machine.is_persistent:
            yield _impossible(change, (HardwareWhy.TRANSIENT, ""))
        elif is_on is None:
            yield _impossible(change, (HardwareWhy.HOST_CANNOT, ""))
        else:
            yield change

    # When -----------------------------------------------------------------------------------------------------

    def _timed(
        self,
        change: HardwareChange,
        acts: bool,
        writes: bool,
        is_so_now: bool,
        is_so_then: bool,
        *,
        is_live: bool,
        is_known_live: bool,
    ) -> Iterator[HardwareChange]:
        """One value's change; none where it is so already."""
        needs_now, needs_then = acts and not is_so_now, writes and not is_so_then
        if needs_now and is_live:
            yield replace(change, when=When.NOW, saves=writes)
        elif needs_now and not writes:
            yield _impossible(change, (HardwareWhy.FIXED_WHILE_RUNNING, ""))
        elif needs_then:
            if needs_now:
                yield replace(change, why=HardwareWhy.FIXED_WHILE_RUNNING)
            else:
                yield self._later(change, can_now=is_known_live and is_live and not is_so_now)

    def _later(self, change: HardwareChange, *, can_now: bool) -> HardwareChange:
        """Only saved. `can_now`: it would be possible in the running machine."""
        if self._machine.is_active:
            return replace(change, why=HardwareWhy.ASKED) if can_now and not self._acts else change
        if self._machine.has_saved_state:
            return replace(change, why=HardwareWhy.HAS_SAVED_STATE, remedy=Remedy.DISCARD_SAVED)
        return change

    @staticmethod
    def _postponed(change: HardwareChange, hindrance: Reason, *, writes: bool) -> HardwareChange:
        if not writes:
            return _impossible(change, hindrance)
        return replace(change, why=hindrance[0], detail=hindrance[1])

    def _nowhere(self, one: ListedDevice | None = None) -> Reason:
        """Why there is nothing that could be changed; `detail` "device": of this device, not of the machine."""
        machine = self._machine
        if self._reach is Reach.NOW or not machine.is_persistent:
            if not machine.is_active:
                return HardwareWhy.NOT_RUNNING, ""
            return (HardwareWhy.NOT_RUNNING, "device") if one is not None else (HardwareWhy.GONE, "")
        return HardwareWhy.TRANSIENT, "device" if machine.is_persistent and one is not None else ""

    # What is left ---------------------------------------------------------------------------------------------

    def _with_ends(self, changes: list[HardwareChange]) -> Iterator[HardwareChange]:
        """With what is to be known of the last disk and the last display that go."""
        was = [one.saved if one.saved is not None else one.live for one in self._machine.devices]
        left = list((self._saved if self._writes else self._live).devices.values())
        starts = any(map(can_start_from, was)) and not any(map(can_start_from, left))
        shows = _displays(was) > 0 and _displays(left) == 0
        values = self._after
        has_kernel = values is not None and bool(values.kernel or "network" in values.boot_devices)
        for change in changes:
            if isinstance(change.wish, RemoveDevice) and change.when is not When.IMPOSSIBLE:
                device = change.saved if change.saved is not None else change.live
                if starts and not has_kernel and can_start_from(device):
                    change = replace(change, notes=(*change.notes, (HardwareWhy.NO_MORE_BOOT, "")))
                if shows and isinstance(device, GraphicsDevice):
                    change = replace(change, notes=(*change.notes, (HardwareWhy.NO_MORE_DISPLAY, "")))
            yield change


def _displays(devices: Iterable[object]) -> int:
    return sum(isinstance(device, GraphicsDevice) for device in devices)


def _is_path(device: object, path: str) -> bool:
    try:
        value_at(device, path)
    except AttributeError:
        return False
    return True


def _impossible(change: HardwareChange, reason: Reason) -> HardwareChange:
    remedy = Remedy.START if reason == (HardwareWhy.NOT_RUNNING, "") else None
    return replace(
        change, when=When.IMPOSSIBLE, why=reason[0], detail=reason[1], remedy=remedy, notes=(), saves=False
    )
