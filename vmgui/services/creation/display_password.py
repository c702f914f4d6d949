"""The password of a screen that is served to a network: the host keeps it and tells our console; nobody types it."""

from __future__ import annotations

import secrets
import string

LENGTH = 8
"""VNC looks at no more."""
_LETTERS = string.ascii_letters + string.digits


def new_password() -> str:
    """One made by chance; neither logged nor kept here."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
