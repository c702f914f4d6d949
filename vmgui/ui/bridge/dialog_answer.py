"""A dialog shown with open() and awaited, never a nested event loop."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QDialog


async def accepted(dialog: QDialog) -> bool:
    """Open a dialog and wait until a person says yes or leaves it; it can be read until the next await."""
    try:
        return await show_dialog(dialog) == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


async def show_dialog(dialog: QDialog) -> int:
    """Open a dialog and wait for its result; a cancelled task closes it."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(result: int) -> None:
        if not future.done():
            future.set_result(result)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await future
    except asyncio.CancelledError:
        dialog.reject()
        raise
