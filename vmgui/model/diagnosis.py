"""Why a host cannot be connected to, as precisely as can be told; the words for each are made in ui."""

from __future__ import annotations

from enum import Enum


class Diagnosis(Enum):
    """One for each thing a person would do something else about."""

    NAME_NOT_FOUND = "name_not_found"
    NO_ROUTE = "no_route"
    REFUSED = "refused"  # the computer is there, nobody listens on that port
    NO_ANSWER = "no_answer"  # packets vanish, or it accepts and then says nothing
    WRONG_SERVICE = "wrong_service"  # somebody else listens on that port
    SHUT_OUT = "shut_out"  # sshd is there and ends the connection before the login: too many, or this address
    ENDED_EARLY = (
        "ended_early"  # that, or nobody is behind a port that is forwarded, or sshd is just starting
    )
    HOST_KEY_UNKNOWN = "host_key_unknown"
    HOST_KEY_CHANGED = "host_key_changed"
    KEY_FILE_MISSING = "key_file_missing"
    SSH_REFUSED = "ssh_refused"  # user, key or password
    SSH_SETTINGS = "ssh_settings"  # the person's own, which ssh does not accept
    SSH_TOO_OLD = "ssh_too_old"  # the two have no method in common
    JUMP_FAILED = "jump_failed"  # the way leads through another computer, and ends there
    NO_SHELL = "no_shell"  # logged in, but that user may not run programs there
    PASSWORD_EXPIRED = "password_expired"  # noqa: S105
    NETCAT_OLD = "netcat_old"  # netcat over there knows no sockets
    NO_POLKIT_AGENT = "no_polkit_agent"  # nobody here could ask the person for permission
    NO_SYSTEM_BUS = "no_system_bus"
    SSH_MISSING = "ssh_missing"  # no ssh program on this computer
    LIBVIRT_MISSING = "libvirt_missing"  # neither virt-ssh-helper nor netcat over there
    LIBVIRT_STOPPED = "libvirt_stopped"  # no socket: not running, or not installed
    NO_PERMISSION = "no_permission"  # logged in, but not in the group libvirt
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_OTHER_NAME = "certificate_other_name"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"  # of another authority, or revoked
    AUTHORITY_MISSING = "authority_missing"  # no CA certificate on this computer
    OWN_CERTIFICATE_MISSING = "own_certificate_missing"
    OWN_CERTIFICATE_EXPIRED = "own_certificate_expired"
    OWN_CERTIFICATE_REFUSED = "own_certificate_refused"
    PASSWORD_REFUSED = "password_refused"  # noqa: S105 - SASL
    NO_COMMON_LOGIN = "no_common_login"  # SASL mechanisms
    LOGIN_PRINTS = "login_prints"  # a shell there writes into the connection
    NO_DRIVER = "no_driver"  # libvirt, but without this hypervisor
    BAD_ADDRESS = "bad_address"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
