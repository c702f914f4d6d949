"""The lab itself: what other tests build on must hold, and nothing of it may stay behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually_blocking
from tests.lab.alpine_guest import LOGIN_PROMPT
from tests.lab.domain_xml import Disk, GuestSpec, TinyWords, Vnc
from tests.lab.installer_cd import INSTALLER_MEMORY_MIB, PAGE_BYTES, installer_cd
from tests.lab.lab import Lab, LabBusy, open_lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import MARKER, plan_lab
from tests.lab.sweep import members
from tests.lab.tiny_guest import PROMPT

PROJECT = Path(__file__).parents[2]
# Not of those that open_lab chooses from: this test wants to know exactly which lab it looks at.
CRASH_LAB_ID = 240
PERSONS_TEST_LAB_ID = 241


@pytest.mark.parametrize("kind", ["unix", "tcp", "tls", "ssh"])
def test_hosts_answer(lab_hosts: tuple[LabHost, ...], kind: str) -> None:
    for host in lab_hosts:
        with host.connect(getattr(host, f"{kind}_uri")) as connection:
            assert connection.getHostname() == host.name
            assert connection.getType() == "QEMU"


@pytest.mark.parametrize("kind", ["stranger_tls", "unknown_host_ssh", "wrong_key_ssh"])
def test_strangers_are_refused(host_a: LabHost, kind: str) -> None:
    with pytest.raises(libvirt.libvirtError):
        libvirt.open(getattr(host_a, f"{kind}_uri"))


@pytest.mark.parametrize(("typed", "right"), [("secret", True), ("wrong", False)])
def test_password_on_tcp(host_a: LabHost, typed: str, right: bool) -> None:
    def answer(credentials: list[list[object]], _: object) -> int:
        for credential in credentials:
            is_name = credential[0] == libvirt.VIR_CRED_AUTHNAME
            credential[4] = f"lab@{host_a.name}" if is_name else typed
        return 0

    auth = [[libvirt.VIR_CRED_AUTHNAME, libvirt.VIR_CRED_PASSPHRASE], answer, None]
    with host_a.password_on_tcp("lab", "secret"):
        if right:
            libvirt.openAuth(host_a.tcp_uri, auth, 0).close()
        else:
            with pytest.raises(libvirt.libvirtError, match="authentication failed"):
                libvirt.openAuth(host_a.tcp_uri, auth, 0)


def test_hosts_may_migrate_to_each_other(lab_hosts: tuple[LabHost, ...]) -> None:
    uuids = set()
    for host in lab_hosts:
        with host.connect() as connection:
            uuids.add(connection.getCapabilities().partition("<uuid>")[2].partition("</uuid>")[0])
        for other in lab_hosts:
            found = host.run(["getent", "hosts", other.name]).stdout.split()
            assert found[:2] == [other.address, other.name]
    assert uuids == {host.uuid for host in lab_hosts}
    assert len(uuids) == 3


def test_migration(lab: Lab, host_a: LabHost, host_b: LabHost) -> None:
    host_a.define_tiny("mover", start=True)
    host_a.wait_serial("mover")
    flags = libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_PEER2PEER | libvirt.VIR_MIGRATE_PERSIST_DEST
    flags |= libvirt.VIR_MIGRATE_UNDEFINE_SOURCE
    with host_a.connect() as connection:
        connection.lookupByName("mover").migrateToURI3(f"qemu+tcp://{host_b.name}/system", {}, flags)
    assert host_a.state("mover") is None
    assert host_b.state("mover") == libvirt.VIR_DOMAIN_RUNNING


def test_first_equipment(host_a: LabHost) -> None:
    with host_a.connect() as connection:
        assert {pool.name() for pool in connection.listAllStoragePools()} == {"default", "small"}
        assert all(pool.isActive() for pool in connection.listAllStoragePools())
        (network,) = connection.listAllNetworks()
        assert network.isActive()
        _, capacity, _, free = connection.storagePoolLookupByName("small").info()
        assert 40 << 20 < free < capacity < 65 << 20
        _, _, _, room = connection.storagePoolLookupByName("default").info()
        assert room > 1 << 30


def test_small_pool_gets_full(host_a: LabHost) -> None:
    with host_a.connect() as connection:
        pool = connection.storagePoolLookupByName("small")
        xml = "<volume><name>big</name><capacity unit='MiB'>{0}</capacity><allocation unit='MiB'>{0}</allocation>"
        with pytest.raises(libvirt.libvirtError, match="No space left"):
            pool.createXML(xml.format(80) + "<target><format type='raw'/></target></volume>")


def test_tiny_guest(host_a: LabHost) -> None:
    host_a.define_tiny("tiny", start=True, vnc=Vnc())
    host_a.wait_serial("tiny", PROMPT)
    host_a.wait_agent("tiny")
    assert host_a.agent("tiny", "guest-get-osinfo")["pretty-name"] == "Tiny Linux 1"

    with host_a.connect() as connection:
        domain = connection.lookupByName("tiny")
        eventually_blocking(
            lambda: domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE)
        )
        eventually_blocking(
            lambda: (
                "192.168.122."
                in str(domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT))
            ),
            timeout_s=20,
        )
        assert host_a.screenshot("tiny")[1]
        domain.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
        eventually_blocking(lambda: not domain.isActive(), timeout_s=20)


@pytest.mark.long
@pytest.mark.timeout(400)
def test_installer_cd(host_a: LabHost) -> None:
    disk = Disk(host_a.put_image(installer_cd()), "sda", "raw", "sata", "cdrom")
    memory = INSTALLER_MEMORY_MIB
    spec = GuestSpec("cd", memory_mib=memory, vcpus=2, boot_device="cdrom", disks=(disk,), vnc=Vnc())
    host_a.define(spec, start=True)
    page = host_a.wait_screen("cd", PAGE_BYTES, timeout_s=300)
    with host_a.connect() as connection:
        connection.lookupByName("cd").sendKey(libvirt.VIR_KEYCODE_SET_LINUX, 50, [108], 1)  # arrow down
    eventually_blocking(lambda: host_a.screenshot("cd")[1] != page, timeout_s=30)


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize("by_kernel", [True, False])
def test_alpine(host_a: LabHost, by_kernel: bool) -> None:
    host_a.define_alpine("alpine", start=True, by_kernel=by_kernel)
    host_a.wait_serial("alpine", LOGIN_PROMPT, timeout_s=300)
    with host_a.connect() as connection:
        domain = connection.lookupByName("alpine")
        domain.shutdown()
        eventually_blocking(lambda: not domain.isActive(), timeout_s=60)


def test_stubborn_guest_ignores_the_power_button(host_a: LabHost) -> None:
    host_a.define_tiny("stubborn", start=True, words=TinyWords(stubborn=True), network=None)
    host_a.wait_serial("stubborn", PROMPT)
    with host_a.connect() as connection:
        domain = connection.lookupByName("stubborn")
        domain.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
        with pytest.raises(AssertionError, match="was still"):
            eventually_blocking(lambda: not domain.isActive(), timeout_s=3)


def test_control_groups_and_shaping(host_a: LabHost) -> None:
    host_a.define_tiny("shaped", start=True)
    with host_a.connect() as connection:
        domain = connection.lookupByName("shaped")
        domain.setSchedulerParameters({"cpu_shares": 512})
        assert domain.schedulerParameters()["cpu_shares"] == 512
        number = domain.XMLDesc().partition("<target dev='vnet")[2].partition("'")[0]
        limits = {"inbound.average": 1000, "outbound.average": 2000}
        domain.setInterfaceParameters(f"vnet{number}", limits, 0)
        assert limits.items() <= domain.interfaceParameters(f"vnet{number}").items()


def test_daemon_can_be_stopped_killed_and_paused(host_a: LabHost) -> None:
    first = host_a.daemon_pid
    host_a.define_tiny("stays", start=True, network=None)
    host_a.stop_daemon()
    assert host_a.daemon_pid is None
    with pytest.raises(libvirt.libvirtError):
        libvirt.open(host_a.tcp_uri)
    host_a.start_daemon()
    second = host_a.daemon_pid
    host_a.kill_daemon()
    host_a.start_daemon()
    assert len({first, second, host_a.daemon_pid}) == 3
    assert host_a.state("stays") == libvirt.VIR_DOMAIN_RUNNING
    pid = host_a.daemon_pid
    host_a.pause_daemon()
    eventually_blocking(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    host_a.resume_daemon()
    with host_a.daemon_settings(max_queued=7), host_a.connect() as connection:
        assert connection.isAlive()


def test_crashed_host_comes_back(host_a: LabHost) -> None:
    host_a.define_tiny("lost", start=True, network=None)
    host_a.crash()
    assert not host_a.is_up
    host_a.start()
    assert host_a.state("lost") is None


def test_cut_network(host_a: LabHost) -> None:
    def answers() -> bool:
        with contextlib.suppress(OSError), socket.create_connection((host_a.address, 16509), timeout=1):
            return True
        return False

    assert answers()
    host_a.cut_network()
    assert not answers()
    host_a.mend_network()
    # A bridge's port needs a moment before it forwards.
    eventually_blocking(answers, 15)


def test_cleaning(lab: Lab) -> None:
    host = lab.host("a")
    pid = host.pid
    host.define_tiny("leftover", start=True, disks=())
    host.make_disk("leftover.qcow2")
    with host.connect() as connection:
        connection.networkDefineXML("<network><name>extra</name><bridge name='extra0'/></network>").create()
        connection.storagePoolLookupByName("default").destroy()
    host.kill_daemon()
    host.destroy_all()
    assert host.pid == pid
    with host.connect() as connection:
        assert connection.listAllDomains() == []
        assert [network.name() for network in connection.listAllNetworks()] == ["default"]
        assert connection.storagePoolLookupByName("default").listAllVolumes() == []
    assert list(host.images_path.iterdir()) == []


def _traces(lab_id: int) -> list[str]:
    """All that a lab could leave on the machine."""
    plan = plan_lab(lab_id)
    traces = [f"process {pid}" for pid in members(f"{lab_id}/")]
    traces += [str(path) for path in (plan.root, Path("/sys/class/net", plan.gateway_link)) if path.exists()]
    traces += [str(path) for path in Path("/sys/fs/cgroup").glob(f"**/{plan.cgroup}")]
    traces += [line for line in Path("/proc/self/mounts").read_text().splitlines() if str(plan.root) in line]
    for device in Path("/sys/block").glob("loop*/loop/backing_file"):
        with contextlib.suppress(OSError):
            if str(plan.root) in device.read_text():
                traces.append(str(device))
    return traces


def _system() -> tuple[set[str], set[str], set[str]]:
    """Network namespaces, network devices, and processes with a name as in a lab."""
    spaces, lab_processes = set(), set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            spaces.add(os.readlink(entry / "ns/net"))
            if (name := (entry / "comm").read_text().strip()) in {"libvirtd", "dnsmasq", "sshd"}:
                lab_processes.add(f"{name} {entry.name}")
    return spaces, set(os.listdir("/sys/class/net")), lab_processes


_OWNER = f"""
import sys, time
from tests.lab.lab import open_lab
lab = open_lab({CRASH_LAB_ID})
lab.host("a").define_tiny("orphan", start=True)
lab.host("b")
print("up", flush=True)
sys.stdin.readline()
lab.close()
"""


@pytest.fixture
def owner() -> Iterator[subprocess.Popen[str]]:
    """Another program with a lab of its own, two hosts and a guest."""
    command = [sys.executable, "-c", _OWNER]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    with process.stdout, process.stdin:
        try:
            assert process.stdout.readline() == "up\n"
            yield process
        finally:
            process.kill()
            process.wait()
    eventually_blocking(lambda: not _traces(CRASH_LAB_ID))


def test_nothing_stays_after_an_orderly_end(owner: subprocess.Popen[str]) -> None:
    assert _traces(CRASH_LAB_ID)
    with pytest.raises(LabBusy):
        open_lab(CRASH_LAB_ID)
    assert owner.stdin is not None
    owner.stdin.write("\n")
    owner.stdin.flush()
    assert owner.wait(30) == 0
    assert _traces(CRASH_LAB_ID) == []


def test_nothing_stays_after_a_crash(owner: subprocess.Popen[str]) -> None:
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    eventually_blocking(lambda: not _traces(CRASH_LAB_ID), timeout_s=15)


def test_leftovers_of_a_lab_whose_guard_died_too() -> None:
    """As after a power cut in the wrong moment: the next lab of the number finds and removes them."""
    before = _system()
    orphan = subprocess.Popen(
        ["unshare", "--net", "sleep", "1000"], env={**os.environ, MARKER: f"{CRASH_LAB_ID}/host-a"}
    )
    root = plan_lab(CRASH_LAB_ID).root
    (root / "host-a" / "lib").mkdir(parents=True)
    open_lab(CRASH_LAB_ID).close()
    assert orphan.wait(10) == -signal.SIGKILL
    assert _traces(CRASH_LAB_ID) == []
    eventually_blocking(lambda: _system() == before)


def _lab_command(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.lab", "--id", str(PERSONS_TEST_LAB_ID), *words]
    return subprocess.run(command, cwd=PROJECT, check=False, capture_output=True, text=True, timeout=100)


def test_by_hand() -> None:
    try:
        started = time.monotonic()
        up = _lab_command("up", "--no-media")
        assert up.returncode == 0, up.stderr
        assert "qemu+tcp://10.77.241.13/system" in up.stdout
        assert time.monotonic() - started < 30
        assert "host-b" in _lab_command("status").stdout
        again = _lab_command("up", "--no-media")
        assert again.returncode == 0
        assert "already" in again.stdout
        with pytest.raises(LabBusy):
            open_lab(PERSONS_TEST_LAB_ID)
    finally:
        down = _lab_command("down")
    assert down.returncode == 0, down.stderr
    assert _traces(PERSONS_TEST_LAB_ID) == []
    assert "no lab" in _lab_command("status").stdout
