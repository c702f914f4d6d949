"""A screen of our own for the benchmark: an X server whose pixels are read from its memory, keys through XTEST.

No accessibility bus, other than tests/e2e/desktop.py has: it would cost each program something of its own.
Everything here goes through ctypes: no library of the project's is needed for it.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import mmap
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TOOLS = ("Xvfb", "openbox", "dbus-daemon", "setpriv")
_CLIENTS_MAX = 64
_ANY_TYPE = 0


def missing_tools() -> list[str]:
    """What this machine lacks; empty when all is there."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    lacking += [f"lib{name}" for name in ("X11", "Xtst") if not ctypes.util.find_library(name)]
    return lacking


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen."""

    left: int
    top: int
    width: int
    height: int

    def part(self, left: int, top: int, width: int, height: int) -> Box:
        """A part of it, kept inside."""
        left, top = min(left, self.width - 1), min(top, self.height - 1)
        return Box(
            self.left + left, self.top + top, min(width, self.width - left), min(height, self.height - top)
        )


class Screen:
    """Xvfb, openbox and a message bus; ends what it started when closed."""

    def __init__(self, size: tuple[int, int] = (1600, 1000)) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vmgui-perf-")
        self.folder = Path(self._folder.name)
        self._processes: list[subprocess.Popen[Any]] = []
        keep = ("PATH", "LANG", "USER", "LOGNAME")
        self.environment = {key: os.environ[key] for key in keep if key in os.environ} | {"LANG": "C.UTF-8"}
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        self.environment["XDG_RUNTIME_DIR"] = str(runtime)
        frame = self.folder / "frame"
        frame.mkdir()
        try:
            self._start(size, frame)
        except BaseException:
            self.close()
            raise

    def _start(self, size: tuple[int, int], frame: Path) -> None:
        read_end, write_end = os.pipe()
        self.spawn(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size[0]}x{size[1]}x24",
             "-nolisten", "tcp", "-noreset", "-fbdir", str(frame)],
            pass_fds=(write_end,),
        )  # fmt: skip
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment["DISPLAY"] = f":{number}"
        bus = self.spawn(
            ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
        )
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self.spawn(["openbox", "--sm-disable"])
        self._map_pixels(frame / "Xvfb_screen0")
        self.keyboard = _Server(f":{number}")
        deadline_s = time.monotonic() + 10
        while not self.keyboard.has_window_manager() and time.monotonic() < deadline_s:
            time.sleep(0.02)
        self.keyboard.point(size[0] - 1, size[1] - 1)

    def _map_pixels(self, path: Path) -> None:
        """The file is an X window dump (XWDFile.h): numbers of the header, colours, then the lines."""
        with path.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self._memory[:100])
        start, height, line = header[0] + header[19] * 12, header[5], header[12]
        pixels = np.frombuffer(self._memory, np.uint32, line // 4 * height, start)
        self._pixels = pixels.reshape(height, line // 4)

    def spawn(self, arguments: list[str], **options: Any) -> subprocess.Popen[Any]:
        """A process that ends with this screen, whatever happens."""
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("env", self.environment)
        command = ["setpriv", "--pdeathsig", "TERM", "--", *arguments]
        process = subprocess.Popen(command, start_new_session=True, **options)
        self._processes.append(process)
        return process

    def end(self, process: subprocess.Popen[Any], patience_s: float = 3.0) -> None:
        """End one of them, by force if it does not want to."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._processes.remove(process)

    def close(self) -> None:
        """End everything, newest first."""
        keyboard = getattr(self, "keyboard", None)
        if keyboard is not None:
            keyboard.close()
        for process in reversed(tuple(self._processes)):
            self.end(process)
        self._folder.cleanup()

    def pixels(self, box: Box) -> np.ndarray:
        """A part of the screen as it is being drawn, not a copy; one number per pixel."""
        return self._pixels[box.top : box.top + box.height, box.left : box.left + box.width]

    def window_of(self, pid: int) -> Box | None:
        """The first window of a process that is on the screen."""
        return self.keyboard.window_of(pid)


class _Server:
    """The X server's functions that are needed here (Xlib, XTEST)."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        # Windows may go while they are asked about; the default handler ends the process.
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self._on_error = kind(lambda _display, _event: 0)
        self._x.XSetErrorHandler(self._on_error)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise RuntimeError(f"no display {display}")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def press(self, key: str) -> float:
        """Press a key (a keysym's name); when that was, as time.perf_counter()."""
        code = self._code(key)
        at_s = time.perf_counter()
        self._test.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        self._x.XFlush(self._display)
        return at_s

    def release(self, key: str) -> None:
        """Let it go."""
        self._test.XTestFakeKeyEvent(self._display, self._code(key), 0, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def type(self, key: str) -> None:
        """Press and let go."""
        self.press(key)
        self.release(key)

    def chord(self, held: str, key: str) -> None:
        """Type a key while another is held."""
        self.press(held)
        self.type(key)
        self.release(held)

    def point(self, left: int, top: int) -> None:
        """Move the pointer."""
        self._test.XTestFakeMotionEvent(self._display, -1, left, top, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def click(self, left: int, top: int) -> None:
        """Click somewhere."""
        self.point(left, top)
        for down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, down, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def has_window_manager(self) -> bool:
        return bool(self._numbers(self._root.value, "_NET_SUPPORTING_WM_CHECK"))

    def window_of(self, pid: int) -> Box | None:
        for window in self._numbers(self._root.value, "_NET_CLIENT_LIST"):
            if pid in self._numbers(window, "_NET_WM_PID"):
                return self._box(window)
        return None

    def _code(self, key: str) -> int:
        keysym = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
        return int(self._x.XKeysymToKeycode(self._display, keysym)) & 255

    def _numbers(self, window: int, name: str) -> tuple[int, ...]:
        atom = ctypes.c_ulong(self._x.XInternAtom(self._display, name.encode(), 0))
        kind, found, left = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        width, data = ctypes.c_int(), ctypes.POINTER(ctypes.c_ulong)()
        status = self._x.XGetWindowProperty(
            self._display, ctypes.c_ulong(window), atom, ctypes.c_long(0), ctypes.c_long(_CLIENTS_MAX), 0,
            ctypes.c_ulong(_ANY_TYPE), ctypes.byref(kind), ctypes.byref(width), ctypes.byref(found),
            ctypes.byref(left), ctypes.byref(data),
        )  # fmt: skip
        if status or not data:
            return ()
        numbers = tuple(data[at] for at in range(found.value)) if width.value == 32 else ()
        self._x.XFree(data)
        return numbers

    def _box(self, window: int) -> Box | None:
        root, child = ctypes.c_ulong(), ctypes.c_ulong()
        left, top = ctypes.c_int(), ctypes.c_int()
        width, height = ctypes.c_uint(), ctypes.c_uint()
        border, depth = ctypes.c_uint(), ctypes.c_uint()
        if not self._x.XGetGeometry(
            self._display, ctypes.c_ulong(window), ctypes.byref(root), ctypes.byref(left), ctypes.byref(top),
            ctypes.byref(width), ctypes.byref(height), ctypes.byref(border), ctypes.byref(depth),
        ):  # fmt: skip
            return None
        self._x.XTranslateCoordinates(
            self._display, ctypes.c_ulong(window), self._root, 0, 0,
            ctypes.byref(left), ctypes.byref(top), ctypes.byref(child),
        )  # fmt: skip
        return Box(max(0, left.value), max(0, top.value), width.value, height.value)
