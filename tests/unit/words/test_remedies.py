"""What helps with a failed job fits on a button."""

import pytest

from vmgui.model.domain import DomainKey
from vmgui.policy.remedies import Means, Remedy, RemedyKind
from vmgui.words.remedies import button_words

KEYS = (DomainKey("h", "u"),)


@pytest.mark.parametrize("kind", list(RemedyKind))
def test_each_has_words(kind: RemedyKind) -> None:
    assert button_words(Remedy(kind, KEYS))


@pytest.mark.parametrize("is_pool", [False, True])
def test_a_long_name_makes_no_wide_button(is_pool: bool) -> None:
    words = button_words(Remedy(RemedyKind.START_MEANS, KEYS, (Means("h", "n" * 250, is_pool),)))
    assert "nnn…”" in words
    assert len(words) < 100
