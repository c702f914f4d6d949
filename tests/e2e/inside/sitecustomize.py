"""Runs in the program that is driven from outside before the program does: watches over its window's thread."""

import os
import sys

from tests.helpers import window_thread

# Not in the programs that it starts: they have no window.
if "vmgui" in sys.orig_argv and (path := os.environ.pop(window_thread.VARIABLE, "")):
    window_thread.report_to(path)
