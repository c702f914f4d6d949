"""The delete dialog: what goes, what stays and why, and the name to be typed; the deletion itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTreeView,
)

from tests.helpers.models import watch_model
from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.deletion import (
    DeletionPlan,
    DeletionPlans,
    DoomedFile,
    Doubt,
    KeepReason,
    LeftOut,
    UnreadPool,
)
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import HostUnreachable
from vmgui.model.job import JobKind, JobState
from vmgui.ui.deletion.dialog import DeleteDialog
from vmgui.ui.deletion.many_dialog import DeleteManyDialog
from vmgui.ui.deletion.question import DeletionQuestion
from vmgui.ui.look import theme
from vmgui.words.deletion import keep_words

GIB = 1 << 30
DISK = DoomedFile("/images/db & co.qcow2", "vda", 21 * GIB, KeepReason.NONE)
SMALL = DoomedFile("/images/small.qcow2", "vdb", 300 << 20, KeepReason.NONE)
WHY = (
    "The disk /mnt/clone.qcow2 of clone & co is not there or cannot be read now. If it is based on this file, "
    "clone & co needs it."
)
BASE = DoomedFile("/images/base.qcow2", "vdc", 2 * GIB, KeepReason.BACKING, ("web-01.qcow2",))


def plan(*files: DoomedFile, active: bool = False) -> DeletionPlan:
    return DeletionPlan(
        DomainKey("h1", "u"), "db-01", active, files, nvram_path="/nvram/db-01.fd", has_tpm_state=True,
        snapshots=("clean", "before"), has_managed_save=True,
    )  # fmt: skip


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[list[QDialog]]:
    theme.install(qapp, "light")
    dialogs: list[QDialog] = []
    yield dialogs
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()


def show(dialogs: list[QDialog], made: DeletionPlan) -> DeleteDialog:
    dialog = DeleteDialog(made, None)
    dialogs.append(dialog)
    dialog.show()
    return dialog


def model_texts(dialog: QDialog) -> str:
    """All that the list of many says."""
    view = dialog.findChild(QTreeView, "delete-list")
    assert view is not None
    model = view.model()
    machines = [model.index(row, 0) for row in range(model.rowCount())]
    return "\n".join(
        str(model.index(row, column, machine).data())
        for machine in machines
        for row in range(model.rowCount(machine))
        for column in range(model.columnCount())
    )


def delete_button(dialog: QDialog) -> QPushButton:
    button = dialog.findChild(QPushButton, "delete-yes")
    assert button is not None
    return button


def test_dialog_lists_exactly_what_goes_and_what_stays(shown: list[QDialog]) -> None:
    dialog = show(shown, plan(DISK, SMALL, BASE, active=True))
    text = texts(dialog)
    for words in ("running", "NVRAM", "TPM", "saved state", "clean", "before", "base.qcow2", "web-01.qcow2"):
        assert words in text
    boxes = dialog.findChildren(QCheckBox)
    assert [box.accessibleName() for box in boxes] == ["Disk vda: /images/db & co.qcow2", "Disk vdb: /images/small.qcow2"]  # fmt: skip
    assert dialog.chosen_paths == {DISK.path, SMALL.path}


def test_name_must_be_typed_when_more_than_a_gibibyte_goes(shown: list[QDialog]) -> None:
    dialog = show(shown, plan(DISK, SMALL))
    typed = dialog.findChild(QLineEdit, "delete-typed")
    assert typed is not None
    assert typed.isVisible()
    assert not delete_button(dialog).isEnabled()
    typed.setText("db-0")
    assert not delete_button(dialog).isEnabled()
    typed.setText("db-01")
    assert delete_button(dialog).isEnabled()
    typed.setFocus()
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in the field deletes nothing"
    first = dialog.findChildren(QCheckBox)[0]
    first.setChecked(False)
    assert not typed.isVisible()
    assert delete_button(dialog).isEnabled()
    assert dialog.chosen_paths == {SMALL.path}


def test_safe_button_is_the_default(shown: list[QDialog]) -> None:
    dialog = show(shown, plan(SMALL))
    cancel = dialog.findChild(QPushButton, "delete-cancel")
    assert cancel is not None
    assert cancel.isDefault()
    # Whoever goes to it with Tab means it: Enter there presses it, and not the default.
    assert delete_button(dialog).autoDefault()


def test_hosts_that_cannot_be_asked_are_named_once(shown: list[QDialog]) -> None:
    asked = "host-b cannot be asked now"
    of_one = replace(plan(SMALL), hosts_not_asked=("host-b",))
    assert asked in texts(show(shown, of_one))
    assert "cannot be asked" not in texts(show(shown, plan(SMALL)))
    many = texts(show_many(shown, of_one, replace(OFF, hosts_not_asked=("host-b", "host-c"))))
    assert many.count("cannot be asked now") == 1
    assert "host-b and host-c" in many or "host-b, host-c" in many


def test_pools_that_cannot_be_read_and_pools_that_are_started_are_told(shown: list[QDialog]) -> None:
    unread = UnreadPool("default", "cause unknown")
    rests = replace(SMALL, pool_to_start="archive")
    told = replace(plan(DISK, rests), pools_not_read=(unread,))
    words = texts(show(shown, told))
    assert "storage pool default can be read" in words
    assert "cause unknown" in words
    assert words.count("The storage pool archive is not active") == 1
    many = texts(show_many(shown, told, replace(OFF, pools_not_read=(unread,))))
    assert many.count("storage pool default can be read") == 1
    assert "not active" not in texts(show(shown, plan(DISK)))


def test_what_another_disk_may_need_is_not_ticked_and_says_why(shown: list[QDialog]) -> None:
    doubtful = replace(DISK, doubts=(Doubt("clone & co", "/mnt/clone.qcow2"),))
    dialog = show(shown, plan(doubtful, SMALL))
    box, _ = dialog.findChildren(QCheckBox)
    assert WHY in texts(dialog)
    assert WHY in box.accessibleDescription()
    assert dialog.chosen_paths == {SMALL.path}
    # Only the person can know.
    box.setChecked(True)
    assert dialog.chosen_paths == {DISK.path, SMALL.path}
    two = replace(doubtful, doubts=(*doubtful.doubts, Doubt("other", "/mnt/other.qcow2")))
    told = texts(show(shown, plan(two)))
    assert all(word in told for word in ("clone & co", "other", "/mnt/clone.qcow2", "/mnt/other.qcow2"))


def test_of_many_those_in_doubt_have_a_box_of_their_own(shown: list[QDialog]) -> None:
    """One tick for all the others is no answer to it."""
    doubtful = replace(DISK, doubts=(Doubt("clone & co", "/mnt/clone.qcow2"),))
    many = show_many(shown, plan(doubtful, SMALL), OFF)
    files, own = box(many, "delete-files"), box(many, "delete-doubtful")
    assert re.fullmatch(r"Also delete 1 disk\S* that other virtual machines may need", own.text())
    assert (files.isVisible(), files.isChecked()) == (True, True)
    assert (own.isVisible(), own.isChecked()) == (True, False)
    stays = (
        "Disk vda: /images/db & co.qcow2",
        "21 GiB",
        f"Perhaps used by clone & co: it stays to be safe. {WHY}",
    )
    assert stays in listed(many)
    assert [paths for _, paths in many.chosen] == [{SMALL.path}, {DISK.path}]
    own.setChecked(True)
    assert [paths for _, paths in many.chosen] == [{DISK.path, SMALL.path}, {DISK.path}]
    assert "42.3 GiB" in sum_of(many)
    assert (*stays[:2], f"Deleted. {WHY}") in listed(many)
    files.setChecked(False)
    assert [paths for _, paths in many.chosen] == [{DISK.path}, set()]
    assert not delete_button(many).isEnabled(), "much goes: the number is to be typed"
    only = show_many(shown, plan(doubtful))
    assert (box(only, "delete-files").isVisible(), box(only, "delete-doubtful").isVisible()) == (False, True)
    assert [paths for _, paths in only.chosen] == [set()]
    assert not box(show_many(shown, OFF), "delete-doubtful").isVisible()
    running = show_many(shown, plan(doubtful, active=True), OFF)
    box(running, "delete-doubtful").setChecked(True)
    assert [paths for _, paths in running.chosen] == [{DISK.path}], "it is left, with its disk"


def test_of_a_link_what_stays_is_said(shown: list[QDialog]) -> None:
    link = replace(SMALL, link_to="/data/real.qcow2", allocation_bytes=0)
    dialog = show(shown, plan(link))
    words = "It is a link: only that is deleted, the file /data/real.qcow2 that it leads to stays."
    assert words in texts(dialog)
    (box,) = dialog.findChildren(QCheckBox)
    assert words in box.accessibleDescription()
    assert dialog.chosen_paths == {link.path}
    perhaps = texts(show(shown, plan(replace(SMALL, other_names=("/images/other.qcow2",)))))
    assert (
        "It has another name, too: /images/other.qcow2. If this one is a link, only that is deleted"
        in perhaps
    )
    assert "a link to /data/real.qcow2" in model_texts(show_many(shown, plan(link), OFF))


def test_files_whose_names_cannot_be_read_are_counted(shown: list[QDialog]) -> None:
    told = replace(plan(SMALL), nameless=(("default", 2), ("iso", 1)))
    words = texts(show(shown, told))
    assert re.search(r"2 file\S+ of the storage pool default could not be read because", words)
    assert re.search(r"1 file\S* of the storage pool iso could not be read because", words)
    many = texts(show_many(shown, told, replace(OFF, nameless=(("default", 2),))))
    assert many.count("storage pool default") == 1


@pytest.mark.parametrize("reason", [reason for reason in KeepReason if reason is not KeepReason.NONE])
def test_every_reason_to_stay_has_words(reason: KeepReason) -> None:
    assert keep_words(DoomedFile("/x", "vda", 0, reason))
    assert keep_words(DoomedFile("/x", "vda", 0, reason, ("a", "b")))


async def test_machine_is_deleted_after_the_question(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-02")
    bench.services.lifecycle.force_off((bench.key("web-02"),))
    await bench.state("web-02", DomainState.OFF)
    key = bench.key("web-02")
    bench.trigger("delete")
    dialog = await bench.dialog("delete-dialog")
    assert "Delete web-02?" in texts(dialog)
    press(dialog, "delete-yes")
    await eventually(lambda: key not in bench.services.inventory.domains)
    assert (await bench.jobs_end())[-1] is JobState.DONE
    bench.window.inventory.flush()
    assert bench.window.inventory.selected.domains != (key,)


async def test_cancelled_question_deletes_nothing(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-02")
    bench.trigger("delete")
    dialog = await bench.dialog("delete-dialog")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await eventually(lambda: not dialog.isVisible())
    assert not bench.services.jobs.jobs


# Many.

OFF = DeletionPlan(DomainKey("h1", "u1"), "web-01", False, (DISK, BASE), snapshots=("clean",))
ON = DeletionPlan(DomainKey("h2", "u2"), "web-02", True, (SMALL,), nvram_path="/nvram/web-02.fd")
HOSTS = {"h1": "host-a", "h2": "host-b", "h3": "host-c"}


def show_many(
    dialogs: list[QDialog], *plans: DeletionPlan, left_out: tuple[LeftOut, ...] = ()
) -> DeleteManyDialog:
    dialog = DeleteManyDialog(DeletionPlans(plans, left_out), HOSTS, None)
    dialogs.append(dialog)
    dialog.show()
    return dialog


def box(dialog: QDialog, name: str) -> QCheckBox:
    found = dialog.findChild(QCheckBox, name)
    assert found is not None
    return found


def listed(dialog: QDialog) -> list[tuple[str, str, str]]:
    """What the list says, line by line."""
    view = dialog.findChild(QTreeView, "delete-list")
    assert view is not None
    model = view.model()
    rows: list[tuple[str, str, str]] = []
    for number in range(model.rowCount()):
        machine = model.index(number, 0)
        assert view.isExpanded(machine) or not model.rowCount(machine)
        at = [machine, *(model.index(line, 0, machine) for line in range(model.rowCount(machine)))]
        for index in at:
            what, size, fate = (index.siblingAtColumn(column).data() or "" for column in range(3))
            rows.append((what, size, fate))
    return rows


def sum_of(dialog: DeletionQuestion) -> str:
    label = dialog.findChild(QLabel, "delete-sum")
    assert label is not None
    return label.text()


def test_one_question_says_what_goes_with_each_of_many(shown: list[QDialog]) -> None:
    dialog = show_many(shown, OFF, ON)
    assert "Delete 2 virtual machines on 2 hosts?" in texts(dialog)
    assert listed(dialog) == [
        ("web-01 · host-a", "", "Deleted"),
        ("1 snapshot: clean", "", "Deleted"),
        ("Disk vda: /images/db & co.qcow2", "21 GiB", "Deleted"),
        ("Disk vdc: /images/base.qcow2", "2 GiB", "Other images are based on it: web-01.qcow2."),
        ("web-02 · host-b", "", "Stays: it is running"),
        ("Firmware settings (NVRAM): /nvram/web-02.fd", "", "Stays"),
        ("Disk vdb: /images/small.qcow2", "300 MiB", "Stays"),
    ]
    assert "1 file with 21 GiB" in sum_of(dialog)
    assert "1 running virtual machine will be left" in sum_of(dialog)
    assert dialog.chosen == [(OFF, frozenset({DISK.path}))]


def test_running_ones_go_only_if_the_person_says_so(shown: list[QDialog]) -> None:
    dialog = show_many(shown, OFF, ON)
    box(dialog, "delete-running").setChecked(True)
    assert [fate for what, _, fate in listed(dialog) if what.startswith("web-02")] == [
        "Forced off and deleted"
    ]
    assert dialog.chosen == [(OFF, frozenset({DISK.path})), (ON, frozenset({SMALL.path}))]
    only_running = show_many(shown, ON)
    assert not delete_button(only_running).isEnabled()
    assert "running" in sum_of(only_running)
    assert not only_running.chosen


def test_one_choice_whether_disks_go_and_the_number_is_typed_when_much_goes(shown: list[QDialog]) -> None:
    dialog = show_many(shown, OFF, ON)
    typed = dialog.findChild(QLineEdit, "delete-typed")
    assert typed is not None
    assert typed.isVisible()
    assert not delete_button(dialog).isEnabled()
    typed.setText("1")
    assert delete_button(dialog).isEnabled()
    box(dialog, "delete-running").setChecked(True)
    assert not delete_button(dialog).isEnabled(), "two would go now"
    box(dialog, "delete-files").setChecked(False)
    assert not typed.isVisible()
    assert delete_button(dialog).isEnabled()
    assert [files for _, files in dialog.chosen] == [frozenset(), frozenset()]
    assert ("Disk vda: /images/db & co.qcow2", "21 GiB", "Stays") in listed(dialog)
    assert "No disk" in sum_of(dialog)


def test_machines_of_a_host_in_trouble_are_left_out_in_words(shown: list[QDialog]) -> None:
    keys = (DomainKey("h3", "x"), DomainKey("h3", "y"))
    dialog = show_many(shown, OFF, left_out=(LeftOut("h3", keys, HostUnreachable("no route")),))
    assert "Delete 1 virtual machine?" in texts(dialog)
    assert "host-c" in texts(dialog)
    assert "2 virtual machines there are left out." in texts(dialog)


def test_the_list_of_many_is_a_sound_model(shown: list[QDialog]) -> None:
    dialog = show_many(shown, OFF, ON, DeletionPlan(DomainKey("h1", "u3"), "bare", False, ()))
    view = dialog.findChild(QTreeView, "delete-list")
    assert view is not None
    watch_model(view.model())
    box(dialog, "delete-running").setChecked(True)
    box(dialog, "delete-files").setChecked(False)


async def test_many_machines_of_two_hosts_are_deleted_after_one_question(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("app-01", "app-02"), "h2")
    bench.services.lifecycle.force_off((bench.key("web-01"), bench.key("app-01")))
    await bench.state("web-01", DomainState.OFF)
    await bench.state("app-01", DomainState.OFF)
    going = {bench.key(name) for name in ("web-01", "app-01")}
    bench.window.machine_commands.set_selection(tuple(bench.services.inventory.domains))
    bench.trigger("delete")
    dialog = await bench.dialog("delete-dialog")
    assert "Delete 5 virtual machines on 2 hosts?" in texts(dialog)
    press(dialog, "delete-yes")
    await eventually(lambda: not going & bench.services.inventory.domains.keys())
    assert (await bench.jobs_end())[-1] is JobState.DONE
    assert len(bench.services.inventory.domains) == 3, "running ones are left"
    (job,) = [job for job in bench.services.jobs.jobs.values() if job.kind is JobKind.DELETE]
    assert {target.name for target in job.targets} == {"web-01", "app-01"}


def test_the_question_opens_as_high_as_nothing_scrolls(shown: list[QDialog]) -> None:
    unread = UnreadPool("default", "cause unknown")
    silent = UnreadPool("nfs", "", 1.0)
    told = replace(plan(DISK, SMALL, BASE, active=True), pools_not_read=(unread, silent))
    dialog = show(shown, told)
    area = dialog.findChild(QScrollArea, "delete-list")
    assert area is not None
    inside, room = area.widget(), dialog.screen().availableGeometry().height()
    wanted = dialog.height() + inside.height() - area.viewport().height()
    assert not area.verticalScrollBar().maximum() or wanted > room - 60
    # What two pools suffer from is two things.
    lines = texts(dialog).splitlines()
    assert [line.partition(" has ")[0] for line in lines if "storage pool nfs" in line] == [
        "The storage pool nfs"
    ]
    assert any(line.startswith("Not everything in the storage pool default") for line in lines)
