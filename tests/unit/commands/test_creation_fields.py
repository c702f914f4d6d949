"""What is asked about a new machine is asked once: each answer has its place in the draft."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tests.ui.creation.offers import make_offer
from vmgui.commands.creation_fields import COMMAND_LINE, DRAFTED, Plug, plug
from vmgui.model.creation import NetworkKind
from vmgui.model.creation_draft import Draft


def test_every_answer_is_one_of_the_draft() -> None:
    assert set(DRAFTED.values()) <= {field.name for field in fields(Draft)}
    assert len(set(DRAFTED.values())) == len(DRAFTED)


def test_no_option_of_the_command_line_comes_twice() -> None:
    flags = [field.flag for field in COMMAND_LINE]
    assert len(set(flags)) == len(flags)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("default", NetworkKind.VIRTUAL),
        ("br0", NetworkKind.BRIDGE),
        ("none", NetworkKind.NONE),
        ("gone", NetworkKind.VIRTUAL),
    ],
)
def test_a_network_s_name_says_what_it_is(text: str, kind: NetworkKind) -> None:
    assert plug(text, make_offer()).kind is kind
    assert str(Plug(kind, text)) == text
