"""What ssh asks before it lets us in, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SshPromptKind(Enum):
    """What is asked for."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind of question
    PASSPHRASE = "passphrase"  # noqa: S105 - of a key file
    PIN = "pin"  # of a security key or card
    HOST_KEY = "host_key"  # is this the right host? yes or no
    CONFIRM = "confirm"  # anything else that is answered by yes or no
    NOTICE = "notice"  # nothing to answer: "touch your key"
    OTHER = "other"  # one-time codes and whatever else a host may ask; may be secret


@dataclass(frozen=True, slots=True)
class SshPrompt:
    """One question; `text` are ssh's own words, `subject` who or what it is about."""

    kind: SshPromptKind
    text: str
    subject: str = ""  # user@host, the key's file, the host's name
    key_type: str = ""  # ED25519, RSA ...
    fingerprint: str = ""  # SHA256:...

    @property
    def is_lasting(self) -> bool:
        """Whether the answer is the same the next time; a PIN is none of our business to keep."""
        return self.kind in (SshPromptKind.PASSWORD, SshPromptKind.PASSPHRASE)

    @property
    def memory_key(self) -> str:
        """What a lasting answer is remembered under; the same key for every host that takes it."""
        return f"ssh {self.kind.value} {self.subject}"
