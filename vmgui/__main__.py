"""`python -m vmgui`."""

import sys

from vmgui.app.main import main

sys.exit(main())
