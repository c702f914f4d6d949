"""The program's list of hosts, as an earlier run of it left it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_hosts(config: Path, uris: Mapping[str, str]) -> None:
    """Into the folder for settings (XDG_CONFIG_HOME): hosts by name, connected to at the start."""
    folder = config / "vmgui"
    folder.mkdir(parents=True)
    entries = (
        f'[[host]]\nid = "{name}"\nname = "{name}"\nuri = "{uri}"\nautoconnect = true\n'
        for name, uri in uris.items()
    )
    (folder / "hosts.toml").write_text("version = 1\n" + "".join(entries))
