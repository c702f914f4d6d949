"""Whatever the caller closed or broke: an answer is an answer, and a question without a person is none."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from argparse import Namespace
from dataclasses import replace

import pytest

from tests.helpers.command_line import DEFAULT, ROOT
from vmgui.cli.call import parse
from vmgui.cli.machines import LIST
from vmgui.cli.main import carry_out
from vmgui.cli.session import Session
from vmgui.cli.verb import Answer

COMMAND = (sys.executable, "-P", "-m", "vmgui")


def shell(redirections: str, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Started by a shell with these redirections."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirections}', "sh", *COMMAND, *words],
        capture_output=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_without_an_input_nobody_is_asked() -> None:
    for redirections in ("<&-", "</dev/null"):
        done = shell(redirections, "force-off", "test", "--json", *DEFAULT)
        assert done.returncode == 2, done.stderr
        told = json.loads(done.stdout)["error"]
        assert told["kind"] == "Unanswered"
        assert "Force off test?" in told["text"]
        assert b"Force off test?" in done.stderr


def test_nobody_who_reads_what_is_told_aside_spoils_no_answer() -> None:
    silent = ("--connect", "qemu+unix:///system?socket=/none")
    for redirections in ("2>&-", "2>/dev/full"):
        done = shell(redirections, "list", "--json", *DEFAULT, *silent)
        assert (done.returncode, [one["name"] for one in json.loads(done.stdout)]) == (1, ["test"])
        done = shell(redirections, "save", "test", "--json", *DEFAULT)
        assert (done.returncode, json.loads(done.stdout)["results"][0]["ok"]) == (0, True)


def test_an_answer_that_cannot_be_written_is_told() -> None:
    done = shell(">/dev/full", "list", "--json", *DEFAULT)
    assert done.returncode == 1
    assert b"could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict"])
def test_names_of_any_bytes_are_told_in_any_encoding(encoding: str) -> None:
    done = shell("", "show", os.fsdecode(b"\xff"), "--json", *DEFAULT, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "NotFound"
    done = shell("", "hosts", "--lang", "es", *DEFAULT, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("save", "test"), 0),
        (("resume", "test", "--check"), 1),
        (("show", "nope"), 1),
        (("force-off", "test"), 2),
    ],
)
def test_who_reads_no_further_changes_no_status(words: tuple[str, ...], status: int) -> None:
    for how in ((), ("--json",)):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = subprocess.run(
                [*COMMAND, *words, *how, *DEFAULT], stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE,
                check=False, timeout=120, cwd=ROOT,
            )  # fmt: skip
        finally:
            os.close(writer)
        assert done.returncode == status, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"could not be written" not in done.stderr


def test_an_error_of_the_verb_is_none_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    async def run(_session: Session, _arguments: Namespace) -> Answer:
        raise error

    for error in (OSError(errno.ENOSPC, "no room"), BrokenPipeError(errno.EPIPE, "who was asked has gone")):
        verb = replace(LIST, name="odd", run=run)
        assert carry_out(parse(["odd", "--json", *DEFAULT], {"odd": verb})) == 1
        printed = capsys.readouterr()
        assert str(error.strerror) in json.loads(printed.out)["error"]["details"]
        assert "could not be written" not in printed.err
