"""The running program as somebody sees and works it who cannot look inside.

Controls by their accessible names, keys and pointer through the X server.
"""

from __future__ import annotations

import contextlib
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

from tests.helpers.figures import figure
from tests.helpers.waiting import eventually_blocking

if TYPE_CHECKING:
    from tests.e2e.desktop import Desktop

# Ends only what hangs: the window of a busy computer appears, answers and closes late, and that is no fault.
PATIENCE_S = 120.0
# So long a person waits for a click to do something before clicking again: a window that has just opened may have
# been put elsewhere by the window manager between the look and the click.
AGAIN_S = 15.0
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stall:
    """The window stood still; what the program's own monitor wrote."""

    gap_ms: float
    busy_ms: float  # the window's thread was at work
    stack: str


class Program:
    """One run of vmgui on a Desktop."""

    def __init__(
        self, desktop: Desktop, process: subprocess.Popen[Any], home: Path, stalls: Path, acts: Path
    ) -> None:
        self.desktop = desktop
        self.process = process
        self.home = home
        self._stalls = stalls
        self._window_thread_acts = acts
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

    def find(
        self, name: str | None, role: str | None = None, timeout_s: float = PATIENCE_S, **more: Any
    ) -> Node:
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

    def wait_text(self, pattern: str, timeout_s: float = PATIENCE_S) -> str:
        """Until some control's name or text matches."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = self.says(pattern)
            if found is not None:
                return found
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"nothing on screen says {pattern!r}\n{self.outline()}")
            time.sleep(0.15)

    def wait_focus(self, name: str, role: str = "text", timeout_s: float = PATIENCE_S, **more: Any) -> None:
        """Until what is typed goes there."""
        deadline = time.monotonic() + timeout_s
        while "focused" not in self.find(name, role, timeout_s, **more)["states"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"{name!r} does not get the keyboard\n{self.outline()}")
            time.sleep(0.05)

    def wait_gone(
        self, name: str | None, role: str | None = None, timeout_s: float = PATIENCE_S, **more: Any
    ) -> None:
        """Until no such control is on screen."""
        if self._ask("find", role, name, timeout_s, gone=True, **more) is not None:
            raise AssertionError(f"{name or role!r} is still on screen\n{self.outline()}")

    def wait_enabled(
        self,
        name: str,
        role: str | None = None,
        timeout_s: float = PATIENCE_S,
        *,
        enabled: bool = True,
        **more: Any,
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
        deadline = time.monotonic() + PATIENCE_S
        while not self.all(role="frame"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"no window: {self.outline()}\n{self.log()[-3000:]}")
            time.sleep(0.1)

    def row(self, name: str, timeout_s: float = PATIENCE_S) -> Node:
        """A line of the inventory, by how its text begins."""
        return self.find(f"{name}, ", "table cell", timeout_s, starts=True)

    def wait_row(self, pattern: str, timeout_s: float = PATIENCE_S) -> str:
        """Until a line of the inventory ("web-01, Running, ...") or of a table matches."""
        return self._wait_named("table cell", pattern, timeout_s)

    def wait_item(self, pattern: str, timeout_s: float = PATIENCE_S) -> str:
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

    def press(self, name: str, role: str | None = None, timeout_s: float = PATIENCE_S, **more: Any) -> None:
        """Press a button, check box, menu item ... once it is enabled."""
        self.wait_enabled(name, role, timeout_s, **more)
        self._ask("press", role, name, timeout_s, **more)
        self.acts.append(f"press {name}")

    def set_value(self, name: str, value: float, role: str | None = None, **more: Any) -> None:
        """Set a slider or spin box."""
        self._ask("set_value", role, name, PATIENCE_S, value=value, **more)
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

    def _click_until(self, has_worked: Callable[[], bool], name: str, role: str, **more: Any) -> None:
        """Click, and again when it has missed, which is no further act of a person who sees where things are."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self.click(name, role, **more)
            if holds_within(AGAIN_S, has_worked):
                return
            if time.monotonic() > deadline:
                raise AssertionError(f"a click on {name!r} does nothing\n{self.outline()}")
            self.acts.pop()

    def choose(self, label: str, entry: str, **more: Any) -> None:
        """Choose an entry of the combo box with that label."""

        def is_open() -> bool:
            return self.has(entry, "list item", starts=True)

        def is_chosen() -> bool:
            return not is_open() and self.find(label, "combo box", **more)["name"].startswith(entry)

        deadline = time.monotonic() + PATIENCE_S
        before = len(self.acts)
        while True:
            if not is_open():
                self._click_until(is_open, label, "combo box", **more)
            self.click(entry, "list item", starts=True)
            if holds_within(AGAIN_S, is_chosen):
                return
            if time.monotonic() > deadline:
                raise AssertionError(f"{entry!r} of {label!r} is not chosen\n{self.outline()}")
            del self.acts[before:]

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
        self.desktop.run("xdotool", "type", "--delay", "12", "--", text)
        self.acts.append(f"type {text}")

    def fill(self, label: str, text: str, role: str = "text", **more: Any) -> None:
        """Type into a field, over what was there."""
        self._click_until(lambda: "focused" in self.find(label, role, **more)["states"], label, role, **more)
        self.desktop.run("xdotool", "key", "--clearmodifiers", "ctrl+a")
        self.type(text)
        self.find_text(label, text, role, **more)

    def find_text(
        self, label: str, text: str, role: str = "text", timeout_s: float = PATIENCE_S, **more: Any
    ) -> None:
        """Until a field holds this text."""
        deadline = time.monotonic() + timeout_s
        while (holds := self.find(label, role, **more)["text"]) != text:
            if time.monotonic() > deadline:
                raise AssertionError(f"{label!r} holds {holds!r} instead of {text!r}\n{self.outline()}")
            time.sleep(0.05)

    def maximize(self) -> None:
        """Let the main window have the whole screen."""
        screen = self.desktop.run("xdotool", "getdisplaygeometry").split()
        self.resize(int(screen[0]), int(screen[1]))

    def resize(self, width: int, height: int) -> None:
        """Give the main window, the active one, this size at the top left corner; until its controls are there."""
        window = self.desktop.run("xdotool", "getactivewindow").strip()
        self.desktop.run("xdotool", "windowmove", window, "0", "0")
        self.desktop.run("xdotool", "windowsize", window, str(width), str(height))
        eventually_blocking(
            lambda: self.find(None, "frame")["box"][2:] == [width, height], PATIENCE_S, interval_s=0.05
        )

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
        return [Stall(line["gap_ms"], line["busy_ms"], line["stack"]) for line in lines]

    def record_gaps(self) -> None:
        """How long the window stood still at most: figures, and what held it up for who reads the output."""
        longest = max(self.stalls(), key=lambda stall: stall.gap_ms, default=None)
        figure("longest gap of the window", longest.gap_ms if longest else 0.0, "ms")
        if longest is not None:
            figure("longest gap of the window, at work", longest.busy_ms, "ms")
            print(f"{longest.gap_ms:.0f} ms, {longest.busy_ms:.0f} busy\n{interesting(longest.stack)}")

    def check_window_thread(self) -> None:
        """No libvirt call, file or network wait was made on the window's thread."""
        acts = self._window_thread_acts
        assert acts.exists(), "the program ran without the watch over its window's thread"
        assert not (found := acts.read_text()), f"on the window's thread:\n{found}"

    def quit(self, timeout_s: float = PATIENCE_S) -> int:
        """Ctrl+Q, and the exit status."""
        self.key("ctrl+q")
        return self.process.wait(timeout_s)

    def end(self) -> None:
        """Quit as a person would; the program must have behaved all the time and leave nothing behind."""
        assert self.process.poll() is None, self.outline()
        started_s = time.monotonic()
        status = self.quit()
        figure("closing the program", time.monotonic() - started_s, "s")
        assert status == 0, f"exit status {status}\n{self.crash()}{self.log()[-3000:]}"
        # An ssh that lost its other end goes by itself, a moment later.
        eventually_blocking(lambda: not processes_of_session(self.process.pid), PATIENCE_S)
        errors = [line for line in self.log().splitlines() if re.search(r" (ERROR|CRITICAL) ", line)]
        assert not errors, "\n".join(errors) + "\n" + self.log()[-4000:]
        assert not self.output(), self.output()
        self.record_gaps()
        self.check_window_thread()

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


def holds_within(timeout_s: float, condition: Callable[[], bool]) -> bool:
    """Whether it comes to hold."""
    deadline = time.monotonic() + timeout_s
    while not (holds := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds


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
