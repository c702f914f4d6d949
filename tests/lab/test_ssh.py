"""qemu+ssh against real sshds: who is asked what, how often anybody logs in, and what is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.helpers.loop_gaps import Stopwatch
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.ssh_daemon import PASSWORD, PORT, SshDaemon, ssh_daemon, ssh_processes
from vmgui.commands.uri_form import HostForm, Way, build, spread
from vmgui.hypervisor.domains import list_domains
from vmgui.hypervisor.lanes import SHORT, SLOW
from vmgui.hypervisor.session import Session
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import AuthCancelled, AuthFailed, HostKeyRejected, VmguiError
from vmgui.model.host import HostConfig, HostState
from vmgui.model.ssh import SshPromptKind
from vmgui.policy.diagnosis import diagnose
from vmgui.services.background import in_thread
from vmgui.services.ssh import SshAnswer, SshLogins, SshQuestion
from vmgui.services.supervisor import SHUT_OUT_DELAY_S


class Person:
    """Answers by the kind of question; None gives up, a missing kind never answers."""

    def __init__(self, **says: str | None) -> None:
        self.says: dict[str, list[str | None]] = {kind: [text] for kind, text in says.items()}
        self.asked: list[SshQuestion] = []
        self.is_asked_now = False

    @property
    def kinds(self) -> list[SshPromptKind]:
        return [question.prompt.kind for question in self.asked]

    async def ask(self, question: SshQuestion) -> SshAnswer | None:
        self.asked.append(question)
        answers = self.says.get(question.prompt.kind.value)
        if answers is None:
            self.is_asked_now = True
            try:
                await asyncio.Event().wait()
            finally:
                self.is_asked_now = False
        assert answers is not None
        text = answers.pop(0) if len(answers) > 1 else answers[0]
        return SshAnswer(text) if text is not None else None


@pytest.fixture
def daemon(lab: Lab, lab_host: LabHost, tmp_path: Path) -> Iterator[SshDaemon]:
    with ssh_daemon(lab_host, lab.plan.keys, tmp_path) as made:
        yield made


@pytest.fixture
def sockets() -> Iterator[Path]:
    # pytest's own folders are too deep for a socket.
    folder = Path(f"/tmp/vmgui-lab-ssh-{os.getpid()}")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def agent() -> Iterator[str]:
    """The socket of an agent without keys."""
    socket = Path(f"/tmp/vmgui-agent-{os.getpid()}")
    # -D: stays our child.
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield str(socket)
        process.terminate()
    socket.unlink(missing_ok=True)


@pytest.fixture
async def world(event_loop: object, sockets: Path) -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()
    await eventually(lambda: not ssh_processes(sockets))


def use(world: World, daemon: SshDaemon, sockets: Path, person: Person, *options: str) -> None:
    world.hosts.ssh = SshLogins(bases=[sockets], program=daemon.program(*options))
    world.hosts.ssh.ask = person.ask


async def refusal(world: World, uri: str) -> VmguiError:
    with pytest.raises(VmguiError) as caught:
        await world.hosts.test(HostConfig("h1", "h", uri))
    return caught.value


@every_generation
async def test_one_login_however_many_connections(world: World, daemon: SshDaemon, sockets: Path) -> None:
    person = Person(password=PASSWORD)
    use(world, daemon, sockets, person)
    world.add(daemon.uri)
    await world.connected()
    connection = world.hosts.connection("h1")
    calls = [connection.run(list_domains, "h1", lane=lane) for lane in (SHORT, SLOW) * 20]
    assert await asyncio.gather(*calls) == [()] * 40
    assert daemon.logins == 1
    assert person.kinds == [SshPromptKind.PASSWORD]
    world.hosts.disconnect("h1")
    await eventually(lambda: daemon.logouts == 1 and not ssh_processes(sockets))
    # The next time nobody is asked: it was right.
    world.hosts.connect("h1")
    await world.connected()
    assert (daemon.logins, len(person.asked)) == (2, 1)


@every_generation
async def test_a_lost_connection_comes_back_without_a_question(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    person = Person(password=PASSWORD)
    use(world, daemon, sockets, person)
    world.add(daemon.uri)
    await world.connected()
    await in_thread(daemon.host.restart_daemon)
    await eventually(lambda: world.host().state is not HostState.CONNECTED)
    world.hosts.retry_now("h1")
    await world.connected()
    assert len(person.asked) == 1
    # Every try logs in anew, also those that come while the daemon is still starting.
    assert daemon.logins >= 2


async def test_a_wrong_password_is_asked_again(world: World, daemon: SshDaemon, sockets: Path) -> None:
    person = Person()
    person.says["password"] = ["wrong", PASSWORD]
    use(world, daemon, sockets, person)
    await world.hosts.test(HostConfig("h1", "h", daemon.uri))
    assert [question.was_wrong for question in person.asked] == [False, True]


async def test_a_password_that_stays_wrong(world: World, daemon: SshDaemon, sockets: Path) -> None:
    use(world, daemon, sockets, Person(password="x" + PASSWORD))
    error = await refusal(world, daemon.uri)
    assert isinstance(error, AuthFailed)
    assert diagnose(error, daemon.uri) is Diagnosis.SSH_REFUSED


async def test_a_key_with_a_passphrase_serves_two_hosts(
    world: World, daemon: SshDaemon, sockets: Path, host_a: LabHost
) -> None:
    key = daemon.key_with_passphrase(PASSWORD)
    person = Person(passphrase=PASSWORD)
    use(world, daemon, sockets, person)
    world.add(f"qemu+ssh://root@{host_a.address}/system?keyfile={key}", "one")
    world.add(f"{daemon.uri}?keyfile={key}", "two")
    await world.connected("one")
    await world.connected("two")
    assert person.kinds == [SshPromptKind.PASSPHRASE]
    assert person.asked[0].prompt.subject == str(key)


async def test_an_unknown_host_is_shown_and_then_known(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    daemon.known.write_text("")
    person = Person(host_key="yes", password=PASSWORD)
    use(world, daemon, sockets, person)
    await world.hosts.test(HostConfig("h1", "h", daemon.uri))
    assert person.kinds == [SshPromptKind.HOST_KEY, SshPromptKind.PASSWORD]
    shown = daemon.host.run(["ssh-keygen", "-lf", "/etc/lab/ssh_host_key"]).stdout
    assert person.asked[0].prompt.fingerprint in shown.split()
    await world.hosts.test(HostConfig("h1", "h", daemon.uri))
    assert person.kinds.count(SshPromptKind.HOST_KEY) == 1


async def test_an_unknown_host_that_is_not_trusted(world: World, daemon: SshDaemon, sockets: Path) -> None:
    daemon.known.write_text("")
    person = Person(host_key=None)
    use(world, daemon, sockets, person)
    error = await refusal(world, daemon.uri)
    assert isinstance(error, AuthCancelled)
    assert daemon.known.read_text() == ""
    assert daemon.logins == 0


async def test_known_hosts_only_is_respected(world: World, daemon: SshDaemon, sockets: Path) -> None:
    daemon.known.write_text("")
    person = Person()
    use(world, daemon, sockets, person, "-o", "StrictHostKeyChecking=yes")
    error = await refusal(world, daemon.uri)
    assert diagnose(error, daemon.uri) is Diagnosis.HOST_KEY_UNKNOWN
    assert person.asked == []


async def test_a_changed_host_key_is_refused_without_a_question(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    daemon.know("stranger")
    person = Person(password=PASSWORD)
    use(world, daemon, sockets, person)
    error = await refusal(world, daemon.uri)
    assert isinstance(error, HostKeyRejected)
    assert diagnose(error, daemon.uri) is Diagnosis.HOST_KEY_CHANGED
    assert "ssh-keygen -f" in error.detail
    assert person.asked == []


async def test_a_key_that_is_not_accepted(
    world: World, daemon: SshDaemon, sockets: Path, lab: Lab, host_a: LabHost
) -> None:
    use(world, daemon, sockets, Person())
    uri = f"qemu+ssh://root@{host_a.address}/system?keyfile={lab.plan.keys}/ssh/stranger"
    assert diagnose(await refusal(world, uri), uri) is Diagnosis.SSH_REFUSED
    uri = f"qemu+ssh://root@{host_a.address}/system?keyfile=/nowhere/key"
    assert diagnose(await refusal(world, uri), uri) is Diagnosis.KEY_FILE_MISSING


async def test_who_is_not_in_the_group(world: World, daemon: SshDaemon, sockets: Path) -> None:
    use(world, daemon, sockets, Person(password=PASSWORD))
    error = await refusal(world, daemon.stranger_uri)
    assert diagnose(error, daemon.stranger_uri) is Diagnosis.NO_PERMISSION


async def test_libvirt_is_not_there(world: World, daemon: SshDaemon, sockets: Path) -> None:
    use(world, daemon, sockets, Person(password=PASSWORD))
    # The lab's hosts have no netcat.
    uri = f"{daemon.uri}?proxy=netcat"
    assert diagnose(await refusal(world, uri), uri) is Diagnosis.LIBVIRT_MISSING
    await in_thread(daemon.host.stop_daemon)
    assert diagnose(await refusal(world, daemon.uri), daemon.uri) is Diagnosis.LIBVIRT_STOPPED


async def test_nobody_is_there(world: World, daemon: SshDaemon, sockets: Path, host_a: LabHost) -> None:
    use(world, daemon, sockets, Person())
    for server, found in (
        (f"{host_a.address}:2299", Diagnosis.REFUSED),
        ("no-such-host.invalid", Diagnosis.NAME_NOT_FOUND),
        (f"{host_a.address}:16509", Diagnosis.WRONG_SERVICE),
    ):
        uri = f"qemu+ssh://root@{server}/system"
        assert diagnose(await refusal(world, uri), uri) is found


def address_of_interface(host: LabHost) -> str:
    """The host's link-local address as this computer reaches it: with the interface of ours."""
    inside = ["ip", "-j", "-6", "address", "show", "dev", "eth0", "scope", "link"]
    address = json.loads(host.run(inside).stdout)[0]["addr_info"][0]["local"]
    route = subprocess.run(["ip", "-j", "route", "get", host.address], check=True, capture_output=True)
    return f"{address}%{json.loads(route.stdout)[0]['dev']}"


