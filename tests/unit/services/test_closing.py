"""Every part is closed, whatever becomes of the others."""

from __future__ import annotations

import asyncio

import pytest

from vmgui.app.stores import Stores
from vmgui.services.closing import close_each
from vmgui.services.services import Services


class Part:
    """Tells when it is closed, then does as it was told."""

    def __init__(self, name: str, order: list[str], error: BaseException | None = None) -> None:
        self.name = name
        self.order = order
        self.error = error

    async def close(self) -> None:
        self.order.append(self.name)
        if self.error is not None:
            raise self.error


async def hang() -> None:
    await asyncio.Event().wait()


async def test_in_order() -> None:
    order: list[str] = []
    parts = [Part("a", order), Part("b", order)]
    assert await close_each(*((part.name, part.close) for part in parts), ("c", lambda: order.append("c")))
    assert order == ["a", "b", "c"]


async def test_what_fails_or_hangs_is_told_and_keeps_no_other_from_closing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    order: list[str] = []
    bad, good = Part("bad", order, ValueError("oops")), Part("good", order)
    assert not await close_each(("bad", bad.close), ("slow", hang), ("good", good.close), limit_s=0.05)
    assert order == ["bad", "good"]
    assert "closing bad failed" in caplog.text
    assert "slow did not close" in caplog.text


async def test_cancelled_the_rest_is_closed_all_the_same() -> None:
    order: list[str] = []
    begun = asyncio.Event()

    async def begin() -> None:
        begun.set()
        await hang()

    closing = asyncio.ensure_future(close_each(("slow", begin), ("good", Part("good", order).close)))
    await begun.wait()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert order == ["good"]


@pytest.mark.parametrize(
    "bad",
    [
        "jobs",
        "definitions",
        "addresses",
        "machine_watches",
        "host_watches",
        "fleet",
        "performance",
        "last_seen",
        "hosts",
        "journal",
    ],
)
async def test_of_the_services(bad: str, caplog: pytest.LogCaptureFixture) -> None:
    order: list[str] = []
    names = list(Services.__dataclass_fields__)
    error = RuntimeError("a fault")
    services = Services(**{name: Part(name, order, error if name == bad else None) for name in names})  # type: ignore[arg-type]
    await services.close()
    assert {"jobs", "hosts", "journal", "performance", "alerts", "last_seen"} <= set(order)
    assert order[-1] == "journal"
    assert f"closing {bad} failed" in caplog.text


@pytest.mark.parametrize("bad", ["settings", "hosts", "history"])
def test_of_the_stores(bad: str, caplog: pytest.LogCaptureFixture) -> None:
    closed: list[str] = []

    class Store:
        def __init__(self, name: str) -> None:
            self.name = name

        def close(self) -> None:
            closed.append(self.name)
            if self.name == bad:
                raise OSError("the disk is gone")

    stores = Stores(**{name: Store(name) for name in Stores.__dataclass_fields__})  # type: ignore[arg-type]
    stores.close()
    assert {"settings", "hosts", "kvm", "views", "alerts", "history"} <= set(closed)
    assert "the disk is gone" in caplog.text
