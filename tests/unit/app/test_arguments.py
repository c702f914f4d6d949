"""The command line is understood, or refused in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vmgui.app import main as app_main
from vmgui.app.arguments import parse


def test_connect_repeats_and_keeps_its_order():
    arguments = parse(
        ["--connect", "qemu:///system", "--connect", "test:///default", "--new", "--lang", "es"]
    )
    assert arguments.connect == ("qemu:///system", "test:///default")
    assert arguments.new
    assert arguments.language == "es"


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--screenshot", "x.png"], "--demo"),
        (["--demo", "--screenshot", "x.gif"], ".png"),
        (["--lang", "de"], "invalid choice"),
    ],
)
def test_nonsense_is_refused_with_a_reason(argv, words, capsys):
    with pytest.raises(SystemExit) as stop:
        parse(argv)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_a_picture_is_named_by_its_path():
    assert parse(["--demo", "--screenshot", "/x/y.png"]).screenshot == Path("/x/y.png")


def test_without_a_display_one_line_says_how_to_go_on(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app_main.main([]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "--demo --screenshot" in error


def test_help_needs_neither_qt_nor_libvirt():
    code = (
        "import sys\n"
        "from vmgui.app.main import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit as stop:\n    assert stop.code == 0\n"
        "assert not {'PySide6', 'libvirt', 'numpy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--show-console NAME" in done.stdout


@pytest.mark.parametrize("name", ["caf\u00e9 2", "a\u00a0b", "\U0001f469\u200d\U0001f52c lab"])
def test_every_name_that_can_be_shown_can_be_asked_for(name: str) -> None:
    assert parse(["--show-console", name]).show_console == name


@pytest.mark.parametrize("name", ["a\x1b[2J", "a\nb", "a\u202eb", "a\udcff"])
def test_a_name_that_cannot_be_shown_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--show-console", name])
    assert "cannot be shown" in capsys.readouterr().err
