"""Numbers, sizes and times as a person reads them, in the language of the program.

Memory and disks in binary units (KiB, MiB, GiB), rates in decimal (kB/s, MB/s) as networks are sold.
`set_locale` is called by `translation`; until then English.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from vmgui.policy.plain_text import visible
from vmgui.words.counts import counts

_BINARY = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_DECIMAL = ("B/s", "kB/s", "MB/s", "GB/s", "TB/s")
translate = QCoreApplication.translate

NONE = "–"
"""Shown where a value is not known."""

_locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
_locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)


def locale() -> QLocale:
    """The locale numbers and dates are written in."""
    return _locale


def set_locale(new: QLocale) -> None:
    """Write numbers and dates in this locale from now on."""
    global _locale
    _locale = QLocale(new)
    _locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)


def number(value: float, decimals: int = 0) -> str:
    """A number in the locale's writing."""
    return _locale.toString(float(value), "f", decimals)


def count(value: int) -> str:
    """A whole number."""
    return _locale.toString(value)


def size_bytes(value: int | None) -> str:
    """ "20 GiB", "1.5 MiB", "512 bytes"; three digits at most."""
    if value is None:
        return NONE
    return _scaled(float(value), 1024.0, _BINARY)


def size_kib(value: int | None) -> str:
    """The same for a value in KiB."""
    return NONE if value is None else size_bytes(value * 1024)


def rate(bytes_per_s: float | None) -> str:
    """ "1.2 MB/s"."""
    if bytes_per_s is None:
        return NONE
    return _scaled(max(0.0, bytes_per_s), 1000.0, _DECIMAL)


def percent(value: float | None, decimals: int = 0) -> str:
    """ "61 %"; 100 is all."""
    if value is None:
        return NONE
    return translate("Format", "{number} %").format(number=number(value, decimals))


def duration(seconds: float | None) -> str:
    """ "3 d 4 h", "12 min", "8 s": the two largest units that are not zero."""
    if seconds is None or not math.isfinite(seconds):
        return NONE
    left = max(0, round(seconds))
    parts: list[str] = []
    for unit_s, text in (
        (86400, translate("Format", "{n} d", "days")),
        (3600, translate("Format", "{n} h", "hours")),
        (60, translate("Format", "{n} min", "minutes")),
        (1, translate("Format", "{n} s", "seconds")),
    ):
        amount, left = divmod(left, unit_s)
        if amount:
            parts.append(text.format(n=count(amount)))
        if len(parts) == 2 or (parts and not amount):
            break
    return " ".join(parts) or translate("Format", "{n} s", "seconds").format(n=count(0))


def age(seconds: float | None) -> str:
    """ "just now", "8 s ago", "3 min ago"."""
    if seconds is None:
        return translate("Format", "never")
    if seconds < 1.5:
        return translate("Format", "just now")
    return translate("Format", "{duration} ago").format(duration=duration(seconds))


def moment(unix_s: float | None) -> str:
    """Time of day for today, else date and time."""
    if unix_s is None:
        return NONE
    when = QDateTime.fromSecsSinceEpoch(int(unix_s))
    if time.localtime(unix_s)[:3] == time.localtime()[:3]:
        return _locale.toString(when.time(), "HH:mm:ss")
    return _locale.toString(when, QLocale.FormatType.ShortFormat)


def version(parts: tuple[int, ...]) -> str:
    """ "9.0.0"; a dash where it is not known."""
    return ".".join(str(part) for part in parts) if any(parts) else NONE


def joined(names: tuple[str, ...] | list[str], at_most: int = 3) -> str:
    """ "a, b and c", or "a, b, c and 9 more"."""
    if not names:
        return ""
    # The length is told of all, only those that are named are looked at.
    names = [*map(visible, names[:at_most]), *names[at_most:]]
    if len(names) == 1:
        return names[0]
    if len(names) <= at_most:
        return translate("Format", "{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
    rest = counts.more(len(names) - at_most)
    return translate("Format", "{first} and {last}").format(first=", ".join(names[:at_most]), last=rest)


def _scaled(value: float, step: float, units: tuple[str, ...]) -> str:
    index = 0
    while value >= step and index < len(units) - 1:
        value /= step
        index += 1
    whole = index == 0 or value >= 100 or abs(value - round(value)) < 0.05
    text = number(value, 0 if whole else 1)
    unit = translate("Format", "bytes") if units[index] == "bytes" else units[index]
    return f"{text} {unit}"
