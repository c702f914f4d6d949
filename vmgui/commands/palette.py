"""The command that finds any other."""

from __future__ import annotations

from vmgui.commands.command import Command
from vmgui.words.say import say

PALETTE = Command("palette", say("Palette", "Search…"), icon="command", keys="Ctrl+K")

COMMANDS = (PALETTE,)
