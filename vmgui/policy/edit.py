"""What a change of a machine's settings does: now, at the next start, or why it cannot be. Pure.

Every wish is judged by what the machine would be after all of them. Nothing impossible is done in part: a plan with
one impossible change has no calls and saves nothing.

| setting            | in a running machine                                                | else |
|--------------------|---------------------------------------------------------------------|------|
| vCPUs              | more: plugged in up to the maximum it runs with; fewer: the agent   | saved |
| memory             | up to the maximum it runs with, by the balloon; not while paused    | saved |
|                    | above it by one more module, where there is a slot for it          |      |
| maximums           | never                                                               | saved |
| CPU weight, limit  | where the host has the means                                        | saved; where it has none not: it would not start |
| limits of a disk   | at once                                                             | saved |
| limits of a card   | at once, of the kinds that can                                      | saved |
| size of a disk     | at once                                                             | at once, as a volume of a pool |

vCPUs are never unplugged: those a machine starts with cannot be, and older QEMUs die of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vmgui.model.edit import (
    Base,
    Change,
    EditedMachine,
    Plan,
    Reach,
    Remedy,
    Setting,
    SettingKey,
    Topology,
    Value,
    Values,
    When,
    Why,
)
from vmgui.model.units import KIB_PER_MIB
from vmgui.policy.edit_calls import (
    DISK_PARAMETERS,
    calls,
    disk_of,
    is_so,
    module_for,
    period_us,
    plugged,
    weight_default,
)
from vmgui.policy.edit_limits import (
    can_be_limited,
    judged,
    keeps_burst,
    shared_with,
    why_not_together,
    with_followers,
)
from vmgui.policy.edit_sizes import Reason, why_not_grown
from vmgui.policy.settings import (
    QUOTA_LEAST_US,
    RULES,
    Owner,
    Rules,
)

_CPU_SHARE = frozenset({Setting.CPU_WEIGHT, Setting.CPU_LIMIT_PERCENT})
MAXIMUMS = {Setting.VCPUS: Setting.VCPUS_MAX, Setting.MEMORY_KIB: Setting.MEMORY_MAX_KIB}
COUNTS = {most: count for count, most in MAXIMUMS.items()}
_RAISED = {Remedy.RAISE_VCPUS_MAX: Setting.VCPUS_MAX, Remedy.RAISE_MEMORY_MAX: Setting.MEMORY_MAX_KIB}
_LOWERED = {Remedy.LOWER_VCPUS: Setting.VCPUS, Remedy.LOWER_MEMORY: Setting.MEMORY_KIB}

_LITTLE_KIB = 128 * KIB_PER_MIB


@dataclass(frozen=True, slots=True)
class Weights:
    """The least and the most that a machine's CPU weight can be, and what it is where none is said."""

    least: int
    most: int
    default: int


def plan(machine: EditedMachine, wishes: Values, reach: Reach = Reach.BOTH) -> Plan:
    """What the wishes do; what is so already, live and saved, is no change."""
    return _Planner(machine, wishes, reach).plan()


def remedied(machine: EditedMachine, wishes: Values, remedy: Remedy, key: SettingKey) -> Values:
    """The wishes with what the remedy adds. Starting a machine or discarding a saved state is no wish: the same."""
    of_remedy = _RAISED.get(remedy) or _LOWERED.get(remedy)
    if of_remedy is None:
        return wishes
    return {**wishes, SettingKey(of_remedy): wishes.get(key, machine.value(key))}


def base(machine: EditedMachine, wishes: Iterable[SettingKey]) -> Base:
    """What is so now of the settings that the wishes are about."""
    return tuple((key, *_present(machine, key)) for key in wishes)


def overtaken(was: Base, machine: EditedMachine) -> tuple[SettingKey, ...]:
    """The settings that somebody has changed since."""
    return tuple(key for key, live, saved in was if _present(machine, key) != (live, saved))


def weights_of(machine: EditedMachine) -> Weights:
    """What its host takes for one; control groups of version 1 take no 1."""
    most = machine.host.weight_most
    least = 1 if most <= 10_000 else 2
    return Weights(least, min(RULES[Setting.CPU_WEIGHT].most, most), weight_default(machine))


