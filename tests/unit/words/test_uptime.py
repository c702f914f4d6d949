from vmgui.services.uptime import Uptime
from vmgui.words.uptime import uptime_words


def test_uptime_in_words() -> None:
    assert uptime_words(Uptime(180, exact=True)) == "up 3 min"
    assert uptime_words(Uptime(180, exact=False)) == "up for more than 3 min"
    assert uptime_words(Uptime(5, exact=False)) == ""
    assert uptime_words(None) == ""
