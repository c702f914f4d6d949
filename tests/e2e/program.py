"""The running program as somebody sees and works it who cannot look inside.

Controls by their accessible names, keys and pointer through the X server.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.e2e.processor_waits import ProcessorWaits
from tests.helpers.waiting import eventually_blocking

if TYPE_CHECKING:
    from tests.e2e.desktop import Desktop

START_TIMEOUT_S = 30.0
# The program's own monitor warns at 50 ms, and every run prints what it saw: no turn of it takes more than 20 ms of a
# free processor. On two that also emulate guests the same work may take three times as much; then a test fails.
LONGEST_GAP_MS = 75.0
LONGEST_EXIT_S = 5.0
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stall:
    """The window stood still; what the program's own monitor wrote."""

    gap_ms: float
    busy_ms: float  # the window's thread was at work
    waited_ms: float  # it, another thread of the program or the X server were waiting for a processor
    stack: str
    slowness: float = 1.0  # how many times as long as at its best the computer took for the same work then

    @property
    def own_ms(self) -> float:
        """What the program and not the machine is to blame for."""
        return self.busy_ms + max(0.0, self.gap_ms - self.busy_ms - self.waited_ms)

    def is_over(self, limit_ms: float) -> bool:
        """Whether it is the program's fault.

        With several threads waiting all the while, the work itself goes slower too: whoever ran in between has
        emptied the processor's caches. Seen once in a hundred runs: seven times as slow.
        """
        waits_all_the_while = self.waited_ms >= self.gap_ms
        return self.own_ms > limit_ms * (2.0 if waits_all_the_while else min(2.0, self.slowness))


