"""`python -m vmgui`."""

import sys

# Python looks for modules in the current folder first: a json.py there must not pass for Python's own. What has
# been found of this package is found by its own folder from now on.
if not sys.flags.safe_path:
    del sys.path[0]

from vmgui.app.main import run

run()
