"""ssh's questions, read: what kind each is and whom it is about.

ssh passes its askpass program the words it would print, and says in SSH_ASKPASS_PROMPT whether an answer is
wanted at all ("none"), yes or no ("confirm") or a text (unset). See readpass.c, sshconnect.c, sshconnect2.c and
ssh-sk-client.c of OpenSSH.
"""

from __future__ import annotations

import re

from vmgui.model.ssh import SshPrompt, SshPromptKind

MAX_PROMPT_CHARS = 4000

_PASSWORD = re.compile(r"^(?P<who>\S+@\S+)'s password: ?$")
# keyboard-interactive: "(ana@host) Password: ", the words are the host's own.
_INTERACTIVE = re.compile(r"^\((?P<who>[^()\s]+@[^()\s]+)\) (?P<words>.*)$", re.DOTALL)
_PASSPHRASE = re.compile(r"^Enter passphrase for (?:key )?'?(?P<file>.+?)'?: ?$", re.IGNORECASE)
_PIN = re.compile(r"^Enter PIN for (?P<what>.+?):? ?$", re.IGNORECASE)
_AUTHENTICITY = re.compile(r"The authenticity of host '(?P<host>[^'\n]{1,300})' can't be established")
_FINGERPRINT = re.compile(r"(?P<type>[A-Z0-9-]+) key fingerprint is (?P<print>\S+?)\.?\s*$", re.MULTILINE)
_YES_OR_NO = ("(yes/no", "type 'yes'", "type 'yes', 'no'")
_ASKS_PASSWORD = re.compile(r"^(?:password|passwort|contraseña|mot de passe)\b[^:]*: ?$", re.IGNORECASE)


def read_prompt(text: str, hint: str = "") -> SshPrompt:
    """The question in ssh's words; never raises."""
    text = text[:MAX_PROMPT_CHARS]
    if hint == "none":
        return SshPrompt(SshPromptKind.NOTICE, text.strip())
    for read in (_host_key, _password, _secret_of_key):
        prompt = read(text)
        if prompt is not None:
            return prompt
    if hint == "confirm" or any(words in text.lower() for words in _YES_OR_NO):
        return SshPrompt(SshPromptKind.CONFIRM, text.strip())
    found = _INTERACTIVE.match(text)
    return SshPrompt(SshPromptKind.OTHER, text.strip(), found["who"] if found else "")


def _host_key(text: str) -> SshPrompt | None:
    found = _AUTHENTICITY.search(text)
    if found is None:
        return None
    key = _FINGERPRINT.search(text)
    return SshPrompt(
        SshPromptKind.HOST_KEY,
        text.strip(),
        found["host"],
        key["type"] if key else "",
        key["print"] if key else "",
    )


def _password(text: str) -> SshPrompt | None:
    found = _PASSWORD.match(text)
    if found is None:
        found = _INTERACTIVE.match(text)
        if found is None or not _ASKS_PASSWORD.match(found["words"].strip()):
            return None
    return SshPrompt(SshPromptKind.PASSWORD, text.strip(), found["who"])


def _secret_of_key(text: str) -> SshPrompt | None:
    found = _PASSPHRASE.match(text)
    if found is not None:
        return SshPrompt(SshPromptKind.PASSPHRASE, text.strip(), found["file"])
    found = _PIN.match(text)
    return SshPrompt(SshPromptKind.PIN, text.strip(), found["what"]) if found is not None else None
