"""ssh's questions, read: what kind each is and whom it is about.

ssh passes its askpass program the words it would print, and says in SSH_ASKPASS_PROMPT whether an answer is
wanted at all ("none"), yes or no ("confirm") or a text (unset). See readpass.c, sshconnect.c, sshconnect2.c and
ssh-sk-client.c of OpenSSH.

A host may ask, too (keyboard-interactive), in any words it likes: also in those of ssh's own questions, to be told
what is not its business. Since OpenSSH 8.5 ssh puts "(user@host) " before what a host asks, so a question is ssh's
own only if the whole of it is one of ssh's sentences, from its first character. Older ones do not tell the two
apart: there every question is shown in its own words, nothing is said about it, and no kept answer is given.
"""

from __future__ import annotations

import re

from vmgui.model.ssh import SshPrompt, SshPromptKind

MAX_PROMPT_CHARS = 4000

_VERSION = re.compile(r"OpenSSH_(?:for_Windows_)?(\d{1,3})\.(\d{1,3})")
_FIRST_THAT_MARKS = (8, 5)
_FIRST_WITH_SESSION_OPTIONS = (8, 7)

_PASSWORD = re.compile(r"(?P<who>[^\s()]+@[^\s()]+)'s password: ?")
# keyboard-interactive: "(ana@host) Password: ", the words are the host's own.
_INTERACTIVE = re.compile(r"^\((?P<who>[^()\s]+@[^()\s]+)\) (?P<words>.*)$", re.DOTALL)
_PASSPHRASE = re.compile(r"Enter passphrase for (?:key )?'?(?P<file>[^\n]+?)'?: ?", re.IGNORECASE)
_PIN = re.compile(r"Enter PIN (?:and confirm user presence )?for (?P<what>[^\n]+?):? ?", re.IGNORECASE)
_AUTHENTICITY = re.compile(r"The authenticity of host '(?P<host>[^'\n]{1,300})' can't be established\b")
_FINGERPRINT = re.compile(r"(?P<type>[A-Z0-9-]+) key fingerprint is (?P<print>\S+?)\.?\s*$", re.MULTILINE)
_YES_OR_NO = ("(yes/no", "type 'yes'", "type 'yes', 'no'")
_ASKS_PASSWORD = re.compile(r"^(?:password|passwort|contraseña|mot de passe)\b[^:]*: ?$", re.IGNORECASE)


def marks_hosts_words(version: str) -> bool:
    """Whether the ssh of this version ("OpenSSH_9.2p1 ...") says which questions are a host's; unknown ones do."""
    return _is_at_least(version, _FIRST_THAT_MARKS)


def knows_session_options(version: str) -> bool:
    """Whether the ssh of this version has StdinNull, ForkAfterAuthentication and SessionType; unknown ones do."""
    return _is_at_least(version, _FIRST_WITH_SESSION_OPTIONS)


def _is_at_least(version: str, wanted: tuple[int, int]) -> bool:
    found = _VERSION.match(version)
    return found is None or (int(found[1]), int(found[2])) >= wanted


def read_prompt(text: str, hint: str = "", *, is_certain: bool = True) -> SshPrompt:
    """The question in ssh's words; never raises. Not `is_certain`: they may be a host's that pass for ssh's."""
    text = text[:MAX_PROMPT_CHARS]
    if hint == "none":
        return SshPrompt(SshPromptKind.NOTICE, text.strip())
    asked_by_host = _INTERACTIVE.match(text)
    if asked_by_host is not None:
        asks_password = _ASKS_PASSWORD.match(asked_by_host["words"].strip())
        kind = SshPromptKind.PASSWORD if asks_password else SshPromptKind.OTHER
        return SshPrompt(kind, text.strip(), asked_by_host["who"])
    for read in (_host_key, _password, _secret_of_key) if is_certain else ():
        prompt = read(text)
        if prompt is not None:
            return prompt
    if hint == "confirm" or any(words in text.lower() for words in _YES_OR_NO):
        return SshPrompt(SshPromptKind.CONFIRM, text.strip())
    return SshPrompt(SshPromptKind.OTHER, text.strip())


def _host_key(text: str) -> SshPrompt | None:
    found = _AUTHENTICITY.match(text)
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
    found = _PASSWORD.fullmatch(text)
    return SshPrompt(SshPromptKind.PASSWORD, text.strip(), found["who"]) if found is not None else None


def _secret_of_key(text: str) -> SshPrompt | None:
    found = _PASSPHRASE.fullmatch(text)
    if found is not None:
        return SshPrompt(SshPromptKind.PASSPHRASE, text.strip(), found["file"])
    found = _PIN.fullmatch(text)
    return SshPrompt(SshPromptKind.PIN, text.strip(), found["what"]) if found is not None else None
