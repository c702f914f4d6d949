"""The rules on disk: kept, and a file of whatever content gives usable ones."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vmgui.model.alerts import AlertKind, AlertRule, AlertSettings
from vmgui.policy.alerts import valid
from vmgui.store.alerts import AlertStore


def test_kept(tmp_path: Path) -> None:
    store = AlertStore(tmp_path)
    assert store.settings == AlertSettings()
    wanted = replace(
        AlertSettings(),
        pool_full=AlertRule(False, 75.0),
        host_cpu=AlertRule(True, 80.0, 120.0),
        on_desktop=False,
    )
    store.save(wanted)
    store.close()
    again = AlertStore(tmp_path)
    assert again.settings == wanted
    again.close()


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text("# mine\n[pool_full]\nlimit_percent = 80 # tight\nextra = 1\n")
    store = AlertStore(tmp_path)
    assert store.settings.pool_full == AlertRule(True, 80.0)
    store.save(replace(store.settings, on_desktop=False))
    store.close()
    text = path.read_text()
    assert "# mine" in text
    assert "extra = 1" in text
    assert AlertStore(tmp_path).settings == replace(store.settings, on_desktop=False)


@pytest.mark.filterwarnings("default")
def test_wrong_values_fall_back(tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(
        'host_lost = 3\non_desktop = "yes"\n[pool_full]\nenabled = 1\nlimit_percent = 1e9\n'
        "[host_cpu]\nlimit_percent = true\nhold_s = -5\n[host_memory]\nlimit_percent = nan\n"
    )
    store = AlertStore(tmp_path)
    default = AlertSettings()
    assert store.settings == replace(
        default, pool_full=AlertRule(True, 99.0), host_cpu=replace(default.host_cpu, hold_s=0.0)
    )


values = st.one_of(
    st.booleans(), st.integers(-10, 200), st.floats(allow_nan=True), st.text(string.ascii_letters, max_size=5)
)


def as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if not isinstance(value, str) else f'"{value}"'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(st.sampled_from(AlertKind), st.tuples(values, values, values)))
def test_whatever_it_says(tmp_path: Path, tables: dict[AlertKind, tuple[object, object, object]]) -> None:
    text = "".join(
        f"[{kind.value}]\nenabled = {as_toml(a)}\nlimit_percent = {as_toml(b)}\nhold_s = {as_toml(c)}\n"
        for kind, (a, b, c) in tables.items()
    )
    (tmp_path / "alerts.toml").write_text(text)
    got = AlertStore(tmp_path).settings
    for kind in AlertKind:
        assert valid(kind, got.rule(kind)) == got.rule(kind)
