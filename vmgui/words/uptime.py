"""How long a machine has run, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.services.uptime import Uptime
from vmgui.words import quantities as fmt


def uptime_words(uptime: Uptime | None) -> str:
    """ "up 3 min", "up for more than 3 min"; empty while that would say nothing."""
    if uptime is None or not uptime.is_worth_telling:
        return ""
    text = fmt.duration(uptime.seconds)
    if uptime.exact:
        return QCoreApplication.translate("Uptime", "up {duration}").format(duration=text)
    return QCoreApplication.translate("Uptime", "up for more than {duration}").format(duration=text)
