"""A question that is asked again and again: one at a time, the last one counts, what comes late for another is dropped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from vmgui.model.errors import VmguiError
from vmgui.services.scope import Scope

R = TypeVar("R")


class LatestAnswer(Generic[R]):
    """`question` is put for what is so in that moment, None: there is nothing to ask. Loop thread only."""

    def __init__(
        self,
        scope: Scope,
        question: Callable[[], Awaitable[R] | None],
        took: Callable[[R], None],
        failed: Callable[[VmguiError], None],
    ) -> None:
        self._scope, self._question, self._took, self._failed = scope, question, took, failed
        self._turn = 0
        self._asks_again = False
        self.is_asking = False

    def ask(self) -> None:
        """At once, or as soon as the one under way is answered, whose answer may be of before."""
        self._asks_again = True
        if not self.is_asking:
            self.is_asking = self._scope.try_run(self._ask(self._turn))

    def drop(self) -> None:
        """It is about something else from now on: nothing that was asked before is told."""
        self._turn += 1
        self.is_asking = self._asks_again = False

    async def _ask(self, turn: int) -> None:
        while turn == self._turn and self._asks_again:
            self._asks_again = False
            asked = self._question()
            if asked is None:
                break
            try:
                answer = await asked
            except VmguiError as error:
                if turn == self._turn:
                    self._failed(error)
            else:
                if turn == self._turn:
                    self._took(answer)
        if turn == self._turn:
            self.is_asking = False
