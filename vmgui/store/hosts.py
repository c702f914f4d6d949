"""The hosts a person added, in `hosts.toml`, and what was learnt about them; no secrets."""

from __future__ import annotations

import logging
import uuid
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from vmgui.model.errors import InvalidConfig
from vmgui.model.host import HOST_COLOURS, MAX_NOTES_CHARS, HostConfig, HostId, KvmState
from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1


def new_host_id() -> HostId:
    """An id no other host has."""
    return uuid.uuid4().hex


class HostStore:
    """The list of hosts, in the person's order; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self._file = TomlFile(directory / "hosts.toml")
        self._document = self._file.read()
        self._hosts = {config.id: config for config in _read_hosts(dict(self._document))}

    @property
    def hosts(self) -> tuple[HostConfig, ...]:
        """All hosts in the person's order."""
        return tuple(self._hosts.values())

    def save(self, config: HostConfig) -> None:
        """Add or replace; written in the background."""
        self._hosts[config.id] = config
        self._write()

    def order(self, order: tuple[HostId, ...]) -> None:
        """Put the hosts into this order; those it does not name follow as they were."""
        named = {host_id: self._hosts[host_id] for host_id in order if host_id in self._hosts}
        self._hosts = named | {key: config for key, config in self._hosts.items() if key not in named}
        self._write()

    def remove(self, host_id: HostId) -> None:
        """Forget a host; unknown ids are ignored."""
        if self._hosts.pop(host_id, None) is not None:
            self._write()

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self._file.close()

    def _write(self) -> None:
        array = tomlkit.aot()
        for config in self._hosts.values():
            table = _as_table(config)
            table.add("id", config.id)
            array.append(table)
        self._document["version"] = VERSION
        self._document["host"] = array
        self._file.save(self._document)


class KvmStore:
    """Which hosts' hardware acceleration was found to work or to lie, in `kvm.toml`.

    Keyed by the host's own UUID and boot facts where known (`fingerprint`), so a repaired or
    replaced host is examined again.
    """

    def __init__(self, directory: Path) -> None:
        self._file = TomlFile(directory / "kvm.toml")
        self._document = self._file.read()

    def get(self, fingerprint: str) -> KvmState | None:
        """What was found, or None."""
        value = self._document.get(fingerprint)
        try:
            return KvmState(str(value)) if value is not None else None
        except ValueError:
            return None

    def set(self, fingerprint: str, state: KvmState) -> None:
        """Remember; written in the background."""
        self._document[fingerprint] = state.value
        self._file.save(self._document)

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self._file.close()


def write_host_list(hosts: tuple[HostConfig, ...]) -> str:
    """The list as the text of a file to give away: without the ids that only this computer knows."""
    document = tomlkit.document()
    document["version"] = VERSION
    array = tomlkit.aot()
    for config in hosts:
        array.append(_as_table(config))
    document["host"] = array
    return tomlkit.dumps(document)


def read_host_list(text: str) -> tuple[HostConfig, ...]:
    """Hosts from such a text, each with a new id; raises InvalidConfig when it is no list of hosts."""
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise InvalidConfig(str(error)) from None
    entries = document.get("host")
    if not isinstance(entries, list):
        raise InvalidConfig("there is no [[host]] in this file")
    named = [{**entry, "id": new_host_id()} if isinstance(entry, dict) else entry for entry in entries]
    return tuple(_read_hosts({"host": named}))


def _as_table(config: HostConfig) -> Table:
    table = tomlkit.table()
    table["name"] = config.name
    table["uri"] = config.uri
    table["read_only"] = config.read_only
    table["autoconnect"] = config.autoconnect
    if config.colour:
        table["colour"] = config.colour
    if config.notes:
        table["notes"] = config.notes
    return table


def _read_hosts(document: dict[str, Any]) -> list[HostConfig]:
    found: list[HostConfig] = []
    entries = document.get("host", [])
    for entry in entries if isinstance(entries, list) else []:
        try:
            found.append(
                HostConfig(
                    id=str(entry["id"]),
                    name=str(entry["name"]),
                    uri=str(entry["uri"]),
                    read_only=bool(entry.get("read_only", False)),
                    autoconnect=bool(entry.get("autoconnect", True)),
                    colour=colour if (colour := str(entry.get("colour", ""))) in HOST_COLOURS else "",
                    notes=str(entry.get("notes", ""))[:MAX_NOTES_CHARS],
                )
            )
        except (KeyError, TypeError, AttributeError):
            log.warning("hosts.toml: an entry without id, name or uri is ignored")
    return found
