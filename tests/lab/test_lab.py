"""The lab itself: what other tests build on must hold, and nothing of it may stay behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually_blocking
from tests.lab.alpine_guest import LOGIN_PROMPT
from tests.lab.domain_xml import Disk, GuestSpec, TinyWords, Vnc
from tests.lab.generations import every_generation
from tests.lab.installer_cd import INSTALLER_MEMORY_MIB, PAGE_BYTES, installer_cd
from tests.lab.lab import Lab, LabBusy, open_lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import MARKER, plan_lab, spare_lab_ids
from tests.lab.tiny_guest import PROMPT
from tests.lab.traces import lab_command, traces

PROJECT = Path(__file__).parents[2]


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


@every_generation
def test_tiny_guest(lab_host: LabHost) -> None:
    lab_host.define_tiny("tiny", start=True, vnc=Vnc())
    lab_host.wait_serial("tiny", PROMPT)
    lab_host.wait_agent("tiny")
    assert lab_host.agent("tiny", "guest-get-osinfo")["pretty-name"] == "Tiny Linux 1"

    with lab_host.connect() as connection:
        domain = connection.lookupByName("tiny")
        eventually_blocking(
            lambda: domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE)
        )
        eventually_blocking(
            lambda: (
                "192.168.122."
                in str(domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT))
            ),
        )
        assert lab_host.screenshot("tiny")[1]
        domain.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
        eventually_blocking(lambda: not domain.isActive())


# An emulated installer beside programs that keep all processors: minutes are no hang.
@pytest.mark.long
@pytest.mark.timeout(2000)
def test_installer_cd(host_a: LabHost) -> None:
    disk = Disk(host_a.put_image(installer_cd()), "sda", "raw", "sata", "cdrom")
    memory = INSTALLER_MEMORY_MIB
    spec = GuestSpec("cd", memory_mib=memory, vcpus=2, boot_device="cdrom", disks=(disk,), vnc=Vnc())
    host_a.define(spec, start=True)
    page = host_a.wait_screen("cd", PAGE_BYTES, timeout_s=1500)
    with host_a.connect() as connection:
        connection.lookupByName("cd").sendKey(libvirt.VIR_KEYCODE_SET_LINUX, 50, [108], 1)  # arrow down
    eventually_blocking(lambda: host_a.screenshot("cd")[1] != page)


@pytest.mark.long
@pytest.mark.timeout(2000)
@pytest.mark.parametrize("by_kernel", [True, False])
def test_alpine(host_a: LabHost, by_kernel: bool) -> None:
    host_a.define_alpine("alpine", start=True, by_kernel=by_kernel)
    host_a.wait_serial("alpine", LOGIN_PROMPT, timeout_s=1500)
    with host_a.connect() as connection:
        domain = connection.lookupByName("alpine")
        domain.shutdown()
        eventually_blocking(lambda: not domain.isActive())


def test_stubborn_guest_ignores_the_power_button(host_a: LabHost) -> None:
    host_a.define_tiny("stubborn", start=True, words=TinyWords(stubborn=True), network=None)
    host_a.wait_serial("stubborn", PROMPT)
    with host_a.connect() as connection:
        stubborn = connection.lookupByName("stubborn")
        stubborn.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
        # Another one starts, hears its own button and ends: by then this one would have ended long since.
        host_a.define_tiny("willing", start=True, network=None)
        host_a.wait_serial("willing", PROMPT)
        willing = connection.lookupByName("willing")
        willing.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
        eventually_blocking(lambda: not willing.isActive())
        assert stubborn.isActive()


@every_generation
def test_control_groups_and_shaping(lab_host: LabHost) -> None:
    lab_host.define_tiny("shaped", start=True)
    with lab_host.connect() as connection:
        domain = connection.lookupByName("shaped")
        domain.setSchedulerParameters({"cpu_shares": 512})
        assert domain.schedulerParameters()["cpu_shares"] == 512
        number = domain.XMLDesc().partition("<target dev='vnet")[2].partition("'")[0]
        limits = {"inbound.average": 1000, "outbound.average": 2000}
        domain.setInterfaceParameters(f"vnet{number}", limits, 0)
        assert limits.items() <= domain.interfaceParameters(f"vnet{number}").items()


@every_generation
def test_daemon_can_be_stopped_killed_and_paused(lab_host: LabHost) -> None:
    first = lab_host.daemon_pid
    lab_host.define_tiny("stays", start=True, network=None)
    lab_host.stop_daemon()
    assert lab_host.daemon_pid is None
    with pytest.raises(libvirt.libvirtError):
        libvirt.open(lab_host.tcp_uri)
    lab_host.start_daemon()
    second = lab_host.daemon_pid
    lab_host.kill_daemon()
    lab_host.start_daemon()
    assert len({first, second, lab_host.daemon_pid}) == 3
    assert lab_host.state("stays") == libvirt.VIR_DOMAIN_RUNNING
    pid = lab_host.daemon_pid
    lab_host.pause_daemon()
    eventually_blocking(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    lab_host.resume_daemon()
    with lab_host.daemon_settings(max_queued=7), lab_host.connect() as connection:
        assert connection.isAlive()


@every_generation
def test_crashed_host_comes_back(lab_host: LabHost) -> None:
    lab_host.define_tiny("lost", start=True, network=None)
    lab_host.crash()
    assert not lab_host.is_up
    lab_host.start()
    assert lab_host.state("lost") is None


@every_generation
def test_cut_network(lab_host: LabHost) -> None:
    def answers() -> bool:
        with contextlib.suppress(OSError), socket.create_connection((lab_host.address, 16509), timeout=1):
            return True
        return False

    assert answers()
    lab_host.cut_network()
    assert not answers()
    lab_host.mend_network()
    # A bridge's port needs a moment before it forwards.
    eventually_blocking(answers)


@every_generation
def test_cleaning(lab_host: LabHost) -> None:
    host = lab_host
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


def _processes_in(space: str) -> set[str]:
    """The processes in a network namespace; its number is given to the next one once it is gone."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(entry / "ns/net") == space:
                found.add(entry.name)
    return found


