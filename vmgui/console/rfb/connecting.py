"""Connects to a target and starts TLS; waits nowhere but in the waiter."""

from __future__ import annotations

import threading
import time

from vmgui.console.rfb.errors import DeadlinePassed, NoThread, UnknownName, Unreachable
from vmgui.console.rfb.transport import (
    Address,
    FdTarget,
    RfbTarget,
    TcpTarget,
    TlsSettings,
    Wire,
    known_address,
    look_up,
    tls_context,
)
from vmgui.console.rfb.waiter import Stopped, Waiter


def connect(target: RfbTarget, waiter: Waiter, timeout_s: float) -> Wire:
    """A connected wire; Unreachable, DeadlinePassed or Stopped."""
    deadline = time.monotonic() + timeout_s
    if isinstance(target, FdTarget):
        wire = Wire.adopt(target.fd)
        try:
            wire.check_connected()
        except Unreachable:
            wire.close()
            raise
        return wire
    address = known_address(target)
    if address is not None:
        candidates = [address]
    elif isinstance(target, TcpTarget):
        candidates = _look_up(target, waiter, deadline)
    else:
        candidates = []
    failure: Unreachable = UnknownName("The name has no address.")
    for candidate in candidates:
        try:
            return _dial(candidate, waiter, deadline)
        except Unreachable as error:
            failure = error
    raise failure


def start_tls(
    wire: Wire, target: RfbTarget, settings: TlsSettings, waiter: Waiter, *, verify: bool, timeout_s: float
) -> None:
    """Encrypt the wire; CertificateRejected, TlsFailed, DeadlinePassed or Stopped."""
    deadline = time.monotonic() + timeout_s
    name = settings.server_name or (target.host if isinstance(target, TcpTarget) else "")
    if not verify:
        name = ""
    context = tls_context(settings, verify=verify, server_name=name)
    waiter.forget(wire)
    wire.begin_tls(context, name)
    while not wire.shake_hands():
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed("The server did not finish the TLS handshake in time.")
        waiter.wait(wire, read=not wire.wants_write, write=wire.wants_write, wait_s=left)


def _dial(address: Address, waiter: Waiter, deadline: float) -> Wire:
    wire = Wire.towards(address)
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise DeadlinePassed("The server did not answer.")
            if waiter.wait(wire, read=False, write=True, wait_s=left):
                wire.check_connected()
                return wire
    except (Unreachable, DeadlinePassed, Stopped):
        waiter.forget(wire)
        wire.close()
        raise


def _look_up(target: TcpTarget, waiter: Waiter, deadline: float) -> list[Address]:
    """Resolve in a thread of its own: a resolver can neither be interrupted nor given a deadline."""
    found: list[list[Address]] = []
    failed: list[Unreachable] = []

    def ask() -> None:
        try:
            found.append(look_up(target))
        except Unreachable as error:
            failed.append(error)
        waiter.wake()

    try:
        threading.Thread(target=ask, name="rfb-resolver", daemon=True).start()
    except (RuntimeError, MemoryError, OSError) as error:
        raise NoThread(f"No thread can be started: {error}.") from None
    while not found and not failed:
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed(f"The name {target.host} could not be looked up in time.")
        waiter.wait(None, read=False, write=False, wait_s=left)
    if failed:
        raise failed[0]
    return found[0]
