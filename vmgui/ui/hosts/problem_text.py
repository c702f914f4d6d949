"""What is wrong with what a person filled in about a host, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.commands.uri_form import FormProblem

translate = QCoreApplication.translate


def problem_words(found: FormProblem) -> str:
    """What is wrong, and what to write instead."""
    return {
        FormProblem.NO_HOST: translate("HostFields", "Enter the name or address of the host."),
        FormProblem.BAD_HOST: translate(
            "HostFields", "This is no host name or address: leave out spaces, slashes and the like."
        ),
        FormProblem.BAD_PORT: translate("HostFields", "A port is a number from 1 to 65535."),
        FormProblem.BAD_USER: translate(
            "HostFields", "A user name has no spaces and does not begin with a dash."
        ),
        FormProblem.BAD_KEY_FILE: translate(
            "HostFields", "Enter the whole path of the key file, from / or ~ on."
        ),
        FormProblem.PUBLIC_KEY_FILE: translate(
            "HostFields", "This is the public half of a key. Choose the file beside it, without .pub."
        ),
        FormProblem.ZONE_AND_TLS: translate(
            "HostFields",
            "A certificate cannot be checked for an address with an interface (%…): enter the host's name, or"
            " connect through SSH.",
        ),
        FormProblem.NO_URI: translate("HostFields", "Enter the address."),
        FormProblem.BAD_URI: translate(
            "HostFields", "libvirt does not understand this address. Example: qemu+ssh://root@host-a/system"
        ),
    }[found]
