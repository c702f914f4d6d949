"""The program's verbs, started as a script starts them, and hosts of libvirt's test driver for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from vmgui.cli.call import Call, parse
from vmgui.cli.machines import STATES
from vmgui.cli.main import all_verbs
from vmgui.cli.session import Session
from vmgui.cli.speaker import Speaker
from vmgui.cli.verb import Answer
from vmgui.words.question import Question

DEFAULT = ("--connect", "test:///default")
ROOT = Path(__file__).resolve().parents[2]


def vmgui(
    *words: str, home: Path | None = None, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The program as a script starts it; `typed`: on its standard input."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home)} if home is not None else None
    command = [sys.executable, "-P", "-m", "vmgui", *words]
    return subprocess.run(
        command,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env=environment,
    )


def document(*words: str, status: int = 0, home: Path | None = None) -> Any:
    done = vmgui(*words, "--json", home=home)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def machines(folder: Path, name: str, *domains: str) -> str:
    """A host of the test driver with these machines; its URI."""
    defined = "".join(
        f"<domain type='test'><name>{domain}</name><uuid>{uuid5(NAMESPACE_URL, name + domain)}</uuid>"
        "<memory>1048576</memory><os><type>hvm</type></os></domain>"
        for domain in domains
    )
    path = folder / f"{name}.xml"
    path.write_text(f"<node>{defined}</node>")
    return f"test://{path}"


class Person(Speaker):
    """Someone on a terminal with one answer to all questions."""

    def __init__(self, call: Call, says: bool) -> None:
        super().__init__(call)
        self.says = says
        self.asked: list[Question] = []

    async def confirmed(self, question: Question) -> bool:
        self.asked.append(question)
        return self.says


class Shell:
    """Verbs of one session, so that each sees what the one before did."""

    def __init__(self, *hosts: str) -> None:
        self._hosts = hosts or DEFAULT
        call = parse(["start", "test", *self._hosts], all_verbs())
        self.person = Person(call, says=True)
        self.session = Session(call, self.person)

    async def run(self, *words: str) -> Answer:
        call = parse([*words, *self._hosts], all_verbs())
        return await call.verb.run(self.session, call.arguments)

    async def result(self, *words: str) -> dict[str, Any]:
        """Of a verb on one machine, once the session's list shows it, too: a verb of its own process reads the list
        afresh, the next one here does not."""
        answer = await self.run(*words)
        assert isinstance(answer.document, dict)
        (result,) = answer.document["results"]
        if "state" in result:
            await self.session.inventory.until(lambda: self._state(result["uuid"]) == result["state"])
        return result

    def _state(self, uuid: str) -> str | None:
        domains = self.session.inventory.domains.values()
        return next((STATES[domain.state] for domain in domains if domain.key.uuid == uuid), None)
