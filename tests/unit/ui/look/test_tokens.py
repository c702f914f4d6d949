"""Contrast of every text colour on every ground it may stand on (WCAG 2.2, 1.4.3 and 1.4.11)."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor

from vmgui.ui.look.tokens import DARK, LIGHT, Tokens

GROUNDS = ("window", "base", "raised", "button", "selection", "selection_inactive", "hover")
TEXTS = (
    "text",
    "muted",
    "running",
    "paused",
    "off",
    "crashed",
    "saved",
    "busy",
    "warning",
    "danger",
    "success",
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(name: str) -> float:
    colour = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable(theme: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("accent", "window"),
        ("accent", "base"),
        ("accent", "raised"),
        ("text", "danger_ground"),
        ("text", "warning_ground"),
        ("text", "info_ground"),
        ("danger", "danger_ground"),
        ("accent", "danger_ground"),
        ("warning", "warning_ground"),
    ],
)
def test_text_on_coloured_ground_is_readable(theme: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("line", ["field_border", "graph_cpu", "graph_memory", "graph_disk", "graph_disk_2", "graph_network", "graph_network_2"])  # fmt: skip
def test_outlines_and_graphs_are_visible(theme: Tokens, line: str) -> None:
    for ground in ("window", "base", "raised"):
        assert contrast(getattr(theme, line), getattr(theme, ground)) >= 3.0


@THEMES
def test_every_token_is_a_colour(theme: Tokens) -> None:
    for field in fields(theme):
        if field.name != "name":
            assert QColor(getattr(theme, field.name)).isValid(), field.name
