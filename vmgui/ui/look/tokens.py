"""The colours by name, light and dark; values chosen for a contrast of 4.5 : 1 and more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as #rrggbb."""

    name: str
    window: str  # the ground of panes, bars and dialogs
    base: str  # lists, fields
    raised: str  # cards, tool tips, hovered things
    button: str
    border: str  # lines between things
    field_border: str  # outlines of things one can act on: 3 : 1
    text: str
    muted: str  # secondary text
    disabled: str
    accent: str  # the primary action, focus, links
    accent_hover: str
    on_accent: str
    selection: str
    selection_inactive: str
    hover: str
    running: str
    paused: str
    off: str
    crashed: str
    saved: str
    busy: str
    warning: str
    danger: str
    success: str
    danger_ground: str
    warning_ground: str
    info_ground: str
    graph_cpu: str
    graph_memory: str
    graph_disk: str
    graph_disk_2: str
    graph_network: str
    graph_network_2: str
    shade: str  # the colour of "used by others" on capacity tracks


LIGHT = Tokens(
    name="light",
    window="#f4f5f7",
    base="#ffffff",
    raised="#ffffff",
    button="#ffffff",
    border="#dcdfe5",
    field_border="#858d9a",
    text="#1a1e26",
    muted="#59616f",
    disabled="#98a0ad",
    accent="#2358d5",
    accent_hover="#1c49b5",
    on_accent="#ffffff",
    selection="#dbe6fc",
    selection_inactive="#e4e8ef",
    hover="#eceff4",
    running="#17722f",
    paused="#875300",
    off="#59616f",
    crashed="#b3261e",
    saved="#0a5cad",
    busy="#2358d5",
    warning="#875300",
    danger="#b3261e",
    success="#17722f",
    danger_ground="#fdeceb",
    warning_ground="#fdf3e0",
    info_ground="#e8effd",
    graph_cpu="#2358d5",
    graph_memory="#7a3fc0",
    graph_disk="#8a5a00",
    graph_disk_2="#c0392b",
    graph_network="#0b7a6b",
    graph_network_2="#2b5fb8",
    shade="#aab2bf",
)

DARK = Tokens(
    name="dark",
    window="#1a1c21",
    base="#202329",
    raised="#272b32",
    button="#2b2f37",
    border="#363b45",
    field_border="#717a89",
    text="#e7e9ed",
    muted="#a3abb8",
    disabled="#69717e",
    accent="#7aa7ff",
    accent_hover="#97baff",
    on_accent="#0b1324",
    selection="#2b3c60",
    selection_inactive="#30343d",
    hover="#2a2e36",
    running="#57c975",
    paused="#e5ac47",
    off="#a3abb8",
    crashed="#ff938a",
    saved="#7cb8f7",
    busy="#7aa7ff",
    warning="#e5ac47",
    danger="#ff938a",
    success="#57c975",
    danger_ground="#43272a",
    warning_ground="#3a3020",
    info_ground="#253149",
    graph_cpu="#7aa7ff",
    graph_memory="#c39bf5",
    graph_disk="#e5ac47",
    graph_disk_2="#ff9f8f",
    graph_network="#4fc9b4",
    graph_network_2="#8fb8ff",
    shade="#5a6270",
)


@dataclass(frozen=True, slots=True)
class TagColours:
    """One colour a tag may have: its ground and the text on it."""

    ground: str
    text: str


# Which one is derived from the tag's name (ui/common/tag_look.py): the order must not change.
LIGHT_TAGS = (
    TagColours("#dbe6fc", "#1c49b5"),
    TagColours("#d3efda", "#125a26"),
    TagColours("#fbe3c4", "#6e4300"),
    TagColours("#f8d9d6", "#8f1a14"),
    TagColours("#e8dcf8", "#5b2ea0"),
    TagColours("#cdeeea", "#085a4f"),
    TagColours("#f9d8e8", "#8c1553"),
    TagColours("#e9e8c0", "#4f4c00"),
    TagColours("#d6eaf8", "#0a4a7d"),
    TagColours("#e3e6eb", "#3d4552"),
)
DARK_TAGS = (
    TagColours("#26375c", "#b3ccff"),
    TagColours("#1f4029", "#9fe3b1"),
    TagColours("#463416", "#f2cb85"),
    TagColours("#4b2829", "#ffbdb6"),
    TagColours("#3b2c56", "#dcc5fb"),
    TagColours("#173f3a", "#90e0d2"),
    TagColours("#4a2439", "#ffb8d9"),
    TagColours("#3b3a14", "#dedb8a"),
    TagColours("#193b52", "#a9d6fa"),
    TagColours("#3a404a", "#ccd2dc"),
)
