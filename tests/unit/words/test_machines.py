"""One declaration of what a table says of a machine."""

from dataclasses import replace
from typing import NamedTuple

from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostConfig, HostId, HostState
from vmgui.words import machines as words

HOST = Host(HostConfig(id=HostId("h"), name="host-a", uri="test:///default"), HostState.CONNECTED)


class Row(NamedTuple):
    domain: Domain
    host: Host


def row(host: Host = HOST, **facts: object) -> Row:
    plain = Domain(
        key=DomainKey(HostId("h"), "6695eb01-f6a4-8304-79aa-97f2502e193f"),
        name="web-01",
        state=DomainState.OFF,
    )
    return Row(replace(plain, **facts), host)


def test_what_is_not_known_is_empty() -> None:
    facts = (words.VCPUS, words.MEMORY, words.AUTOSTART)
    assert [fact.text(row(vcpus=0, memory_kib=0, autostart=False)) for fact in facts] == ["", "", ""]
    of_definition = (words.SYSTEM, words.ADDRESS, words.TAGS, words.FOLDER, words.NOTE)
    assert {fact.text(NO_DEFINITION) for fact in of_definition} == {""}


def test_a_host_says_what_is_the_matter_with_it() -> None:
    assert words.HOST.text(row()) == "host-a"
    lost = replace(HOST, state=HostState.UNREACHABLE)
    assert words.HOST.text(row(lost)) == "host-a (Unreachable)"


def test_a_note_is_its_title_and_its_first_line() -> None:
    assert (
        words.NOTE.text(Definition(title="Shop", note="\nruns the shop\nsince May")) == "Shop · runs the shop"
    )
    assert words.NOTE.text(Definition(note="runs the shop")) == "runs the shop"
