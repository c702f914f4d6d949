"""The hosts a person added, in `hosts.toml`, and what was learnt about them; no secrets."""

from __future__ import annotations

import logging
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from vmgui.model.errors import InvalidConfig
from vmgui.model.host import HOST_COLOURS, MAX_NOTES_CHARS, HostConfig, HostId, KvmState
from vmgui.store.toml_changes import GONE, Order, Record, Value
from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1


def new_host_id() -> HostId:
    """An id no other host has."""
    return uuid.uuid4().hex


class HostStore:
    """The list of hosts, in the person's order; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "hosts.toml", version=VERSION, ids={"host": "id"}, asks=True)
        self._hosts: dict[HostId, HostConfig] = {}
        self._is_understood = True
        self.refresh()

    @property
    def hosts(self) -> tuple[HostConfig, ...]:
        """All hosts in the person's order."""
        return tuple(self._hosts.values())

    def save(self, config: HostConfig) -> None:
        """Add or replace; written in the background."""
        before, whole = self._hosts.get(config.id), _fields(config)
        known: dict[str, Value] = _fields(before) if before is not None else {}
        names = {*known, *whole}
        changed = {name: whole.get(name) for name in names if known.get(name) != whole.get(name)}
        self._hosts[config.id] = config
        if changed:
            self.file.change({("host", config.id): Record(changed, whole)})

    @property
    def is_complete(self) -> bool:
        """Whether a host that is not in it is none: all of the file was read, and understood."""
        return self._is_understood and self.file.is_known

    def refresh(self) -> None:
        """Take over what other processes changed."""
        content = self.file.content
        found = _read_hosts(content)
        self._is_understood = len(found) == len(content.get("host", []))
        self._hosts = {config.id: config for config in found}

    def order(self, order: tuple[HostId, ...]) -> None:
        """Put the hosts into this order; those it does not name follow as they were."""
        named = {host_id: self._hosts[host_id] for host_id in order if host_id in self._hosts}
        self._hosts = named | {key: config for key, config in self._hosts.items() if key not in named}
        self.file.change({("host",): Order(tuple(self._hosts))})

    def remove(self, host_id: HostId) -> None:
        """Forget a host; unknown ids are ignored."""
        if self._hosts.pop(host_id, None) is not None:
            self.file.change({("host", host_id): GONE})

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


class KvmStore:
    """Which hosts' hardware acceleration was found to work or to lie, in `kvm.toml`.

    Keyed by the host's own UUID and boot facts where known (`fingerprint`), so a repaired or
    replaced host is examined again.
    """

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "kvm.toml")
        self._found: dict[str, Any] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take over what other processes found."""
        self._found = self.file.content

    def get(self, fingerprint: str) -> KvmState | None:
        """What was found, or None."""
        value = self._found.get(fingerprint)
        try:
            return KvmState(str(value)) if value is not None else None
        except ValueError:
            return None

    def set(self, fingerprint: str, state: KvmState) -> None:
        """Remember; written in the background."""
        self._found[fingerprint] = state.value
        self.file.change({(fingerprint,): state.value})

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


def write_host_list(hosts: tuple[HostConfig, ...]) -> str:
    """The list as the text of a file to give away: without the ids that only this computer knows."""
    document = tomlkit.document()
    document["version"] = VERSION
    array = tomlkit.aot()
    for config in hosts:
        # Whom this person trusts is nobody else's business, nor is it taken from others.
        array.append(_as_table(replace(config, screen_authority="")))
    document["host"] = array
    return tomlkit.dumps(document)


def read_host_list(text: str) -> tuple[HostConfig, ...]:
    """Hosts from such a text, each with a new id; raises InvalidConfig when it is no list of hosts."""
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise InvalidConfig(str(error)) from None
    except RecursionError:
        raise InvalidConfig("it is nested too deeply for a list of hosts") from None
    entries = document.get("host")
    if not isinstance(entries, list):
        raise InvalidConfig("there is no [[host]] in this file")
    named = [{**entry, "id": new_host_id()} if isinstance(entry, dict) else entry for entry in entries]
    return tuple(replace(config, screen_authority="") for config in _read_hosts({"host": named}))


def _as_table(config: HostConfig) -> Table:
    table = tomlkit.table()
    for name, value in _fields(config).items():
        table[name] = value
    return table


def _fields(config: HostConfig) -> dict[str, Value]:
    """What stands in the file beside the id; what is empty does not."""
    fields: dict[str, Value] = {
        "name": config.name,
        "uri": config.uri,
        "read_only": config.read_only,
        "autoconnect": config.autoconnect,
    }
    if config.colour:
        fields["colour"] = config.colour
    if config.notes:
        fields["notes"] = config.notes
    if config.screen_authority:
        fields["screen_authority"] = config.screen_authority
    return fields


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
                    screen_authority=str(entry.get("screen_authority", "")),
                )
            )
        except (KeyError, TypeError, AttributeError):
            log.warning("hosts.toml: an entry without id, name or uri is ignored")
    return found