def is_heard(address: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((address, PORT), timeout=5):
        return True
    return False


async def test_an_address_of_an_interface_leads_to_the_host(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    address = await in_thread(address_of_interface, host_a)
    uri = build(spread(HostForm(Way.SSH, f"root@[{address}]:{PORT}")))
    with ssh_daemon(host_a, lab.plan.keys, tmp_path, f"ListenAddress [::]:{PORT}") as daemon:
        # A new interface's own address is not to be used for a moment (duplicate address detection).
        await eventually(lambda: is_heard(address))
        person = Person(password=PASSWORD, host_key="yes")
        use(world, daemon, sockets, person)
        await world.hosts.test(HostConfig("h1", "h", uri))
        assert person.kinds == [SshPromptKind.HOST_KEY, SshPromptKind.PASSWORD]
        assert f"[{address}]:{PORT}" in daemon.known.read_text()


async def test_a_host_that_lets_nobody_begin_is_left_alone_for_a_while(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    with (
        ssh_daemon(host_a, lab.plan.keys, tmp_path, "MaxStartups 1") as daemon,
        socket.create_connection((host_a.address, PORT)) as another,
    ):
        # Somebody has begun to log in, and takes all the room there is.
        assert another.recv(4) == b"SSH-"
        use(world, daemon, sockets, Person(password=PASSWORD))
        world.add(daemon.uri)
        await eventually(lambda: world.host().state is HostState.UNREACHABLE)
        health = world.host().health
        assert health.error is not None
        assert "kex_exchange_identification" in str(health.error)
        assert diagnose(health.error, daemon.uri) is Diagnosis.SHUT_OUT
        assert health.retry_at_s - health.failed_s > SHUT_OUT_DELAY_S / 2
        another.close()
        world.hosts.retry_now("h1")
        await world.connected()


async def test_giving_up_while_asked_ends_everything_at_once(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    person = Person()
    use(world, daemon, sockets, person)
    world.add(daemon.uri)
    await eventually(lambda: person.is_asked_now)
    assert ssh_processes(sockets)
    clock = Stopwatch()
    world.hosts.disconnect("h1")
    # Nobody answers the question any more: without an end made at once both would wait for ever.
    await eventually(lambda: not person.is_asked_now and not ssh_processes(sockets))
    clock.record("giving up a login")
    assert world.host().state is HostState.DISCONNECTED


async def test_one_that_was_asked_and_says_no_waits_for_the_person(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    use(world, daemon, sockets, Person(password=None))
    world.add(daemon.uri)
    await world.state(HostState.REFUSED)
    assert isinstance(world.host().error, AuthCancelled)


async def test_what_a_killed_program_left_is_logged_out(
    world: World, daemon: SshDaemon, sockets: Path
) -> None:
    person = Person(password=PASSWORD)
    use(world, daemon, sockets, person)
    world.add(daemon.uri)
    await world.connected()
    # As if the program had been killed: the lock is free, master and directory are there.
    places = world.hosts.ssh.places
    assert places._lock_file is not None
    os.close(places._lock_file)
    places._lock_file = None
    other = SshLogins(bases=[sockets])
    place = await in_thread(other.places.make)
    assert os.listdir(sockets) == [place.parent.name]
    await eventually(lambda: daemon.logouts == 1)
    await other.close()


def five_at_once(session: Session) -> list[str]:
    with contextlib.ExitStack() as held:
        connections = [held.enter_context(session.borrow(slow=True)) for _ in range(5)]
        return [connection.getHostname() for connection in connections]


async def test_a_host_that_lets_few_share_a_login(
    world: World, lab: Lab, host_a: LabHost, tmp_path: Path, sockets: Path
) -> None:
    with ssh_daemon(host_a, lab.plan.keys, tmp_path, "MaxSessions 4") as daemon:
        person = Person(password=PASSWORD)
        use(world, daemon, sockets, person)
        world.add(daemon.uri)
        await world.connected()
        opening = world.hosts.connection("h1")._opening
        assert opening is not None
        assert await in_thread(five_at_once, opening.session) == [host_a.name] * 5
        assert daemon.logins == 2
        assert len(person.asked) == 1
        world.hosts.disconnect("h1")
        await eventually(lambda: not ssh_processes(sockets))


async def test_the_persons_own_settings_count(world: World, daemon: SshDaemon, sockets: Path) -> None:
    config = daemon.folder / "config"
    config.write_text(f"Host Prod-1\n HostName {daemon.host.address}\n Port 2222\n User root\n")
    person = Person(password=PASSWORD)
    use(world, daemon, sockets, person, "-F", str(config))
    info = await world.hosts.test(HostConfig("h1", "h", "qemu+ssh://Prod-1/system"))
    assert info.hostname == daemon.host.name
    assert person.asked[0].prompt.subject == f"root@{daemon.host.address}"


async def test_the_agent_is_asked_before_the_person(
    world: World,
    daemon: SshDaemon,
    sockets: Path,
    lab: Lab,
    host_a: LabHost,
    agent: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", agent)
    add = ["ssh-add", "-q", str(lab.plan.keys / "ssh" / "client")]
    await in_thread(subprocess.run, add, check=True, capture_output=True)
    person = Person()
    use(world, daemon, sockets, person, "-o", "IdentityAgent=SSH_AUTH_SOCK")
    world.add(f"qemu+ssh://root@{host_a.address}/system")
    await world.connected()
    assert person.asked == []


async def test_what_a_host_prints_is_shown_and_decides_nothing(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    words = "ACCESS DENIED. Host key verification failed. no polkit agent"
    (host_a.inside("/etc/lab") / "banner").write_text(f"{words}\n")
    with ssh_daemon(host_a, lab.plan.keys, tmp_path, "Banner /etc/lab/banner") as daemon:
        use(world, daemon, sockets, Person(password="x" + PASSWORD))
        error = await refusal(world, daemon.uri)
        assert isinstance(error, AuthFailed)
        assert diagnose(error, daemon.uri) is Diagnosis.SSH_REFUSED
        assert words in error.aside
        assert "polkit" not in error.detail


async def test_a_way_through_another_computer_that_ends_there(
    world: World, daemon: SshDaemon, sockets: Path, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text(
        "Host *\n  ProxyCommand sh -c 'echo jump.example: nothing here >&2; exit 1'\n"
    )
    use(world, daemon, sockets, Person(password=PASSWORD), "-F", str(tmp_path / "config"))
    error = await refusal(world, daemon.uri)
    assert diagnose(error, daemon.uri) is Diagnosis.JUMP_FAILED
    assert "jump.example: nothing here" in error.aside


async def test_settings_for_the_persons_own_sessions_are_not_in_the_way(
    world: World, daemon: SshDaemon, sockets: Path, tmp_path: Path
) -> None:
    settings = (
        "RemoteCommand /bin/false",
        "RequestTTY force",
        "StdinNull yes",
        "SessionType none",
        "ForkAfterAuthentication yes",
        # As of those who share their settings with a Mac.
        "IgnoreUnknown UseKeychain",
        "UseKeychain yes",
    )
    (tmp_path / "config").write_text("Host *\n" + "".join(f"  {line}\n" for line in settings))
    use(world, daemon, sockets, Person(password=PASSWORD), "-F", str(tmp_path / "config"))
    world.add(daemon.uri)
    await world.connected()
    assert await world.hosts.connection("h1").run(list_domains, "h1") == ()
    assert daemon.logins == 1


async def test_a_user_without_a_shell(world: World, daemon: SshDaemon, sockets: Path) -> None:
    passwd = daemon.host.inside("/etc/passwd")
    passwd.write_text(passwd.read_text().replace(":/tmp:/bin/sh", ":/tmp:/usr/sbin/nologin"))
    use(world, daemon, sockets, Person(password=PASSWORD))
    error = await refusal(world, daemon.stranger_uri)
    assert diagnose(error, daemon.stranger_uri) is Diagnosis.NO_SHELL
