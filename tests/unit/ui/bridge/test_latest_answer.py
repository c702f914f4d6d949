"""A question that is asked again and again is put once at a time, and answered for the last time it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from tests.helpers.waiting import eventually
from vmgui.model.errors import NotFound, VmguiError
from vmgui.services.scope import Scope
from vmgui.ui.bridge.latest_answer import LatestAnswer


class Asked:
    def __init__(self, scope: Scope) -> None:
        self.word = "a"
        self.open = asyncio.Event()
        self.put: list[str] = []
        self.heard: list[str] = []
        self.asking = LatestAnswer(scope, self.question, self.heard.append, self.failed)

    def question(self) -> Awaitable[str] | None:
        return self.answer(self.word) if self.word else None

    async def answer(self, word: str) -> str:
        self.put.append(word)
        await self.open.wait()
        if word == "bad":
            raise NotFound(word)
        return word

    def failed(self, error: VmguiError) -> None:
        self.heard.append(type(error).__name__)


async def test_what_is_asked_meanwhile_is_asked_once_more() -> None:
    async with Scope("test") as scope:
        asked = Asked(scope)
        asked.asking.ask()
        await eventually(lambda: asked.put)
        for word in ("b", "c"):
            asked.word = word
            asked.asking.ask()
        asked.open.set()
        await eventually(lambda: not asked.asking.is_asking)
        assert (asked.put, asked.heard) == (["a", "c"], ["a", "c"])


async def test_what_was_asked_before_a_drop_is_not_told() -> None:
    async with Scope("test") as scope:
        asked = Asked(scope)
        asked.asking.ask()
        await eventually(lambda: asked.put)
        asked.asking.drop()
        asked.word = "bad"
        asked.asking.ask()
        asked.open.set()
        await eventually(lambda: not asked.asking.is_asking)
        assert (asked.put, asked.heard) == (["a", "bad"], ["NotFound"])


async def test_where_there_is_nothing_to_ask_nothing_is_asked() -> None:
    async with Scope("test") as scope:
        asked = Asked(scope)
        asked.word = ""
        asked.asking.ask()
        await eventually(lambda: not asked.asking.is_asking)
        assert (asked.put, asked.heard) == ([], [])
