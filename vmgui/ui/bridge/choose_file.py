"""Which file to open, or where to save; the question about overwriting is about the file that is really written."""

from __future__ import annotations

import os.path
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, QIODevice, QSaveFile
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from vmgui.services.background import in_thread
from vmgui.ui.bridge.dialog_answer import show_dialog
from vmgui.ui.kit.confirm import confirm
from vmgui.words.question import Question

translate = QCoreApplication.translate

# What else is a fitting ending, where a person types it.
_ALSO = {"csv": ("txt", "tsv"), "png": ("jpg", "jpeg", "webp", "bmp")}


async def choose_file(
    parent: QWidget | None,
    title: str,
    filters: str = "",
    directory: str = "",
    *,
    save: bool = False,
    suffix: str = "",
) -> str:
    """Let the person choose a file; empty: none chosen.

    `save`: a file that may be written over, for the person was asked; its name ends with `suffix`. Desktops' own
    dialogs ask about the name as it was typed, before Qt adds its default suffix: so both are done here.
    """
    while True:
        chosen = await _ask(parent, title, filters, directory, save=save)
        if not save or not chosen:
            return chosen
        chosen = with_suffix(chosen, suffix)
        if not await in_thread(os.path.lexists, chosen) or await confirm(parent, _overwrite(chosen)):
            return chosen
        directory = chosen


def with_suffix(path: str, suffix: str) -> str:
    """The path, ended by `.suffix` unless it ends so or with one of the same kind ("v1.5" is no such end)."""
    if not suffix:
        return path
    return path if _ending(path) in (suffix, *_ALSO.get(suffix, ())) else f"{path.rstrip('.')}.{suffix}"


def _ending(path: str) -> str:
    """What follows the last dot, in small letters; ".csv" is an ending, too, if of nothing."""
    return QFileInfo(path).suffix().lower()


def save_picture(image: QImage, path: str) -> bool:
    """Write it whole or not at all, as what the path ends with; whether that worked. Blocks."""
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    return image.save(file, _ending(path).upper()) and file.commit()  # type: ignore[call-overload]


async def _ask(parent: QWidget | None, title: str, filters: str, directory: str, *, save: bool) -> str:
    dialog = QFileDialog(parent, title, directory, filters)
    if save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    try:
        if await show_dialog(dialog) != QDialog.DialogCode.Accepted:
            return ""
        files = dialog.selectedFiles()
        return files[0] if files else ""
    finally:
        dialog.deleteLater()


def _overwrite(path: str) -> Question:
    return Question(
        title=translate("ChooseFile", "Replace {name}?").format(name=Path(path).name),
        text=translate("ChooseFile", "A file of this name already exists in {folder}.").format(
            folder=Path(path).parent
        ),
        consequence=translate("ChooseFile", "What it contains is lost."),
        confirm_label=translate("ChooseFile", "Replace"),
    )
