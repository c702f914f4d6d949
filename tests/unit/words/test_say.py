"""Texts of declarations follow the language that is spoken when they are shown."""

import subprocess
import sys

from PySide6.QtWidgets import QApplication

from vmgui.commands.lifecycle import FORCE_OFF
from vmgui.words import language
from vmgui.words.say import Say


def test_a_text_is_resolved_when_it_is_shown(qapp: QApplication) -> None:
    title = FORCE_OFF.title
    try:
        language.install(qapp, "en")
        assert (str(title), title.plain) == ("Force off…", "Force off")
        language.install(qapp, "es")
        assert str(title) not in ("Force off…", "")
    finally:
        language.install(qapp, "en")


def test_a_text_of_no_language_stays() -> None:
    assert str(Say("", "Español")) == "Español"


def test_without_the_toolkit_the_source_is_spoken() -> None:
    code = (
        "import sys\nfrom vmgui.commands.lifecycle import START\n"
        "print(START.title)\nassert 'PySide6' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "Start\n"), done.stderr
