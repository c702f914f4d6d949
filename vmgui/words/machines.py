"""What a table says of a machine, declared once for the window and the command line: the window adds how a column
looks and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication

from vmgui.model.definition import Definition
from vmgui.model.domain import Domain
from vmgui.model.host import Host, HostState
from vmgui.policy.tags import os_name
from vmgui.words import quantities as fmt
from vmgui.words.say import Say, say
from vmgui.words.states import host_state_words, state_words

translate = QCoreApplication.translate


class Machine(Protocol):
    """A machine and its host."""

    @property
    def domain(self) -> Domain: ...
    @property
    def host(self) -> Host: ...


Of = TypeVar("Of")


class Fact(NamedTuple, Generic[Of]):
    """One column: its id, remembered with layouts and never changed, its title, and what stands in it."""

    id: str
    title: Say
    text: Callable[[Of], str]


def _host(machine: Machine) -> str:
    """Its name, and what is the matter with it."""
    host = machine.host
    return host.name if host.state is HostState.CONNECTED else f"{host.name} ({host_state_words(host)})"


def _note(definition: Definition) -> str:
    """Its title and the first line of its description."""
    lines = definition.note.strip().splitlines()
    return " · ".join(part for part in (definition.title, lines[0] if lines else "") if part)


# fmt: off
NAME: Fact[Machine] = Fact("name", say("Machines", "Name"), lambda machine: machine.domain.name)
STATE: Fact[Machine] = Fact("state", say("Machines", "State"), lambda machine: state_words(machine.domain.state))
HOST: Fact[Machine] = Fact("host", say("Machines", "Host"), _host)
MEMORY: Fact[Machine] = Fact("memory", say("Machines", "Memory"),
    lambda machine: fmt.size_kib(machine.domain.memory_kib) if machine.domain.memory_kib else "")
VCPUS: Fact[Machine] = Fact("vcpus", say("Machines", "vCPUs"),
    lambda machine: fmt.count(machine.domain.vcpus) if machine.domain.vcpus else "")
AUTOSTART: Fact[Machine] = Fact("autostart", say("Machines", "Autostart"),
    lambda machine: translate("Machines", "yes") if machine.domain.autostart else "")
# What its XML says: empty until it has been read.
SYSTEM: Fact[Definition] = Fact("os", say("Machines", "System"), lambda definition: os_name(definition.os_id))
ADDRESS: Fact[Definition] = Fact("address", say("Machines", "Address"),
    lambda definition: ", ".join(definition.addresses))
TAGS: Fact[Definition] = Fact("tags", say("Machines", "Tags"), lambda definition: ", ".join(definition.tags))
FOLDER: Fact[Definition] = Fact("folder", say("Machines", "Folder"), lambda definition: definition.folder)
NOTE: Fact[Definition] = Fact("note", say("Machines", "Note"), _note)
# fmt: on
