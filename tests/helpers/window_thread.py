"""No libvirt call, file or network wait is made on the window's thread: watched where such calls are made.

How long a window stands still depends on the computer; on which thread a blocking call is made does not. While a
watch is on, each call into libvirt, each look at a file, each connection, name look-up, child process and sleep
of that thread is noted if the program asked for it. Python's audit events (PEP 578) tell of most; looks that have
no event (os.stat) and the functions of libvirt's binding are wrapped.

A test runs on the window's thread as well: what it does itself, or has a service or a store do by calling it
directly, is its own business. What a widget, a slot or a task of the program does is not.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

VARIABLE = "VMGUI_TEST_WINDOW_THREAD"
ROOT = Path(__file__).resolve().parents[2]
PROGRAM, TESTS, WINDOW = f"{ROOT}/vmgui/", f"{ROOT}/tests/", (f"{ROOT}/vmgui/ui/", f"{ROOT}/vmgui/app/")
STORES = f"{ROOT}/vmgui/app/stores.py"  # what the first window shows is read before it is there
MEASURING = f"{ROOT}/vmgui/ui/bridge/stall_monitor.py"  # writes down what a test has it measure
SHOWN_FRAMES = 8

_EVENTS = frozenset({
    *("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"),
    *("os.link", "os.symlink", "os.chmod", "os.chown", "os.utime", "sqlite3.connect", "fcntl.flock"),
    *("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
    *("subprocess.Popen", "os.posix_spawn", "os.system", "os.fork"),
})  # fmt: skip
_UNTOLD = ("stat", "lstat", "access", "statvfs", "readlink", "fsync", "fdatasync", "waitpid")
# Answered from memory: a handle carries its name and number; and what speaks of the binding itself.
_LOCAL = (
    *("virDomainGetName", "virDomainGetUUID", "virDomainGetUUIDString", "virDomainGetID", "virDomainFree"),
    *("virStoragePoolGetName", "virStoragePoolGetUUID", "virStoragePoolFree", "virStorageVolGetName"),
    *("virStorageVolFree", "virNetworkGetName", "virNetworkFree", "virDomainSnapshotFree", "virGetVersion"),
    *("virErr", "virConnErr", "virGetLastError", "virResetLastError", "virSetErrorFunc", "virEvent"),
    *("virRegisterErrorHandler", "virInitialize", "virDomainRef", "virConnectRef", "virNetworkGetUUID"),
)  # fmt: skip
# The program itself, Python, and what the kernel makes up: no disk or server of anybody's that might hang.
_NO_WAIT = tuple(
    f"{place.rstrip('/')}/"
    for place in {str(ROOT), sys.prefix, sys.base_prefix, "/usr/lib/python3", "/usr/share", "/proc", "/dev"}
)

_note: Callable[[str], None] | None = None
_thread = 0
_is_looking = False


@contextmanager
def nothing_waits() -> Iterator[None]:
    """Fails at its end if the program has waited on the calling thread."""
    acts: list[str] = []
    with watched(acts.append):
        yield
    assert not acts, "on the window's thread:\n" + "\n".join(acts)


@contextmanager
def watched(note: Callable[[str], None]) -> Iterator[None]:
    """Tell of each such act of the program on the calling thread, by its name and the stack."""
    global _note, _thread
    _install()
    before = _note, _thread
    _note, _thread = note, threading.get_ident()
    try:
        yield
    finally:
        _note, _thread = before


def report_to(path: str) -> None:
    """For the program under test: from now on, to the end, into a file that is there even if empty."""
    global _note, _thread
    _install()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
    _note = lambda act: os.write(file, act.encode())  # noqa: E731
    _thread = threading.get_ident()


@functools.cache
def _install() -> None:
    sys.addaudithook(_on_event)
    for name in _UNTOLD:
        setattr(os, name, _wrapped(getattr(os, name), f"os.{name}"))
    time.sleep = _wrapped(time.sleep, "time.sleep")
    import libvirtmod

    for name in dir(libvirtmod):
        function = getattr(libvirtmod, name)
        if name.startswith("vir") and callable(function) and not name.startswith(_LOCAL):
            setattr(libvirtmod, name, _wrapped(function, name))


def _wrapped(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if _note is not None and threading.get_ident() == _thread:
            _look(name, args)
        return function(*args, **kwargs)

    return call


def _on_event(event: str, args: tuple[Any, ...]) -> None:
    if _note is not None and event in _EVENTS and threading.get_ident() == _thread:
        _look(event, args)


def _look(name: str, args: tuple[Any, ...]) -> None:
    global _is_looking
    if _is_looking or _note is None or _is_no_wait(name, args):
        return
    # What is done before the loop turns or after it has ended keeps no window waiting.
    if asyncio._get_running_loop() is None:
        return
    _is_looking = True
    try:
        frame = sys._getframe(2)
        if is_the_programs(frame):
            stack = [line for line in traceback.format_stack(frame) if f'"{PROGRAM}' in line]
            what = repr(args[0])[:200] if args and not name.startswith("vir") else ""
            _note(f"{name} {what}\n{''.join(stack[-SHOWN_FRAMES:])}\n")
    finally:
        _is_looking = False


def _is_no_wait(name: str, args: tuple[Any, ...]) -> bool:
    first = args[0] if args else None
    if name == "socket.connect":
        return isinstance(first, socket.socket) and first.gettimeout() == 0
    if name == "socket.getaddrinfo":
        return _is_number(first)
    if name == "time.sleep":
        return not first
    if name == "os.waitpid":
        return bool(args[1] & os.WNOHANG)
    if name.startswith(("open", "os.")):
        if isinstance(first, int):
            return not name.endswith("sync")
        try:
            path = os.fsdecode(first)
        except TypeError:
            return True
        return path.startswith(_NO_WAIT) or f"{path}/" in _NO_WAIT or not path.startswith("/")
    return False


def _is_number(name: object) -> bool:
    """Whether nobody has to be asked for the address: it is one."""
    try:
        ipaddress.ip_address(os.fsdecode(name).partition("%")[0])  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return name is None
    return True


def is_the_programs(innermost: FrameType) -> bool:
    """Whether a task or a widget of the program asked for it: not a test, nor a module that is being loaded."""
    program, window = False, False
    frame: FrameType | None = innermost
    while frame is not None:
        file = frame.f_code.co_filename
        if file == MEASURING or (file == STORES and frame.f_code.co_name == "open"):
            return False
        if file.startswith(PROGRAM):
            program = True
            window = window or file.startswith(WINDOW)
        elif file.startswith(TESTS) and file != __file__:
            return window
        elif file.startswith("<frozen importlib") or file.endswith("/linecache.py"):
            return False
        elif file.endswith("/asyncio/events.py") and frame.f_code.co_name == "_run":
            return program
        frame = frame.f_back
    return program
