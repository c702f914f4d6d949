"""Is what stands in the window what the guest's screen shows? Pixel by pixel."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from tests.e2e.program import PATIENCE_S, Program
from tests.lab.lab_host import LabHost

Pixels = np.ndarray

# A text console's cursor, which blinks (Linux: every 0.2 s): one character of its 8 x 16 font.
_CURSOR_HEIGHT, _CURSOR_WIDTH = 16, 8


def of_host(host: LabHost, name: str) -> Pixels:
    """A guest's screen as its host sees it (PNG, or PPM on older hosts)."""
    _mime, data = host.screenshot(name)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def of_window(program: Program, control: str) -> Pixels:
    """What the screen shows where a control is, with the pointer if that is there."""
    x, y, width, height = program.find(control)["box"]
    return program.desktop.pixels()[y : y + height, x : x + width]


def same_but_cursor(one: Pixels, other: Pixels) -> bool:
    """Whether two pictures differ at most within one character's place."""
    if one.shape != other.shape:
        return False
    rows, columns = np.nonzero(np.any(one != other, axis=2))
    return not rows.size or (np.ptp(rows) < _CURSOR_HEIGHT and np.ptp(columns) < _CURSOR_WIDTH)


def wait_settled(host: LabHost, name: str, *, quiet_s: float = 2.0, timeout_s: float = PATIENCE_S) -> Pixels:
    """Until a guest's screen, but for a cursor, has not changed for a while."""
    deadline = time.monotonic() + timeout_s
    last, since_s = of_host(host, name), time.monotonic()
    while time.monotonic() - since_s < quiet_s:
        assert time.monotonic() < deadline, f"the screen of {name} does not come to rest"
        time.sleep(0.3)
        now = of_host(host, name)
        if not same_but_cursor(now, last):
            last, since_s = now, time.monotonic()
    return last


def wait_changed(host: LabHost, name: str, before: Pixels, *, timeout_s: float = PATIENCE_S) -> Pixels:
    """Until a guest's screen is another than it was; returns it at rest."""
    deadline = time.monotonic() + timeout_s
    while np.array_equal(of_host(host, name), before):
        assert time.monotonic() < deadline, f"the screen of {name} did not change"
        time.sleep(0.2)
    return wait_settled(host, name, quiet_s=1.0)


def wait_same(
    program: Program,
    control: str,
    host: LabHost,
    name: str,
    *,
    same: Callable[[Pixels, Pixels], bool] = np.array_equal,
    timeout_s: float = PATIENCE_S,
) -> None:
    """Until the window shows what the guest does, at one to one; tried again where the guest changes in between.

    A cursor that blinks faster than three pictures are taken is seen alike by luck: `same_but_cursor`."""
    # The pointer is drawn into the screen's memory.
    program.desktop.run("xdotool", "mousemove", "0", "0")
    deadline = time.monotonic() + timeout_s
    while True:
        before = of_host(host, name)
        shown = of_window(program, control)
        if same(before, shown) and same(before, of_host(host, name)):
            return
        if time.monotonic() > deadline:
            Image.fromarray(before).save(program.home / "host.png")
            Image.fromarray(shown).save(program.home / "window.png")
            different = int(np.any(before != shown, axis=2).sum()) if before.shape == shown.shape else "all"
            raise AssertionError(
                f"{different} pixels differ: {before.shape} of the guest, {shown.shape} in the window;"
                f" see {program.home}"
            )
        time.sleep(0.3)