class Program:
    """One run of vmgui on a Desktop."""

    def __init__(self, desktop: Desktop, process: subprocess.Popen[Any], home: Path, stalls: Path) -> None:
        self._waits = ProcessorWaits([process.pid, *desktop.pids])
        self._waits.start()
        self.desktop = desktop
        self.process = process
        self.home = home
        self._stalls = stalls
        self.longest_gap_ms = LONGEST_GAP_MS
        self.longest_exit_s = LONGEST_EXIT_S
        self.acts: list[str] = []  # each thing a person did: a click, a key, a text typed

    # Looking ----------------------------------------------------------------------------------------------

    def _ask(self, command: str, role: str | None, name: str | None, timeout_s: float, **more: Any) -> Any:
        answer = self.desktop.ask(
            do=command, pid=self.process.pid, role=role, name=name, timeout_s=timeout_s, **more
        )
        if answer is None and not more.get("gone"):
            raise AssertionError(f"no {role or 'control'} named {name!r} on screen\n{self.outline()}")
        return answer

    def nodes(self) -> list[Node]:
        """All that is on screen, from the outside in."""
        return self.desktop.ask(do="dump", pid=self.process.pid) or []

    def outline(self) -> str:
        """All that is on screen, for a failing test's message."""
        if self.process.poll() is not None:
            return f"the program has ended with status {self.process.returncode}\n{self.output()}\n{self.log()[-3000:]}"
        return "\n".join(
            f"{node['role']}: {node['name']!r} {node['text'][:60]!r}"
            for node in self.nodes()
            if node["name"] or node["text"]
        )

    def log(self) -> str:
        """The program's own log."""
        path = self.home / "state" / "vmgui" / "vmgui.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def crash(self) -> str:
        """Where each thread was, if it crashed."""
        path = self.home / "state" / "vmgui" / "crash.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def output(self) -> str:
        """What it wrote to the terminal: nothing, or why it crashed."""
        return (self.home / "output.txt").read_text(errors="replace")

    def find(self, name: str | None, role: str | None = None, timeout_s: float = 10, **more: Any) -> Node:
        """A control, waiting for it to appear."""
        return self._ask("find", role, name, timeout_s, **more)

    def has(self, name: str, role: str | None = None, **more: Any) -> bool:
        """Whether it is on screen right now."""
        return self.desktop.ask(do="find", pid=self.process.pid, role=role, name=name, **more) is not None

    def all(self, role: str | None = None, name: str | None = None, **more: Any) -> list[Node]:
        """All such controls on screen."""
        return self.desktop.ask(do="all", pid=self.process.pid, role=role, name=name, **more) or []

    def says(self, pattern: str) -> str | None:
        """The first name or text on screen that matches."""
        for node in self.nodes():
            for text in (node["name"], node["text"]):
                if re.search(pattern, text):
                    return text
        return None

    def wait_text(self, pattern: str, timeout_s: float = 15) -> str:
        """Until some control's name or text matches."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = self.says(pattern)
            if found is not None:
                return found
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"nothing on screen says {pattern!r}\n{self.outline()}")
            time.sleep(0.15)

    def wait_focus(self, name: str, role: str = "text", timeout_s: float = 10, **more: Any) -> None:
        """Until what is typed goes there."""
        deadline = time.monotonic() + timeout_s
        while "focused" not in self.find(name, role, timeout_s, **more)["states"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"{name!r} does not get the keyboard\n{self.outline()}")
            time.sleep(0.05)

    def wait_gone(
        self, name: str | None, role: str | None = None, timeout_s: float = 10, **more: Any
    ) -> None:
        """Until no such control is on screen."""
        if self._ask("find", role, name, timeout_s, gone=True, **more) is not None:
            raise AssertionError(f"{name or role!r} is still on screen\n{self.outline()}")

    def wait_enabled(
        self, name: str, role: str | None = None, timeout_s: float = 10, *, enabled: bool = True, **more: Any
    ) -> Node:
        """Until the control is there and can be used (or, asked for, cannot)."""
        deadline = time.monotonic() + timeout_s
        while True:
            node = self.find(name, role, timeout_s, needs="press", **more)
            if ("enabled" in node["states"]) is enabled:
                return node
            if time.monotonic() > deadline:
                kind = "disabled" if enabled else "enabled"
                raise AssertionError(f"{name!r} stays {kind}: {node}\n{self.outline()}")
            time.sleep(0.1)

    def wait_window(self) -> None:
        """Until the main window is up."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.all(role="frame"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"no window: {self.outline()}\n{self.log()[-3000:]}")
            time.sleep(0.1)

    def row(self, name: str, timeout_s: float = 10) -> Node:
        """A line of the inventory, by how its text begins."""
        return self.find(f"{name}, ", "table cell", timeout_s, starts=True)

    def wait_row(self, pattern: str, timeout_s: float = 15) -> str:
        """Until a line of the inventory ("web-01, Running, ...") or of a table matches."""
        return self._wait_named("table cell", pattern, timeout_s)

    def wait_item(self, pattern: str, timeout_s: float = 15) -> str:
        """Until an entry of a list matches."""
        return self._wait_named("list item", pattern, timeout_s)

    def _wait_named(self, role: str, pattern: str, timeout_s: float) -> str:
        deadline = time.monotonic() + timeout_s
        while True:
            names = [node["name"] for node in self.all(role=role)]
            found = next((name for name in names if re.search(pattern, name)), None)
            if found is not None:
                return found
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"no {role} {pattern!r}, only {names}\n{self.outline()}")
            time.sleep(0.15)

    # Working through the accessibility bus ----------------------------------------------------------------

    def press(self, name: str, role: str | None = None, timeout_s: float = 10, **more: Any) -> None:
        """Press a button, check box, menu item ... once it is enabled."""
        self.wait_enabled(name, role, timeout_s, **more)
        self._ask("press", role, name, timeout_s, **more)
        self.acts.append(f"press {name}")

    def set_value(self, name: str, value: float, role: str | None = None, **more: Any) -> None:
        """Set a slider or spin box."""
        self._ask("set_value", role, name, 10, value=value, **more)
        self.acts.append(f"set {name}")

    # Working by hand --------------------------------------------------------------------------------------

    def click(
        self, name: str, role: str | None = None, *, button: int = 1, times: int = 1, **more: Any
    ) -> None:
        """The real pointer on the middle of a control; a double click is one act."""
        self.click_at(self.find(name, role, **more), button=button, times=times)

    def click_at(self, node: Node, *, button: int = 1, times: int = 1) -> None:
        """The real pointer on the middle of what was found."""
        x, y, width, height = node["box"]
        self.desktop.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2))
        self.desktop.run("xdotool", "click", "--repeat", str(times), "--delay", "60", str(button))
        self.acts.append(
            f"{'right ' if button == 3 else 'double ' if times == 2 else ''}click {node['name']}"
        )

    def menu(self, *names: str) -> None:
        """Go through menus to an entry; it closes them, as only a real click does."""
        for name in names:
            self.wait_enabled(name, "menu item")
            self.click(name, "menu item")
        self.wait_gone(names[-1], "menu item")

    def select(self, name: str) -> None:
        """Click on a line of the inventory."""
        self.click_at(self.row(name))

    def choose(self, label: str, entry: str, **more: Any) -> None:
        """Choose an entry of the combo box with that label."""
        self.click(label, "combo box", **more)
        self.click(entry, "list item", starts=True)
        self.wait_gone(entry, "list item", starts=True)

    def key(self, *keys: str) -> None:
        """Real keys, in X's names ("Return", "ctrl+n")."""
        self.desktop.run("xdotool", "key", "--clearmodifiers", "--delay", "40", *keys)
        self.acts += [f"key {key}" for key in keys]

    def holding(self, key: str, work: Callable[[], object]) -> None:
        """Do something while a key is held."""
        self.desktop.run("xdotool", "keydown", key)
        try:
            work()
        finally:
            self.desktop.run("xdotool", "keyup", key)

    def type(self, text: str) -> None:
        """Real keys for a text."""
        for plain, run in itertools.groupby(text, str.isascii):
            # A letter that no key has is given one for a moment; programs need a while to hear of it.
            self.desktop.run("xdotool", "type", "--delay", "12" if plain else "250", "--", "".join(run))
        self.acts.append(f"type {text}")

    def fill(self, label: str, text: str, role: str = "text", **more: Any) -> None:
        """Type into a field, over what was there."""
        self.click(label, role, **more)
        self.desktop.run("xdotool", "key", "--clearmodifiers", "ctrl+a")
        self.type(text)
        self.find_text(label, text, role, **more)

    def find_text(self, label: str, text: str, role: str = "text", timeout_s: float = 5, **more: Any) -> None:
        """Until a field holds this text."""
        deadline = time.monotonic() + timeout_s
        while (holds := self.find(label, role, **more)["text"]) != text:
            if time.monotonic() > deadline:
                raise AssertionError(f"{label!r} holds {holds!r} instead of {text!r}\n{self.outline()}")
            time.sleep(0.05)

    def maximize(self) -> None:
        """Let the main window have the whole screen."""
        window = self.desktop.run("xdotool", "getactivewindow").strip()
        screen = self.desktop.run("xdotool", "getdisplaygeometry").split()
        self.resize(int(screen[0]), int(screen[1]), window)

    def resize(self, width: int, height: int, window: str = "") -> None:
        """Give the active window this size, at the top left corner."""
        window = window or self.desktop.run("xdotool", "getactivewindow").strip()
        self.desktop.run("xdotool", "windowmove", window, "0", "0")
        self.desktop.run("xdotool", "windowsize", window, str(width), str(height))

    def screenshot(self, path: Path) -> Path:
        """The whole screen as a PNG."""
        Image.fromarray(self.desktop.pixels()).save(path)
        return path

    # The end ----------------------------------------------------------------------------------------------

    def stalls(self) -> list[Stall]:
        """What the program's own stall monitor wrote: gaps of the GUI thread over 50 ms."""
        if not self._stalls.exists():
            return []
        lines = [json.loads(line) for line in self._stalls.read_text().splitlines() if line]
        found = []
        for one in lines:
            begin_s = one["at_unix_s"] - one["gap_ms"] / 1000
            waited_ms = max(one["waited_ms"], self._waits.between_ms(begin_s, one["at_unix_s"]))
            slowness = self._waits.slowness_between(begin_s, one["at_unix_s"])
            found.append(Stall(one["gap_ms"], one["busy_ms"], waited_ms, one["stack"], slowness))
        return found

    def check_gaps(self) -> None:
        """The window never stood still for longer than 50 ms, but for waiting for a processor."""
        stalls = self.stalls()
        longest = max((stall.own_ms for stall in stalls), default=0.0)
        with_machine = max((stall.gap_ms for stall in stalls), default=0.0)
        print(
            f"gaps over 50 ms: {len(stalls)}, longest {with_machine:.0f} ms, of the program's own making {longest:.0f} ms"
        )
        bad = [stall for stall in stalls if stall.is_over(self.longest_gap_ms)]
        words = "\n".join(
            f"{stall.gap_ms:.0f} ms ({stall.busy_ms:.0f} busy, {stall.waited_ms:.0f} without a processor, {stall.slowness:.1f} times slower)\n"
            + interesting(stall.stack)
            for stall in bad
        )
        assert not bad, f"the window stood still {len(bad)} times:\n{words}"

    def quit(self, timeout_s: float = 10) -> int:
        """Ctrl+Q, and the exit status."""
        self.key("ctrl+q")
        return self.process.wait(timeout_s)

    def end(self) -> None:
        """Quit as a person would; the program must have behaved all the time and leave nothing behind."""
        assert self.process.poll() is None, self.outline()
        started_s = time.time()
        status = self.quit()
        ended_s = time.time()
        took_s = ended_s - started_s - self._waits.between_ms(started_s, ended_s) / 1000
        assert status == 0, f"exit status {status}\n{self.crash()}{self.log()[-3000:]}"
        assert took_s < self.longest_exit_s, f"closing took {took_s:.1f} s"
        # An ssh that lost its other end goes by itself, a moment later.
        eventually_blocking(lambda: not processes_of_session(self.process.pid), 3)
        errors = [line for line in self.log().splitlines() if re.search(r" (ERROR|CRITICAL) ", line)]
        assert not errors, "\n".join(errors) + "\n" + self.log()[-4000:]
        assert not self.output(), self.output()
        self.check_gaps()

    def keep_evidence(self) -> None:
        """What was on screen when something failed; also told in the test's captured output."""
        with contextlib.suppress(Exception):
            self.screenshot(self.home / "screen.png")
            (self.home / "outline.txt").write_text(self.outline())
        print(f"evidence: {self.home}\n{self.output()}\n{self.log()[-2000:]}")

    def kill(self) -> None:
        """End it however it is."""
        for pid in {self.process.pid, *processes_of_session(self.process.pid)}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._waits.stop()


def interesting(stack: str) -> str:
    """Of each look at the stack the program's own frames, the last six, and where it was at that moment."""
    told: list[str] = []
    for look in re.split(r"(?m)^(?=after )", stack):
        frames = re.split(r'(?m)^(?=  File ")', look)
        own = [frame for frame in frames[1:-1] if "/vmgui/" in frame.partition("\n")[0]]
        told += [frames[0], *own[-5:], *frames[1:][-1:]]
    return "".join(told) or "no stack: the interpreter was held all the time"


def processes_of_session(session: int) -> list[int]:
    """Living processes that one program started, itself included."""
    found = []
    for entry in os.scandir("/proc"):
        if not entry.name.isdecimal():
            continue
        try:
            fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found
