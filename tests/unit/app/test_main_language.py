"""On a Spanish desktop libvirt speaks English inside the program: what it says is judged by its words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.catalogue import SPANISH, write_catalogue

# Starts the program as far as where its work begins, and has libvirt say something there, in a thread as always.
PROBE = """
import asyncio, ctypes, locale, sys
import libvirt
import vmgui.app.program
from vmgui.app.main import main

def what_is_said():
    try:
        libvirt.open("qemu+unix:///system?socket=/nowhere/sock")
    except libvirt.libvirtError as error:
        return error.get_error_message()

async def run_program(*_):
    ctypes.CDLL(None).bindtextdomain(b"libvirt", sys.argv[1].encode())
    libvirt.registerErrorHandler(lambda *_: None, None)
    print(await asyncio.to_thread(what_is_said))
    # As it would be without what the program does about it.
    locale.setlocale(locale.LC_MESSAGES, "")
    print(await asyncio.to_thread(what_is_said))
    return 0

vmgui.app.program.run_program = run_program
sys.exit(main([]))
"""


def test_libvirt_speaks_english_here(tmp_path: Path) -> None:
    write_catalogue(tmp_path, {"Failed to connect socket to '%s'": "No se pudo conectar el socket «%s»"})
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROBE, str(tmp_path)],
        env=os.environ | SPANISH | folders | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    english, spanish = done.stdout.splitlines()
    assert english.startswith("Failed to connect socket to '/nowhere/sock'"), english
    if spanish == english:
        pytest.skip("this computer's glibc looks for no catalogue of messages in C.UTF-8")
    assert spanish.startswith("No se pudo conectar el socket «/nowhere/sock»"), spanish
