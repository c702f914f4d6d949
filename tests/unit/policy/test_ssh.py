"""ssh's questions in the words OpenSSH 9.2 was heard to use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.ssh import SshPromptKind
from vmgui.policy.ssh import MAX_PROMPT_CHARS, read_prompt

UNKNOWN_HOST = (
    "The authenticity of host '[10.77.21.11]:2222 ([10.77.21.11]:2222)' can't be established.\n"
    "ED25519 key fingerprint is SHA256:ElpPR9wJeiynZeskWkYKfsyP7kYaiZKqe19JRlN/+64.\n"
    "This key is not known by any other names.\n"
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? "
)


@pytest.mark.parametrize(
    ("text", "hint", "kind", "subject"),
    [
        ("root@host-a's password: ", "", SshPromptKind.PASSWORD, "root@host-a"),
        ("(ana@host-a) Password: ", "", SshPromptKind.PASSWORD, "ana@host-a"),
        ("(ana@host-a) Contraseña: ", "", SshPromptKind.PASSWORD, "ana@host-a"),
        ("(ana@host-a) Verification code: ", "", SshPromptKind.OTHER, "ana@host-a"),
        ("(ana@host-a) Password & OTP: more: ", "", SshPromptKind.OTHER, "ana@host-a"),
        ("Enter passphrase for key '/home/ana/.ssh/id rsa': ", "", SshPromptKind.PASSPHRASE, "/home/ana/.ssh/id rsa"),
        ("Enter PIN for ED25519-SK key /home/ana/.ssh/sk: ", "", SshPromptKind.PIN, "ED25519-SK key /home/ana/.ssh/sk"),
        ("Enter PIN for 'PIV Card': ", "", SshPromptKind.PIN, "'PIV Card'"),
        ("Confirm user presence for key ED25519-SK SHA256:x", "none", SshPromptKind.NOTICE, ""),
        ("Accept updated hostkeys? (yes/no): ", "", SshPromptKind.CONFIRM, ""),
        ("Add key /home/ana/.ssh/id (ana) to agent?", "confirm", SshPromptKind.CONFIRM, ""),
        ("ana@host-a's old password: ", "", SshPromptKind.OTHER, ""),
        ("", "", SshPromptKind.OTHER, ""),
    ],
)  # fmt: skip
def test_questions_are_told_apart(text: str, hint: str, kind: SshPromptKind, subject: str) -> None:
    prompt = read_prompt(text, hint)
    assert (prompt.kind, prompt.subject) == (kind, subject)


def test_an_unknown_host_shows_its_fingerprint() -> None:
    prompt = read_prompt(UNKNOWN_HOST)
    assert prompt.kind is SshPromptKind.HOST_KEY
    assert prompt.subject == "[10.77.21.11]:2222 ([10.77.21.11]:2222)"
    assert prompt.key_type == "ED25519"
    assert prompt.fingerprint == "SHA256:ElpPR9wJeiynZeskWkYKfsyP7kYaiZKqe19JRlN/+64"


def test_only_what_is_the_same_the_next_time_is_kept() -> None:
    assert read_prompt("a@b's password: ").is_lasting
    assert read_prompt("Enter passphrase for key '/k': ").is_lasting
    for text in ("(a@b) Verification code: ", "Enter PIN for 'x': ", UNKNOWN_HOST):
        assert not read_prompt(text).is_lasting
    # A passphrase belongs to the key, whichever host takes it.
    assert read_prompt("Enter passphrase for key '/k': ").memory_key == "ssh passphrase /k"


@given(text=st.text(max_size=300), hint=st.sampled_from(["", "none", "confirm", "x"]))
def test_no_words_do_harm(text: str, hint: str) -> None:
    assert len(read_prompt(text * 20, hint).text) <= MAX_PROMPT_CHARS
