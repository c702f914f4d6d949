"""Many notices, one signal."""

from PySide6.QtWidgets import QApplication

from tests.helpers.signals import expect_signal
from vmgui.services.notifier import Notifier
from vmgui.ui.bridge.service_bridge import BatchedSignal


async def test_notices_of_a_moment_become_one_signal(qapp: QApplication) -> None:
    notifier: Notifier[int] = Notifier()
    bridge = BatchedSignal(notifier, batch_ms=20)
    async with expect_signal(bridge.arrived) as emission:
        for number in range(1000):
            notifier.emit(number)
    async with expect_signal(bridge.arrived) as later:
        notifier.emit(1000)
    assert emission.calls == [(tuple(range(1000)),)]
    assert later.calls == [((1000,),)]
    bridge.close()


async def test_flush_hands_over_at_once(qapp: QApplication) -> None:
    notifier: Notifier[str] = Notifier()
    bridge = BatchedSignal(notifier)
    async with expect_signal(bridge.arrived) as emission:
        notifier.emit("a")
        bridge.flush()
    assert emission.args == (("a",),)
    bridge.close()


async def test_closed_bridge_hears_nothing(qapp: QApplication) -> None:
    notifier: Notifier[int] = Notifier()
    bridge = BatchedSignal(notifier, batch_ms=5)
    heard: list[object] = []
    bridge.arrived.connect(heard.append)
    notifier.emit(1)
    bridge.close()
    notifier.emit(2)
    # Another one that began later tells what it has.
    other = BatchedSignal(notifier, batch_ms=5)
    async with expect_signal(other.arrived) as emission:
        notifier.emit(3)
    other.close()
    assert emission.calls == [((3,),)]
    assert heard == []
