"""Adding hosts as a person does: the form, its test, ssh's questions, the list's order and its file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.commands.uri_form import Way
from vmgui.model.host import HostConfig, UriAlias
from vmgui.policy.ssh import read_prompt
from vmgui.services.host_list import compare_list
from vmgui.services.ssh import SshAnswer, SshQuestion
from vmgui.store.hosts import HostStore
from vmgui.ui.hosts.import_dialog import ImportDialog
from vmgui.ui.look.message import Message

HOST = HostConfig("h", "server-a", "qemu+ssh://root@server-a/system")
UNKNOWN_HOST = (
    "The authenticity of host 'server-a (10.0.0.2)' can't be established.\n"
    "ED25519 key fingerprint is SHA256:ElpPR9wJeiynZeskWkYKfsyP7kYaiZKqe19JRlN/+64.\n"
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? "
)


def choose(dialog: QDialog, way: Way) -> None:
    box = dialog.findChild(QComboBox, "connect-way")
    assert box is not None
    box.setCurrentIndex(box.findData(way))


def field(dialog: QDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, f"connect-{name}")
    assert found is not None
    return found


def button(dialog: QDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


async def gone(bench: Bench, name: str) -> None:
    await eventually(lambda: not any(each.isVisible() for each in bench.window.findChildren(QDialog, name)))


async def open_form(bench: Bench, edit: HostConfig | None = None) -> QDialog:
    bench.window.show_connect_dialog(edit)
    return await bench.dialog("connect-dialog")


async def test_the_common_case_stays_short(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.SSH)
    shown = [each.objectName() for each in dialog.findChildren(QLineEdit) if each.isVisible()]
    assert sorted(shown) == ["connect-host", "connect-name", "connect-user"]
    button(dialog, "connect-more").click()
    assert field(dialog, "port").isVisible()
    assert field(dialog, "key-file").isVisible()
    choose(dialog, Way.TLS)
    assert not field(dialog, "key-file").isVisible()
    # Everything can be found by those who do not see it.
    for kind in (QLineEdit, QComboBox, QCheckBox, QPushButton):
        for each in dialog.findChildren(kind):
            if each.isVisible():
                assert each.accessibleName(), each.objectName()
                assert each.objectName()
    dialog.reject()


async def test_an_address_pasted_into_the_host_field_is_spread(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.SSH)
    field(dialog, "host").setText("root@Server:2222")
    assert [field(dialog, name).text() for name in ("host", "user", "port")] == ["Server", "root", "2222"]
    assert field(dialog, "port").isVisible()
    assert field(dialog, "name").text() == "Server"
    field(dialog, "host").setText("qemu+tls://[fd00::1]/system")
    assert dialog.findChild(QComboBox, "connect-way").currentData() is Way.TLS
    assert field(dialog, "host").text() == "fd00::1"
    dialog.reject()


async def test_what_is_typed_into_the_host_field_is_spread_when_it_is_left(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.SSH)
    host = field(dialog, "host")
    host.setFocus()
    QTest.keyClicks(host, "root@web:22")
    # Not under the fingers: it may go on with another digit.
    assert (host.text(), field(dialog, "user").text()) == ("root@web:22", "")
    QTest.keyClicks(host, "22")
    host.editingFinished.emit()  # as when the focus goes; offscreen no window has it
    assert [field(dialog, name).text() for name in ("host", "user", "port")] == ["web", "root", "2222"]
    dialog.reject()


async def test_a_host_of_capitals_is_edited_as_what_it_is(bench: Bench) -> None:
    dialog = await open_form(bench, HostConfig("x", "m", "qemu+ssh://MyAlias/system"))
    assert dialog.findChild(QComboBox, "connect-way").currentData() is Way.SSH
    assert field(dialog, "host").text() == "MyAlias"
    dialog.reject()


async def test_a_test_succeeds_without_adding_anything(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.CUSTOM)
    field(dialog, "uri").setText("test:///default")
    press(dialog, "connect-test")
    await eventually(lambda: "It works" in texts(dialog))
    assert not bench.services.inventory.hosts
    assert bench.stores.hosts.hosts == ()
    # Another address is not tested yet.
    field(dialog, "uri").setText("test:///other")
    assert "It works" not in texts(dialog)
    dialog.reject()


async def test_a_test_says_what_is_wrong_and_what_to_do(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.CUSTOM)
    field(dialog, "uri").setText("qemu+unix:///system?socket=/nowhere/libvirt-sock")
    press(dialog, "connect-test")
    await eventually(lambda: "libvirt does not run on this computer" in texts(dialog))
    assert "systemctl enable --now libvirtd" in texts(dialog)
    assert not button(dialog, "connect-keep").isVisible()
    assert button(dialog, "connect-test").isEnabled()
    dialog.reject()


async def test_a_test_can_be_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def hang(_config: HostConfig) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(bench.services.hosts, "test", hang)
    dialog = await open_form(bench)
    for _ in range(2):
        started.clear()
        ended.clear()
        press(dialog, "connect-test")
        await started.wait()
        assert button(dialog, "connect-test").text() == "Stop the test"
        assert not button(dialog, "connect-yes").isEnabled()
        press(dialog, "connect-test")
        await ended.wait()
        assert button(dialog, "connect-test").text() == "Test connection"
        assert button(dialog, "connect-yes").isEnabled()
    dialog.reject()


async def test_libvirts_own_names_are_offered(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def aliases() -> tuple[UriAlias, ...]:
        return (UriAlias("lab", "test:///default"), UriAlias("bad", "rm -rf"))

    monkeypatch.setattr(bench.services.hosts, "uri_aliases", aliases)
    dialog = await open_form(bench)
    box = dialog.findChild(QComboBox, "connect-way")
    assert box is not None
    await eventually(lambda: box.findData(Way.ALIAS) >= 0)
    choose(dialog, Way.ALIAS)
    names = dialog.findChild(QComboBox, "connect-alias")
    assert names is not None
    names.setCurrentIndex(1)
    assert not button(dialog, "connect-yes").isEnabled()
    names.setCurrentIndex(0)
    field(dialog, "name").setText("laboratory")
    press(dialog, "connect-yes")
    await gone(bench, "connect-dialog")
    assert bench.services.hosts.configs[0].uri == "test:///default"


async def test_rare_settings_are_kept_and_shown_again(bench: Bench) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.CUSTOM)
    field(dialog, "uri").setText("test:///default")
    field(dialog, "name").setText("laboratory")
    button(dialog, "connect-more").click()
    colour = dialog.findChild(QComboBox, "connect-colour")
    notes = dialog.findChild(QPlainTextEdit, "connect-notes")
    assert colour is not None
    assert notes is not None
    colour.setCurrentIndex(colour.findData("purple"))
    notes.setPlainText("Rack 4\nask Ana")
    press(dialog, "connect-yes")
    await gone(bench, "connect-dialog")
    (config,) = bench.services.hosts.configs
    assert (config.colour, config.notes) == ("purple", "Rack 4\nask Ana")
    connection = bench.services.hosts.connection(config.id)
    again = await open_form(bench, config)
    assert button(again, "connect-more").isChecked()
    notes = again.findChild(QPlainTextEdit, "connect-notes")
    assert notes is not None
    notes.setPlainText("gone")
    press(again, "connect-yes")
    await gone(bench, "connect-dialog")
    # A note is no reason to lose the connection.
    assert bench.services.hosts.connection(config.id) is connection
    assert bench.stores.hosts.hosts[0].notes == "gone"


async def ask(bench: Bench, question: SshQuestion) -> asyncio.Future[SshAnswer | None]:
    assert bench.services.hosts.ssh.ask is not None
    return asyncio.ensure_future(bench.services.hosts.ssh.ask(question))


async def test_a_password_is_asked_in_the_window(bench: Bench) -> None:
    waiting = await ask(bench, SshQuestion(HOST, read_prompt("root@server-a's password: "), was_wrong=True))
    dialog = await bench.dialog("ssh-secret-dialog")
    assert "root@server-a" in texts(dialog)
    assert "not accepted" in texts(dialog)
    assert "keyring" not in texts(dialog)
    secret = dialog.findChild(QLineEdit, "ssh-secret")
    assert secret is not None
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    secret.setText("hunter2")
    press(dialog, "ssh-yes")
    assert await waiting == SshAnswer("hunter2")


async def test_a_passphrase_may_be_remembered(bench: Bench) -> None:
    prompt = read_prompt("Enter passphrase for key '/home/ana/.ssh/id': ")
    waiting = await ask(bench, SshQuestion(HOST, prompt, can_remember=True))
    dialog = await bench.dialog("ssh-secret-dialog")
    remember = dialog.findChild(QCheckBox, "ssh-remember")
    assert remember is not None
    remember.setChecked(True)
    dialog.findChild(QLineEdit, "ssh-secret").setText("sesame")
    press(dialog, "ssh-yes")
    assert await waiting == SshAnswer("sesame", remember=True)


async def test_a_fingerprint_is_shown_and_enter_does_not_trust(bench: Bench) -> None:
    waiting = await ask(bench, SshQuestion(HOST, read_prompt(UNKNOWN_HOST)))
    dialog = await bench.dialog("ssh-host-key-dialog")
    shown = dialog.findChild(QLabel, "ssh-fingerprint")
    assert shown is not None
    assert shown.text() == "SHA256:ElpPR9wJeiynZeskWkYKfsyP7kYaiZKqe19JRlN/+64"
    assert button(dialog, "ssh-cancel").isDefault()
    press(dialog, "ssh-cancel")
    assert await waiting is None
    waiting = await ask(bench, SshQuestion(HOST, read_prompt(UNKNOWN_HOST)))
    press(await bench.dialog("ssh-host-key-dialog"), "ssh-yes")
    assert await waiting == SshAnswer("yes")


async def test_a_moot_question_leaves_the_screen(bench: Bench) -> None:
    waiting = await ask(bench, SshQuestion(HOST, read_prompt("root@server-a's password: ")))
    await bench.dialog("ssh-secret-dialog")
    waiting.cancel()
    await gone(bench, "ssh-secret-dialog")


async def test_a_notice_comes_and_goes(bench: Bench) -> None:
    show = bench.services.hosts.ssh.show_notice
    assert show is not None
    take_back = show(HOST, read_prompt("Confirm user presence for key ED25519-SK", "none"))
    dialog = await bench.dialog("ssh-notice-dialog")
    assert "Touch your security key" in texts(dialog)
    assert not dialog.isModal()
    take_back()
    await gone(bench, "ssh-notice-dialog")


async def test_hosts_are_put_in_order_by_menu(bench: Bench) -> None:
    for name in "abc":
        bench.services.hosts.add(HostConfig(name, name, f"test:///{name}", autoconnect=False))
    bench.window.inventory.flush()
    bench.window.inventory.select_host("c")
    await eventually(lambda: bench.action("host-up").isEnabled())
    assert not bench.action("host-down").isEnabled()
    bench.trigger("host-up")
    bench.trigger("host-up")
    bench.window.inventory.flush()
    model = bench.window.inventory.model
    assert [model.index(row, 0).data() for row in range(3)] == ["c", "a", "b"]
    assert bench.window.inventory.selected.hosts == ("c",)
    await eventually(lambda: not bench.action("host-up").isEnabled())
    bench.stores.hosts.close()
    assert [config.name for config in HostStore(bench.directory).hosts] == ["c", "a", "b"]


async def choose_in_dialog(bench: Bench, file: Path) -> None:
    """Type a file's name into the file dialog, as a person may."""
    chooser = await eventually(
        lambda: next((each for each in bench.window.findChildren(QFileDialog) if each.isVisible()), None)
    )
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(file))
    chooser.accept()


