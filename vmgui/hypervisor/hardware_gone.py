"""Take devices out of a running machine, and wait until the guest has let go of them; in a worker thread.

libvirt's call asks the guest, and comes back before that has answered, if it ever does (a guest that boots, or that
ignores the request). That it is gone tells an event, and its XML: not every driver has events.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.hypervisor.hardware_errors import explained
from vmgui.hypervisor.hardware_tasks import Task
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.errors import NotLetGo, VmguiError
from vmgui.model.hardware import AddDevice, RemoveDevice, Wish

LETS_GO_S = 20.0
"""How long a guest is waited for, of however many devices."""
LOOK_AGAIN_S = 0.5
"""Where no event comes."""
_LIVE = libvirt.VIR_DOMAIN_AFFECT_LIVE
# QEMU's words, which are English, where an earlier request stands.
_UNDER_WAY = "in the process of unplug"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A device that is to go. `xml`: as it is now; `name`: as people call it; `is_there`: whether it still is."""

    device: object
    xml: str
    alias: str
    name: str
    is_there: Callable[[], bool]


class _Told:
    """What events said of devices, by their aliases; set by libvirt's thread."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self._aliases = frozenset(aliases)
        self.anything = threading.Event()
        self.refused: set[str] = set()

    def on_removed(self, _conn: Any, _domain: Any, alias: str, _opaque: Any) -> None:
        if alias in self._aliases:
            self.anything.set()

    def on_refused(self, _conn: Any, _domain: Any, alias: str, _opaque: Any) -> None:
        if alias in self._aliases:
            self.refused.add(alias)
            self.anything.set()


def together(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    """Tasks as they are made: what the guest is to let go of is asked for at once, what that hung on after it."""
    for is_removal, found in groupby(tasks, key=_is_asked_for):
        group = tuple(found)
        if not is_removal:
            yield from ((task,) for task in group)
            continue
        for is_hub in (False, True):
            part = tuple(task for task in group if _is_hub(task) is is_hub)
            if part:
                yield part


def may_wait(wishes: Sequence[Wish]) -> bool:
    """Whether a guest may be waited for: what is added, too, has to go again where something after it fails."""
    return any(isinstance(wish, RemoveDevice) for wish in wishes) or (
        len(wishes) > 1 and any(isinstance(wish, AddDevice) for wish in wishes)
    )


def _is_asked_for(task: Task) -> bool:
    return task.is_now and isinstance(task.wish, RemoveDevice)


def _is_hub(task: Task) -> bool:
    return isinstance(task.wish, RemoveDevice) and isinstance(task.wish.seen.live, ControllerDevice)


def take_out(conn: libvirt.virConnect, domain: libvirt.virDomain, leaving: Sequence[Leaving]) -> None:
    """Ask for all, and return when they are gone; raises NotLetGo where the guest keeps one: it may still go later.

    Where one is refused the others are waited for all the same: what of them is gone can be taken back then.
    """
    told = _Told(one.alias for one in leaving)
    failed: VmguiError | None = None
    waiting: list[Leaving] = []
    with _listening(conn, domain, told):
        for one in leaving:
            try:
                _ask(domain, one.xml, one.alias)
            except libvirt.libvirtError as error:
                failed = explained(error, one.device)
                break
            waiting.append(one)
        end_s = time.monotonic() + LETS_GO_S
        while waiting := [one for one in waiting if one.is_there()]:
            for one in [one for one in waiting if one.alias in told.refused]:
                waiting.remove(one)
                failed = failed or _kept(one, "the guest refused")
            rest_s = end_s - time.monotonic()
            if not waiting or rest_s <= 0:
                break
            told.anything.wait(min(rest_s, LOOK_AGAIN_S))
            told.anything.clear()
    if failed is None and waiting:
        failed = _kept(waiting[0], f"not within {LETS_GO_S:g} s")
    if failed is not None:
        raise failed


def _kept(one: Leaving, why: str) -> NotLetGo:
    return NotLetGo(f"{one.name} ({one.alias}): {why}", subject=one.name)


def _ask(domain: libvirt.virDomain, xml: str, alias: str) -> None:
    try:
        if not alias or not _ask_by_alias(domain, alias):
            domain.detachDeviceFlags(xml, _LIVE)
    except libvirt.libvirtError as error:
        # Somebody asked before: what there is to wait for is the same.
        if _UNDER_WAY not in (error.get_error_message() or ""):
            raise


def _ask_by_alias(domain: libvirt.virDomain, alias: str) -> bool:
    """No other device can be meant; False: its driver goes by the XML."""
    try:
        domain.detachDeviceAlias(alias, _LIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error) and not is_gone(error):
            return False
        raise
    return True


@contextlib.contextmanager
def _listening(conn: libvirt.virConnect, domain: libvirt.virDomain, told: _Told) -> Generator[None]:
    ids: list[int] = []
    register: Any = conn.domainEventRegisterAny
    for event, callback in (
        (libvirt.VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, told.on_removed),
        (libvirt.VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED, told.on_refused),
    ):
        # Without it the XML tells.
        with contextlib.suppress(libvirt.libvirtError):
            ids.append(register(domain, event, callback, None))
    try:
        yield
    finally:
        for id_ in ids:
            with contextlib.suppress(libvirt.libvirtError):
                conn.domainEventDeregisterAny(id_)
