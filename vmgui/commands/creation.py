"""The command that makes a machine."""

from __future__ import annotations

from vmgui.commands.command import Command, Tone
from vmgui.words.say import say

NEW_DOMAIN = Command(
    "new-domain",
    say("Creation", "New virtual machine…"),
    icon="plus",
    tone=Tone.ACCENT,
    keys="Ctrl+N",
    short=say("Creation", "New VM"),
    possible=lambda now: now.is_connected,
)

COMMANDS = (NEW_DOMAIN,)
