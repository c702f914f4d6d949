"""The window on libvirt's test driver, as tests of the window have it."""

from tests.ui.window.conftest import bench, no_layout

__all__ = ["bench", "no_layout"]
