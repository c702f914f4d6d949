"""Alerts in words: their names, and what is amiss with what."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.alerts import Alert, AlertKind
from vmgui.policy.plain_text import visible
from vmgui.words import quantities as fmt

translate = QCoreApplication.translate


def name(kind: AlertKind) -> str:
    """ "Storage pool nearly full"."""
    match kind:
        case AlertKind.POOL_FULL:
            return translate("Alert", "Storage pool nearly full")
        case AlertKind.HOST_MEMORY:
            return translate("Alert", "Host's memory nearly used up")
        case AlertKind.HOST_CPU:
            return translate("Alert", "Host's processor very busy")
        case AlertKind.DOMAIN_CRASHED:
            return translate("Alert", "Virtual machine crashed")
        case AlertKind.DOMAIN_IO_ERROR:
            return translate("Alert", "Virtual machine paused: a disk could not be read or written")
        case AlertKind.HOST_LOST:
            return translate("Alert", "Connection to a host lost")


def title(alert: Alert) -> str:
    """ "web-01 crashed"."""
    return _title(alert.key.kind).format(
        name=visible(alert.subject or alert.host), percent=fmt.percent(alert.percent)
    )


def _title(kind: AlertKind) -> str:
    match kind:
        case AlertKind.POOL_FULL:
            return translate("Alert", "Storage pool {name} is {percent} full")
        case AlertKind.HOST_MEMORY:
            return translate("Alert", "{name} uses {percent} of its memory")
        case AlertKind.HOST_CPU:
            return translate("Alert", "The processor of {name} is {percent} busy")
        case AlertKind.DOMAIN_CRASHED:
            return translate("Alert", "{name} crashed")
        case AlertKind.DOMAIN_IO_ERROR:
            return translate("Alert", "{name} is paused: a disk could not be read or written")
        case AlertKind.HOST_LOST:
            return translate("Alert", "The connection to {name} is lost")
