"""A host's health in words: an old value must not read like a new one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.host import Host
from vmgui.policy.health import Freshness, freshness
from vmgui.words import quantities as fmt
from vmgui.words.states import host_state_words

translate = QCoreApplication.translate


def health_words(host: Host, now_s: float) -> str:
    """ "Connected", "Slow", "No answer", or the word for its state."""
    match freshness(host, now_s):
        case Freshness.SLOW:
            return translate("Health", "Slow")
        case Freshness.STALE:
            return translate("Health", "No answer")
        case Freshness.FRESH | Freshness.OFFLINE:
            return host_state_words(host)


def health_note(host: Host, now_s: float) -> str:
    """The same with the age of what is shown of it; empty while all is well."""
    if freshness(host, now_s) is Freshness.FRESH:
        return ""
    words = health_words(host, now_s)
    return f"{words} · {fmt.age(_rough(now_s - host.updated_s))}" if host.updated_s else words


def _rough(seconds: float) -> float:
    """In its largest unit: there is little room in the list."""
    for unit_s in (86400, 3600, 60):
        if seconds >= unit_s:
            return float(seconds // unit_s * unit_s)
    return seconds


def age_note(host: Host, now_s: float) -> str:
    """A sentence under values of this host that are not new; empty while they are."""
    age = fmt.age(now_s - host.updated_s if host.updated_s else None)
    match freshness(host, now_s):
        case Freshness.FRESH:
            return ""
        case Freshness.SLOW:
            return translate("Health", "It answers slowly: this is from {age}.").format(age=age)
        case Freshness.STALE:
            return translate("Health", "It does not answer: this was last seen {age}.").format(age=age)
        case Freshness.OFFLINE:
            return translate("Health", "Not connected: this was last seen {age}.").format(age=age)


def latency_words(latency_s: float | None) -> str:
    """ "12 ms", "9.8 s"."""
    if latency_s is None:
        return fmt.NONE
    if latency_s >= 1.0:
        return translate("Health", "{number} s").format(number=fmt.number(latency_s, 1))
    return translate("Health", "{number} ms").format(
        number=fmt.number(latency_s * 1000, 0 if latency_s >= 0.01 else 1)
    )
