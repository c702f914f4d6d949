"""Runs one verb: asks, prints the answer, gives the exit status."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from vmgui.cli.call import Call, parse
from vmgui.cli.hosts import HOSTS
from vmgui.cli.machines import LIST, SHOW
from vmgui.cli.verb import CANCELLED, FAILED, WRONG_USE, Verb
from vmgui.model.errors import Ambiguous, VmguiError

if TYPE_CHECKING:
    from vmgui.cli.verb import Answer

VERBS: dict[str, Verb] = {verb.name: verb for verb in (HOSTS, LIST, SHOW)}


def run(words: list[str]) -> int:
    """The exit status; SystemExit(2) for words that are understood by no verb."""
    call = parse(words, VERBS)
    logging.basicConfig(
        level=logging.DEBUG if call.debug else logging.CRITICAL,
        format="%(name)s: %(message)s",
        stream=sys.stderr,
    )
    speaker = _Speaker(call)
    try:
        answer = asyncio.run(_run(call, speaker))
    except KeyboardInterrupt:
        return CANCELLED
    except VmguiError as error:
        speaker.tell_whole(error)
        return WRONG_USE if isinstance(error, Ambiguous) else FAILED
    try:
        speaker.print(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough.
        return answer.status
    return answer.status


async def _run(call: Call, speaker: _Speaker) -> Answer:
    from vmgui.cli.session import Session

    async with Session(call, speaker.tell) as session:
        return await call.verb.run(session, call.arguments)


class _Speaker:
    """Says things in the person's language, which is loaded when something is to be said."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._speaks = False

    def print(self, answer: Answer) -> None:
        """The answer, to stdout."""
        from vmgui.cli.output import print_json, print_table

        if self._call.json:
            print_json(answer.document)
        else:
            self._speak()
            print_table(answer.table())

    def tell(self, error: Exception) -> None:
        """What is to be known beside the answer, to stderr."""
        from vmgui.cli.output import tell_error

        if not self._call.quiet:
            self._speak()
            tell_error(error)

    def tell_whole(self, error: Exception) -> None:
        """An error that is all the answer: with --json to stdout."""
        from vmgui.cli.output import error_document, print_json, tell_error

        self._speak()
        if self._call.json:
            print_json({"error": error_document(error)})
        else:
            tell_error(error)

    def _speak(self) -> None:
        if self._speaks:
            return
        self._speaks = True
        from PySide6.QtCore import QCoreApplication

        from vmgui.store import paths
        from vmgui.store.settings import SettingsStore
        from vmgui.words import language

        # Translators belong to an application; it never runs.
        application = QCoreApplication.instance() or QCoreApplication(["vmgui"])
        settings = SettingsStore(paths.config_dir())
        language.install(application, self._call.language or settings.settings.language)
        settings.close()
