"""Commands of alerts."""

from __future__ import annotations

from vmgui.commands.command import Command
from vmgui.words.say import say

ALERTS = Command("alerts", say("WindowActions", "Active alerts"), icon="bell", keys="Ctrl+Shift+L")
ALERT_SETTINGS = Command(
    "alert-settings", say("WindowActions", "Alerts…"), icon="settings", keys="Ctrl+Alt+L"
)

COMMANDS = (ALERTS, ALERT_SETTINGS)
