"""What of a running machine's devices changes at once."""

from vmgui.model.device_display import GraphicsDevice
from vmgui.policy.hardware_rules import live_paths


def test_a_password_applies_now_only_where_there_is_one_and_will_be() -> None:
    display = GraphicsDevice(kind="vnc")
    assert live_paths(display, (("password", "new"),), ("vnc",)) == {"password"}
    assert live_paths(display, (("password", ""),), ("vnc",)) == set()
    assert live_paths(display, (("password", "new"),)) == set()
