"""Steps of an attempt that can be taken back: noted before they are made, proven by the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, TypeVarTuple

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import POOLS, SLOW
from vmgui.model.errors import ConnectionLost, HostUnreachable, TimedOut, VmguiError
from vmgui.model.rollback import Made, MadeKind
from vmgui.services.rollback.rollback import Rollback, finish
from vmgui.services.scope import Scope

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

CALL_TIMEOUT_S = 60.0
_UNCERTAIN = (ConnectionLost, TimedOut, HostUnreachable)


class Steps:
    """The steps of one attempt; `scope` outlives its job."""

    def __init__(
        self, connection: Callable[[], Connection], scope: Scope, rollback: Rollback, on_wait: OnWait
    ) -> None:
        """`on_wait`: told where a call has to wait for others of its host."""
        self.connection = connection
        self._on_wait = on_wait
        self.rollback = rollback
        self._scope = scope

    async def take(
        self,
        made: Made,
        do: Callable[[], Awaitable[T]],
        prove: Callable[[Made, T], Made | None],
    ) -> T:
        """Do something that can be undone; `prove` tells by the answer what it is known by, None: not our doing."""

        async def work() -> T:
            await self.rollback.add(made)
            try:
                answer = await do()
            except VmguiError as error:
                if error.never_sent or not isinstance(error, _UNCERTAIN) or made.kind is MadeKind.FILE:
                    await self.rollback.drop(made)
                raise
            proven = prove(made, answer)
            await (self.rollback.drop(made) if proven is None else self.rollback.prove(made, proven))
            return answer

        # To its end, even if the program is closing: what is under way could not be taken back.
        return await finish(self._scope.run(work()))

    def calling(
        self,
        call: Callable[[Any, *Ts], R],
        *args: *Ts,
        timeout_s: float = CALL_TIMEOUT_S,
        pool: str | None = None,
    ) -> Callable[[], Awaitable[R]]:
        """The call, to be made later on whatever connection there is then; `pool`: the one it is about."""

        async def make() -> R:
            return await self.connection().run(
                call,
                *args,
                lane=SLOW if pool is None else POOLS,
                timeout_s=timeout_s,
                pool=pool,
                on_wait=self._on_wait,
            )

        return make
