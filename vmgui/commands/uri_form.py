"""Between a form a person fills in and libvirt's URI (https://libvirt.org/uri.html); no Qt."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from vmgui.hypervisor.uri import Transport, read_uri, zone_of


class Way(Enum):
    """How to reach a host."""

    LOCAL_SYSTEM = "local_system"
    LOCAL_SESSION = "local_session"
    SSH = "ssh"
    TLS = "tls"
    TCP = "tcp"
    ALIAS = "alias"  # a name from libvirt's own settings
    CUSTOM = "custom"


class Proxy(Enum):
    """What takes ssh's end on the host to libvirt; the values are libvirt's."""

    AUTO = "auto"  # the helper where there is one, else netcat
    NATIVE = "native"
    NETCAT = "netcat"


class FormProblem(Enum):
    """What is wrong with the form."""

    NO_HOST = "no_host"
    BAD_HOST = "bad_host"
    BAD_PORT = "bad_port"
    BAD_USER = "bad_user"
    BAD_KEY_FILE = "bad_key_file"
    PUBLIC_KEY_FILE = "public_key_file"
    ZONE_AND_TLS = "zone_and_tls"  # of an address with a zone no certificate can be checked
    NO_URI = "no_uri"
    BAD_URI = "bad_uri"


@dataclass(frozen=True, slots=True)
class HostForm:
    """What was filled in; `port` empty: the usual one; `uri` also where an alias was chosen."""

    way: Way
    host: str = ""
    user: str = ""
    port: str = ""
    uri: str = ""
    key_file: str = ""
    proxy: Proxy = Proxy.AUTO


_REMOTE = {Way.SSH: "qemu+ssh", Way.TLS: "qemu+tls", Way.TCP: "qemu+tcp"}
_WRITTEN = (Way.CUSTOM, Way.ALIAS)
_FORBIDDEN = frozenset(" \t/\\@?#<>\"'`{}|^")
_OF_IPV6 = frozenset(":[]%")
_ZONE = re.compile(r"[\w.-]+", re.ASCII)
# As it is written in a URI, where the percent sign is escaped; %25 alone and %251 may be interfaces by number.
_ESCAPED_ZONE = re.compile(r"(?<=%)25(?=[A-Za-z])")


def spread(form: HostForm) -> HostForm:
    """The form with what stands in the host's field put where it belongs: an address, `user@`, `:port`, `[v6]`.

    What is no such thing stays as it is, for `problem` to name.
    """
    written = form.host.strip()
    if form.way not in _REMOTE:
        return form
    if "://" in written:
        return _spread_address(form, written)
    user, at, host = written.rpartition("@")
    if at and form.way is not Way.SSH:
        # Only ssh has a user in its address.
        return form
    host, port = _split_port(host)
    if zone_of(host):
        host = _ESCAPED_ZONE.sub("", host)
    if not host or (at and not user):
        return form
    return replace(form, host=host, user=unquote(user) if at else form.user, port=port or form.port)


def _spread_address(form: HostForm, written: str) -> HostForm:
    scheme, _, rest = written.partition("://")
    if scheme == "ssh":
        return spread(replace(form, way=Way.SSH, host=rest.partition("/")[0]))
    found = take_apart(written)
    return form if problem(found) is not None else found


def _split_port(written: str) -> tuple[str, str]:
    """A host and its port, empty where there is none; an IPv6 address without brackets has none."""
    if written.startswith("["):
        host, closed, rest = written[1:].partition("]")
        if closed and (not rest or rest[0] == ":"):
            return host, rest[1:]
        return written, ""
    host, colon, port = written.partition(":")
    return (host, port) if colon and port.isdecimal() else (written, "")


def problem(form: HostForm) -> FormProblem | None:
    """What keeps the form from being a URI."""
    if form.way in _REMOTE:
        return _remote_problem(form)
    if form.way in _WRITTEN:
        if not form.uri.strip():
            return FormProblem.NO_URI
        if read_uri(form.uri).transport is Transport.UNKNOWN or ":" not in form.uri:
            return FormProblem.BAD_URI
    return None


def _remote_problem(form: HostForm) -> FormProblem | None:
    host = form.host.strip()
    if not host:
        return FormProblem.NO_HOST
    if any(character in _FORBIDDEN or ord(character) < 32 for character in host) or host.startswith("-"):
        return FormProblem.BAD_HOST
    if not _OF_IPV6.isdisjoint(host) and not _is_ipv6(host):
        return FormProblem.BAD_HOST
    if form.way is Way.TLS and zone_of(host.strip("[]")):
        return FormProblem.ZONE_AND_TLS
    if form.port.strip() and not (form.port.strip().isdecimal() and 0 < int(form.port) < 65536):
        return FormProblem.BAD_PORT
    user = form.user.strip()
    # ssh would take a leading dash for an option.
    if user.startswith("-") or any(character.isspace() or ord(character) < 32 for character in user):
        return FormProblem.BAD_USER
    if form.way is Way.SSH and form.key_file.strip():
        key_file = _whole_path(form.key_file)
        if not key_file.startswith("/") or any(ord(character) < 32 for character in key_file):
            return FormProblem.BAD_KEY_FILE
        if key_file.endswith(".pub"):
            return FormProblem.PUBLIC_KEY_FILE
    return None


def _is_ipv6(host: str) -> bool:
    try:
        address = ipaddress.IPv6Address(host[1:-1] if host.startswith("[") and host.endswith("]") else host)
    except ValueError:
        return False
    return address.scope_id is None or _ZONE.fullmatch(address.scope_id) is not None


def build(form: HostForm) -> str:
    """The URI; call only when `problem` finds none."""
    if form.way is Way.LOCAL_SYSTEM:
        return "qemu:///system"
    if form.way is Way.LOCAL_SESSION:
        return "qemu:///session"
    if form.way in _WRITTEN:
        return form.uri.strip()
    host = form.host.strip()
    if ":" in host:
        host = f"[{host.strip('[]').replace('%', '%25')}]"
    user = f"{quote(form.user.strip(), safe='')}@" if form.user.strip() and form.way is Way.SSH else ""
    port = f":{int(form.port)}" if form.port.strip() else ""
    return f"{_REMOTE[form.way]}://{user}{host}{port}/system{_query(form)}"


def take_apart(uri: str) -> HostForm:
    """The form that makes this URI; CUSTOM where none of the others does."""
    custom = HostForm(Way.CUSTOM, uri=uri)
    if uri == "qemu:///system":
        return HostForm(Way.LOCAL_SYSTEM)
    if uri == "qemu:///session":
        return HostForm(Way.LOCAL_SESSION)
    try:
        parts = urlsplit(uri)
        port = str(parts.port) if parts.port else ""
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        proxy = Proxy(query.get("proxy", Proxy.AUTO.value))
    except ValueError:
        return custom
    way = next((way for way, scheme in _REMOTE.items() if scheme == parts.scheme), None)
    if way is None or parts.path != "/system" or not parts.hostname:
        return custom
    form = HostForm(
        way,
        host=written_host(uri),
        user=unquote(parts.username or ""),
        port=port,
        key_file=query.get("keyfile", ""),
        proxy=proxy,
    )
    if problem(form) is not None or build(form) != uri:
        return replace(custom, uri=uri)
    return form


def written_host(uri: str) -> str:
    """The host as it is written: names in ~/.ssh/config have capitals. Whole where it is an IPv6 address."""
    netloc = uri.partition("://")[2]
    for end in "/?#":
        netloc = netloc.partition(end)[0]
    return unquote(_split_port(netloc.rpartition("@")[2])[0])


def suggested_name(form: HostForm) -> str:
    """A short name; empty where the form tells none."""
    if form.way in _REMOTE:
        return form.host.strip()
    if form.way in _WRITTEN:
        return written_host(form.uri)
    return ""


def _whole_path(written: str) -> str:
    # ~somebody who is not there stays as it is.
    return os.path.expanduser(written.strip())


def _query(form: HostForm) -> str:
    if form.way is not Way.SSH:
        return ""
    words: list[str] = []
    if form.key_file.strip():
        words.append(f"keyfile={quote(_whole_path(form.key_file), safe='/')}")
    if form.proxy is not Proxy.AUTO:
        words.append(f"proxy={form.proxy.value}")
    return f"?{'&'.join(words)}" if words else ""
