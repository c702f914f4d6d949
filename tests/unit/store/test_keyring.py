"""Secrets are kept in a real keyring only, and one that fails is as good as none."""

from __future__ import annotations

import logging

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from vmgui.store.keyring import Keyring


class Broken(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"locked: {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot keep {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("locked")


# A backend counts as installed as soon as its class exists: not for other tests.
KeyringBackend._classes.discard(Broken)  # type: ignore[attr-defined]


def test_none_is_normal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    none = Keyring()
    assert not none.is_available()
    assert none.get("x") is None
    assert not none.set("x", "y")
    none.delete("x")


def test_a_plain_file_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(Broken):
        priority = 0.5  # type: ignore[assignment]

    KeyringBackend._classes.discard(Plain)  # type: ignore[attr-defined]
    monkeypatch.setattr(keyring, "get_keyring", Plain)
    assert not Keyring().is_available()


def test_one_that_fails_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    broken = Keyring(Broken())
    with caplog.at_level(logging.DEBUG):
        assert broken.get("x") is None
        assert not broken.set("x", "hunter2")
        broken.delete("x")
    assert "hunter2" not in caplog.text
    assert "RuntimeError" in caplog.text
    caplog.clear()
