"""Files that cannot be read or saved: told in the window, with what can be done, and nothing lost."""

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QLabel

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.app.arguments import parse
from vmgui.app.program import _connect_hosts
from vmgui.model.host import HostConfig
from vmgui.model.stored_files import FileTrouble
from vmgui.store.hosts import HostStore
from vmgui.store.settings import SettingsStore
from vmgui.ui.look import theme, tokens
from vmgui.words import language

HOSTS = (
    HostConfig("h1", "alpha", "test:///default", autoconnect=False),
    HostConfig("h2", "beta", "test:///b", autoconnect=False),
)


@pytest.fixture(autouse=True)
def no_hypervisor_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user's own would be started, and outlive the test."""
    monkeypatch.setattr("vmgui.app.program.local_hosts", lambda **_facts: ())


def keep(directory: Path, *hosts: HostConfig) -> None:
    """As an earlier run left it."""
    store = HostStore(directory)
    for host in hosts:
        store.save(host)
    store.close()


async def started(directory: Path) -> Bench:
    bench = Bench(directory)
    await _connect_hosts(bench.services, bench.stores.hosts, parse([]), bench.window)
    return bench


@pytest.fixture
async def damaged(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Bench]:
    language.install(qapp, "en")
    theme.install(qapp, "light")
    keep(tmp_path, *HOSTS)
    (tmp_path / "last-seen").mkdir()
    (tmp_path / "last-seen" / "known.jsonl").write_text("of alpha")
    (tmp_path / "hosts.toml").write_text('[[host]]\nid = "h1')
    bench = await started(tmp_path)
    yield bench
    await bench.close()
    language.install(qapp, "en")


def shown(bench: Bench) -> str:
    banner = bench.window.findChild(QFrame, "files-banner")
    return "\n".join(label.text() for label in banner.findChildren(QLabel) if label.isVisible())


async def test_a_damaged_list_is_no_welcome_and_the_copy_brings_the_hosts_back(damaged: Bench) -> None:
    bench, directory = damaged, damaged.directory
    await eventually(lambda: "List of hosts: the file is damaged" in shown(bench))
    assert "Welcome" not in texts(bench.window)
    assert "Your hosts are not known now" in texts(bench.window)
    assert bench.services.hosts.configs == ()
    press(bench.window, "error-retry")
    await eventually(lambda: bench.services.hosts.configs == HOSTS)
    bench.window.inventory.flush()
    assert (directory / "last-seen" / "known.jsonl").exists()
    assert (directory / "hosts.broken").read_text() == '[[host]]\nid = "h1'
    await eventually(lambda: "was put aside" in shown(bench))
    press(bench.window, "error-close")
    await eventually(lambda: not shown(bench))
    assert len(tomllib.loads((directory / "hosts.toml").read_text())["host"]) == 2


async def test_start_with_an_empty_list(damaged: Bench) -> None:
    bench = damaged
    press(bench.window, "error-other")
    await eventually(lambda: "was put aside" in shown(bench))
    await eventually(lambda: "Welcome" in texts(bench.window))
    assert (bench.directory / "hosts.before.toml").exists()


async def test_a_list_that_cannot_be_read_now_comes_back_by_itself(
    tmp_path: Path, qapp: QApplication
) -> None:
    language.install(qapp, "en")
    keep(tmp_path, *HOSTS)
    (tmp_path / "hosts.toml").rename(tmp_path / "elsewhere")
    (tmp_path / "hosts.toml").mkdir()
    bench = await started(tmp_path)
    try:
        await eventually(lambda: "List of hosts: cannot be read now" in shown(bench))
        assert "Welcome" not in texts(bench.window)
        (tmp_path / "hosts.toml").rmdir()
        (tmp_path / "elsewhere").rename(tmp_path / "hosts.toml")
        press(bench.window, "error-retry")
        await eventually(lambda: bench.services.hosts.configs == HOSTS)
        await eventually(lambda: not shown(bench))
    finally:
        await bench.close()


