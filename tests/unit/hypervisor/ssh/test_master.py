"""Logging in with a stand-in for ssh that asks through the real askpass program and "goes to the background"."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vmgui.hypervisor.ssh import master as master_module
from vmgui.hypervisor.ssh.askpass import AskpassServer
from vmgui.hypervisor.ssh.master import SshMaster, version_of
from vmgui.hypervisor.ssh.places import MAX_SOCKET_BYTES, SshPlaces, write_program
from vmgui.hypervisor.ssh.target import SshTarget
from vmgui.model.errors import AuthCancelled, AuthFailed, ConnectionLost, HostKeyRejected, HostUnreachable
from vmgui.model.ssh import SshPrompt, SshPromptKind

TARGET = SshTarget("host-a", "ana")
ASKING = """
for try in 1 2 3; do
    answer=$("$SSH_ASKPASS" "ana@host-a's password: ") || answer=
    [ "$answer" = 'right $(x) "y"' ] && exit 0
    echo "Permission denied, please try again." >&2
done
echo "ana@host-a: Permission denied (password)." >&2
exit 255
"""


class Answers:
    """Says what it is told to say, and keeps what it was asked."""

    def __init__(self, *answers: str | None) -> None:
        self.left = list(answers)
        self.asked: list[SshPrompt] = []
        self.notices: list[str] = []
        self.taken_back = 0
        self.settled: list[bool] = []
        self.thread: threading.Thread | None = None

    def ask(self, prompt: SshPrompt, is_moot: Callable[[], bool], /) -> str | None:
        self.asked.append(prompt)
        if not self.left:
            while not is_moot():
                threading.Event().wait(0.01)
            return None
        return self.left.pop(0)

    def show_notice(self, prompt: SshPrompt, /) -> Callable[[], None]:
        self.notices.append(prompt.text)

        def take_back() -> None:
            self.taken_back += 1

        return take_back

    def settle(self, accepted: bool, /) -> None:
        self.settled.append(accepted)


class SlowAnswers(Answers):
    """Of somebody who thinks for a moment: in that time the login looks whether it still waits."""

    def ask(self, prompt: SshPrompt, is_moot: Callable[[], bool], /) -> str | None:
        return None if is_moot() else super().ask(prompt, is_moot)


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshPlaces]:
    # pytest's own folders are too deep for a socket.
    base = Path(f"/tmp/vmgui-test-{os.getpid()}")
    made = SshPlaces([tmp_path_factory.mktemp("x") / ("deep" * 20), base])
    yield made
    made.close()
    base.rmdir()


@pytest.fixture
def log_in(places: SshPlaces, tmp_path: Path) -> Callable[..., SshMaster]:
    def make(script: str, answers: Answers) -> SshMaster:
        program = tmp_path / "ssh"
        program.unlink(missing_ok=True)
        write_program(program, f"""for word in "$@"; do [ "$word" = exit ] && exit 0; done\n{script}""")
        return SshMaster(TARGET, places, answers, str(program))

    return make


def test_a_password_is_asked_again_until_it_is_right(log_in: Callable[..., SshMaster]) -> None:
    answers = Answers("wrong", 'right $(x) "y"')
    master = log_in(ASKING, answers)
    master.open()
    assert [prompt.kind for prompt in answers.asked] == [SshPromptKind.PASSWORD] * 2
    assert answers.settled == [True]
    program = Path(master.join_program)
    assert program.stat().st_mode & 0o777 == 0o700
    assert " -o ProxyCommand=false " in program.read_text()
    master.close()
    assert not program.parent.exists()


def test_a_person_may_take_their_time(log_in: Callable[..., SshMaster]) -> None:
    answers = SlowAnswers("wrong", 'right $(x) "y"')
    master = log_in(ASKING, answers)
    master.open()
    assert len(answers.asked) == 2
    master.close()


def test_a_password_that_stays_wrong_is_refused(log_in: Callable[..., SshMaster]) -> None:
    answers = Answers("a", "b", "c")
    with pytest.raises(AuthFailed, match=r"Permission denied \(password\)"):
        log_in(ASKING, answers).open()
    assert answers.settled == [False]


def test_giving_up_ends_it_at_once(log_in: Callable[..., SshMaster]) -> None:
    answers = Answers(None)
    master = log_in(ASKING, answers)
    with pytest.raises(AuthCancelled):
        master.open()
    assert len(answers.asked) == 1
    assert answers.settled == []


@pytest.mark.parametrize("script", ["exec sleep 600", ASKING])
def test_it_can_be_cancelled_from_another_thread(log_in: Callable[..., SshMaster], script: str) -> None:
    answers = Answers()
    master = log_in(script, answers)
    raised: list[BaseException] = []

    def work() -> None:
        try:
            master.open()
        except (ConnectionLost, AuthCancelled) as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while master._process is None or (script == ASKING and not answers.asked):
        threading.Event().wait(0.005)
    master.cancel()
    thread.join(5)
    assert not thread.is_alive()
    assert len(raised) == 1
    master.close()


def test_what_ssh_says_decides_what_it_is(log_in: Callable[..., SshMaster]) -> None:
    with pytest.raises(HostKeyRejected):
        log_in("echo 'Host key verification failed.' >&2; exit 255", Answers()).open()
    with pytest.raises(HostUnreachable, match="Connection refused"):
        log_in("echo 'ssh: connect to host a port 22: Connection refused' >&2; exit 255", Answers()).open()
    with pytest.raises(HostUnreachable, match="without a word"):
        log_in("exit 255", Answers()).open()


# ssh's -E; the last word of the login comes from a "master" that stays.
TALKING = """log=; before=
for word in "$@"; do [ "$before" = -E ] && log=$word; before=$word; done
"""


def test_what_ssh_says_itself_is_apart_from_what_hosts_print(log_in: Callable[..., SshMaster]) -> None:
    script = (
        TALKING
        + """echo "Host key verification failed." >&2
{ echo "debug1: Connecting"; echo "ana@host-a: Permission denied (publickey)."; } >"$log"; exit 255"""
    )
    with pytest.raises(AuthFailed) as raised:
        log_in(script, Answers()).open()
    assert raised.value.detail == "ana@host-a: Permission denied (publickey)."
    assert raised.value.aside == "Host key verification failed."


def test_a_host_that_prints_without_an_end_takes_no_memory(log_in: Callable[..., SshMaster]) -> None:
    master = log_in("head -c 50000000 /dev/zero | tr '\\0' x >&2; echo ' the end' >&2; exit 255", Answers())
    tracemalloc.start()
    try:
        with pytest.raises(HostUnreachable) as raised:
            master.open()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert raised.value.detail.endswith("x the end")
    assert peak < 5_000_000


def test_a_master_that_goes_on_talking_fills_nothing(
    log_in: Callable[..., SshMaster], tmp_path: Path
) -> None:
    # With -v it says something of every connection and of every sign of life, for as long as the person works.
    script = (
        TALKING
        + f"""exec 3>"$log"; echo "debug1: Connecting" >&3
