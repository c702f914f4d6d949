"""The names for hosts in libvirt's own client settings: `uri_aliases` of libvirt.conf.

    uri_aliases = [ "hail=qemu+ssh://root@hail.example.com/system", ]

A person's file is $XDG_CONFIG_HOME/libvirt/libvirt.conf, the computer's /etc/libvirt/libvirt.conf. Read only.
(https://libvirt.org/uri.html#uri-aliases)
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from vmgui.model.host import UriAlias

log = logging.getLogger(__name__)

MAX_BYTES = 1024 * 1024
_STRING = r'"[^"\n]*"|\'[^\'\n]*\''
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|[\[\],=]|[A-Za-z_][A-Za-z0-9_]*|[^\s]")
_NAME = re.compile(r"^[A-Za-z0-9_.-]+$")


def alias_files() -> tuple[Path, ...]:
    """Where to look, the person's own first."""
    own = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(own) if own and Path(own).is_absolute() else Path(os.path.expanduser("~/.config"))
    return (base / "libvirt" / "libvirt.conf", Path("/etc/libvirt/libvirt.conf"))


def read_aliases(files: Sequence[Path] | None = None) -> tuple[UriAlias, ...]:
    """All aliases, each name once; blocks on files."""
    found: dict[str, UriAlias] = {}
    for file in alias_files() if files is None else files:
        try:
            if file.stat().st_size > MAX_BYTES:
                continue
            text = file.read_text("utf-8", errors="replace")
        except OSError:
            continue
        for alias in parse_aliases(text):
            found.setdefault(alias.name, alias)
    return tuple(found.values())


def parse_aliases(text: str) -> tuple[UriAlias, ...]:
    """The aliases in a file's text; what is not understood is left out."""
    tokens = [token for token in _TOKEN.findall(text) if not token.startswith("#")]
    found: list[UriAlias] = []
    for at in range(len(tokens) - 2):
        if tokens[at : at + 3] != ["uri_aliases", "=", "["]:
            continue
        for word in tokens[at + 3 :]:
            if word == "]":
                break
            if word[0] not in "\"'":
                continue
            name, separator, uri = word[1:-1].partition("=")
            if separator and _NAME.match(name) and uri.strip():
                found.append(UriAlias(name, uri.strip()))
            else:
                log.info("libvirt.conf: an alias is not understood and left out")
    return tuple(found)
