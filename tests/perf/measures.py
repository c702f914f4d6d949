"""What is measured of a running program, from outside and the same way for each."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, field

import numpy as np

from tests.perf.programs import VMGUI, Running
from tests.perf.screen import Box, Screen

POLL_S = 0.001
PAINTED_COLOURS = 24
"""A window with fewer is a frame that has not been painted; smooth letters alone have more."""
FULL_PAGE = 100
"""So many machines fill the list down to its lower edge: before that it is not complete."""
WINDOW_TIMEOUT_S = 60.0
COMPLETE_TIMEOUT_S = 150.0
QUIET_S = 5.0
ANSWER_TIMEOUT_S = 5.0
NO_ANSWERS_END = 3
"""After so many keys without an answer the rest is not tried."""


@dataclass(slots=True)
class Keys:
    """Key press to paint, milliseconds."""

    times_ms: list[float] = field(default_factory=list[float])
    unanswered: int = 0

    @property
    def median_ms(self) -> float | None:
        return statistics.median(self.times_ms) if self.times_ms else None

    @property
    def p95_ms(self) -> float | None:
        """None where fewer than 95 % were answered: there is no such number."""
        count = len(self.times_ms) + self.unanswered
        if not count or self.unanswered / count > 0.05:
            return None
        at = min(len(self.times_ms) - 1, int(0.95 * count))
        return sorted(self.times_ms)[at]

    @property
    def longest_ms(self) -> float | None:
        return max(self.times_ms, default=None)


def window_up(program: Running, screen: Screen) -> tuple[float, Box] | None:
    """Seconds from the start of the process to its painted window, and where that is."""
    deadline_s = program.started_s + WINDOW_TIMEOUT_S
    box: Box | None = None
    while program.is_alive and time.perf_counter() < deadline_s:
        if box is None:
            box = screen.window_of(program.process.pid)
        if box is not None:
            some = screen.pixels(box)[::5, ::2]
            if len(np.unique(some)) >= PAINTED_COLOURS:
                up_s = time.perf_counter() - program.started_s
                # Its last place: the window manager may have moved it meanwhile.
                return up_s, screen.window_of(program.process.pid) or box
        time.sleep(POLL_S * 2)
    return None


def list_complete(
    program: Running, screen: Screen, window: Box, machines: int, opening_s: float
) -> float | None:
    """Seconds from the start until the list is drawn with all in it; None: not within the time given.

    It is complete when the rows (not the live values beside them: those of running machines change for ever) have
    not changed for as long as all has taken until then, for 5 s and for twice the time libvirt itself needs to
    open the hosts (`opening_s`); vmgui tells the moment of its last row, wherever that is, in its log too.
    """
    box = program.kind.still_rows(window)
    lower = screen.pixels(box)[box.height // 2 :]
    last = screen.pixels(box).copy()
    changed_s = time.perf_counter()
    while program.is_alive:
        now_s = time.perf_counter()
        elapsed_s = now_s - program.started_s
        if elapsed_s > COMPLETE_TIMEOUT_S:
            return None
        if not np.array_equal(screen.pixels(box), last):
            last = screen.pixels(box).copy()
            changed_s = now_s
        elif now_s - changed_s > max(QUIET_S, 2 * opening_s + 1, changed_s - program.started_s) and (
            machines < FULL_PAGE or len(np.unique(lower)) >= PAINTED_COLOURS
        ):
            break
        time.sleep(0.004)
    seen_s = changed_s - program.started_s
    if program.kind is VMGUI:
        told = program.told("machines are in the list")
        return max([seen_s, *told[-1:]]) if told or machines <= 400 else seen_s
    return seen_s


def press_keys(program: Running, screen: Screen, window: Box, presses: int) -> Keys:
    """Walk down the list, at no fixed rhythm; each time until the list is painted anew."""
    box = program.kind.rows(window)
    # One of the first rows: the list gets the keyboard by it.
    screen.keyboard.click(box.left + box.width // 2, box.top + 90)
    time.sleep(1.0)
    screen.keyboard.point(0, 0)
    time.sleep(0.5)
    return _press(program, screen, box, ("Down",) * presses)


def press_filter(program: Running, screen: Screen, window: Box, presses: int) -> Keys:
    """Type into vmgui's filter, each letter one that changes what is listed; then leave it empty."""
    box = program.kind.rows(window)
    # Escape first: the field is empty and the list has the keyboard.
    screen.keyboard.type("Escape")
    screen.keyboard.chord("Control_L", "f")
    time.sleep(0.5)
    words = ("9", "BackSpace", "7", "BackSpace", "t", "BackSpace", "x", "BackSpace")
    keys = _press(program, screen, box, tuple(words[at % len(words)] for at in range(presses // 2 * 2)))
    screen.keyboard.type("Escape")
    return keys


def _press(program: Running, screen: Screen, box: Box, names: tuple[str, ...]) -> Keys:
    keys, chance = Keys(), random.Random(len(names))
    for key in names:
        if not program.is_alive:
            break
        before = screen.pixels(box).copy()
        at_s = screen.keyboard.press(key)
        while np.array_equal(screen.pixels(box), before):
            if time.perf_counter() - at_s > ANSWER_TIMEOUT_S:
                keys.unanswered += 1
                break
            time.sleep(0.0005)
        else:
            keys.times_ms.append((time.perf_counter() - at_s) * 1000)
        screen.keyboard.release(key)
        if keys.unanswered >= NO_ANSWERS_END:
            break
        time.sleep(chance.uniform(0.09, 0.21))
    return keys


def idle_cores(program: Running, seconds: float) -> float:
    """Processors in use while nobody does anything."""
    before_s, started_s = program.cpu_s(), time.perf_counter()
    time.sleep(seconds)
    return (program.cpu_s() - before_s) / (time.perf_counter() - started_s)