async def test_what_is_not_saved_is_said_and_saved_later(bench: Bench) -> None:
    await _connect_hosts(
        bench.services, bench.stores.hosts, parse(["--connect", "test:///default"]), bench.window
    )
    for name in ("hosts", "settings"):
        (bench.directory / f".{name}.toml.lock").mkdir()
    bench.services.hosts.add(HOSTS[0])
    bench.settings.change(theme="dark")
    await eventually(lambda: "Settings" in shown(bench) and "List of hosts" in shown(bench))
    assert "changes are not saved" in shown(bench)
    assert HOSTS[0] in bench.services.hosts.configs
    for name in ("hosts", "settings"):
        (bench.directory / f".{name}.toml.lock").rmdir()
    press(bench.window, "error-retry")
    await eventually(lambda: not shown(bench))
    assert tomllib.loads((bench.directory / "settings.toml").read_text())["theme"] == "dark"
    assert HostStore(bench.directory).hosts == (HOSTS[0],)


async def test_what_another_process_changes_is_seen(bench: Bench) -> None:
    keep(bench.directory, *HOSTS)
    await _connect_hosts(
        bench.services, bench.stores.hosts, parse(["--connect", "test:///default"]), bench.window
    )
    await eventually(lambda: {"h1", "h2"} <= {config.id for config in bench.services.hosts.configs})
    other = HostStore(bench.directory)
    other.remove("h1")
    other.save(HostConfig("h3", "gamma", "test:///c", autoconnect=False))
    other.order(("h3", "h2"))
    other.close()
    await eventually(
        lambda: [config.name for config in bench.services.hosts.configs][:2] == ["gamma", "beta"]
    )
    # Asked for on the command line: in no list, and still there.
    assert "test:///default" in {config.uri for config in bench.services.hosts.configs}
    assert not bench.services.files.statuses


async def test_a_host_whose_entry_is_being_edited_is_not_taken_off(bench: Bench) -> None:
    keep(bench.directory, *HOSTS)
    await _connect_hosts(
        bench.services, bench.stores.hosts, parse(["--connect", "test:///default"]), bench.window
    )
    await eventually(lambda: {"h1", "h2"} <= {config.id for config in bench.services.hosts.configs})
    file = bench.directory / "hosts.toml"
    good = file.read_text()
    # A name has been changed in one, and the address of the other is not there yet.
    file.write_text(good.replace("alpha", "omega").replace('uri = "test:///b"\n', ""))
    await eventually(lambda: "omega" in {config.name for config in bench.services.hosts.configs})
    assert "beta" in {config.name for config in bench.services.hosts.configs}
    file.write_text(good[: good.rindex("[[host]]")])
    await eventually(lambda: "beta" not in {config.name for config in bench.services.hosts.configs})


async def test_settings_that_another_process_changes_are_in_effect_at_once(bench: Bench) -> None:
    await _connect_hosts(
        bench.services, bench.stores.hosts, parse(["--connect", "test:///default"]), bench.window
    )
    other = SettingsStore(bench.directory)
    other.change(theme="dark", language="es")
    other.close()
    await eventually(lambda: bench.action("theme-dark").isChecked())
    assert bench.action("language-es").isChecked()
    await eventually(lambda: "Archivo" in bench.window.menuBar().actions()[0].text().replace("&", ""))
    assert theme.tokens() == tokens.DARK


async def test_a_newer_file_is_told_once(tmp_path: Path, qapp: QApplication) -> None:
    language.install(qapp, "en")
    (tmp_path / "views.toml").write_text('version = 9\n[[view]]\nname = "mine"\n')
    bench = await started(tmp_path)
    try:
        await eventually(lambda: "Saved views: the file is of a newer vmgui" in shown(bench))
        assert bench.services.files.statuses[0].notice.trouble is FileTrouble.NEWER
        assert [view.name for view in bench.stores.views.views] == ["mine"]
        press(bench.window, "error-close")
        assert not shown(bench)
    finally:
        await bench.close()
    assert (tmp_path / "views.toml").read_text() == 'version = 9\n[[view]]\nname = "mine"\n'
