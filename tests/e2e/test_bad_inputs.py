"""What goes wrong outside the program: each is said clearly where it belongs, nothing is lost, it lives on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.e2e import wizard
from tests.e2e.desktop import Desktop
from tests.e2e.host_state import host_state
from tests.e2e.program import Program
from tests.helpers.waiting import eventually_blocking
from tests.lab.installer_cd import ipxe_cd
from tests.lab.lab_host import LabHost

WITHOUT_OVERRIDE = "-dac_override,-dac_read_search"


@pytest.fixture
def program(screen: Desktop, host_a: LabHost) -> Iterator[Program]:
    """Connected to host-a over the network, its acceleration examined."""
    with screen.program("--connect", host_a.tcp_uri) as one:
        one.maximize()
        one.wait_row(", Connected")
        yield one


# Connecting -----------------------------------------------------------------------------------------------


def test_daemon_that_does_not_run(screen: Desktop, host_b: LabHost) -> None:
    host_b.stop_daemon()
    with screen.program("--connect", host_b.unix_uri) as program:
        program.wait_row(", Unreachable")
        program.select("qemu system")
        program.wait_text("libvirt does not run on this computer")
        program.wait_text("systemctl enable --now libvirtd")
        program.find("Retry now", "push button")
        # Nobody has to press it: a host that is back is noticed.
        host_b.start_daemon()
        program.wait_row(", Connected")
        program.wait_gone("Retry now", "push button")
        # What went wrong last is still told, with its age; what to do about it is not.
        assert program.says("systemctl enable --now libvirtd") is None


def test_wrong_addresses(screen: Desktop, host_b: LabHost) -> None:
    nobody = host_b.address.rpartition(".")[0] + ".99"
    with screen.program() as program:
        program.press("Connect to a host", "push button")
        program.choose("Where", "An address of my own")
        program.fill("Address (URI)", "no such thing")
        program.wait_text("libvirt does not understand this address")
        program.wait_enabled("Connect", "push button", enabled=False)
        # Understood, but no such kind of hypervisor.
        program.fill("Address (URI)", "nosuch:///system")
        program.fill("Name in the list", "nobody")
        program.press("Connect", "push button")
        program.find("Keep it in the list anyway")
        assert not program.says("Traceback")
        # A right address where nobody answers.
        program.choose("Where", "Another computer, through TCP")
        program.fill("Host name or address", "no/host")
        program.wait_text("This is no host name or address")
        program.fill("Host name or address", nobody)
        program.press("Connect", "push button")
        program.wait_text("There is no way to|did not answer")
        program.wait_text("Check your network")
        # What was typed is still there to be mended.
        program.find_text("Host name or address", nobody)
        program.fill("Host name or address", host_b.address)
        program.press("Connect", "push button")
        program.wait_row(", Connected")
        program.wait_gone("Connect to a host", "dialog", starts=True)


def test_without_permission(screen: Desktop, host_b: LabHost) -> None:
    socket = host_b.plan.socket
    mode = socket.stat().st_mode
    socket.chmod(0)
    try:
        # Root without the right to pass over permissions: as an ordinary user who is not in the group.
        bound = ["setpriv", f"--bounding-set={WITHOUT_OVERRIDE}", f"--inh-caps={WITHOUT_OVERRIDE}", "--"]
        with screen.program("--connect", host_b.unix_uri, inside=bound) as program:
            program.select("qemu system")
            program.wait_text("you are not allowed to use libvirt")
            program.wait_text("usermod -aG libvirt")
            socket.chmod(mode)
            program.press("Retry now", "push button")
            program.wait_row(", Connected")
    finally:
        socket.chmod(mode)


def test_stranger_is_refused_by_ssh(screen: Desktop, host_b: LabHost) -> None:
    with screen.program("--connect", host_b.wrong_key_ssh_uri) as program:
        # The lab's way there is a program of its own: whoever is handed such an address is asked first.
        program.find(f"Change {host_b.address}", "dialog", starts=True)
        program.wait_text("^Starts a program here that the address names")
        program.press("Connect", "push button")
        program.wait_text("did not accept the user name, password or key")
        program.wait_text("A key must stand in authorized_keys")
        program.press("Keep it in the list anyway", "push button")
        program.wait_gone(f"Change {host_b.address}", "dialog", starts=True)
        program.select(host_b.address)
        program.find("Retry now", "push button")
        program.wait_text("did not accept the user name, password or key")


# Making a machine -----------------------------------------------------------------------------------------


def test_files_that_are_no_media(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "readme.iso"
    text.write_text("no CD at all\n" * 500)
    empty = tmp_path / "empty.iso"
    empty.touch()
    packed = tmp_path / "disk.qcow2"
    packed.write_bytes(b"\x1f\x8b\x08" + bytes(4096))
    torn = tmp_path / "torn.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(torn), "1G"], check=True)
    with torn.open("r+b") as file:
        file.seek(4)
        file.write(b"\xff" * 60)
    wizard.open_wizard(program)
    for path, words in (
        (tmp_path / "nowhere.iso", "^There is no file"),
        (tmp_path, "is not a file"),
        (empty, "^The file is empty"),
    ):
        wizard.choose_cd(program, path)
        program.wait_text(words)
        program.wait_enabled("Next", "push button", enabled=False)
        program.wait_enabled("Create", "push button", enabled=False)
    wizard.choose_cd(program, text)
    program.wait_text("This does not look like a CD image")
    for path, words in ((packed, "^The file is compressed"), (torn, "^The file is broken")):
        wizard.choose_disk(program, path)
        program.wait_text(words)
        program.wait_enabled("Create", "push button", enabled=False)
    # Going on with a right one.
    wizard.choose_cd(program, ipxe_cd())
    program.wait_text("^The file can be used")
    program.wait_enabled("Create", "push button")
    program.press("Cancel", "push button")


def test_pool_too_small(program: Program, host_a: LabHost, tmp_path: Path) -> None:
    before = host_state(host_a)
    image = tmp_path / "forty.raw"
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "raw", "-o", "preallocation=full", image, "40M"], check=True
    )
    large = tmp_path / "large.raw"
    subprocess.run(["qemu-img", "create", "-q", "-f", "raw", large, "400M"], check=True)
    wizard.open_wizard(program)
    wizard.choose_disk(program, large)
    program.choose("Copy it to pool", "small")
    program.wait_text("does not fit into storage pool “small”")
    program.wait_enabled("Create", "push button", enabled=False)
    wizard.choose_disk(program, image)
    program.wait_enabled("Create", "push button")
    wizard.name_it(program, "crammed", start=False)
    # Somebody else is faster.
    host_a.run(["dd", "if=/dev/zero", f"of={host_a.small_dir}/theirs", "bs=1M", "count=40"], check=False)
    wizard.create(program)
    program.wait_text("crammed.* not enough room|not enough room.*crammed")
    program.wait_text("Free some disk space")
    host_a.run(["rm", f"{host_a.small_dir}/theirs"])
    assert host_state(host_a) == before


def test_names(program: Program, host_a: LabHost) -> None:
    host_a.define_tiny("taken")
    program.wait_row("^taken, ")
    wizard.open_wizard(program)
    program.click("Nothing yet", "radio button")
    wizard.name_it(program, "taken", start=False)
    program.wait_text("^A machine named “taken” is on this host already")
    program.fill("Name", "a/b")
    program.wait_text("^A name cannot contain “/”")
    program.fill("Name", "x" * 300)
    program.wait_text("too long")
    program.wait_enabled("Create", "push button", enabled=False)
    # What is strange but allowed works, and is shown as it was typed.
    strange = "ñandú & <b>fast<i> 'n' \"safe\", $(id) %s"
    program.fill("Name", strange)
    wizard.create(program)
    program.wait_row("^ñandú & <b>fast<i>")
    with host_a.connect() as connection:
        assert connection.lookupByName(strange)
    program.select("ñandú & <b>fast<i> 'n' \"safe\"")
    program.find(strange, "label")
    program.menu("Virtual machine", "Delete…")
    program.press("Delete with", "push button", starts=True)
    program.wait_gone("ñandú", "table cell", starts=True)
    # Its disk goes after it.
    program.wait_text("^No jobs under way")
    assert {name for name in host_state(host_a).volumes if "taken" not in name} == set()


# Behind our back ------------------------------------------------------------------------------------------


def test_machine_deleted_behind_our_back(program: Program, host_a: LabHost) -> None:
    host_a.define_tiny("mayfly")
    host_a.define_tiny("stays")
    program.wait_row("^mayfly, ")
    program.select("mayfly")
    program.menu("Virtual machine", "Delete…")
    program.find("Delete mayfly?", "dialog", starts=True)
    with host_a.connect() as connection:
        connection.lookupByName("mayfly").undefine()
    program.wait_gone("mayfly, ", "table cell", starts=True)
    program.press("Delete", "push button", starts=True)
    program.wait_gone("Delete mayfly?", "dialog", starts=True)
    # Said, wherever; the other machine is untouched.
    program.wait_text("no longer there|not there any more|changed")
    program.wait_row("^stays, Off")
    assert host_a.state("stays") == libvirt.VIR_DOMAIN_SHUTOFF


def test_daemon_killed_while_creating(program: Program, host_a: LabHost, tmp_path: Path) -> None:
    before = host_state(host_a)
    image = tmp_path / "slow.raw"
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "raw", "-o", "preallocation=full", image, "1500M"], check=True
    )
    wizard.open_wizard(program)
    wizard.choose_disk(program, image)
    program.choose("Copy it to pool", "default")
    wizard.name_it(program, "halfway", start=False)
    wizard.create(program)
    program.wait_text("^Creating halfway.* %")
    host_a.kill_daemon()
    program.wait_row(", Unreachable")
    host_a.start_daemon()
    program.wait_text("halfway could not be created")
    program.wait_row(", Connected")
    # Nothing half-made is left, and it works the second time.
    eventually_blocking(lambda: host_state(host_a) == before)
    program.press("Try this job again", "push button")
    program.wait_row("^halfway, Off")


def test_acceleration_that_lies(program: Program) -> None:
    program.select(program.wait_row(", Connected").partition(",")[0])
    program.wait_text("Acceleration: Does not work")
    program.wait_text("guests hang on it. New guests are emulated instead")
    wizard.open_wizard(program)
    program.click("Nothing yet", "radio button")
    wizard.go_to(program, "Summary")
    program.wait_text("emulated")
    program.wait_text(wizard.KVM_NOTICE)
    program.press("Cancel", "push button")
