"""The desktop's keyring, the only place where secrets are kept; that there is none is normal.

All of it blocks (D-Bus, a person who unlocks it): for worker threads.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "vmgui"
# Below this it is no keyring of a desktop but a plain file, or none at all.
_LEAST_PRIORITY = 1.0


class Keyring:
    """Secrets by name; failures of the keyring are logged without what was to be kept."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend
        self._looked = backend is not None
        self._lock = threading.Lock()

    def is_available(self) -> bool:
        """Whether there is one."""
        return self._get_backend() is not None

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""
        backend = self._get_backend()
        if backend is None:
            return None
        try:
            return backend.get_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001 - backends raise what their D-Bus libraries raise
            log.warning("the keyring does not answer: %s", type(error).__name__)
            return None

    def set(self, name: str, secret: str) -> bool:
        """Keep it; whether that worked."""
        backend = self._get_backend()
        if backend is None:
            return False
        try:
            backend.set_password(SERVICE, name, secret)
        except Exception as error:  # noqa: BLE001
            log.warning("the keyring keeps nothing: %s", type(error).__name__)
            return False
        return True

    def delete(self, name: str) -> None:
        """Forget it, if it was kept."""
        backend = self._get_backend()
        if backend is None:
            return
        try:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001
            log.warning("the keyring forgets nothing: %s", type(error).__name__)

    def _get_backend(self) -> KeyringBackend | None:
        with self._lock:
            if not self._looked:
                self._looked = True
                self._backend = _find_backend()
            return self._backend


def _find_backend() -> KeyringBackend | None:
    try:
        # Looks through all installed packages: not at the program's start.
        import keyring

        backend = keyring.get_keyring()
        return backend if float(backend.priority) >= _LEAST_PRIORITY else None
    except Exception as error:  # noqa: BLE001 - whatever a broken backend raises, there is no keyring then
        log.info("no keyring: %s", type(error).__name__)
        return None
