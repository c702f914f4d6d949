"""Starts, wires and stops the program.

Shutdown order: the window asks to close -> ask about running jobs -> panes and consoles end ->
jobs are cancelled -> hosts are disconnected (bounded) -> settings are written -> the window goes.
"""

from __future__ import annotations

import contextlib
import locale
import logging
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from vmgui.app.arguments import Arguments, parse
from vmgui.cli.call import verb_at

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)


def run() -> NoReturn:
    """The whole process: `main`, and an end that nothing can spoil.

    A thread may be inside a library for as long as a host is silent. The interpreter and the libraries (libvirt,
    GnuTLS, Qt) take themselves down at a normal exit under the feet of such threads, which then crash. All that
    has to be written is written by then.
    """
    try:
        status = main()
    except SystemExit as stop:
        status = _status(stop.code)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


def _status(code: object) -> int:
    """As the interpreter has it: a number, nothing, or words to be said."""
    if code is None or isinstance(code, int):
        # Of the command line; it has said why.
        return code or 0
    print(f"vmgui: {code}", file=sys.stderr)
    return 1


def main(argv: list[str] | None = None) -> int:
    """The whole program; its exit status. Prints a line, never a traceback, when it cannot start."""
    words = sys.argv[1:] if argv is None else argv
    # Qt would otherwise dispatch libvirt's events on the GUI thread.
    os.environ["QT_NO_GLIB"] = "1"
    if verb_at(words) is not None:
        from vmgui.cli.main import run as run_verb

        return run_verb(words)
    arguments = parse(words)
    if arguments.screenshot is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _has_display():
        print(
            "vmgui: there is no display here; start it in a desktop session, through `ssh -X`, "
            "or try `vmgui --demo --screenshot demo.png`.",
            file=sys.stderr,
        )
        return 1
    return _run(arguments)


def _has_display() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return any(os.environ.get(name) for name in names) or os.environ.get("QT_QPA_PLATFORM", "") in (
        "offscreen",
        "minimal",
        "vnc",
    )


def _hand_over_clipboard(application: QApplication) -> None:
    """Have the desktop keep what was copied here: under X11 it is gone with its owner otherwise.

    Qt gives it to the desktop's clipboard manager, if there is one, as its application object's last act (and waits
    for it 5 s at most); this process ends without such acts.
    """
    if application.platformName() == "xcb" and application.clipboard().ownsClipboard():
        application.shutdown()


def _run(arguments: Arguments) -> int:
    from vmgui.app import turns
    from vmgui.app.logs import Logs
    from vmgui.app.one_window import Claim, OneWindow, activation_token
    from vmgui.store import paths

    # Before the logs: those are the window's.
    one_window = OneWindow(paths.config_dir())
    claim = Claim.OWNER if arguments.demo else one_window.claim(arguments, activation_token())
    if claim is Claim.HANDED_OVER:
        print("vmgui: the window that is open already shows it.")
        return 0
    if claim is Claim.NO_ANSWER:
        print(
            f"vmgui: a window is open already (process {one_window.other}), but it does not answer; "
            "here is another one.",
            file=sys.stderr,
        )
    turns.keep_short()
    logs = Logs(paths.state_dir(), debug=arguments.debug)
    try:
        import qasync
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QApplication

        from vmgui import __version__
        from vmgui.app.program import run_program
        from vmgui.store.resources import resource_path

        logs.watch_qt()
        application = QApplication(["vmgui"])
        # Qt takes over the desktop's locale for all libraries: what libvirt says is judged by its English words.
        locale.setlocale(locale.LC_MESSAGES, "C")
        application.setApplicationName("vmgui")
        application.setApplicationDisplayName("vmgui")
        application.setApplicationVersion(__version__)
        application.setDesktopFileName("vmgui")
        application.setWindowIcon(QIcon(str(resource_path("vmgui.svg"))))
        application.setQuitOnLastWindowClosed(False)
        status = qasync.run(run_program(arguments, logs, one_window))
        _hand_over_clipboard(application)
        return status
    except KeyboardInterrupt:
        print("vmgui: stopped.", file=sys.stderr)
        return 130
    except SystemExit:
        raise
    except BaseException:
        log.critical("vmgui ended by an error", exc_info=True)
        print(f"vmgui: ended by an error; {logs.path} says which.", file=sys.stderr)
        return 1
    finally:
        logs.close()
