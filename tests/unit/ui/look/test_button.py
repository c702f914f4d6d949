"""A button is called by what stands on it, in every language."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from vmgui.ui.look.button import Button
from vmgui.words import language
from vmgui.words.say import Say


def test_a_button_says_itself_anew_in_another_language(qapp: QApplication) -> None:
    button = Button(
        "go", Say("WizardFooter", "&Next"), hint=Say("WizardFooter", "Close; your answers are kept")
    )
    spoken = Button("look", Say("PathControl", "Browse…"), spoken="Browse the disks")
    assert (button.text(), button.accessibleName()) == ("&Next", "Next")
    assert (spoken.text(), spoken.accessibleName()) == ("Browse…", "Browse the disks")
    language.install(qapp, "es")
    try:
        qapp.sendPostedEvents()
        # Only windows are told by the application; each of these is one.
        assert (button.text(), button.accessibleName()) == ("&Siguiente", "Siguiente")
        assert button.toolTip() != "Close; your answers are kept"
        button.relabel("no key")
        assert (button.text(), button.accessibleName()) == ("no key", "no key")
    finally:
        language.install(qapp, "en")
        button.deleteLater()
        spoken.deleteLater()


def test_what_is_seen_of_an_ampersand_is_said(qapp: QApplication) -> None:
    button = Button("b", "Disk && &size…")
    assert button.accessibleName() == "Disk & size"
    button.deleteLater()
