"""Limits that cannot be beside each other; what else is judged of them: test_edit.py."""

from __future__ import annotations

from vmgui.model.edit import Setting, SettingKey, Value
from vmgui.policy.edit_limits import at_odds


def test_limits_at_odds_are_found_in_any_definition() -> None:
    def key(setting: Setting) -> SettingKey:
        return SettingKey(setting, "vda")

    limit, burst, total = (key(one) for one in (Setting.READ_IOPS, Setting.READ_IOPS_MAX, Setting.TOTAL_IOPS))
    found: dict[SettingKey, Value] = {SettingKey(Setting.VCPUS): 3, limit: 100, burst: 200, total: None}
    assert not at_odds(found)
    assert at_odds({**found, limit: None}) == {burst}
    assert at_odds({**found, limit: 300}) == {limit, burst}
    assert at_odds({**found, total: 1}) == {limit, total}
