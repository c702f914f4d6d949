"""Saving to a file: its ending comes before the question about overwriting, and no old file is lost unasked."""

import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from tests.helpers.waiting import eventually
from vmgui.services.scope import Scope
from vmgui.store.whole_file import write_whole
from vmgui.ui.bridge.choose_file import choose_file, save_picture, with_suffix
from vmgui.ui.kit.confirm import ConfirmDialog


@pytest.mark.parametrize(
    ("typed", "suffix", "saved"),
    [
        ("/a/log", "csv", "/a/log.csv"),
        ("/a/log.csv", "csv", "/a/log.csv"),
        ("/a/log.CSV", "csv", "/a/log.CSV"),
        ("/a/log.", "csv", "/a/log.csv"),
        ("/a/.", "csv", "/a/.csv"),
        ("/a/.csv", "csv", "/a/.csv"),
        ("/a/web-01 v1.5", "png", "/a/web-01 v1.5.png"),
        ("/a/screen.jpg", "png", "/a/screen.jpg"),
        ("/a.b/screen", "png", "/a.b/screen.png"),
        ("/a/hosts.old", "toml", "/a/hosts.old.toml"),
        ("/a/any", "", "/a/any"),
    ],
)
def test_the_ending(typed: str, suffix: str, saved: str) -> None:
    assert with_suffix(typed, suffix) == saved


@example(".")
@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1))
def test_an_ending_that_is_there_is_not_added_again(name: str) -> None:
    once = with_suffix(f"/a/{name}", "csv")
    assert with_suffix(once, "csv") == once


async def dialog_of(parent: QWidget, kind: type[QDialog]) -> QDialog:
    return await eventually(lambda: next((d for d in parent.findChildren(kind) if d.isVisible()), None))


async def type_name(parent: QWidget, name: str) -> None:
    dialog = await dialog_of(parent, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(name)
    dialog.accept()


async def test_who_is_not_asked_about_the_file_that_is_written_loses_it(
    qtbot: object, tmp_path: Path
) -> None:
    """The name is typed without its ending, the file with the ending exists: the question is about that one."""
    (tmp_path / "log.csv").write_text("precious")
    parent = QWidget()
    parent.show()
    chosen: list[str] = []

    async def choose() -> None:
        chosen.append(await choose_file(parent, "Save", "(*.csv)", str(tmp_path), save=True, suffix="csv"))

    async with Scope("choosing") as scope:
        task = scope.run(choose())
        await type_name(parent, str(tmp_path / "log"))
        question = await dialog_of(parent, ConfirmDialog)
        assert "log.csv" in question.windowTitle()
        question.reject()
        # No answer is no loss: the choice begins again, at that name.
        await type_name(parent, str(tmp_path / "log"))
        question = await eventually(
            lambda: next(
                (d for d in parent.findChildren(ConfirmDialog) if d.isVisible() and d is not question), None
            )
        )
        question.accept()
        await asyncio.wait_for(task, 10)
    assert chosen == [str(tmp_path / "log.csv")]
    parent.deleteLater()


async def test_a_new_file_asks_nothing(qtbot: object, tmp_path: Path) -> None:
    parent = QWidget()
    parent.show()
    async with Scope("choosing") as scope:
        task = scope.run(choose_file(parent, "Save", "", str(tmp_path), save=True, suffix="png"))
        await type_name(parent, str(tmp_path / "new v1.0"))
        assert await asyncio.wait_for(task, 10) == str(tmp_path / "new v1.0.png")
    parent.deleteLater()


def test_a_picture_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    assert save_picture(image, str(tmp_path / "a.png"))
    assert QImage(str(tmp_path / "a.png")).pixel(0, 0) == 0xFFFF8800
    before = (tmp_path / "a.png").read_bytes()
    # A null picture cannot be encoded, as if the disk were full in the middle.
    assert not save_picture(QImage(), str(tmp_path / "a.png"))
    assert (tmp_path / "a.png").read_bytes() == before
    assert not save_picture(image, str(tmp_path / "nowhere" / "a.png"))


def test_what_is_written_whole_keeps_links_and_permissions(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_whole(tmp_path / "link.csv", b"new", new_mode=None)
    assert os.readlink(tmp_path / "link.csv") == "real.csv"
    assert (tmp_path / "real.csv").read_bytes() == b"new"
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]
