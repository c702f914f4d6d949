"""What of a running machine's devices changes at once."""

from vmgui.model.device_display import GraphicsDevice
from vmgui.policy.hardware_rules import live_paths


def test_a_password_applies_now_only_where_there_is_one_and_will_be() -> None:
    with_one, without = GraphicsDevice(kind="vnc", password="*"), GraphicsDevice(kind="vnc")  # noqa: S106
    assert live_paths(with_one, (("password", "new"),)) == {"password"}
    assert live_paths(with_one, (("password", ""),)) == set()
    assert live_paths(without, (("password", "new"),)) == set()
