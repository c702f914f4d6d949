"""A private X server, window manager and accessibility bus, on which the real program is started."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.e2e.program import Program
from tests.helpers import window_thread

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WATCH = HERE / "inside"  # its sitecustomize.py runs in the program before the program does
FINDINGS = Path("state", "vmgui", "kvm.toml")  # in a program's home
# Letters that tests type and a usual keyboard has no key for, on keys that nothing else uses. xdotool would bind one
# for a moment, and a program that is late asks for the key's meaning when it has gone again.
KEYS = {"ñ": "<I249>", "ú": "<I250>"}
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi-bus-launcher")


def missing_tools() -> list[str]:
    """What this machine lacks for driving windows; empty when all is there."""
    lacking = [
        tool for tool in ("Xvfb", "xkbcomp", "dbus-daemon", "xdotool", "openbox") if not shutil.which(tool)
    ]
    if not any(os.path.exists(path) for path in LAUNCHERS):
        lacking.append("at-spi2-core")
    probe = subprocess.run(
        ["/usr/bin/python3", "-c", "import gi; gi.require_version('Atspi','2.0')"],
        capture_output=True,
        check=False,
    )
    if probe.returncode:
        lacking.append("gir1.2-atspi-2.0")
    return lacking


class Desktop:
    """One screen; ends everything it started when closed."""

    def __init__(self, directory: Path, size: tuple[int, int] = (1920, 1200)) -> None:
        self.directory = directory
        self._processes: list[subprocess.Popen[Any]] = []
        self._homes = 0
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if key
            not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM", "AT_SPI_BUS_ADDRESS")
        }
        self.findings = directory / FINDINGS.name  # what programs started here know of hosts' acceleration
        self._frame_buffer = directory / "frame" / "Xvfb_screen0"
        self._frame_buffer.parent.mkdir()
        runtime = directory / "run"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environment |= {
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_ACCESSIBILITY": "1",
            "GTK_MODULES": "",
            "LANG": "C.UTF-8",
            "NO_AT_BRIDGE": "0",
        }
        try:
            self._start(size)
        except BaseException:
            self.close()
            raise

    def _start(self, size: tuple[int, int]) -> None:
        read_end, write_end = os.pipe()
        self._spawn(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp",
             "-noreset", "-fbdir", str(self._frame_buffer.parent)],
            pass_fds=(write_end,),
        )  # fmt: skip
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment["DISPLAY"] = f":{number}"
        self._bind_keys()
        bus = self._spawn(
            ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
        )
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        launcher = next(path for path in LAUNCHERS if os.path.exists(path))
        self._spawn([launcher, "--launch-immediately"])
        self._spawn(["openbox", "--sm-disable"])
        self._server = self._spawn(
            ["/usr/bin/python3", "-W", "ignore", str(HERE / "accessibility_server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None,
            text=True,
        )

    def _bind_keys(self) -> None:
        display = self.environment["DISPLAY"]
        keyboard = self.run("xkbcomp", "-w0", display, "-")
        for letter, key in KEYS.items():
            keyboard = re.sub(rf"key {key} \{{.*?\}};", f"key {key} {{ [ U{ord(letter):04X} ] }};", keyboard)
        subprocess.run(
            ["xkbcomp", "-w0", "-", display], env=self.environment, input=keyboard, check=True, text=True
        )

    def _spawn(
        self, arguments: list[str], log_path: Path | None = None, **options: Any
    ) -> subprocess.Popen[Any]:
        # Nothing outlives a test run that was killed.
        arguments = ["setpriv", "--pdeathsig", "TERM", "--", *arguments]
        log = (log_path or self.directory / f"{Path(arguments[4]).name}.log").open("ab")
        options.setdefault("stdout", log)
        options.setdefault("stderr", log)
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("env", self.environment)
        process = subprocess.Popen(arguments, start_new_session=True, **options)
        log.close()
        self._processes.append(process)
        return process

    def close(self) -> None:
        """End everything, newest first."""
        for process in reversed(self._processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._processes.clear()

    def ask(self, **request: Any) -> Any:
        """One question to the accessibility bus."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        if "error" in answer:
            raise AssertionError(f"{request}: {answer['error']}")
        return answer["ok"]

    def pixels(self) -> np.ndarray:
        """What is on the screen now, as height x width x RGB.

        Read from the X server's own memory: asking it for a picture makes all windows wait meanwhile.
        The file is an X window dump (XWDFile.h): numbers of the header, colours, then the lines."""
        data = self._frame_buffer.read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, width, height = header[0] + header[19] * 12, header[4], header[5]
        lines = np.frombuffer(data, np.uint8, header[12] * height, start).reshape(height, -1, 4)
        return lines[:, :width, 2::-1].copy()

    def run(self, *arguments: str) -> str:
        """A tool of the X server (xdotool)."""
        return subprocess.run(
            arguments, env=self.environment, check=True, capture_output=True, text=True, timeout=120
        ).stdout

    def start_program(
        self,
        *arguments: str,
        home: Path | None = None,
        inside: Sequence[str] = (),
        **environment: str,
    ) -> Program:
        """vmgui with these arguments; with a new home (settings, hosts, logs), or that of an earlier run.
        `inside`: a command that runs another one elsewhere or as somebody else (nsenter, setpriv)."""
        if home is None:
            self._homes += 1
            home = self.directory / f"home-{self._homes}"
        run = len(self._processes)
        stalls, acts = home / f"stalls-{run}.jsonl", home / f"window-thread-{run}.txt"
        (home / FINDINGS).parent.mkdir(parents=True, exist_ok=True)
        if self.findings.exists() and not (home / FINDINGS).exists():
            shutil.copy(self.findings, home / FINDINGS)
        own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        own |= {"HOME": str(home), "VMGUI_STALL_LOG": str(stalls), window_thread.VARIABLE: str(acts)}
        own["PYTHONPATH"] = f"{WATCH}{os.pathsep}{ROOT}"
        own["PYTHONFAULTHANDLER"] = "1"
        own |= environment
        command = [*inside, sys.executable, "-m", "vmgui", *arguments]
        process = self._spawn(command, home / "output.txt", cwd=ROOT, env=self.environment | own)
        return Program(self, process, home, stalls, acts)

    @contextlib.contextmanager
    def program(self, *arguments: str, **options: Any) -> Iterator[Program]:
        """The program for the time of a `with`, at whose end it must have behaved: see Program.end.

        When something fails inside, what was on screen is kept in the program's home."""
        program = self.start_program(*arguments, **options)
        try:
            program.wait_window()
            yield program
            program.end()
        except BaseException:
            program.keep_evidence()
            raise
        finally:
            program.kill()


@contextlib.contextmanager
def desktop(directory: Path, size: tuple[int, int] = (1920, 1200)) -> Iterator[Desktop]:
    """A desktop for the time of a `with`."""
    screen = Desktop(directory, size)
    try:
        yield screen
    finally:
        screen.close()