async def test_the_list_goes_to_a_file_and_comes_back(bench: Bench, tmp_path: Path) -> None:
    first = HostConfig("a", "alpha", "test:///a", autoconnect=False, notes="kept")
    bench.services.hosts.add(first)
    bench.window.inventory.flush()
    await eventually(lambda: bench.action("export-hosts").isEnabled())
    bench.trigger("export-hosts")
    await choose_in_dialog(bench, tmp_path / "list.toml")
    file = tmp_path / "list.toml"
    await eventually(file.exists)
    bench.services.hosts.add(HostConfig("a", "renamed", "test:///a", autoconnect=False))
    text = await eventually(file.read_text)
    file.write_text(
        text + '\n[[host]]\nname = "beta"\nuri = "test:///b"\nautoconnect = false\n'
        '[[host]]\nname = "odd"\nuri = "qemu+ssh://x/system?command=/tmp/x"\n'
    )
    bench.trigger("import-hosts")
    await choose_in_dialog(bench, tmp_path / "list.toml")
    dialog = await bench.dialog("import-hosts-dialog")
    assert isinstance(dialog, ImportDialog)
    assert [each.config.name for each in dialog.chosen()] == ["beta"]
    known = dialog.list.topLevelItem(0)
    assert known is not None
    assert "In the list already" in known.text(2)
    known.setCheckState(0, Qt.CheckState.Checked)
    press(dialog, "import-yes")
    await eventually(lambda: len(bench.services.hosts.configs) == 2)
    alpha, beta = bench.services.hosts.configs
    assert (alpha.id, alpha.name, alpha.notes) == ("a", "alpha", "kept")
    assert beta.name == "beta"


