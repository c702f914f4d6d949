"""Commands of the window itself: its panes, its looks, its language, its end."""

from __future__ import annotations

from vmgui.commands.command import Command, Reach
from vmgui.words.say import Say, say

QUIT = Command(
    "quit",
    say("Window", "Quit"),
    icon="log-out",
    keys="Ctrl+Q",
    # Also from the wizard, which is a window of its own.
    reach=Reach.PROGRAM,
)
NEXT_PANE = Command("next-pane", say("Window", "Next pane"), keys="F6")
PREVIOUS_PANE = Command("previous-pane", say("Window", "Previous pane"), keys="Shift+F6")
SHORTCUTS = Command("shortcuts", say("Window", "Keyboard shortcuts"), icon="keyboard", keys="F1")
ABOUT = Command("about", say("Window", "About vmgui"), icon="info", keys="Ctrl+F1")
THEMES = tuple(
    Command(f"theme-{value}", title, is_toggle=True, choice="theme", value=value)
    for value, title in (
        ("system", say("Window", "Theme: like the desktop")),
        ("light", say("Window", "Theme: light")),
        ("dark", say("Window", "Theme: dark")),
    )
)
LANGUAGES = tuple(
    Command(f"language-{value}", title, is_toggle=True, choice="language", value=value)
    for value, title in (
        ("system", say("Window", "Language: like the desktop")),
        # Each language in its own words, so that a person finds theirs.
        ("en", Say("", "English")),
        ("es", Say("", "Español")),
    )
)

COMMANDS = (QUIT, NEXT_PANE, PREVIOUS_PANE, SHORTCUTS, ABOUT, *THEMES, *LANGUAGES)
