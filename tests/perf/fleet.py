"""Fleets for the benchmark: files of libvirt's test driver, the same for every program that is measured."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

ROLES = ("web", "db", "build", "mail", "cache", "desk", "test", "proxy")
RUNNING_OF_TEN = 7

_DOMAIN = """<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
<name>{name}</name><uuid>{uuid}</uuid><memory unit='KiB'>{memory}</memory>
<currentMemory unit='KiB'>{memory}</currentMemory><vcpu>{vcpus}</vcpu>
<test:runstate>{state}</test:runstate><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/images/{name}.qcow2'/><target dev='vda' bus='virtio'/></disk>
<interface type='network'><mac address='52:54:{mac}'/><source network='default'/><model type='virtio'/></interface>
<graphics type='vnc' port='-1'/><video><model type='vga'/></video></devices></domain>
"""
_HOST = """<node>
<cpu><mhz>2600</mhz><model>x86_64</model><active>64</active><nodes>2</nodes><sockets>2</sockets>
<cores>16</cores><threads>2</threads></cpu><memory>536870912</memory>
{domains}
<network><name>default</name><forward mode='nat'/><bridge name='virbr0'/>
<ip address='192.168.122.1' netmask='255.255.255.0'>
<dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp></ip></network>
<pool type='dir'><name>default</name><target><path>/images</path></target></pool>
</node>
"""
_DISK = """<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/images/{name}-{target}.qcow2'/>
<target dev='{target}' bus='virtio'/></disk>"""
_CARD = """<interface type='network'><mac address='{mac}'/><source network='default'/><model type='virtio'/></interface>"""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Hosts and how many machines they have together."""

    name: str
    uris: tuple[str, ...]
    machines: int


def domain_xml(number: int) -> str:
    """A machine as a person would have it: seven of ten run, with a disk, a network card and a screen."""
    role = ROLES[number % len(ROLES)]
    mac = ":".join(f"{number >> shift & 255:02x}" for shift in (24, 16, 8, 0))
    return _DOMAIN.format(
        name=f"{role}-{number // len(ROLES) + 1}",
        uuid=uuid.uuid5(uuid.NAMESPACE_DNS, f"machine {number}"),
        memory=1048576 * (1 + number % 4),
        vcpus=1 + number % 4,
        state=1 if number % 10 < RUNNING_OF_TEN else 5,
        mac=mac,
    )


def make_fleet(folder: Path, machines: int, hosts: int = 1) -> Fleet:
    """`machines` on each of `hosts`; the files are made once."""
    uris: list[str] = []
    for host in range(hosts):
        file = folder / f"fleet-{machines}-{host}.xml"
        if not file.exists():
            first = host * machines
            domains = "".join(domain_xml(number) for number in range(first, first + machines))
            file.write_text(_HOST.format(domains=domains))
        uris.append(f"test://{file}")
    name = f"{machines:,}" if hosts == 1 else f"{hosts} x {machines}"
    return Fleet(name, tuple(uris), machines * hosts)


def many_devices_file(folder: Path, machines: int, disks: int, cards: int) -> Path:
    """A host's file: running machines, all with so many devices, the nth with n GiB of memory."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    targets = [f"vd{first}{letter}" for first in ("", *letters) for letter in letters][:disks]
    domains: list[str] = []
    for number in range(1, machines + 1):
        name = f"many-{number}"
        devices = [_DISK.format(name=name, target=target) for target in targets]
        devices += [_CARD.format(mac=f"52:54:00:{number:02x}:00:{card:02x}") for card in range(cards)]
        domains.append(
            f"<domain type='test'><name>{name}</name><uuid>{uuid.uuid5(uuid.NAMESPACE_DNS, name)}</uuid>"
            f"<memory unit='GiB'>{number}</memory><vcpu>2</vcpu><os><type>hvm</type></os>"
            f"<devices>{''.join(devices)}</devices></domain>"
        )
    file = folder / f"many-{machines}-{disks}-{cards}.xml"
    file.write_text(_HOST.format(domains="\n".join(domains)))
    return file