async def test_a_file_that_is_no_list_says_so(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text("nonsense")
    bench.trigger("import-hosts")
    await choose_in_dialog(bench, tmp_path / "list.toml")

    def shown() -> bool:
        return any(
            "No hosts were imported" in texts(each)
            for each in bench.window.findChildren(QWidget)
            if each.isVisible()
        )

    await eventually(shown)


async def test_what_is_dangerous_is_said_and_not_ticked(bench: Bench) -> None:
    listed = compare_list(
        (
            HostConfig("1", "safe", "qemu+ssh://h/system"),
            HostConfig("2", "emulator", "qemu:///embed?root=/home/eve/x"),
            HostConfig("3", "anybody", "qemu+tls://h/system?no_verify=1"),
            HostConfig("4", "open", "qemu+tcp://h/system"),
        ),
        (),
    )
    dialog = ImportDialog(listed, bench.window)
    assert [each.config.name for each in dialog.chosen()] == ["safe"]
    notes = [item.text(2) for row in range(4) if (item := dialog.list.topLevelItem(row)) is not None]
    assert notes[0] == "New"
    assert "Starts a program" in notes[1]
    assert "Does not check" in notes[2]
    assert "Not encrypted" in notes[3]
    dialog.deleteLater()


async def test_no_name_and_no_danger_of_a_listed_host_is_cut_off(bench: Bench) -> None:
    uri = "qemu+ssh://h/system?command=/tmp/x&known_hosts_verify=ignore"
    listed = compare_list(
        (HostConfig("1", "a", "qemu+ssh://h/system"), HostConfig("2", "the one in the cellar", uri)), ()
    )
    dialog = ImportDialog(listed, bench.window)
    dialog.show()
    item = dialog.list.topLevelItem(1)
    assert item is not None
    assert dialog.list.columnWidth(0) > dialog.fontMetrics().horizontalAdvance("the one in the cellar")
    lines = item.text(2).splitlines()
    assert [line.partition(":")[0].partition(" ")[0] for line in lines] == ["Starts", "Does"]
    assert item.sizeHint(2).height() >= 2 * dialog.fontMetrics().height()
    dialog.close()
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("qemu:///embed?root=/home/eve/x", "Starts a program"),
        ("qemu+ssh://h/system?known_hosts_verify=ignore", "Does not check"),
        ("qemu+tcp://h/system", "Not encrypted"),
        ("qemu+ssh://h/system", ""),
    ],
)
async def test_what_is_dangerous_is_said_while_it_is_typed(bench: Bench, uri: str, words: str) -> None:
    dialog = await open_form(bench)
    choose(dialog, Way.CUSTOM)
    field(dialog, "uri").setText(uri)
    field(dialog, "name").setText("x")
    said = [each.text for each in dialog.findChildren(Message) if each.text]
    assert [text.startswith(words) for text in said] == ([True] if words else [])
    assert button(dialog, "connect-yes").isEnabled()
