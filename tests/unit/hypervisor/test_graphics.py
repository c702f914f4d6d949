"""Pictures of a display."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import graphics
from vmgui.hypervisor.errors import from_libvirt
from vmgui.model.errors import InvalidConfig, Unsupported


def test_a_picture(conn: libvirt.virConnect) -> None:
    mime, picture = graphics.screenshot(conn, UUID)
    assert mime == "image/png"
    assert picture.startswith(b"\x89PNG")


def test_a_picture_without_end(conn: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "MAX_SCREENSHOT_BYTES", 1000)
    with pytest.raises(InvalidConfig):
        graphics.screenshot(conn, UUID)


def test_a_driver_that_passes_no_descriptors(conn: libvirt.virConnect) -> None:
    with pytest.raises(libvirt.libvirtError) as caught:
        graphics.open_graphics_fd(conn, UUID)
    assert isinstance(from_libvirt(caught.value), Unsupported)


class RemoteConnection:
    """One that must not be asked for a descriptor: it would die of it (LAB 8)."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def getURI(self) -> str:
        return self.uri


@pytest.mark.parametrize(
    "uri", ["qemu+tcp://h/system", "qemu+tls://h/system", "qemu+ssh://h/system", "qemu://h/system"]
)
def test_never_over_the_network(uri: str) -> None:
    with pytest.raises(Unsupported):
        graphics.open_graphics_fd(RemoteConnection(uri), UUID)  # type: ignore[arg-type]
