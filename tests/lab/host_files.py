"""The files of one lab host: what lies over /etc, /etc/libvirt, /var/lib/libvirt inside it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.lab.keys import host_keys
from tests.lab.plan import HostPlan, LabPlan

SMALL_POOL_BYTES = 64 * 1024 * 1024

_NETWORK = """<network>
  <name>default</name>
  <uuid>{uuid}</uuid>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='off' delay='0'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
  </ip>
</network>
"""

_POOL = """<pool type='dir'>
  <name>{name}</name>
  <uuid>{uuid}</uuid>
  <target><path>/var/lib/libvirt/{folder}</path></target>
</pool>
"""

_SSHD = """ListenAddress {address}
HostKey /etc/lab/ssh_host_key
AuthorizedKeysFile /etc/lab/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
UseDNS no
PrintMotd no
MaxStartups 100
PidFile /run/lab/sshd.pid
"""

_LIBVIRTD = """host_uuid = "{uuid}"
listen_tcp = 1
listen_tls = 1
listen_addr = "{address}"
auth_tcp = "none"
auth_tls = "none"
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_dir = "/run/libvirt"
unix_sock_ro_perms = "0777"
unix_sock_rw_perms = "0700"
log_outputs = "2:file:/var/log/libvirt/libvirtd.log"
"""

# Everything as root without a security driver: the lab's files belong to root and live in odd places.
_QEMU = """user = "root"
group = "root"
security_driver = "none"
namespaces = []
stdio_handler = "file"
swtpm_user = "root"
swtpm_group = "root"
"""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _autostarted(folder: Path, inside: str, name: str, xml: str) -> None:
    """Configuration as the daemon itself stores it: defined and started when the daemon comes up."""
    _write(folder / f"{name}.xml", xml)
    (folder / "autostart").mkdir(exist_ok=True)
    (folder / "autostart" / f"{name}.xml").symlink_to(f"{inside}/{name}.xml")


def _write_etc(plan: LabPlan, host: HostPlan) -> None:
    etc = host.root / "etc"
    names = "".join(f"{other.address} {other.name}\n" for other in plan.hosts())
    _write(etc / "hosts", f"127.0.0.1 localhost\n{names}")
    # Without DNS: one time-out costs minutes.
    _write(etc / "nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n")
    _write(etc / "resolv.conf", "")
    lab = etc / "lab"
    keys = host_keys(plan, host)
    _write(lab / "sshd_config", _SSHD.format(address=host.address))
    shutil.copy(plan.keys / "ssh" / "client.pub", lab / "authorized_keys")
    shutil.copy(keys / "ssh_host_key", lab / "ssh_host_key")
    (lab / "ssh_host_key").chmod(0o600)

    authority = plan.keys / "authority" / "cert.pem"
    pki = etc / "pki"
    for folder in (pki / "CA", pki / "libvirt" / "private", pki / "qemu"):
        folder.mkdir(parents=True)
    shutil.copy(authority, pki / "CA" / "cacert.pem")
    shutil.copy(authority, pki / "qemu" / "ca-cert.pem")
    for role in ("server", "client"):
        shutil.copy(keys / "cert.pem", pki / "libvirt" / f"{role}cert.pem")
        shutil.copy(keys / "key.pem", pki / "libvirt" / "private" / f"{role}key.pem")
        shutil.copy(keys / "cert.pem", pki / "qemu" / f"{role}-cert.pem")
        shutil.copy(keys / "key.pem", pki / "qemu" / f"{role}-key.pem")


def _write_libvirt(host: HostPlan, tree: Path) -> None:
    libvirt = host.root / "libvirt"
    _write(libvirt / "libvirtd.conf", _LIBVIRTD.format(uuid=host.uuid, address=host.address))
    _write(libvirt / "qemu.conf", _QEMU)
    network = _NETWORK.format(uuid=host.uuid)
    networks = libvirt / "qemu" / "networks"
    _autostarted(networks, "/etc/libvirt/qemu/networks", "default", network)
    pools = {"default": "images"} | ({"small": "small"} if host.letter == "a" else {})
    for position, (name, folder) in enumerate(pools.items()):
        # An own id for each, derived so that it stays the same over restarts of the lab.
        pool_uuid = f"{host.uuid[:-2]}{position:02x}"
        xml = _POOL.format(name=name, uuid=pool_uuid, folder=folder)
        _autostarted(libvirt / "storage", "/etc/libvirt/storage", name, xml)
    # What newer ones prefer, nftables, needs more of a kernel than the one a test machine may have.
    _write(libvirt / "network.conf", 'firewall_backend = "iptables"\n')
    filters = tree / "usr/share/libvirt/nwfilter"
    if filters.is_dir():
        shutil.copytree(filters, libvirt / "nwfilter")


def write_host_files(plan: LabPlan, host: HostPlan, capabilities: Path, tree: Path) -> None:
    """A fresh folder at host.root. `capabilities` holds what an earlier libvirtd found out about QEMU here;
    libvirt checks each file and asks QEMU again where it does not fit. `tree` is the system that it runs."""
    for folder in ("run", "log/qemu", "cache/qemu", "lib/images", "lib/qemu", "lib/small"):
        (host.root / folder).mkdir(parents=True)
    _write_etc(plan, host)
    _write_libvirt(host, tree)
    if capabilities.is_dir():
        shutil.copytree(capabilities, host.root / "cache" / "qemu" / "capabilities")
    if host.letter == "a":
        image = host.root / "small.img"
        with image.open("wb") as file:
            file.truncate(SMALL_POOL_BYTES)
        subprocess.run(
            ["mke2fs", "-q", "-t", "ext4", "-m", "0", "-O", "^has_journal", str(image)],
            check=True,
            capture_output=True,
        )
