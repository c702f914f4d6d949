"""The words for why a host cannot be connected to, and what to do next; the one place for them."""

from __future__ import annotations

import os
import pwd
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication

from vmgui.hypervisor.ssh.target import read_own_program, read_target
from vmgui.hypervisor.uri import read_uri
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import ConnectionLost, HostUnreachable, VmguiError
from vmgui.model.host import HostConfig
from vmgui.policy.diagnosis import diagnose
from vmgui.policy.plain_text import visible
from vmgui.words.errors import ErrorText, explain

translate = QCoreApplication.translate

_GO_ON_ALONE = frozenset(
    {
        Diagnosis.NO_PERMISSION,
        Diagnosis.NO_POLKIT_AGENT,
        Diagnosis.NO_SYSTEM_BUS,
        Diagnosis.LIBVIRT_STOPPED,
        Diagnosis.CANCELLED,
    }
)
_REMOVE = re.compile(r"^\s*(ssh-keygen -f .+ -R .+)$", re.MULTILINE)


# fmt: off
def _words(found: Diagnosis) -> tuple[str, str] | None:
    """What happened to {host} ({server} is its name in the address), and what to do; None: nothing more precise."""
    match found:
        case Diagnosis.NAME_NOT_FOUND:
            return (translate("Diagnosis", "There is no computer called “{server}”."),
                    translate("Diagnosis", "Check how the name is written, or use its address. If it is right, look at your network or name server."))
        case Diagnosis.NO_ROUTE:
            return (translate("Diagnosis", "There is no way to {server} from here."),
                    translate("Diagnosis", "Check your network, a VPN it may need, and that the computer is switched on."))
        case Diagnosis.REFUSED:
            return (translate("Diagnosis", "{server} is there, but nothing listens on that port."),
                    translate("Diagnosis", "Start the service there (sshd for SSH, libvirtd for TLS and TCP), or enter the port it listens on."))
        case Diagnosis.NO_ANSWER:
            return (translate("Diagnosis", "{server} does not answer."),
                    translate("Diagnosis", "Check that it is switched on and that no firewall keeps the port closed; then try again."))
        case Diagnosis.WRONG_SERVICE:
            return (translate("Diagnosis", "Something else than expected answers on {server}."),
                    translate("Diagnosis", "Check the port and the kind of connection: TLS, TCP and SSH each have their own."))
        case Diagnosis.SHUT_OUT:
            return (translate("Diagnosis", "{server} ends the connection before the login begins."),
                    translate("Diagnosis", "Either too many logins are under way there, or this computer is shut out for a while, as happens after several failed ones. Wait some minutes; vmgui tries again by itself. The administrator of {server} can look at MaxStartups and PerSourcePenalties of its sshd, at fail2ban (fail2ban-client status sshd) and at /etc/hosts.deny. If it has never worked, check the port."))
        case Diagnosis.ENDED_EARLY:
            return (translate("Diagnosis", "{server} ends the connection before the login begins."),
                    translate("Diagnosis", "Perhaps it is just starting, or its port is forwarded and nothing answers behind it; vmgui tries again by itself. If this goes on, too many logins are under way there, or this computer is shut out for a while, as happens after several failed ones: the administrator of {server} can look at MaxStartups and PerSourcePenalties of its sshd, at fail2ban (fail2ban-client status sshd) and at /etc/hosts.deny. If it has never worked, check the port."))
        case Diagnosis.HOST_KEY_UNKNOWN:
            return (translate("Diagnosis", "The SSH key of {server} is not known, so it was not trusted."),
                    translate("Diagnosis", "Try again and compare the fingerprint with the one its administrator tells you. If no question comes, your SSH settings demand known keys only: add it to known_hosts."))
        case Diagnosis.HOST_KEY_CHANGED:
            return (translate("Diagnosis", "{server} shows another SSH key than the last time: somebody may be pretending to be it."),
                    translate("Diagnosis", "Ask its administrator whether it was installed anew. Only then remove the old key with the command in the details, and connect again."))
        case Diagnosis.KEY_FILE_MISSING:
            return (translate("Diagnosis", "The SSH key file cannot be read."),
                    translate("Diagnosis", "Choose another key file, or make this one readable for you alone (chmod 600)."))
        case Diagnosis.SSH_REFUSED:
            return (translate("Diagnosis", "{server} did not accept the user name, password or key."),
                    translate("Diagnosis", "Check the user name. A key must stand in authorized_keys of that user there; passwords may be switched off on that computer."))
        case Diagnosis.SSH_SETTINGS:
            return (translate("Diagnosis", "The ssh program of this computer does not accept its settings."),
                    translate("Diagnosis", "The details name the file, mostly ~/.ssh/config. Mend it; it has to belong to you, and nobody else may write to it (chmod 600)."))
        case Diagnosis.SSH_TOO_OLD:
            return (translate("Diagnosis", "The ssh of {server} and the one of this computer have no method in common."),
                    translate("Diagnosis", "One of them is too old for the other; the details say what is offered. Allow it for this host in ~/.ssh/config (HostKeyAlgorithms, KexAlgorithms or Ciphers), or update the older one."))
        case Diagnosis.JUMP_FAILED:
            return (translate("Diagnosis", "The way to {server} leads through another computer, and got no further than that."),
                    translate("Diagnosis", "The details say what that computer or the ssh to it said. Check with “ssh {server}” in a terminal; the way is set by ProxyJump or ProxyCommand in ~/.ssh/config."))
        case Diagnosis.NO_SHELL:
            return (translate("Diagnosis", "The login worked, but this user may not run programs on {server}."),
                    translate("Diagnosis", "libvirt needs to start one there. Connect as another user, or have this one given a shell."))
        case Diagnosis.PASSWORD_EXPIRED:
            return (translate("Diagnosis", "The password on {server} has expired."),
                    translate("Diagnosis", "Log in there with “ssh” in a terminal and set a new one, then connect again."))
        case Diagnosis.NETCAT_OLD:
            return (translate("Diagnosis", "The login worked, but netcat on {server} cannot reach libvirt's socket."),
                    translate("Diagnosis", "Install netcat-openbsd there, or choose libvirt's own helper under “Over there use”."))
        case Diagnosis.NO_POLKIT_AGENT:
            return (translate("Diagnosis", "You are not allowed to use libvirt on {server}, and nothing here could ask for permission."),
                    translate("Diagnosis", "This session has no polkit agent. Be added to the group libvirt ({command}) and log in anew."))
        case Diagnosis.NO_SYSTEM_BUS:
            return (translate("Diagnosis", "libvirt could not ask whether you may use it on {server}: there is no system bus."),
                    translate("Diagnosis", "Start D-Bus there (systemctl start dbus), or be added to the group libvirt ({command}) and log in anew."))
        case Diagnosis.SSH_MISSING:
            return (translate("Diagnosis", "There is no ssh program on this computer."),
                    translate("Diagnosis", "Install the OpenSSH client, then try again."))
        case Diagnosis.LIBVIRT_MISSING:
            return (translate("Diagnosis", "The login worked, but libvirt is not installed on {server}."),
                    translate("Diagnosis", "Install libvirt there (the package libvirt-daemon-system or libvirt). Where it is, install netcat as well: old versions need it."))
        case Diagnosis.LIBVIRT_STOPPED:
            return (translate("Diagnosis", "libvirt does not run on {server}, or is not installed there."),
                    translate("Diagnosis", "Start it there (systemctl start libvirtd, or virtqemud.socket), or install it."))
        case Diagnosis.NO_PERMISSION:
            return (translate("Diagnosis", "The login worked, but you are not allowed to use libvirt on {server}."),
                    translate("Diagnosis", "Have the user added to the group libvirt there (usermod -aG libvirt USER) and log in anew, or connect as another user."))
        case Diagnosis.CERTIFICATE_EXPIRED:
            return (translate("Diagnosis", "The certificate of {server} has expired."),
                    translate("Diagnosis", "Have it renewed there. If it is valid, check the clock of this computer."))
        case Diagnosis.CERTIFICATE_NOT_YET_VALID:
            return (translate("Diagnosis", "The certificate of {server} is not valid yet."),
                    translate("Diagnosis", "Check the clocks of both computers."))
        case Diagnosis.CERTIFICATE_OTHER_NAME:
            return (translate("Diagnosis", "The certificate was not made for “{server}”."),
                    translate("Diagnosis", "Connect by the name the certificate is made for, or have this name added to it."))
        case Diagnosis.CERTIFICATE_UNTRUSTED:
            return (translate("Diagnosis", "The certificate of {server} is of an authority that this computer does not trust."),
                    translate("Diagnosis", "Put the right authority's certificate (cacert.pem) into /etc/pki/CA, or have one made by yours."))
        case Diagnosis.AUTHORITY_MISSING:
            return (translate("Diagnosis", "This computer has no certificate of an authority to check {server} against."),
                    translate("Diagnosis", "Put the authority's certificate to /etc/pki/CA/cacert.pem; the details name the file that is missing."))
        case Diagnosis.OWN_CERTIFICATE_MISSING:
            return (translate("Diagnosis", "This computer has no certificate to show to {server}."),
                    translate("Diagnosis", "Put clientcert.pem into /etc/pki/libvirt and clientkey.pem into its folder private."))
        case Diagnosis.OWN_CERTIFICATE_EXPIRED:
            return (translate("Diagnosis", "The certificate of this computer has expired."),
                    translate("Diagnosis", "Have it renewed; the details name the file."))
        case Diagnosis.OWN_CERTIFICATE_REFUSED:
            return (translate("Diagnosis", "{server} does not accept the certificate of this computer."),
                    translate("Diagnosis", "It has to be of the authority that host trusts, and among the names it allows (tls_allowed_dn_list)."))
        case Diagnosis.PASSWORD_REFUSED:
            return (translate("Diagnosis", "{server} did not accept the user name or the password."),
                    translate("Diagnosis", "Try again. The account is one of libvirt there (saslpasswd2), not of the computer."))
        case Diagnosis.NO_COMMON_LOGIN:
            return (translate("Diagnosis", "{server} wants a login that this computer cannot do."),
                    translate("Diagnosis", "Install the SASL module that host asks for (libsasl2-modules or cyrus-sasl), or set another in its /etc/sasl2/libvirt.conf."))
        case Diagnosis.LOGIN_PRINTS:
            return (translate("Diagnosis", "The login on {server} prints something, which breaks the connection."),
                    translate("Diagnosis", "Remove what writes text from that user's shell start files (.bashrc, .profile)."))
        case Diagnosis.NO_DRIVER:
            return (translate("Diagnosis", "libvirt answers, but has no driver for this kind of hypervisor."),
                    translate("Diagnosis", "Check the beginning of the address (qemu, lxc, xen …), or install that driver."))
        case Diagnosis.BAD_ADDRESS:
            return (translate("Diagnosis", "libvirt does not understand this address."),
                    translate("Diagnosis", "The end is mostly /system or /session; the details say what libvirt expects."))
        case Diagnosis.CANCELLED:
            return (translate("Diagnosis", "Nobody was logged in to {server}: the question was not answered."), "")
        case Diagnosis.UNKNOWN:
            return None
