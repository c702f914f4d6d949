"""Hosts' answers become objects of ours in one worker thread at a time.

Python runs one thread at a time anyway: several at it are no faster, but each of them is one more that the
window's thread has to wait for, and after a start with a hundred hosts all of them have answers at once. Nobody
asks a host while it is his turn, so none waits for a host that is slow.
"""

from __future__ import annotations

import threading

in_turn = threading.Lock()
