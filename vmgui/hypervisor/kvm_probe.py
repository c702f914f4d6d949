"""Whether hardware acceleration works or only says so.

There are hosts (inside some clouds' and sandboxes' machines) where /dev/kvm exists, libvirt offers it,
and guests crawl: a Linux kernel needs minutes to unpack itself, which looks like a machine that hangs.
Nothing but running a guest shows it. So a throw-away machine without disks runs its BIOS until that has
found nothing to boot. Measured: emulation 0.2 s, working kvm less, lying kvm 5 to 6 s. No file is needed
on the host, so it works on any, however remote; where it takes long, emulation is the control.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

import libvirt

from vmgui.hypervisor.domains import PROBE_NAME_HEX, PROBE_NAME_PREFIX, is_probe
from vmgui.hypervisor.embedded import unlock_lines
from vmgui.hypervisor.uri import Transport, read_uri
from vmgui.libvirtxml.capabilities import parse_capabilities
from vmgui.model.host import GuestCapability, KvmState

log = logging.getLogger(__name__)

# Nothing that lies is so fast: no control needed.
CLEARLY_FAST_S = 0.5
LIMIT_S = 6.0
# Acceleration this much slower than emulation is none.
SLOWER_FACTOR = 3.0
_BIOS_ARCHS = frozenset({"x86_64", "i686"})
_END = b"No bootable device"
_MAX_BYTES = 64 * 1024
_EVENTS = libvirt.VIR_STREAM_EVENT_READABLE | libvirt.VIR_STREAM_EVENT_ERROR | libvirt.VIR_STREAM_EVENT_HANGUP


def probe(conn: libvirt.virConnect, arch: str = "x86_64", *, limit_s: float = LIMIT_S) -> KvmState:
    """Run the throw-away machine with kvm; takes 2 to 20 s: slow lane, with a deadline of 60 s.

    UNKNOWN where it cannot be told (another architecture, no BIOS). Raises what libvirt says when
    not even the emulated machine can be run.
    """
    guests = [guest for guest in parse_capabilities(conn.getCapabilities()).guests if guest.arch == arch]
    guest = next((guest for guest in guests if "kvm" in guest.domain_types), None)
    if guest is None:
        return KvmState.MISSING
    # Emulation may have an emulator of its own.
    plain = next((guest for guest in guests if "qemu" in guest.domain_types), None)
    if arch not in _BIOS_ARCHS:
        return KvmState.UNKNOWN
    _remove_leftovers(conn)
    try:
        with_kvm_s = _boot_s(conn, guest, "kvm", limit_s)
    except libvirt.libvirtError as error:
        if plain is None:
            raise
        # Emulation tells what is broken: if it runs, it is kvm that is missing in truth.
        log.info("a kvm machine cannot be started: %s", error)
        return KvmState.MISSING if _boot_s(conn, plain, "qemu", limit_s) is not None else KvmState.UNKNOWN
    if with_kvm_s is not None and with_kvm_s <= CLEARLY_FAST_S:
        log.info("kvm works: %.2f s", with_kvm_s)
        return KvmState.WORKS
    emulated_s = _boot_s(conn, plain, "qemu", limit_s) if plain is not None else None
    log.info("with kvm %s s, emulated %s s", with_kvm_s, emulated_s)
    if emulated_s is None:
        # No BIOS that talks, or a host too busy for anything: a finished boot is the better evidence.
        return KvmState.WORKS if with_kvm_s is not None else KvmState.UNKNOWN
    if (with_kvm_s or limit_s) > emulated_s * SLOWER_FACTOR:
        return KvmState.LIES
    return KvmState.WORKS if with_kvm_s is not None else KvmState.UNKNOWN


def _boot_s(
    conn: libvirt.virConnect, guest: GuestCapability, domain_type: str, limit_s: float
) -> float | None:
    """How long the BIOS takes to its end; None: longer than `limit_s`."""
    domain = _create_paused(conn, guest, domain_type)
    try:
        console = _Console(conn, domain)
        try:
            started_s = time.monotonic()
            domain.resume()
            return console.wait_for(_END, started_s, limit_s)
        finally:
            console.close()
    finally:
        _destroy(domain)


def _create_paused(conn: libvirt.virConnect, guest: GuestCapability, domain_type: str) -> libvirt.virDomain:
    """Paused, so that nothing it says is missed; it goes with our connection where that is possible."""
    machine = "q35" if "q35" in guest.machines else ("pc" if "pc" in guest.machines else "")
    flags = libvirt.VIR_DOMAIN_START_PAUSED
    if read_uri(conn.getURI()).transport is not Transport.IN_PROCESS:
        flags |= libvirt.VIR_DOMAIN_START_AUTODESTROY
    name = PROBE_NAME_PREFIX + secrets.token_hex(PROBE_NAME_HEX // 2)
    try:
        return conn.createXML(_xml(name, guest, domain_type, machine, has_debug_port=True), flags)
    except libvirt.libvirtError as error:
        if error.get_error_code() not in (libvirt.VIR_ERR_XML_ERROR, libvirt.VIR_ERR_CONFIG_UNSUPPORTED):
            raise
        log.debug("no debug port: %s", error)
    return conn.createXML(_xml(name, guest, domain_type, machine, has_debug_port=False), flags)


def _xml(name: str, guest: GuestCapability, domain_type: str, machine: str, *, has_debug_port: bool) -> str:
    # Loaded when a host is examined: the writers of devices are many modules.
    from vmgui.libvirtxml.kvm_probe import ProbeConsole, build_probe

    console = ProbeConsole.DEBUG_PORT if has_debug_port else ProbeConsole.SERIAL
    return build_probe(name, domain_type, guest.arch, machine, guest.emulator, console)


def _destroy(domain: libvirt.virDomain) -> None:
    try:
        domain.destroy()
    except libvirt.libvirtError as error:
        if error.get_error_code() not in (libvirt.VIR_ERR_NO_DOMAIN, libvirt.VIR_ERR_OPERATION_INVALID):
            raise


def _remove_leftovers(conn: libvirt.virConnect) -> None:
    """Remove what a crashed program left. Only in process: elsewhere another program may be using it."""
    if read_uri(conn.getURI()).transport is not Transport.IN_PROCESS:
        return
    for domain in conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_TRANSIENT):
        if is_probe(domain.name(), is_persistent=False):
            _destroy(domain)


class _Console:
    """What the machine says, collected on libvirt's event thread."""

    def __init__(self, conn: libvirt.virConnect, domain: libvirt.virDomain) -> None:
        self._said = bytearray()
        self._ended = False
        self._changed = threading.Condition()
        stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
        open_console: Callable[..., Any] = domain.openConsole
        open_console(None, stream, 0)  # None: the first one
        unlock_lines(conn)
        self._stream: libvirt.virStream | None = stream
        stream.eventAddCallback(_EVENTS, self._on_event, None)

    def wait_for(self, wanted: bytes, started_s: float, limit_s: float) -> float | None:
        """Seconds from `started_s` until `wanted` has been said; None: not within `limit_s`."""
        deadline_s = started_s + limit_s
        with self._changed:
            while wanted not in self._said:
                left_s = deadline_s - time.monotonic()
                if left_s <= 0 or self._ended or len(self._said) > _MAX_BYTES:
                    return None
                self._changed.wait(left_s)
        return time.monotonic() - started_s

    def close(self) -> None:
        """Let go of the stream."""
        with self._changed:
            stream, self._stream = self._stream, None
        if stream is None:
            return
        for step in (stream.eventRemoveCallback, stream.abort):
            try:
                step()
            except libvirt.libvirtError as error:
                log.debug("closing the probe's console: %s", error)

    def _on_event(self, stream: libvirt.virStream, events: int, _opaque: object) -> None:
        data: object = b""
        if events & libvirt.VIR_STREAM_EVENT_READABLE:
            try:
                data = stream.recv(4096)
            except libvirt.libvirtError as error:
                log.debug("the probe's console: %s", error)
        with self._changed:
            # -2: nothing there after all.
            if isinstance(data, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
                self._said += data
                self._ended = not data
            if self._ended and self._stream is not None:
                # Removed here, or the event comes again and again until the machine is gone.
                stream.eventUpdateCallback(0)
            self._changed.notify_all()
