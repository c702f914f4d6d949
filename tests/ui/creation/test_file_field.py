"""A file is on the host or on this computer: the field asks where both can be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from tests.helpers.waiting import eventually
from tests.ui.creation.offers import make_host
from vmgui.commands.creation_fields import CDROM
from vmgui.model.creation import FileRef
from vmgui.model.host import HostUsage
from vmgui.model.offer import HostOffer
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.ui.creation.file_field import FileControl
from vmgui.ui.creation.volume_chooser import VolumeChooser

POOLS = tuple(
    Pool(name, name, kind, True, f"/{name}", 1, 1, 1)
    for name, kind in (("lvm", "logical"), ("one", "dir"), ("two", "dir"))
)
REMOTE = HostOffer(make_host(), pools=POOLS)
HERE = replace(REMOTE, shares_files=True)


async def load(pool: str) -> PoolContents:
    return PoolContents((Volume(pool, "a.iso", f"/{pool}/a.iso", "iso", 1, 1),))


class Place:
    """The field in a window, with what its answers were each time it said that they changed."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.control = FileControl(CDROM, "create-cdrom-path", self.window, load=load)
        self.control.retranslate()
        self.told: list[FileRef | None] = []
        assert self.control.changed is not None
        self.control.changed.connect(self._on_changed)
        self.window.show()

    def _on_changed(self) -> None:
        self.told.append(self.control.read())

    def box(self, name: str) -> QComboBox | None:
        found = self.window.findChild(QComboBox, name)
        return found if found is not None and found.isVisible() else None


@pytest.fixture
def place(event_loop: object) -> Iterator[Place]:
    made = Place()
    yield made
    made.window.close()
    made.window.deleteLater()


def test_a_file_of_the_host_itself_asks_nothing_else(place: Place) -> None:
    place.control.offer(HERE)
    place.control.input.setText("~/cd.iso")
    answer = place.control.read()
    assert answer is not None
    assert answer.path.endswith("/cd.iso")
    assert not answer.path.startswith("~")
    assert (answer.local, place.box("create-cdrom-place")) == (False, None)


def test_a_copy_asks_for_its_pool_only(place: Place) -> None:
    place.control.offer(HERE)
    place.control.show(FileRef("/cd.iso", local=True, upload_pool="two"))
    pools = place.box("create-cdrom-upload-pool")
    assert pools is not None
    assert place.box("create-cdrom-place") is None
    assert [pools.itemText(row) for row in range(pools.count())] == ["one", "two"]
    assert place.control.read() == FileRef("/cd.iso", local=True, upload_pool="two")
    pools.setCurrentIndex(0)
    assert place.told[-1] == FileRef("/cd.iso", local=True, upload_pool="one")


def test_a_remote_host_asks_which_computer_is_meant(place: Place) -> None:
    place.control.offer(REMOTE)
    place.control.input.setText("~/cd.iso")
    mine = place.control.read()
    assert mine is not None
    assert (mine.local, mine.upload_pool) == (True, "one")
    where = place.box("create-cdrom-place")
    assert where is not None
    assert where.currentText() == "on this computer"
    where.setCurrentIndex(1)
    # Of another host's home nobody knows where it is.
    assert place.told[-1] == FileRef("~/cd.iso")
    assert place.box("create-cdrom-upload-pool") is None
    where.setCurrentIndex(0)
    assert place.told[-1] == mine


def test_a_place_chosen_before_the_path_stays_while_the_host_is_measured(place: Place) -> None:
    place.control.offer(REMOTE)
    where, pools = place.box("create-cdrom-place"), place.box("create-cdrom-upload-pool")
    assert where is not None
    assert pools is not None
    pools.setCurrentIndex(1)
    where.setCurrentIndex(1)
    measured = replace(REMOTE, host=replace(REMOTE.host, usage=HostUsage(1.0, 1, 1)))
    place.control.offer(measured)
    place.control.show(None)  # as each change of the other answers does
    assert where.currentText() == "on host-a"
    place.control.input.setText("/cd.iso")
    assert place.told[-1] == FileRef("/cd.iso")
    where.setCurrentIndex(0)
    assert place.told[-1] == FileRef("/cd.iso", local=True, upload_pool="two")


def test_a_place_chosen_for_one_host_says_nothing_of_another(place: Place) -> None:
    place.control.offer(REMOTE)
    where = place.box("create-cdrom-place")
    assert where is not None
    where.setCurrentIndex(1)
    other = replace(REMOTE, host=make_host("b"))
    place.control.offer(other)
    place.control.show(None)
    assert where.currentText() == "on this computer"


async def test_a_volume_is_a_file_of_the_host(place: Place) -> None:
    place.control.offer(REMOTE)
    button = place.window.findChild(QPushButton, "create-cdrom-volumes")
    assert button is not None
    button.click()
    await eventually(lambda: place.window.findChild(VolumeChooser) is not None)
    chooser = place.window.findChild(VolumeChooser)
    assert chooser is not None
    await eventually(lambda: chooser.volume is not None)
    chooser.accept()
    await eventually(lambda: place.told[-1:] == [FileRef("/lvm/a.iso")])


async def test_a_file_found_by_browsing_is_of_this_computer(place: Place, tmp_path: Path) -> None:
    (tmp_path / "cd.iso").write_bytes(b"")
    place.control.offer(REMOTE)
    place.control.input.setText(f"{tmp_path}/other.iso")
    button = place.window.findChild(QPushButton, "create-cdrom-browse")
    assert button is not None
    button.click()
    dialog = await eventually(lambda: place.window.findChild(QFileDialog))
    await eventually(dialog.isVisible)
    assert dialog.nameFilters() == ["CD images (*.iso *.ISO)", "All files (*)"]
    assert dialog.directory().path() == str(tmp_path)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(tmp_path / "cd.iso"))
    dialog.accept()
    chosen = FileRef(str(tmp_path / "cd.iso"), local=True, upload_pool="one")
    await eventually(lambda: place.told[-1] == chosen)
