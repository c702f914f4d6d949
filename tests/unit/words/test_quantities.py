"""Numbers as a person reads them, in English and Spanish."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from vmgui.words import quantities as fmt


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    fmt.set_locale(QLocale(QLocale.Language.English))
    yield
    fmt.set_locale(QLocale(QLocale.Language.English))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 bytes"),
        (512, "512 bytes"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (20 * 1024**3, "20 GiB"),
        (int(1.3 * 1024**4), "1.3 TiB"),
        (999 * 1024**2, "999 MiB"),
        (None, "–"),
    ],
)
def test_sizes(value: int | None, text: str) -> None:
    assert fmt.size_bytes(value) == text


def test_memory_is_given_in_kib() -> None:
    assert fmt.size_kib(2 * 1024**2) == "2 GiB"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0 B/s"), (1500.0, "1.5 kB/s"), (1.2e9, "1.2 GB/s"), (None, "–"), (-5.0, "0 B/s")],
)
def test_rates(value: float | None, text: str) -> None:
    assert fmt.rate(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (8.4, "8 s"),
        (59.6, "1 min"),
        (90, "1 min 30 s"),
        (3600, "1 h"),
        (3605, "1 h"),
        (3 * 86400 + 4 * 3600 + 59 * 60, "3 d 4 h"),
        (float("inf"), "–"),
        (None, "–"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert fmt.duration(seconds) == text


def test_ages() -> None:
    assert fmt.age(0.2) == "just now"
    assert fmt.age(8) == "8 s ago"
    assert fmt.age(None) == "never"


def test_spanish_writes_a_comma() -> None:
    fmt.set_locale(QLocale(QLocale.Language.Spanish, QLocale.Country.Spain))
    assert fmt.size_bytes(1536) == "1,5 KiB"


def test_joined_names() -> None:
    assert fmt.joined(()) == ""
    assert fmt.joined(("a",)) == "a"
    assert fmt.joined(("a", "b", "c")) == "a, b and c"
    assert fmt.joined(tuple("abcdef"), 2).startswith("a, b and 4")


@given(st.integers(min_value=0, max_value=2**62))
def test_sizes_are_short(value: int) -> None:
    assert len(fmt.size_bytes(value)) <= 10


@given(st.floats(min_value=0, max_value=1e9))
def test_durations_have_two_units_at_most(seconds: float) -> None:
    assert len(fmt.duration(seconds).split()) <= 4
