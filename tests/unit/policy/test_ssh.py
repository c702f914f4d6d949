"""ssh's questions in the words OpenSSH 9.2 was heard to use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.ssh import SshPromptKind
from vmgui.policy.ssh import MAX_PROMPT_CHARS, knows_session_options, marks_hosts_words, read_prompt

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


@pytest.mark.parametrize(
    "words",
    [
        UNKNOWN_HOST,
        "root@bank's password: ",
        "Enter passphrase for key '/home/ana/.ssh/id': ",
        "Enter PIN for 'PIV Card': ",
        "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
        f"Welcome.\n{UNKNOWN_HOST}",
    ],
)
@pytest.mark.parametrize("hint", ["", "confirm"])
def test_a_host_s_words_are_shown_as_its_own(words: str, hint: str) -> None:
    """OpenSSH 8.5 and later put who asks before what a host asks; nothing kept is sent as an answer."""
    prompt = read_prompt(f"(ana@host-a) {words}", hint)
    assert prompt.kind is SshPromptKind.OTHER
    assert prompt.subject == "ana@host-a"
    assert not prompt.is_lasting
    # An older one does not say whose words they are: so nothing is said of them.
    prompt = read_prompt(words, is_certain=False)
    assert prompt.kind in (SshPromptKind.OTHER, SshPromptKind.CONFIRM)
    assert (prompt.text, prompt.subject, prompt.fingerprint) == (words.strip(), "", "")


@pytest.mark.parametrize(
    "text",
    [
        f"Your account is locked.\n{UNKNOWN_HOST}",
        "Hello\nroot@host-a's password: ",
        "Enter passphrase for key '/k':\nsee http://x : ",
        "(a@b's password: ",
    ],
)
def test_only_a_whole_sentence_of_ssh_is_ssh_s(text: str) -> None:
    assert read_prompt(text).kind in (SshPromptKind.OTHER, SshPromptKind.CONFIRM)


@pytest.mark.parametrize(
    ("version", "marks"),
    [
        ("OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.19", True),
        ("OpenSSH_8.5p1", True),
        ("OpenSSH_10.0p2", True),
        ("OpenSSH_8.4p1 Debian-5", False),
        ("OpenSSH_8.2p1 Ubuntu-4ubuntu0.13", False),
        ("OpenSSH_7.4p1", False),
        ("", True),
    ],
)
def test_which_ssh_says_whose_words_they_are(version: str, marks: bool) -> None:
    assert marks_hosts_words(version) is marks


@pytest.mark.parametrize(
    ("version", "knows"),
    [
        ("OpenSSH_8.6p1 Debian-1", False),
        ("OpenSSH_7.9p1", False),
        ("OpenSSH_8.7p1, OpenSSL 1.1.1k", True),
        ("OpenSSH_10.0p2", True),
        ("", True),
    ],
)
def test_which_ssh_has_options_for_sessions(version: str, knows: bool) -> None:
    assert knows_session_options(version) is knows


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
