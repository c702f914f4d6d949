"""A person on a terminal: asked, answered, shown a bar."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.helpers.command_line import DEFAULT, ROOT
from tests.helpers.waiting import PATIENCE_S
from vmgui.cli.call import parse
from vmgui.cli.main import all_verbs
from vmgui.cli.speaker import BAR_INTERVAL_S, Speaker
from vmgui.model.domain import DomainKey
from vmgui.model.job import Job, JobKind, JobState, JobTarget, Phase, Progress

CALL = parse(["pause", "test", *DEFAULT], all_verbs())


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """The person's end and the program's."""
    ours, theirs = pty.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


def seen(ours: int, last: str, times: int = 1) -> str:
    """What the person sees, until `last` stands there so often: the kernel hands it over bit by bit."""
    shown = b""
    while shown.decode(errors="replace").count(last) < times and select.select([ours], [], [], PATIENCE_S)[0]:
        shown += os.read(ours, 4096)
    return shown.decode()


@pytest.mark.parametrize(
    ("words", "typed", "status", "state"),
    [
        ((), b"y\n", 0, "off"),
        ((), b"no\n", 3, ""),
        ((), b"\n", 3, ""),
        (("--lang", "es"), b"s\xc3\xad\n", 0, "off"),
        (("--lang", "es"), b"n\n", 3, ""),
    ],
)
def test_a_question_is_answered_there(words: tuple[str, ...], typed: bytes, status: int, state: str) -> None:
    with terminal() as (ours, theirs):
        os.write(ours, typed)
        command = [sys.executable, "-P", "-m", "vmgui", "force-off", "test", "--json", *DEFAULT, *words]
        done = subprocess.run(
            command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=120, cwd=ROOT
        )
        question = "¿Forzar el apagado de test?" if words else "Force off test?"
        assert question in seen(ours, question)
    assert done.returncode == status
    assert (f'"state": "{state}"' if state else '"kind": "Aborted"') in done.stdout.decode()


def test_progress_is_a_bar_that_makes_room_for_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    key = DomainKey("h", "1")
    progress = Progress(Phase.SAVING, 1, 4)
    job = Job(1, JobKind.SAVE, (JobTarget("web" * 60, "h", key),), JobState.RUNNING, progress)
    with terminal() as (ours, theirs), os.fdopen(os.dup(theirs), "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        speaker = Speaker(CALL)
        assert speaker.interval_s == BAR_INTERVAL_S
        speaker.show(job)
        speaker.show(replace(job, progress=replace(progress, done_bytes=2)))
        speaker.end_progress()
        shown = seen(ours, "\x1b[K", times=3)
    first, second, last = re.findall(r"\r([^\r\x1b]*)\x1b\[K", shown)
    assert first.startswith("[#####---------------] Saving web")
    assert second.startswith("[##########----------]")
    # It never breaks into a second line, which no later one would take back.
    assert len(first) < 80
    assert last == ""
