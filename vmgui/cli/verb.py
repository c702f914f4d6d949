"""What a verb of the command line is: its words, its arguments, and what it answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vmgui.cli.session import Session
    from vmgui.words.say import Say

DONE, FAILED, WRONG_USE, CANCELLED = range(4)
"""Exit statuses; 1: something failed, others may be done."""

Json = dict[str, Any] | list[Any]


class WrongUse(Exception):
    """What was typed cannot be meant, or needs an answer that nobody is there to give; its words are all there is."""


@dataclass(frozen=True, slots=True)
class Table:
    """For people: titles, and rows of ready texts."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]] = field(default_factory=list[Sequence[str]])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb found. `table` is called only where a person reads: it needs the language. `text`: what is printed
    in its place, as it is."""

    document: Json
    table: Callable[[], Table]
    status: int = DONE
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb; `run` is called with an open session and its own arguments."""

    name: str
    summary: str | Say
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Session, Namespace], Awaitable[Answer]]
    wrong: Callable[[Namespace], str] = lambda _arguments: ""  # what is wrong with them; empty: nothing