# fmt: on


def explain_connection(error: BaseException, config: HostConfig) -> ErrorText:
    """Why this host cannot be connected to, ready to be shown."""
    text = explain(error, host=visible(config.name))
    found = diagnose(error, config.uri)
    words = _words(found)
    if words is None:
        if _is_local(config) and isinstance(error, HostUnreachable):
            text = replace(text, next_step=_local_step(Diagnosis.LIBVIRT_STOPPED))
        if isinstance(error, ConnectionLost):
            # Nothing was being done, and nothing need be done.
            text = replace(
                text, next_step=translate("Diagnosis", "vmgui connects again by itself as soon as it can.")
            )
        return text
    what, next_step = words
    if _is_local(config):
        next_step = _local_step(found) or next_step
    server = _server(config)
    details = text.details
    if isinstance(error, VmguiError) and (command := _REMOVE.search(error.detail)):
        # What helps stands first.
        details = f"{command[1]}\n\n{details}"
    return replace(
        text,
        what=what.format(server=server, host=visible(config.name)),
        next_step=next_step.format(server=server, host=visible(config.name), command=_group_command(config)),
        details=details,
    )


def _local_step(found: Diagnosis) -> str:
    """What to do where the host is this very computer; empty: the same as elsewhere."""
    if found is Diagnosis.NO_PERMISSION:
        return translate("Diagnosis", "Run “{command}” in a terminal, then log out and in again.")
    if found is Diagnosis.NO_SYSTEM_BUS:
        return translate(
            "Diagnosis",
            "Start D-Bus (sudo systemctl start dbus), or run “{command}” in a terminal and log out and in again.",
        )
    if found is Diagnosis.LIBVIRT_STOPPED:
        return translate(
            "Diagnosis",
            "Start it (sudo systemctl enable --now libvirtd, or virtqemud.socket), or install it.",
        )
    if found in (Diagnosis.NO_ANSWER, Diagnosis.REFUSED):
        return translate(
            "Diagnosis",
            "It runs but does not answer: restart it (sudo systemctl restart libvirtd, or virtqemud).",
        )
    return ""


def _group_command(config: HostConfig) -> str:
    """For this very person where it is this computer."""
    user = _own_name() if _is_local(config) else unquote(urlsplit(config.uri).username or "USER")
    return f"sudo usermod -aG libvirt {user}"


def _own_name() -> str:
    try:
        # The environment may still name who started this (sudo, runuser).
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return "USER"


def _is_local(config: HostConfig) -> bool:
    return read_uri(config.uri).is_local


def may_go_on_alone(error: BaseException, config: HostConfig) -> bool:
    """Whether the person's own hypervisor on this computer would do, where the system's refuses them or rests."""
    return (
        config.uri.startswith("qemu:///system")
        and os.geteuid() != 0
        and diagnose(error, config.uri) in _GO_ON_ALONE
    )


def _server(config: HostConfig) -> str:
    own = read_own_program(config.uri)
    target = own[1] if own is not None else read_target(config.uri)
    if target is not None:
        # As it is written: an alias in ~/.ssh/config has capitals, and is to be typed after "ssh".
        return target.host
    try:
        return unquote(urlsplit(config.uri).hostname or "") or translate("Diagnosis", "this computer")
    except ValueError:
        return config.name
