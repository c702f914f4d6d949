"""Settings survive a restart, bad files lose nothing."""

from __future__ import annotations

import logging

import pytest

from vmgui.store.settings import Settings, SettingsStore


def test_defaults_without_a_file(tmp_path):
    assert SettingsStore(tmp_path).settings == Settings()


def test_changes_survive_a_restart_and_keep_what_a_person_wrote(tmp_path):
    (tmp_path / "settings.toml").write_text('# mine\nlanguage = "es"\nown_key = 3\n')
    store = SettingsStore(tmp_path)
    assert store.settings.language == "es"
    store.change(theme="dark")
    store.close()
    text = (tmp_path / "settings.toml").read_text()
    assert "# mine" in text
    assert "own_key = 3" in text
    assert SettingsStore(tmp_path).settings == Settings(language="es", theme="dark")


def test_a_value_not_offered_is_refused_and_changes_nothing(tmp_path):
    store = SettingsStore(tmp_path)
    with pytest.raises(ValueError, match="purple"):
        store.change(theme="purple")
    assert store.settings == Settings()


def test_wrong_values_in_the_file_fall_back_one_by_one(tmp_path, caplog):
    (tmp_path / "settings.toml").write_text('theme = 7\nlanguage = "en"\n')
    with caplog.at_level(logging.WARNING):
        assert SettingsStore(tmp_path).settings == Settings(language="en")
    assert "theme" in caplog.text


def test_a_broken_file_is_kept_aside(tmp_path):
    (tmp_path / "settings.toml").write_text("theme = [")
    store = SettingsStore(tmp_path)
    store.change(theme="light")
    store.close()
    assert (tmp_path / "settings.broken").read_text() == "theme = ["
    assert SettingsStore(tmp_path).settings.theme == "light"
