"""Icons: those named in the program exist, none is carried for nothing, and they take the theme's colours."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

import vmgui
from vmgui.store.resources import resource_path
from vmgui.ui.look import theme
from vmgui.ui.look.icons import IconRole, icon, pixmap

FOLDER = resource_path("icons")
PACKAGE = Path(vmgui.__file__).parent
SOURCES = "\n".join(
    path.read_text("utf-8") for part in ("ui", "commands") for path in (PACKAGE / part).rglob("*.py")
)
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.install(qapp, "light")


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_icon_is_carried_for_nothing(name: str) -> None:
    assert re.search(rf"""["']{re.escape(name)}["']""", SOURCES), f"{name}.svg is used nowhere"


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn(name: str) -> None:
    image = pixmap(name, IconRole.TEXT, 16, 2.0).toImage()
    assert image.width() == 32
    assert colours_of(image), "nothing was drawn"


def test_the_licence_stands_beside_them() -> None:
    assert "ISC License" in (FOLDER / "LICENSE-lucide.txt").read_text("utf-8")


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_same_icon_follows_the_theme(qapp: QApplication) -> None:
    mark = icon("play", IconRole.RUNNING)
    light = colours_of(mark.pixmap(QSize(32, 32), 1.0).toImage())
    theme.set_theme("dark")
    dark = colours_of(mark.pixmap(QSize(32, 32), 1.0).toImage())
    theme.set_theme("light")
    assert theme.LIGHT.running in light
    assert theme.DARK.running in dark


def test_disabled_icon_is_grey() -> None:
    image = icon("play", IconRole.RUNNING).pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled).toImage()
    assert theme.LIGHT.disabled in colours_of(image)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icon_is_drawn_for_the_real_pixels(scale: float) -> None:
    drawn = icon("server").pixmap(QSize(20, 20), scale)
    assert drawn.devicePixelRatio() == scale
    assert drawn.width() == round(20 * scale)


def test_copies_of_icons_do_not_crash_or_leak_references(qapp: QApplication) -> None:
    before = sys.getrefcount(True), sys.getrefcount(None)
    for number in range(500):
        copy = QIcon(icon("play"))
        copy.addPixmap(QPixmap(4, 4))  # makes Qt clone our engine
        copy.pixmap(QSize(16 + number % 3, 16))
        del copy
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 400


def test_icon_takes_a_plain_colour() -> None:
    image = icon("server", QColor("#ff0000")).pixmap(QSize(32, 32), 1.0).toImage()
    assert "#ff0000" in colours_of(image)