(trap '' PIPE; while [ ! -e {tmp_path}/go ]; do sleep 0.02; done
echo "debug1: keepalive" 2>/dev/null >&3; ls -l "$log" >{tmp_path}/log 2>&1; touch {tmp_path}/over) &
exit 0"""
    )
    master = log_in(script, Answers())
    master.open()
    place = Path(master.join_program).parent
    assert {path.name for path in place.iterdir()} == {"ssh"}
    (tmp_path / "go").touch()
    while not (tmp_path / "over").exists():
        threading.Event().wait(0.01)
    assert "No such file" in (tmp_path / "log").read_text()
    master.close()


def test_a_program_that_is_not_there(places: SshPlaces) -> None:
    with pytest.raises(HostUnreachable, match="No such file"):
        SshMaster(TARGET, places, Answers(), "/nowhere/ssh").open()


def test_a_notice_stays_until_the_key_was_touched(log_in: Callable[..., SshMaster]) -> None:
    answers = Answers()
    script = """SSH_ASKPASS_PROMPT=none "$SSH_ASKPASS" "Confirm user presence" & pid=$!
while [ ! -e "$0.seen" ]; do sleep 0.02; done
kill $pid; wait $pid; sleep 0.3; exit 0"""
    master = log_in(script, answers)
    seen = Path(master._program + ".seen")
    original = answers.show_notice

    def show(prompt: SshPrompt, /) -> Callable[[], None]:
        seen.touch()
        return original(prompt)

    answers.show_notice = show  # type: ignore[method-assign]
    master.open()
    assert answers.notices == ["Confirm user presence"]
    assert answers.taken_back == 1
    master.close()


def test_nothing_secret_is_in_arguments_or_files(log_in: Callable[..., SshMaster], tmp_path: Path) -> None:
    arguments = tmp_path / "arguments"
    script = f"""printf '%s\\n' "$@" >{arguments}; printf '%s' "$VMGUI_ASKPASS_TOKEN" >{tmp_path}/token\n"""
    master = log_in(script + ASKING, Answers('right $(x) "y"'))
    master.open()
    token = (tmp_path / "token").read_text()
    assert len(token) >= 32
    assert token not in arguments.read_text()
    assert token not in Path(master.join_program).read_text()
    assert "right" not in arguments.read_text()
    lines = arguments.read_text().splitlines()
    assert lines[-4:] == ["-l", "ana", "--", "host-a"]
    # In the place of the person's own it would make ssh refuse what that names.
    assert not [line for line in lines if line.startswith("IgnoreUnknown")]
    path = lines[lines.index("-S") + 1]
    assert len(path) + 17 <= MAX_SOCKET_BYTES
    master.close()


class TestAskpass:
    """The askpass program and the server it talks to."""

    @pytest.fixture
    def server(self, places: SshPlaces) -> Iterator[tuple[AskpassServer, Answers]]:
        answers = Answers("sesame")
        place = places.make()
        server = AskpassServer(place / "a", places.askpass_program, answers)
        yield server, answers
        server.close()

    def _serve_one(self, server: AskpassServer) -> None:
        server._listener.settimeout(10)
        server.serve(server.sockets[0], lambda: False)

    def test_the_program_prints_the_answer(self, server: tuple[AskpassServer, Answers]) -> None:
        serving, answers = server
        environment = {"PATH": os.environ["PATH"], **serving.environment}
        with subprocess.Popen(
            [serving.environment["SSH_ASKPASS"], "(ana@h) Code: "], env=environment, stdout=subprocess.PIPE
        ) as program:
            self._serve_one(serving)
            output, _ = program.communicate(timeout=10)
        assert (program.returncode, output) == (0, b"sesame\n")
        assert answers.asked[0].text == "(ana@h) Code:"

    @pytest.mark.parametrize(
        "sent",
        [
            {"token": "guessed", "prompt": "a@b's password: "},
            {"prompt": "a@b's password: "},
            ["x"],
            "not json",
        ],
    )
    def test_who_does_not_know_the_token_is_not_answered(
        self, server: tuple[AskpassServer, Answers], sent: object
    ) -> None:
        serving, answers = server
        with socket.socket(socket.AF_UNIX) as way:
            way.connect(serving.environment["VMGUI_ASKPASS_SOCKET"])
            text = sent if isinstance(sent, str) else json.dumps(sent)
            way.sendall(text.encode() + b"\n")
            self._serve_one(serving)
            assert way.recv(100) == b""
        assert answers.asked == []
        assert not serving.is_cancelled

    def test_the_program_without_a_server_fails_quietly(self, places: SshPlaces) -> None:
        places.make()
        done = subprocess.run(
            [str(places.askpass_program), "x"],
            env={"PATH": os.environ["PATH"], "VMGUI_ASKPASS_SOCKET": "/nowhere"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_the_installed_ssh_tells_its_version_and_no_script_is_started_for_it(tmp_path: Path) -> None:
    assert version_of("ssh").startswith("OpenSSH_")
    script = tmp_path / "ssh"
    write_program(script, f"touch {tmp_path}/started")
    assert version_of(str(script)) == ""
    assert version_of(str(tmp_path / "none")) == ""
    assert not (tmp_path / "started").exists()


def test_where_a_host_can_pass_for_ssh_no_question_is_taken_for_ssh_s(
    log_in: Callable[..., SshMaster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master_module, "version_of", lambda _program: "OpenSSH_8.2p1")
    answers = Answers("x")
    log_in("""[ "$("$SSH_ASKPASS" "Enter passphrase for key '/k': ")" = x ]""", answers).open()
    assert [prompt.kind for prompt in answers.asked] == [SshPromptKind.OTHER]
    assert not answers.asked[0].is_lasting
