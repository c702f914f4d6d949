"""The only door to libvirt: connections, worker lanes, events, errors, one file per libvirt object."""

from __future__ import annotations

import os

# libvirt reads this once, when its library is loaded. With the embedded driver the hypervisor's own
# warnings would otherwise run down the person's terminal; errors come to us as exceptions anyway.
os.environ.setdefault("LIBVIRT_LOG_OUTPUTS", "4:file:/dev/null")
