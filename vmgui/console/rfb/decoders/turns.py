"""Rectangles that are too much work for one turn: done in parts, between which the pump hears a stop."""

from __future__ import annotations

from collections.abc import Iterator

from vmgui.console.rfb.source import Enough, Source


class Turns:
    """Remembers the rectangle that is under way; all of its bytes are here."""

    __slots__ = ("_parts", "_taken")

    def __init__(self) -> None:
        self._parts: Iterator[None] | None = None
        self._taken = 0

    @property
    def busy(self) -> bool:
        """A rectangle is under way: `go_on` with it, there is nothing to parse."""
        return self._parts is not None

    def begin(self, source: Source, parts: Iterator[None]) -> None:
        """Do the first part of a rectangle whose bytes have just been taken; `parts` yields between two parts.

        Enough: come again, with `go_on`.
        """
        self._parts = parts
        self._taken = source.position - source.mark
        self.go_on(source)

    def go_on(self, source: Source) -> None:
        """Do the next part; returns after the last one, with the rectangle's bytes taken."""
        if self._parts is None:
            return
        # The source went back to its mark in between.
        source.position = source.mark + self._taken
        for _ in self._parts:
            raise Enough
        self._parts = None
