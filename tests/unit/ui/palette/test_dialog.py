"""What the palette finds first."""

import pytest
from PySide6.QtGui import QIcon

from vmgui.ui.palette.dialog import Entry, score


def entry(text: str, note: str = "", *, enabled: bool = True) -> Entry:
    return Entry(text, note, QIcon(), "host", enabled)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        ("web", entry("web-01"), entry("my-web")),
        ("web", entry("my-web"), entry("cobweb")),
        ("start", entry("Start"), entry("Shut down", "starts again")),
        ("off", entry("Force off"), entry("x", "Off · host-a")),
        ("pause", entry("Pause"), entry("Pause", enabled=False)),
        ("web", entry("web-1"), entry("web-100")),
    ],
)
def test_better_hits_come_first(words: str, better: Entry, worse: Entry) -> None:
    first, second = score(better, (words,)), score(worse, (words,))
    assert first is not None
    assert second is not None
    assert first < second


@pytest.mark.usefixtures("qapp")
def test_every_word_must_be_found() -> None:
    assert score(entry("web-01", "Running · host-a"), ("web", "host-a")) is not None
    assert score(entry("web-01", "Running · host-a"), ("web", "host-b")) is None
