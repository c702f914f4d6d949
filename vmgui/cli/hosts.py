"""`vmgui hosts`: the hosts of the list, and how they are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from vmgui.cli.verb import DONE, FAILED, Answer, Table, Verb

if TYPE_CHECKING:
    from vmgui.cli.session import Session
    from vmgui.model.host import Host


async def _hosts(session: Session, _arguments: Namespace) -> Answer:
    hosts = await session.connect()
    document = [_host(session, host) for host in hosts]
    return Answer(document, lambda: _table(hosts, document), FAILED if session.has_failed(hosts) else DONE)


def _host(session: Session, host: Host) -> dict[str, Any]:
    info, domains = host.info, session.inventory.domains_of(host.id)
    return {
        "name": host.name,
        "uri": host.config.uri,
        "state": host.state.value,
        "latency_s": host.health.latency_s,
        "libvirt": _version(info.libvirt_version) if info is not None else None,
        "hypervisor": f"{info.driver} {_version(info.hypervisor_version)}" if info is not None else None,
        "running": sum(domain.state.is_active for domain in domains),
        "machines": len(domains),
    }


def _version(parts: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in parts)


def _table(hosts: tuple[Host, ...], document: list[dict[str, Any]]) -> Table:
    from PySide6.QtCore import QCoreApplication

    from vmgui.words import quantities as fmt
    from vmgui.words.health import latency_words
    from vmgui.words.states import host_state_words

    translate = QCoreApplication.translate
    titles = (
        translate("CommandLine", "Name"),
        translate("CommandLine", "State"),
        translate("CommandLine", "Answers in"),
        translate("CommandLine", "Hypervisor"),
        translate("CommandLine", "Running"),
        translate("CommandLine", "Machines"),
        translate("CommandLine", "Address"),
    )
    rows = [
        (
            host.name,
            host_state_words(host),
            latency_words(host.health.latency_s),
            one["hypervisor"] or fmt.NONE,
            str(one["running"]),
            str(one["machines"]),
            host.config.uri,
        )
        for host, one in zip(hosts, document, strict=True)
    ]
    return Table(titles, rows)


def _no_arguments(_parser: ArgumentParser) -> None:
    return


HOSTS = Verb("hosts", "The hosts of the list, and how they are.", _no_arguments, _hosts)
