"""The language of the program, changed while it runs.

Every widget sets its texts in one function and calls it again on QEvent.LanguageChange, which Qt sends to all
when a translator is installed or removed.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from vmgui.store.resources import resource_path
from vmgui.words import quantities as fmt

log = logging.getLogger(__name__)

LANGUAGES = ("en", "es")

_installed: list[QTranslator] = []


def language_of(chosen: str) -> str:
    """`system` becomes the desktop's language where it is one of ours, else English."""
    if chosen in LANGUAGES:
        return chosen
    system = QLocale.system()
    for name in system.uiLanguages():
        language = name.replace("_", "-").split("-")[0]
        if language in LANGUAGES:
            return language
    return "en"


def install(application: QCoreApplication, chosen: str) -> str:
    """Speak that language (`system`, `en`, `es`) from now on; the language taken."""
    language = language_of(chosen)
    fmt.set_locale(_locale_for(language))
    QLocale.setDefault(fmt.locale())
    for translator in _installed:
        application.removeTranslator(translator)
    _installed.clear()
    if language == "en":
        # For plurals only: lrelease builds "%n file(s)" -> "1 file" from it, where it exists.
        _load(application, resource_path("i18n").as_posix(), "vmgui_en", required=False)
        return language
    # Qt's own texts (undo in fields, standard buttons) first: ours win.
    translations = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _load(application, translations, f"qtbase_{language}", required=False)
    _load(application, resource_path("i18n").as_posix(), f"vmgui_{language}", required=True)
    return language


def _load(application: QCoreApplication, directory: str, name: str, *, required: bool) -> None:
    translator = QTranslator(application)
    if not translator.load(name, directory):
        translator.deleteLater()
        if required:
            log.warning("no translation %s in %s", name, directory)
        return
    application.installTranslator(translator)
    _installed.append(translator)


def _locale_for(language: str) -> QLocale:
    """The desktop's own locale where it speaks that language (es-MX keeps its dates), else the common one."""
    system = QLocale.system()
    if QLocale.languageToCode(system.language()) == language:
        return system
    return QLocale(QLocale.Language.Spanish if language == "es" else QLocale.Language.English)
