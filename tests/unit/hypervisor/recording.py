"""A host of libvirt's test driver with a state of its own, and a listener that keeps what it hears.

All connections to `test:///default` in one process share one state; each to a file has its own.
"""

from pathlib import Path

import libvirt

from vmgui.model.event import CloseReason, HostEvent
from vmgui.model.host import HostConfig

UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"  # of the machine "test", which runs

NODE = f"""
<node>
  <cpu><mhz>1400</mhz><model>i686</model><active>16</active><nodes>2</nodes><sockets>2</sockets>
    <cores>2</cores><threads>2</threads></cpu>
  <memory>3145728</memory>
  <domain type='test'>
    <name>test</name><uuid>{UUID}</uuid>
    <memory>8388608</memory><currentMemory>2097152</currentMemory><vcpu>2</vcpu>
    <os><type>hvm</type></os>
    <devices>
      <disk type='file' device='disk'><source file='/guest/diskimage1'/><target dev='vda' bus='virtio'/></disk>
      <interface type='network'><mac address='aa:bb:cc:dd:ee:ff'/><source network='default'/>
        <target dev='testnet0'/></interface>
    </devices>
  </domain>
  <network><name>default</name><forward mode='nat'/><bridge name='virbr0'/>
    <ip address='192.168.122.1' netmask='255.255.255.0'><dhcp>
      <range start='192.168.122.2' end='192.168.122.254'/></dhcp></ip></network>
  <pool type='dir'><name>default-pool</name><target><path>/default-pool</path></target></pool>
</node>
"""


def start_paused(conn: libvirt.virConnect, uuid: str) -> None:
    """No instruction runs before its serial line is open."""
    conn.lookupByUUIDString(uuid).createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)


def private_uri(directory: Path) -> str:
    """A host of the test driver that nobody shares."""
    file = directory / "node.xml"
    file.write_text(NODE)
    return f"test://{file}"


class Recorder:
    """For Connection."""

    def __init__(self) -> None:
        self.events: list[HostEvent] = []
        self.closed: list[CloseReason] = []

    def on_events(self, events: tuple[HostEvent, ...], /) -> None:
        self.events.extend(events)

    def on_closed(self, reason: CloseReason, /) -> None:
        self.closed.append(reason)


def host(uri: str, name: str = "h", *, read_only: bool = False) -> HostConfig:
    return HostConfig(name, name, uri, read_only=read_only)
