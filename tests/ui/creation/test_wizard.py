"""The wizard as a person uses it: by its buttons and fields, on real services."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from tests.helpers.signals import expect_signal
from tests.helpers.waiting import eventually
from tests.ui.creation.conftest import Workshop
from vmgui.model.creation import SourceKind
from vmgui.model.creation_draft import DiskChoice
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import JobState
from vmgui.services.creation import media
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.summary_page import SummaryPage
from vmgui.ui.creation.wizard import CreationWizard
from vmgui.ui.look import theme
from vmgui.ui.look.message import Message
from vmgui.words import language
from vmgui.words.note import Level


def button(wizard: CreationWizard, name: str) -> QPushButton:
    found = wizard.findChild(QPushButton, name)
    assert found is not None, name
    return found


def click(wizard: CreationWizard, name: str) -> None:
    target = button(wizard, name)
    assert target.isEnabled(), f"{name} is disabled"
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)


def edit(wizard: CreationWizard, name: str) -> QLineEdit:
    found = wizard.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def message(wizard: CreationWizard, name: str) -> Message:
    found = wizard.findChild(Message, name)
    assert found is not None, name
    return found


def choose_source(wizard: CreationWizard, kind: SourceKind) -> None:
    radio = wizard.findChild(QRadioButton, f"create-source-{kind.value}")
    assert radio is not None
    radio.click()


async def test_an_empty_machine_is_made_with_one_click_after_its_kind(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    assert not button(wizard, "create-create").isEnabled()
    assert message(wizard, "create-reason").text == "Choose the installer CD."
    choose_source(wizard, SourceKind.EMPTY)
    async with expect_signal(wizard.created) as made:
        click(wizard, "create-create")
    assert not wizard.isVisible()
    job = await workshop.job(made.args[0])
    assert job.state is JobState.DONE, job.error
    await eventually(lambda: "machine" in {row.name for row in workshop.inventory.domains_of("a")})


async def test_next_next_finish_visits_every_page_and_makes_the_machine(
    workshop: Workshop, tmp_path: Path
) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.NETWORK_BOOT)
    seen = [wizard.current_page]
    while button(wizard, "create-next").isVisible():
        click(wizard, "create-next")
        seen.append(wizard.current_page)
    assert seen == list(PageId)
    assert button(wizard, "create-create").isDefault()
    async with expect_signal(wizard.created) as made:
        QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert (await workshop.job(made.args[0])).state is JobState.DONE


async def test_a_missing_file_is_named_beside_its_field_and_blocks(
    workshop: Workshop, tmp_path: Path
) -> None:
    wizard = workshop.wizard
    await workshop.open()
    edit(wizard, "create-cdrom-path").setText(str(tmp_path / "nothing.iso"))
    await workshop.settled()
    shown = message(wizard, "create-cdrom-path-message")
    assert shown.level is Level.ERROR
    assert "nothing.iso" in shown.text
    assert not button(wizard, "create-next").isEnabled()
    assert not button(wizard, "create-create").isEnabled()


async def test_only_the_last_typed_path_counts(workshop: Workshop, tmp_path: Path) -> None:
    wizard = workshop.wizard
    await workshop.open()
    (tmp_path / "empty.iso").touch()
    field = edit(wizard, "create-cdrom-path")
    field.setText(str(tmp_path / "nothing.iso"))
    field.setText(str(tmp_path / "empty.iso"))
    view = await workshop.settled()
    assert [medium.ref.path for _field, medium in view.media] == [str(tmp_path / "empty.iso")]
    assert "nothing.iso" not in message(wizard, "create-cdrom-path-message").text


async def test_a_taken_name_is_said_while_typing_and_mended(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.EXTRAS)
    name = edit(wizard, "create-name")
    name.selectAll()
    QTest.keyClicks(name, "test")  # the machine every test driver has
    shown = message(wizard, "create-name-message")
    assert "“test”" in shown.text
    assert shown.level is Level.ERROR
    assert not button(wizard, "create-create").isEnabled()
    QTest.keyClicks(name, "2")
    assert shown.text == ""
    assert button(wizard, "create-create").isEnabled()


async def test_leaving_keeps_the_answers_and_starting_over_forgets_them(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.EXTRAS)
    edit(wizard, "create-name").clear()
    QTest.keyClicks(edit(wizard, "create-name"), "kept")
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    await workshop.open()
    assert wizard.current_page is PageId.EXTRAS
    assert edit(wizard, "create-name").text() == "kept"
    assert "left off" in message(wizard, "create-banner").text
    click(wizard, "create-start-over")
    assert workshop.view.draft.is_pristine
    assert wizard.current_page is PageId.SOURCE
    assert message(wizard, "create-banner").text == ""


async def test_back_and_jumps_lose_nothing(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.KERNEL)
    edit(wizard, "create-kernel-path").setText("/nowhere/vmlinuz")
    choose_source(wizard, SourceKind.CDROM)
    wizard.go_to(PageId.NETWORK)
    click(wizard, "create-back")
    assert wizard.current_page is PageId.STORAGE
    wizard.go_to(PageId.SOURCE)
    choose_source(wizard, SourceKind.KERNEL)
    assert edit(wizard, "create-kernel-path").text() == "/nowhere/vmlinuz"


async def test_enter_presses_the_button_that_has_the_keyboard(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.RESOURCES)
    more = button(wizard, "create-resources-more")
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Return)
    assert more.isChecked()
    assert wizard.current_page is PageId.RESOURCES
    wizard.go_to(PageId.SUMMARY)
    edit_xml = button(wizard, "create-edit-xml")
    edit_xml.setFocus()
    QTest.keyClick(edit_xml, Qt.Key.Key_Return)
    assert wizard.isVisible(), "nothing is made by somebody who wants to look"
    assert wizard.findChild(QPlainTextEdit, "create-xml") is not None


async def test_the_xml_can_be_edited_and_given_up(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.SUMMARY)
    click(wizard, "create-edit-xml")
    editor = wizard.findChild(QPlainTextEdit, "create-xml")
    assert editor is not None
    assert "<name>machine</name>" in editor.toPlainText()
    assert not workshop.view.draft.xml, "looking is not editing"
    good = editor.toPlainText().replace("<name>machine</name>", "<name>by-hand</name>")
    editor.setPlainText("<domain><name>by-hand</name>")
    await eventually(lambda: message(wizard, "create-xml-message").level is Level.ERROR)
    assert not button(wizard, "create-create").isEnabled()
    editor.setPlainText(good)
    await eventually(lambda: workshop.view.is_ready)
    wizard.go_to(PageId.RESOURCES)
    assert "edited the XML" in message(wizard, "create-banner").text
    wizard.go_to(PageId.SUMMARY)
    async with expect_signal(wizard.created) as made:
        click(wizard, "create-create")
    assert (await workshop.job(made.args[0])).state is JobState.DONE
    await eventually(lambda: "by-hand" in {row.name for row in workshop.inventory.domains_of("a")})
    await workshop.open()
    assert workshop.view.draft.is_pristine


async def open_xml(workshop: Workshop) -> QPlainTextEdit:
    """What can be made, as XML."""
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.SUMMARY)
    click(wizard, "create-edit-xml")
    editor = wizard.findChild(QPlainTextEdit, "create-xml")
    assert editor is not None
    return editor


async def test_what_was_typed_last_into_the_xml_is_made(workshop: Workshop) -> None:
    editor = await open_xml(workshop)
    wizard = workshop.wizard
    editor.setPlainText(editor.toPlainText().replace("<name>machine</name>", "<name>by-hand</name>"))
    async with expect_signal(wizard.created) as made:
        click(wizard, "create-create")
    assert (await workshop.job(made.args[0])).state is JobState.DONE
    await eventually(lambda: "by-hand" in {row.name for row in workshop.inventory.domains_of("a")})
    summary = wizard.findChild(SummaryPage)
    assert summary is not None
    summary.flush()
    assert workshop.view.draft.xml == "", "nothing of it is left for the next machine"


async def test_what_was_typed_last_into_the_xml_is_kept_when_the_step_is_left(workshop: Workshop) -> None:
    editor = await open_xml(workshop)
    editor.setPlainText("nonsense")
    workshop.wizard.go_to(PageId.RESOURCES)
    assert workshop.view.draft.xml == "nonsense"
    assert "edited the XML" in message(workshop.wizard, "create-banner").text


async def test_one_press_makes_one_machine(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    made: list[int] = []
    wizard.created.connect(made.append)
    finish = button(wizard, "create-create")
    finish.click()
    finish.click()
    assert wizard.session.create() is None
    assert len(made) == 1
    await workshop.job(made[0])


@pytest.mark.parametrize("way", ["made", "started over", "given up"])
async def test_the_xml_was_asked_for_once_not_for_ever(workshop: Workshop, way: str) -> None:
    editor = await open_xml(workshop)
    wizard = workshop.wizard
    editor.setPlainText(editor.toPlainText().replace("<name>machine</name>", "<name>by-hand</name>"))
    wizard.go_to(PageId.RESOURCES)
    if way == "made":
        job_id = wizard.session.create()
        assert job_id is not None
        wizard.accept()
        await workshop.job(job_id)
        await workshop.open()
    elif way == "started over":
        button(wizard, "create-start-over").click()
    else:
        message(wizard, "create-banner").fix_wanted.emit("")
    choose_source(wizard, SourceKind.NETWORK_BOOT)
    wizard.go_to(PageId.SUMMARY)
    await eventually(button(wizard, "create-edit-xml").isVisible)


async def test_back_to_the_forms_values_drops_the_edit(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    wizard.go_to(PageId.SUMMARY)
    click(wizard, "create-edit-xml")
    editor = wizard.findChild(QPlainTextEdit, "create-xml")
    assert editor is not None
    editor.setPlainText("nonsense")
    await eventually(lambda: bool(workshop.view.draft.xml))
    click(wizard, "create-xml-reset")
    assert workshop.view.draft.xml == ""
    assert workshop.view.is_ready
    assert button(wizard, "create-edit-xml").isVisible()


async def test_the_host_can_be_chosen_where_there_are_several(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open("a")
    host = wizard.findChild(QComboBox, "create-host")
    assert host is not None
    assert not host.isVisible()
    await workshop.connect("test:///default", "b")
    await eventually(host.isVisible)
    assert [host.itemText(i) for i in range(host.count())] == ["host-a", "host-b"]
    wizard.reject()
    await workshop.open("b")
    assert host.currentText() == "host-b"


async def test_a_machine_made_elsewhere_takes_its_name_from_the_form(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    assert workshop.view.new is not None
    first = workshop.view.new.name
    workshop.creation.create(workshop.view.new)
    await eventually(lambda: workshop.view.new is not None and workshop.view.new.name != first)


async def test_without_a_connected_host_it_says_so(workshop: Workshop) -> None:
    workshop.hosts.disconnect("a")
    await eventually(lambda: workshop.inventory.hosts["a"].state is HostState.DISCONNECTED)
    workshop.wizard.open_for()
    await eventually(workshop.wizard.isVisible)
    assert "No host is connected" in message(workshop.wizard, "create-banner").text
    assert not button(workshop.wizard, "create-next").isEnabled()


async def test_every_control_can_be_found_by_name(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    controls: list[QWidget] = [
        *wizard.findChildren(QPushButton),
        *wizard.findChildren(QLineEdit),
        *wizard.findChildren(QRadioButton),
        *wizard.findChildren(QCheckBox),
    ]
    for page in PageId:
        wizard.go_to(page)
        for control in controls:
            if control.isVisible() and not control.objectName().startswith("qt_"):
                assert control.objectName(), control
                assert control.accessibleName(), control.objectName()
                assert "&" not in control.accessibleName()
    buddies = {label.buddy() for label in wizard.findChildren(QLabel)}
    for box in wizard.findChildren(QComboBox):
        assert box in buddies, box.objectName()


@pytest.mark.parametrize("kind", list(SourceKind))
async def test_mnemonics_of_a_page_do_not_clash(workshop: Workshop, kind: SourceKind) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, kind)
    workshop.wizard.session.change(disk_choice=DiskChoice.EXISTING)
    for page in PageId:
        wizard.go_to(page)
        texts = [
            text_of(widget)
            for kind in (QPushButton, QRadioButton, QCheckBox, QLabel)
            for widget in wizard.findChildren(kind)
            if widget.isVisible() and (not isinstance(widget, QLabel) or widget.buddy() is not None)
        ]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
        assert len(letters) == len(set(letters)), (page, sorted(letters), texts)


class Quoted(QTranslator):
    """A language of its own: every text within brackets."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"[{text}]"

    def isEmpty(self) -> bool:
        return False


