"""The list of hosts as a file to take to another computer: no secrets in it, nothing trusted that comes in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from vmgui.hypervisor.uri import UriDanger, dangers
from vmgui.model.errors import InvalidConfig, StorageFailure
from vmgui.model.host import HostConfig
from vmgui.services.background import in_thread
from vmgui.store.hosts import read_host_list, write_host_list
from vmgui.store.toml_look import MAX_BYTES
from vmgui.store.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class ListedHost:
    """A host from a file, and what is to be known before it is taken over."""

    config: HostConfig  # as it would be added; with the id of the known one where there is one
    known_as: str = ""  # its name in the list, where its address is there already
    dangers: tuple[UriDanger, ...] = ()  # what its address would have this computer do

    @property
    def starts_program(self) -> bool:
        """Whether its address makes libvirt start a program of the file's choice here."""
        return UriDanger.PROGRAM in self.dangers


async def write_list(path: Path, hosts: tuple[HostConfig, ...]) -> None:
    """Write the list; raises StorageFailure."""
    try:
        await in_thread(write_whole, path, write_host_list(hosts).encode(), new_mode=None)
    except OSError as error:
        raise StorageFailure(str(error), subject=path.name) from None


async def read_list(path: Path, known: Iterable[HostConfig]) -> tuple[ListedHost, ...]:
    """What a file lists; raises StorageFailure, or InvalidConfig when it is no list of hosts."""
    try:
        text = await in_thread(_read, path)
    except (OSError, UnicodeDecodeError) as error:
        raise StorageFailure(str(error), subject=path.name) from None
    try:
        return compare_list(read_host_list(text), known)
    except InvalidConfig as error:
        raise error.about(subject=path.name) from None


def compare_list(hosts: Iterable[HostConfig], known: Iterable[HostConfig]) -> tuple[ListedHost, ...]:
    """Each address once; those known already would change the host that has it."""
    by_uri = {config.uri: config for config in known}
    listed: dict[str, ListedHost] = {}
    for config in hosts:
        same = by_uri.get(config.uri)
        listed.setdefault(
            config.uri,
            ListedHost(
                replace(config, id=same.id) if same is not None else config,
                same.name if same is not None else "",
                dangers(config.uri),
            ),
        )
    return tuple(listed.values())


def _read(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise OSError("the file is too large")
    return path.read_text("utf-8")
