"""Says things in the person's language, which is loaded when something is to be said; asks, where a person is."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from vmgui.cli.output import write_aside
from vmgui.cli.verb import WrongUse
from vmgui.policy.plain_text import bounded, visible_lines

if TYPE_CHECKING:
    from vmgui.cli.call import Call
    from vmgui.cli.verb import Answer
    from vmgui.model.job import Job
    from vmgui.words.question import Question

BAR_INTERVAL_S = 0.2
LINE_INTERVAL_S = 2.0
_BAR_CHARS = 20
_COLUMNS = 80


class Unanswered(WrongUse):
    """A question that only --yes or a person on a terminal can answer."""


class Speaker:
    """The answer goes to stdout, all else to stderr."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._speaks = False
        self._line = ""  # of progress, as it stands there

    def text_of(self, answer: Answer) -> str:
        """As it goes to stdout."""
        from vmgui.cli.output import json_text, table_text

        if self._call.json:
            return json_text(answer.document)
        if answer.text is not None:
            # Of strangers: a terminal is steered by nothing in it, a file has it to the letter.
            return visible_lines(answer.text, len(answer.text)) if sys.stdout.isatty() else answer.text
        self.speak()
        return table_text(answer.table())

    def tell(self, error: Exception) -> None:
        """What is to be known beside the answer."""
        from vmgui.cli.output import tell_error

        if not self._call.quiet:
            self.speak()
            tell_error(error)

    def say(self, words: str) -> None:
        """The same, in words."""
        if not self._call.quiet:
            write_aside(f"vmgui: {words}\n")

    def text_of_error(self, error: Exception) -> str:
        """As an error that is all the answer goes to stdout: with --json; else a person is told aside."""
        from vmgui.cli.output import error_document, json_text, tell_error

        self.speak()
        if self._call.json:
            return json_text({"error": error_document(error)})
        tell_error(error)
        return ""

    async def confirmed(self, question: Question) -> bool:
        """Whether a person on the terminal says yes; raises Unanswered where there is none."""
        words = "\n".join(part for part in (question.title, question.text, question.consequence) if part)
        from PySide6.QtCore import QCoreApplication

        from vmgui.services.background import in_thread

        translate = QCoreApplication.translate
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            how = translate("CommandLine", "Say yes to it with --yes.")
            raise Unanswered(f"{words}\n{how}")
        if question.typed_name:
            prompt = translate("CommandLine", "Type {name} to go on:").format(name=question.typed_name)
            yes = {question.typed_name}
        else:
            prompt = translate("CommandLine", "{act}? [y/N]").format(act=question.confirm_label)
            yes = set(translate("CommandLine", "y yes", "all words for yes").split())
        write_aside(f"{words}\n{prompt} ")
        answer = (await in_thread(sys.stdin.readline)).strip()
        return answer in yes if question.typed_name else answer.lower() in yes

    @property
    def interval_s(self) -> float:
        """How often progress is shown."""
        return BAR_INTERVAL_S if sys.stderr.isatty() else LINE_INTERVAL_S

    def show(self, job: Job) -> None:
        """How far it is."""
        if self._call.quiet:
            return
        self.speak()
        from vmgui.words import jobs as words

        parts = (words.title(job), words.state_words(job), words.progress_words(job))
        line = "  ".join(visible_lines(part) for part in parts if part)
        if sys.stderr.isatty():
            part = words.fraction(job)
            if part is not None:
                filled = round(part * _BAR_CHARS)
                line = f"[{'#' * filled}{'-' * (_BAR_CHARS - filled)}] {line}"
            # A terminal may not know how wide it is.
            columns = os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
            line = bounded(line, columns - 1)
            _control(f"\r{line}\x1b[K")
        elif line != self._line:
            write_aside(f"{line}\n")
        self._line = line

    def end_progress(self) -> None:
        """What was shown of it makes room for the answer."""
        if self._line and sys.stderr.isatty():
            _control("\r\x1b[K")
        self._line = ""

    def speak(self) -> None:
        """Have words in the person's language from now on."""
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


def _control(text: str) -> None:
    """Words of a terminal itself, with texts that were made visible before."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
