"""What is to be known of a host's address before connecting, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.hypervisor.uri import UriDanger, dangers

translate = QCoreApplication.translate


def danger_words(danger: UriDanger) -> str:
    """A sentence."""
    return {
        UriDanger.PROGRAM: translate(
            "UriDanger", "Starts a program here that the address names: only if you know it."
        ),
        UriDanger.NOT_VERIFIED: translate(
            "UriDanger", "Does not check that it is the right host: somebody else could answer in its place."
        ),
        UriDanger.NOT_ENCRYPTED: translate(
            "UriDanger", "Not encrypted: whoever is on the way there can read and change everything."
        ),
        UriDanger.OTHER_SOCKET: translate(
            "UriDanger", "Uses a socket that is not libvirt's own: whoever made it answers."
        ),
    }[danger]


def all_danger_words(uri: str) -> str:
    """All of an address; empty: nothing is amiss with it."""
    return " ".join(map(danger_words, dangers(uri)))