_OWNER = """
import sys, time
from tests.lab.lab import open_lab
lab = open_lab(int(sys.argv[1]))
lab.host("a").define_tiny("orphan", start=True)
lab.host("c").define_tiny("orphan", start=True)
print("up", flush=True)
sys.stdin.readline()
lab.close()
"""


@pytest.fixture
def second_lab_id(lab: Lab) -> int:
    """Of a lab besides that of all tests; not of those that open_lab chooses from, and no other run's."""
    return spare_lab_ids(lab.plan.lab_id)[0]


@pytest.fixture
def owner(second_lab_id: int, host_c: LabHost) -> Iterator[subprocess.Popen[str]]:
    """Another program with a lab of its own, two hosts and their guests."""
    command = [sys.executable, "-c", _OWNER, str(second_lab_id)]
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
    eventually_blocking(lambda: not traces(second_lab_id))


def test_nothing_stays_after_an_orderly_end(owner: subprocess.Popen[str], second_lab_id: int) -> None:
    assert traces(second_lab_id)
    with pytest.raises(LabBusy):
        open_lab(second_lab_id)
    assert owner.stdin is not None
    owner.stdin.write("\n")
    owner.stdin.flush()
    assert owner.wait(60) == 0
    assert traces(second_lab_id) == []


def test_nothing_stays_after_a_crash(owner: subprocess.Popen[str], second_lab_id: int) -> None:
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    eventually_blocking(lambda: not traces(second_lab_id))


def test_leftovers_of_a_lab_whose_guard_died_too(second_lab_id: int) -> None:
    """As after a power cut in the wrong moment: the next lab of the number finds and removes them."""
    orphan = subprocess.Popen(
        ["unshare", "--net", "sh", "-c", "echo there && exec sleep 1000"],
        env={**os.environ, MARKER: f"{second_lab_id}/host-a"},
        stdout=subprocess.PIPE,
    )
    assert orphan.stdout is not None
    with orphan.stdout as output:
        assert output.readline() == b"there\n"
    space = os.readlink(f"/proc/{orphan.pid}/ns/net")
    inside = _processes_in(space)
    root = plan_lab(second_lab_id).root
    (root / "host-a" / "lib").mkdir(parents=True)
    open_lab(second_lab_id).close()
    assert orphan.wait(60) == -signal.SIGKILL
    assert traces(second_lab_id) == []
    assert str(orphan.pid) in inside
    assert not inside & _processes_in(space)


@every_generation
def test_locks_of_serial_lines_are_each_host_s_own(lab_host: LabHost) -> None:
    """An emulator that is killed leaves them: on the machine they would stand in the way of others for ever."""

    def folder(*enter: str) -> str:
        command = [*enter, "stat", "--dereference", "--format=%d %i", "/var/lock/"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert folder(*lab_host.command([])) != folder()
    lab_host.define_tiny("locked", start=True)
    with lab_host.connect() as connection:
        stream = connection.newStream()
        connection.lookupByName("locked").openConsole(None, stream, 0)
        assert "LCK.." in lab_host.run(["ls", "/var/lock/"]).stdout
        lab_host.run(["sh", "-c", "kill -9 $(cat /run/libvirt/qemu/locked.pid)"])
        with contextlib.suppress(libvirt.libvirtError):  # its end may have come first
            stream.abort()
    lab_host.destroy_all()
    assert "LCK.." not in lab_host.run(["ls", "/var/lock/"]).stdout


# Skipped with their words where a release is not to be had here.
@pytest.mark.usefixtures("host_c", "lab_host")
@pytest.mark.parametrize(
    ("lab_host", "words", "letters"),
    [
        pytest.param("c", (), "abc", id="host-c"),
        pytest.param("d", ("--testing",), "abcd", id="host-d", marks=pytest.mark.long),
    ],
    indirect=["lab_host"],
)
def test_by_hand(lab: Lab, words: tuple[str, ...], letters: str) -> None:
    lab_id = spare_lab_ids(lab.plan.lab_id)[1]
    try:
        up = lab_command(lab_id, "up", "--no-media", *words)
        assert up.returncode == 0, up.stderr
        for number in range(11, 11 + len(letters)):
            assert f"qemu+tcp://10.77.{lab_id}.{number}/system" in up.stdout
        status = lab_command(lab_id, "status").stdout
        assert [letter for letter in "abcd" if f"host-{letter}" in status] == [*letters]
        again = lab_command(lab_id, "up", "--no-media")
        assert again.returncode == 0
        assert "already" in again.stdout
        with pytest.raises(LabBusy):
            open_lab(lab_id)
    finally:
        down = lab_command(lab_id, "down")
    assert down.returncode == 0, down.stderr
    assert traces(lab_id) == []
    assert "no lab" in lab_command(lab_id, "status").stdout
