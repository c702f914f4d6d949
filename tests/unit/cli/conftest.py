"""The command line in this process, on libvirt's own test driver."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.command_line import Shell
from tests.unit.services.conftest import as_new

__all__ = ["as_new"]


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """What speaks makes one without windows where there is none, and other tests of this process need windows."""
    return qapp


@pytest.fixture
async def shell(event_loop: object) -> AsyncIterator[Shell]:
    made = Shell()
    async with made.session:
        yield made