async def test_the_language_changes_while_it_is_open(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    choose_source(wizard, SourceKind.EMPTY)
    translator = Quoted()
    QCoreApplication.installTranslator(translator)
    try:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        assert wizard.windowTitle() == "[New virtual machine]"
        assert button(wizard, "create-next").text() == "[&Next]"
        for page in PageId:
            wizard.go_to(page)
            shown = [
                text
                for kind in (QLabel, QPushButton, QRadioButton, QCheckBox)
                for widget in wizard.findChildren(kind)
                if widget.isVisible() and any(letter.isalpha() for letter in text_of(widget))
                for text in (text_of(widget),)
            ]
            assert not [text for text in shown if "[" not in text], page
    finally:
        QCoreApplication.removeTranslator(translator)


def text_of(widget: QWidget) -> str:
    return str(widget.property("text"))


def make_cd(path: Path, volume_id: str) -> Path:
    """As much of an ISO 9660 image as tells which system is on it, with an El Torito boot record."""
    sector = 2048

    def text(value: str, length: int) -> bytes:
        return value.encode("ascii").ljust(length)

    def both(value: int) -> bytes:
        return value.to_bytes(4, "little") + value.to_bytes(4, "big")

    sectors = 64
    primary = b"\x01CD001\x01\0" + text("", 32) + text(volume_id, 32) + bytes(8) + both(sectors)
    primary = primary.ljust(120, b"\0") + bytes(4) + b"\x00\x08\x08\x00"
    primary = primary.ljust(190, b"\0").ljust(318) + text("", 128) * 3
    boot = (
        b"\0CD001\x01" + b"EL TORITO SPECIFICATION".ljust(32, b"\0") + bytes(32) + (20).to_bytes(4, "little")
    )
    end = b"\xffCD001\x01"
    image = bytearray(sectors * sector)
    for number, content in ((16, primary), (17, boot), (18, end)):
        image[number * sector : number * sector + len(content)] = content
    path.write_bytes(image)
    return path


@pytest.fixture
def public_dir() -> Iterator[Path]:
    """A directory the hypervisor's user may enter."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


async def test_a_cd_is_recognised_and_decides_name_and_sizes(workshop: Workshop, public_dir: Path) -> None:
    wizard = workshop.wizard
    await workshop.open()
    edit(wizard, "create-cdrom-path").setText(str(make_cd(public_dir / "cd.iso", "Debian 12.5.0 amd64 n")))
    view = await workshop.settled()
    assert view.detected is not None
    assert message(wizard, "create-cdrom-path-message").text.startswith("Detected: Debian 12")
    assert view.new is not None
    assert view.new.name == "debian-12"
    assert view.new.disk_bus == "virtio"
    assert button(wizard, "create-create").isEnabled()


async def test_another_system_than_the_detected_can_be_chosen_and_taken_back(
    workshop: Workshop, public_dir: Path
) -> None:
    wizard = workshop.wizard
    await workshop.open()
    edit(wizard, "create-cdrom-path").setText(str(make_cd(public_dir / "cd.iso", "Debian 12.5.0 amd64 n")))
    await workshop.settled()
    click(wizard, "create-cdrom-path-message-fix")
    assert wizard.current_page is PageId.SYSTEM
    search = edit(wizard, "os-search")
    assert search.hasFocus() or wizard.focusWidget() is search
    QTest.keyClicks(search, "windows 10")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert workshop.view.os is not None
    assert workshop.view.os.name.startswith("Microsoft Windows 10")
    assert workshop.view.new is not None
    assert workshop.view.new.disk_bus == "sata"
    click(wizard, "create-os-status-fix")
    assert workshop.view.os == workshop.view.detected


async def test_a_file_the_hypervisor_may_not_read_is_copied_on_request(
    workshop: Workshop, public_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = public_dir / "qemu.conf"
    configuration.write_text('user = "nobody"\n')
    monkeypatch.setattr(media, "_QEMU_CONF", configuration)
    wizard = workshop.wizard
    await workshop.open()
    hidden = public_dir / "private"
    hidden.mkdir(mode=0o700)
    edit(wizard, "create-cdrom-path").setText(str(make_cd(hidden / "cd.iso", "Debian 12.5.0 amd64 n")))
    await workshop.settled()
    shown = message(wizard, "create-cdrom-path-message")
    assert "private" in shown.text
    assert shown.fix_button.text() == "Copy it into a storage pool"
    click(wizard, "create-cdrom-path-message-fix")
    view = await workshop.settled()
    assert view.draft.cdrom is not None
    assert (view.draft.cdrom.local, view.draft.cdrom.upload_pool) == (True, "default-pool")
    assert shown.text.startswith("Detected: Debian 12")
    assert edit(wizard, "create-cdrom-path").text() == str(hidden / "cd.iso")


async def test_where_the_hypervisor_s_user_is_not_known_a_closed_folder_is_only_a_warning(
    workshop: Workshop, public_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for every ordinary user on Debian, where only root may read qemu.conf."""
    monkeypatch.setattr(media, "_QEMU_CONF", public_dir / "not-there")
    monkeypatch.setattr(media, "_QEMU_USERS", ("nobody",))
    wizard = workshop.wizard
    await workshop.open()
    hidden = public_dir / "private"
    hidden.mkdir(mode=0o700)
    edit(wizard, "create-cdrom-path").setText(str(make_cd(hidden / "cd.iso", "Debian 12.5.0 amd64 n")))
    await workshop.settled()
    shown = message(wizard, "create-cdrom-path-message")
    assert shown.text.startswith("Detected: Debian 12")
    assert "private" in shown.text
    assert button(wizard, "create-create").isEnabled()


async def test_it_opens_in_several_turns_and_builds_the_rest_unasked(workshop: Workshop) -> None:
    wizard = workshop.wizard
    wizard.open_for()
    assert not wizard.isVisible()
    await eventually(wizard.isVisible)
    assert wizard.current_page is PageId.SOURCE
    pages = [f"create-page-{page.value}" for page in PageId]
    await eventually(lambda: all(wizard.findChild(QWidget, page) is not None for page in pages))
    # What is open already comes to the front at once.
    wizard.reject()
    wizard.open_for()
    assert wizard.isVisible()


async def test_its_size_is_as_the_person_left_it(workshop: Workshop) -> None:
    wizard = workshop.wizard
    await workshop.open()
    wizard.resize(700, 500)
    wizard.reject()
    await workshop.open()
    assert wizard.isVisible()
    assert (wizard.width(), wizard.height()) == (700, 500)


@pytest.mark.parametrize("spoken", ["en", "es"])
async def test_the_first_page_does_not_scroll_on_a_small_screen(
    workshop: Workshop, qapp: QApplication, spoken: str
) -> None:
    language.install(qapp, spoken)
    theme.install(qapp, "light")
    try:
        await workshop.connect("test:///default", "b")
        await workshop.open("a")
        wizard = workshop.wizard
        # What a screen of 900 x 600 leaves.
        wizard.resize(884, 552)
        (area,) = (one for one in wizard.findChildren(QScrollArea) if one.isVisible())
        for kind in SourceKind:
            choose_source(wizard, kind)
            # Texts wrap anew when they are laid out.
            await eventually(lambda: area.verticalScrollBar().maximum() == 0)
    finally:
        language.install(qapp, "en")


async def test_a_new_machine_is_called_by_a_word_of_the_persons_language(
    workshop: Workshop, qapp: QApplication
) -> None:
    language.install(qapp, "es")
    try:
        await workshop.open()
        choose_source(workshop.wizard, SourceKind.EMPTY)
        new = workshop.view.new
        assert new is not None
        assert new.name == "máquina"
    finally:
        language.install(qapp, "en")


async def test_hosts_of_one_name_are_told_apart_in_the_choice(workshop: Workshop, tmp_path: Path) -> None:
    for number in (1, 2):
        node = tmp_path / f"{number}.xml"
        node.write_text(
            "<node><cpu><mhz>1</mhz><model>i7</model><active>2</active><nodes>1</nodes><sockets>1</sockets>"
            "<cores>2</cores><threads>1</threads></cpu><memory>1000000</memory></node>"
        )
        workshop.hosts.add(HostConfig(f"h{number}", "shop", f"test://{node}"))
    hosts = workshop.inventory.hosts
    await eventually(lambda: all(host.state is HostState.CONNECTED for host in hosts.values()))
    await workshop.open("a")
    box = workshop.wizard.findChild(QComboBox, "create-host")
    assert box is not None
    await eventually(lambda: box.count() == 3)
    shown = {box.itemText(row) for row in range(box.count())}
    assert shown == {"host-a", f"shop (test://{tmp_path}/1.xml)", f"shop (test://{tmp_path}/2.xml)"}


async def test_what_is_typed_beyond_the_host_is_said_and_not_made_less(
    workshop: Workshop, public_dir: Path
) -> None:
    wizard = workshop.wizard
    await workshop.open()
    edit(wizard, "create-cdrom-path").setText(str(make_cd(public_dir / "cd.iso", "Debian 12.5.0 amd64 n")))
    await workshop.settled()
    wizard.go_to(PageId.RESOURCES)
    for name, number in (("memory", 4_000_000), ("memory", 0), ("cpus", 0), ("cpus", 100_000)):
        field = wizard.findChild(QDoubleSpinBox, f"create-{name}-field")
        assert field is not None
        before = field.value()
        field.setValue(number)
        await workshop.settled()
        assert field.value() == number
        assert message(wizard, f"create-{name}-message").level is Level.ERROR
        assert not button(wizard, "create-create").isEnabled()
        field.setValue(before)
        await workshop.settled()
        assert not message(wizard, f"create-{name}-message").text


async def test_a_disk_of_any_typed_size_is_judged(workshop: Workshop, public_dir: Path) -> None:
    wizard = workshop.wizard
    await workshop.open()
    edit(wizard, "create-cdrom-path").setText(str(make_cd(public_dir / "cd.iso", "Debian 12.5.0 amd64 n")))
    await workshop.settled()
    wizard.go_to(PageId.STORAGE)
    field = wizard.findChild(QDoubleSpinBox, "create-disk-size-field")
    assert field is not None
    for number, level in ((0, Level.ERROR), (8_000_000, Level.WARNING)):
        field.setValue(number)
        await workshop.settled()
        assert (field.value(), message(wizard, "create-disk-size-message").level) == (number, level)
