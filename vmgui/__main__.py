"""`python -m vmgui`."""

from vmgui.app.main import run

run()
