"""What a change has done so far, step by step, and how each is taken back; in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import libvirt

from vmgui.hypervisor.errors import door, is_gone
from vmgui.model.errors import ChangedMeanwhile, PartlyDone, VmguiError

_OFF = -1


@dataclass(slots=True)
class StepMade:
    """One call that was made. `name`: of what it changes, in the log's words."""

    name: str
    take_back: Callable[[], object] | None = None  # None: nobody can
    stays: Callable[[], bool] = lambda: True  # whether it has come about: what has not is not taken back
    ends_with_it: bool = True  # it is gone once the machine is off, or started anew


class Steps:
    """The steps of one change of one machine, of which all or none stay."""

    def __init__(self, domain: libvirt.virDomain, name: str) -> None:
        """`name`: the machine's."""
        self._domain = domain
        self._name = name
        self._run = domain.ID()
        self._made: list[StepMade] = []

    def taken_back(self, error: VmguiError) -> VmguiError:
        """Take back all, last first, because of `error`: that, or PartlyDone where something stays as it is now."""
        stay: list[str] = []
        for made in reversed(self._made):
            try:
                with door():
                    if not self._is_back(made):
                        stay.append(made.name)
            except VmguiError as another:
                error.aside = "\n".join(filter(None, (error.aside, f"{made.name}: {another}")))
                stay.append(made.name)
        if not stay:
            return error
        stay = list(dict.fromkeys(reversed(stay)))
        detail = f"stays as it is now: {', '.join(stay)}; failed: {error}"
        return PartlyDone(detail, done=tuple(stay), failed=((self._name, error),))

    def unless_another_runs(self) -> None:
        """Raises ChangedMeanwhile where the machine was started since: that run was told nothing, and its devices have the
        same aliases, whatever they are. One that ended has its change at the next start."""
        if self._now_running() not in (self._run, _OFF):
            raise ChangedMeanwhile("it has been started", subject=self._name)

    def forget(self) -> None:
        """Nothing will be taken back any more; the machine's handle goes with it."""
        self._made.clear()

    def _is_back(self, made: StepMade) -> bool:
        now = self._now_running() if made.ends_with_it else self._run
        if made.ends_with_it and (now == _OFF or now != self._run):
            return True  # a run that was told nothing has nothing of it
        try:
            has_come_about = made.stays()
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            return True
        if not has_come_about:
            return True
        if made.take_back is None:
            return False
        made.take_back()
        return True

    def _now_running(self) -> int:
        """The number of its run; -1: it is off, or gone. The machine's handle keeps the one that it had."""
        try:
            return self._domain.connect().lookupByUUIDString(self._domain.UUIDString()).ID()
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            return _OFF

    def _will_make(self, name: str, take_back: Callable[[], object] | None = None) -> StepMade:
        """Noted before the call: one that fails may have done a part of it."""
        made = StepMade(name, take_back)
        self._made.append(made)
        return made
