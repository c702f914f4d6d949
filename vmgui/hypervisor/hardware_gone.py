"""Take a device out of a running machine, and wait until the guest has let go of it; in a worker thread.

libvirt's call asks the guest, and comes back before that has answered, if it ever does (a guest that boots, or that
ignores the request). That it is gone tells an event, and its XML: not every driver has events.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.model.errors import NotLetGo

LETS_GO_S = 20.0
"""How long a guest is waited for."""
LOOK_AGAIN_S = 0.5
"""Where no event comes."""
_LIVE = libvirt.VIR_DOMAIN_AFFECT_LIVE
# QEMU's words, which are English, where an earlier request stands.
_UNDER_WAY = "in the process of unplug"


class _Told:
    """What events said of one device; set by libvirt's thread."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self.anything = threading.Event()
        self.is_refused = False

    def on_removed(self, _conn: Any, _domain: Any, alias: str, _opaque: Any) -> None:
        if alias == self._alias:
            self.anything.set()

    def on_refused(self, _conn: Any, _domain: Any, alias: str, _opaque: Any) -> None:
        if alias == self._alias:
            self.is_refused = True
            self.anything.set()


def take_out(
    conn: libvirt.virConnect,
    domain: libvirt.virDomain,
    xml: str,
    alias: str,
    name: str,
    is_there: Callable[[], bool],
) -> None:
    """Ask for it, and return when it is gone; raises NotLetGo where the guest keeps it: it may still go later.

    `xml`: of the device as it is now; `name`: as people call it.
    """
    told = _Told(alias)
    with _listening(conn, domain, told):
        _ask(domain, xml, alias)
        end_s = time.monotonic() + LETS_GO_S
        while is_there():
            rest_s = end_s - time.monotonic()
            if told.is_refused or rest_s <= 0:
                why = "the guest refused" if told.is_refused else f"not within {LETS_GO_S:g} s"
                raise NotLetGo(f"{name} ({alias}): {why}", subject=name)
            told.anything.wait(min(rest_s, LOOK_AGAIN_S))
            told.anything.clear()


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
