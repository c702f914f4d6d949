"""Who may have kept Alt+F4: only a window manager on X11."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt

from vmgui.ui.console import modifier_watch
from vmgui.ui.console.modifier_watch import ModifierWatch


@pytest.mark.parametrize(
    ("held", "may_be_kept"), [(None, False), (Qt.KeyboardModifier.NoModifier, True)], ids=["elsewhere", "x11"]
)
def test_a_close_after_the_focus_went_with_alt_down(
    qapp: object, monkeypatch: pytest.MonkeyPatch, held: Qt.KeyboardModifier | None, may_be_kept: bool
) -> None:
    monkeypatch.setattr(modifier_watch, "held_modifiers", lambda: held)
    is_down = True
    keyboard: Any = SimpleNamespace(holds=lambda _key: is_down)
    owner = QObject()
    watch = ModifierWatch(keyboard, owner)
    assert watch.is_alt_held
    watch.window_left()
    # All keys are let go of with the focus.
    is_down = False
    assert watch.is_alt_held is may_be_kept
