"""The lab by hand: ``python -m tests.lab up | status | down | packages`` (as root)."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable

from tests.lab.alpine_guest import alpine_guest
from tests.lab.debian_tree import debian_tree
from tests.lab.installer_cd import installer_cd, ipxe_cd
from tests.lab.lab import LabBusy, attach_lab, open_lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import (
    FURTHER_LETTERS,
    HOST_LETTERS,
    PERSONS_LAB_ID,
    RELEASES,
    LabPlan,
    LabUnavailable,
    lab_id_from_environment,
    plan_lab,
)
from tests.lab.requirements import check_machine, wanted_packages
from tests.lab.sweep import existing_labs, members, sweep


def _describe(hosts: Iterable[LabHost]) -> None:
    for host in hosts:
        print(f"\n{host.name}")
        for uri in (host.unix_uri, host.tcp_uri, host.tls_uri, host.ssh_uri):
            print(f"  {uri}")


def _put_media(hosts: Iterable[LabHost]) -> None:
    """What a person may want to make a virtual machine from."""
    media = [installer_cd(), ipxe_cd()]
    try:
        media.append(alpine_guest().disk)
    except LabUnavailable as error:
        print(f"without Alpine: {error}")
    for host in hosts:
        for file in media:
            host.put_image(file)
    print(f"In the pool 'default' of each host: {', '.join(file.name for file in media)}")


def _available(letters: Iterable[str]) -> str:
    """Those whose Debian release is to be had here; the others are named."""
    available = ""
    for letter in letters:
        try:
            if letter in RELEASES:
                debian_tree(RELEASES[letter])
            available += letter
        except LabUnavailable as error:
            print(f"!!! WITHOUT host-{letter}: {error}", file=sys.stderr)
    return available


def _up(lab_id: int, letters: Iterable[str], *, media: bool) -> None:
    running = attach_lab(lab_id)
    if running is not None:
        print(f"lab {lab_id} is already up")
        _describe(running.running_hosts())
        running.leave()
        return
    available = _available(letters)
    lab = open_lab(lab_id, detached=True)
    try:
        hosts = lab.hosts(available)
        if media:
            _put_media(hosts)
    except BaseException:
        lab.close()
        raise
    lab.leave()
    print("While it is up, everybody on this machine can use these hosts without a password.")
    print("Add one in the program with one of its addresses:")
    _describe(hosts)
    print(f"\nEnd it with: python -m tests.lab --id {lab_id} down")


def _status(plans: Iterable[LabPlan]) -> None:
    found = False
    for plan in plans:
        lab = attach_lab(plan.lab_id)
        if lab is None:
            if plan.root.exists():
                found = True
                state = "of a test run" if members(f"{plan.lab_id}/") else "left behind by a crash"
                print(f"lab {plan.lab_id}: {state}")
            continue
        found = True
        print(f"lab {plan.lab_id}: up")
        _describe(lab.running_hosts())
        lab.leave()
    if not found:
        print("no lab")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab", description="Real libvirt hosts to click through."
    )
    parser.add_argument("--id", type=int, help="number of the lab, 0 if not given; two of them never meet")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start three hosts that stay until 'down'")
    up.add_argument("--no-media", action="store_true", help="without CDs and disk images in the pools")
    up.add_argument("--testing", action="store_true", help="also host-d, with Debian testing's hypervisor")
    commands.add_parser("status", help="say which labs there are")
    commands.add_parser("down", help="remove the lab, also what a crash left")
    commands.add_parser("packages", help="print the Debian packages that are missing")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options.id if options.id is not None else lab_id_from_environment()
    plan = plan_lab(PERSONS_LAB_ID if chosen is None else chosen)
    try:
        if options.command == "packages":
            print(" ".join(wanted_packages()))
        elif options.command == "status":
            _status(existing_labs() if chosen is None else [plan])
        else:
            check_machine()
            if options.command == "up":
                letters = [*HOST_LETTERS, *(FURTHER_LETTERS if options.testing else ())]
                _up(plan.lab_id, letters, media=not options.no_media)
            else:
                sweep(plan)
                print(f"lab {plan.lab_id} is down")
    except (LabUnavailable, LabBusy, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; nothing is left", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