def followed_by(topology: Topology, vcpus_max: int) -> Topology:
    """The topology of that many vCPUs: more or fewer sockets, where the rest divides them, else only sockets."""
    inner = (topology.dies or 1) * (topology.clusters or 1) * (topology.cores or 1) * (topology.threads or 1)
    if vcpus_max % inner == 0:
        sockets = vcpus_max // inner
        return topology if (topology.sockets or 1) == sockets else _with_sockets(topology, sockets)
    one = {name: value and 1 for name, value in (("dies", topology.dies), ("clusters", topology.clusters))}
    return Topology(vcpus_max, one["dies"], one["clusters"], 1, 1)


def _with_sockets(topology: Topology, sockets: int) -> Topology:
    return Topology(sockets, topology.dies, topology.clusters, topology.cores, topology.threads)


def _present(machine: EditedMachine, key: SettingKey) -> tuple[Value, Value]:
    if key.setting is Setting.DISK_BYTES:
        disk = disk_of(machine, key.of)
        size = disk.size_bytes if disk is not None else None
        return size, size
    return (machine.live or {}).get(key), (machine.saved or {}).get(key)


class _Planner:
    """Judges wishes by what the machine would be after all of them."""

    def __init__(self, machine: EditedMachine, wishes: Values, reach: Reach) -> None:
        self._machine = machine
        self._reach = reach
        self._live = machine.live if reach is not Reach.NEXT_START else None
        self._saved = machine.saved if reach is not Reach.NOW else None
        self._asked = {key: _whole(key, value) for key, value in wishes.items()}
        self._live, self._saved = judged(machine, self._asked, self._live, self._saved)
        self._scopes = tuple(values for values in (self._live, self._saved) if values is not None)
        self._wishes = with_followers(machine, self._asked, self._scopes)

    def plan(self) -> Plan:
        machine, wishes = self._machine, self._wishes
        changes = tuple(change for key, to in wishes.items() if (change := self._judge(key, to)))
        if machine.is_migrating:
            # A hypervisor takes the change of a definition that has left already, and forgets it.
            changes = tuple(
                Change(one.key, one.live, one.saved, one.to, When.IMPOSSIBLE, Why.MIGRATING, saves=False)
                for one in changes
            )
        if any(change.when is When.IMPOSSIBLE for change in changes):
            return Plan(changes, (), {})
        saved = {
            change.key: change.to
            for change in changes
            if change.key in (self._saved or {})
            and change.key.setting is not Setting.DISK_BYTES
            and (self._saved or {})[change.key] != change.to
        }
        return Plan(changes, calls(machine, changes), saved)

    # One change -----------------------------------------------------------------------------------------------

    def _judge(self, key: SettingKey, to: Value) -> Change | None:
        live, saved = _present(self._machine, key)
        if key.setting is Setting.DISK_BYTES:
            return self._judge_size(key, to, saved)
        acts = key in (self._live or {})
        writes = key in (self._saved or {})
        if not acts and not writes:
            return Change(key, live, saved, to, When.IMPOSSIBLE, *self._nowhere(key), saves=False)
        acts = acts and not is_so(self._machine, key, live, to)
        is_saved_so = saved == to and key in (self._machine.saved or {})
        if not acts and (not writes or is_saved_so):
            return None
        reason = self._why_not(key, to) or (self._why_not_now(key, to) if acts and not writes else None)
        if reason is not None:
            return Change(key, live, saved, to, When.IMPOSSIBLE, *reason, saves=False)
        notes = tuple(self._notes(key, to))
        hindrance = self._why_not_now(key, to) if acts else self._why_later(live, to)
        if acts and hindrance is None:
            return Change(key, live, saved, to, When.NOW, notes=notes, saves=writes or is_saved_so)
        if is_saved_so:
            return None  # and now it cannot be
        why, figure, remedy = hindrance or (None, None, None)
        return Change(key, live, saved, to, When.NEXT_START, why, figure, remedy, notes)

    def _nowhere(self, key: SettingKey) -> Reason:
        machine = self._machine
        if not any(key in (values or {}) for values in (machine.live, machine.saved)):
            return Why.GONE, None, None
        if self._reach is Reach.NEXT_START and machine.saved is None:
            return Why.TRANSIENT, None, None
        if self._reach is Reach.NOW and machine.live is None:
            return Why.NOT_RUNNING, None, Remedy.START
        return Why.GONE, None, None

    def _why_later(self, live: Value, to: Value) -> Reason | None:
        """Why what is only saved waits."""
        if self._machine.is_active:
            return (Why.ASKED, None, None) if self._live is None and live != to else None
        if self._machine.has_saved_state:
            return Why.HAS_SAVED_STATE, None, Remedy.DISCARD_SAVED
        return None

    def _judge_size(self, key: SettingKey, to: Value, size: Value) -> Change | None:
        if to is not None and to == size:
            return None
        reason = why_not_grown(self._machine, key.of, to, self._reach)
        if reason is not None:
            return Change(key, size, size, to, When.IMPOSSIBLE, *reason, saves=False)
        return Change(key, size, size, to, When.NOW, notes=((Why.GUEST_MUST_FOLLOW, None),))

    # Why it is impossible -------------------------------------------------------------------------------------

    def _why_not(self, key: SettingKey, to: Value) -> Reason | None:
        rules = RULES[key.setting]
        if to is None:
            if not rules.may_be_none:
                return Why.TOO_LITTLE, rules.least, None
            # A burst that is asked for as it is already is no change, and would stay alone.
            lone = keeps_burst(self._wishes, self._scopes, key)
            return (Why.BURST_WITHOUT_LIMIT, None, None) if lone else None
        least, most = self._bounds(key, rules)
        if to < least:
            return Why.TOO_LITTLE, least, None
        if to > most:
            return Why.TOO_MUCH, most, None
        if key.setting in MAXIMUMS:
            return self._why_not_count(key, to)
        if key.setting in COUNTS:
            return self._why_not_maximum(key, to)
        if key.setting in _CPU_SHARE:
            return (Why.NOT_ON_HOST, None, None) if self._machine.host.has_cpu_share is False else None
        if rules.owner is Owner.CARD and not can_be_limited(self._machine, key.of):
            return Why.NOT_FOR_CARD, None, None
        host = self._machine.host
        if not (host.has_disk_limits if rules.owner is Owner.DISK else host.has_bandwidth is not False):
            return Why.NOT_ON_HOST, None, None
        why, figure = why_not_together(self._machine, self._asked, self._wishes, self._scopes, key)
        return (why, figure, None) if why is not None else None

    def _bounds(self, key: SettingKey, rules: Rules) -> tuple[int, int]:
        host = self._machine.host
        if key.setting is Setting.CPU_WEIGHT:
            weights = weights_of(self._machine)
            return weights.least, weights.most
        if key.setting is Setting.CPU_LIMIT_PERCENT:
            return max(rules.least, -(-QUOTA_LEAST_US * 100 // period_us(self._machine))), rules.most
        if key.setting in (Setting.VCPUS, Setting.VCPUS_MAX) and host.vcpus_most is not None:
            return rules.least, min(rules.most, host.vcpus_most)
        return rules.least, rules.most

    def _then(self, setting: Setting) -> int:
        """The value after all of it; of a machine that is changed only now, what it runs with."""
        key = SettingKey(setting)
        if self._saved is not None:
            return self._wishes.get(key, self._saved.get(key)) or 0
        return (self._live or {}).get(key) or 0

    def _why_not_count(self, key: SettingKey, to: int) -> Reason | None:
        machine, most = self._machine, self._then(MAXIMUMS[key.setting])
        if (reason := self._more_than_host(key, to)) is not None:
            return reason
        if key.setting is Setting.MEMORY_KIB and self._live is not None and module_for(machine, to):
            return None
        if to > most:
            can_raise = self._saved is not None and not machine.has_numa
            if key.setting is Setting.VCPUS:
                return Why.ABOVE_VCPUS_MAX, most, Remedy.RAISE_VCPUS_MAX if can_raise else None
            return Why.ABOVE_MEMORY_MAX, most, Remedy.RAISE_MEMORY_MAX if can_raise else None
        if key.setting is Setting.MEMORY_KIB and not machine.has_balloon and to < most:
            return Why.NO_BALLOON, None, None  # it would be given the maximum at every start
        return None

    def _why_not_maximum(self, key: SettingKey, to: int) -> Reason | None:
        if self._saved is None:
            return None  # that it is running is the reason
        if self._machine.has_numa:
            return Why.HAS_NUMA, None, None
        if (reason := self._more_than_host(key, to)) is not None:
            return reason
        count = self._then(COUNTS[key.setting])
        if to < count:
            if key.setting is Setting.VCPUS_MAX:
                return Why.BELOW_VCPUS, count, Remedy.LOWER_VCPUS
            return Why.BELOW_MEMORY, count, Remedy.LOWER_MEMORY
        return None

    def _more_than_host(self, key: SettingKey, to: int) -> Reason | None:
        """Of memory; what has too much already may be given less."""
        has, most = _present(self._machine, key), self._machine.host.memory_kib
        is_memory = key.setting in (Setting.MEMORY_KIB, Setting.MEMORY_MAX_KIB)
        if is_memory and most is not None and to > max(most, *(value or 0 for value in has)):
            return Why.MORE_THAN_HOST, most, None
        return None

    # Why it is not now ----------------------------------------------------------------------------------------

    def _why_not_now(self, key: SettingKey, to: Value) -> Reason | None:
        machine, host, owner = self._machine, self._machine.host, RULES[key.setting].owner
        if key.setting in COUNTS:
            return Why.FIXED_WHILE_RUNNING, None, None
        if key.setting in MAXIMUMS:
            return self._why_not_count_now(key, to or 0)
        if key.setting in _CPU_SHARE:
            return (Why.HOST_CANNOT_NOW, None, None) if host.has_cpu_share is False else None
        if owner is Owner.CARD and not can_be_limited(machine, key.of):
            return Why.NOT_FOR_CARD, None, None
        if owner is Owner.DISK and not (disk.source if (disk := disk_of(machine, key.of)) else ""):
            return Why.NO_MEDIUM, None, None
        can = host.has_disk_limits if owner is Owner.DISK else host.has_bandwidth is not False
        return None if can or machine.live is None else (Why.HOST_CANNOT_NOW, None, None)

    def _why_not_count_now(self, key: SettingKey, to: int) -> Reason | None:
        machine, live = self._machine, self._machine.live or {}
        most = live.get(SettingKey(MAXIMUMS[key.setting])) or 0
        if key.setting is Setting.MEMORY_KIB:
            if module_for(machine, to):
                return None
            if to > most:
                return Why.ABOVE_RUNNING_MAX, most, None
            if not machine.has_balloon:
                return Why.NO_BALLOON, None, None
            return (Why.PAUSED, None, None) if machine.is_paused else None
        if to > most:
            return Why.ABOVE_RUNNING_MAX, most, None
        if to > plugged(machine):
            return None
        if machine.is_paused:
            return Why.PAUSED, None, None
        return None if machine.has_agent else (Why.NEEDS_AGENT, None, None)

    # What is to be known --------------------------------------------------------------------------------------

    def _notes(self, key: SettingKey, to: Value) -> Iterable[tuple[Why, int | None]]:
        machine, host = self._machine, self._machine.host
        if key not in self._asked:
            yield Why.FOLLOWS, None
        if key.setting is Setting.VCPUS and host.cpus is not None and (to or 0) > host.cpus:
            yield Why.OVERCOMMITS, host.cpus
        if key.setting is Setting.MEMORY_KIB and _starves((self._live or {}).get(key), to):
            yield Why.STARVES, None
        if key.setting is Setting.VCPUS_MAX and machine.topology is not None and self._saved is not None:
            follows = followed_by(machine.topology, to or 1)
            if follows != machine.topology:
                yield Why.TOPOLOGY_FOLLOWS, follows.sockets
        if key.setting in _CPU_SHARE and to is not None and host.has_cpu_share is None:
            yield Why.NOT_ON_HOST, None
        is_card = RULES[key.setting].owner is Owner.CARD
        if is_card and to is not None and host.has_bandwidth is None and self._live is None:
            yield Why.NOT_ON_HOST, None
        if key.setting in DISK_PARAMETERS and len(shared_with(self._machine, key.of)) > 1:
            yield Why.SHARED_GROUP, None


def _starves(live: Value, to: Value) -> bool:
    """A guest that runs works with what it has: most of that gone, it ends programs."""
    return live is not None and to is not None and to < live and (4 * to < live or to < _LITTLE_KIB)


def _whole(key: SettingKey, value: Value) -> Value:
    """0 is the hypervisors' word for no limit."""
    return None if value == 0 and RULES[key.setting].may_be_none else value
