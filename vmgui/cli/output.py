"""What is printed: one JSON document, or a table for people; errors in either form. Only `write` fails as a stream does."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

from vmgui.cli.verb import FAILED
from vmgui.policy.plain_text import visible_lines

if TYPE_CHECKING:
    from vmgui.cli.verb import Json, Table

GAP = "  "


def write(text: str, status: int) -> int:
    """To stdout; gives the exit status of an answer that has this one. What cannot be written is told and is a failure."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough; what was done, and how, is the same.
        return status
    except OSError as error:
        write_aside(f"vmgui: the answer could not be written: {error}\n")
        return status or FAILED
    return status


def json_text(document: Json) -> str:
    """On one line per element would be hard to read, all on one line too: indented."""
    # All that is not ASCII is escaped: names may hold bytes that no encoding has.
    return json.dumps(document, indent=2) + "\n"


def table_text(table: Table) -> str:
    """In columns as wide as what stands in them; names of strangers cannot steer the terminal."""
    lines = [[_one_line(cell) for cell in row] for row in (table.titles, *table.rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(table.titles))]
    padded = (
        [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        for line in lines
    )
    return "".join(GAP.join(cells).rstrip() + "\n" for cells in padded)


def error_document(error: Exception, subject: str = "", host: str = "") -> dict[str, Any]:
    """As every verb tells an error; `kind` is one of the classes of model.errors, whatever more exact one it is."""
    from vmgui.model import errors
    from vmgui.policy.xml_error import XmlRefused
    from vmgui.words.errors import explain

    text = explain(error, subject, host)
    place = error.fault.place if isinstance(error, XmlRefused) else None
    kinds = (kind.__name__ for kind in type(error).__mro__ if kind.__module__ == errors.__name__)
    return {
        "kind": next(kinds, type(error).__name__),
        "text": " ".join(part for part in (text.what, text.next_step) if part),
        "subject": str(getattr(error, "subject", "")) or subject,
        "details": text.details,
        **({"line": place.line} if place is not None else {}),
    }


def tell_error(error: Exception) -> None:
    """To the person, beside the answer."""
    from vmgui.words.errors import explain

    text = explain(error)
    for line in (f"vmgui: {text.what}", text.next_step, text.details):
        if line:
            write_aside(line + "\n")


def write_aside(text: str) -> None:
    """To stderr, what else there is to tell; that nobody reads it spoils no answer and ends no job."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(visible_lines(text))
        sys.stderr.flush()


def use_streams() -> None:
    """Have three streams that can be written to and read from whatever the caller closed, in any encoding."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115 - for as long as the process lives
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _one_line(text: str) -> str:
    return " ".join(visible_lines(text).split())


def _width(text: str) -> int:
    """In columns of a terminal."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)
