"""The chooser of volumes: what it says of a pool, and when there is something to choose."""

from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton

from tests.helpers.waiting import eventually
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.ui.creation.volume_chooser import VolumeChooser
from vmgui.ui.look.search_field import SearchField

CONTENTS = {
    "mixed": PoolContents((Volume("mixed", "a.iso", "/mixed/a.iso", "iso", 1, 1),), nameless=2),
    "whole": PoolContents((Volume("whole", "b.iso", "/whole/b.iso", "iso", 1, 1),)),
    "unread": PoolContents(nameless=1),
}


async def load(pool: str) -> PoolContents:
    return CONTENTS[pool]


async def test_files_left_out_for_their_names_are_counted(event_loop: object) -> None:
    pools = tuple(Pool(name, name, "dir", True, f"/{name}", 1, 1, 1) for name in CONTENTS)
    chooser = VolumeChooser("host", pools, load)
    told = chooser.findChild(QLabel, "volume-left-out")
    names = chooser.findChild(QListWidget, "volume-pools")
    assert told is not None
    assert names is not None
    chooser.open()
    try:
        await eventually(lambda: told.isVisible())
        assert told.text().startswith("2 file")
        names.setCurrentRow(1)
        assert not told.isVisible()
        names.setCurrentRow(2)
        await eventually(lambda: told.isVisible())
        assert told.text().startswith("1 file")
        assert "empty" not in " ".join(label.text() for label in chooser.findChildren(QLabel))
    finally:
        chooser.close()


def find_button(chooser: VolumeChooser) -> QPushButton:
    found = chooser.findChild(QPushButton, "volume-yes")
    assert found is not None
    return found


async def test_only_a_volume_can_be_chosen(event_loop: object) -> None:
    pools = tuple(Pool(name, name, "dir", True, f"/{name}", 1, 1, 1) for name in ("unread", "whole"))
    chooser = VolumeChooser("host", pools, load)
    names = chooser.findChild(QListWidget, "volume-pools")
    assert names is not None
    choose = find_button(chooser)
    chooser.open()
    try:
        assert chooser.focusWidget() is names
        assert not choose.isEnabled()
        names.setCurrentRow(1)
        await eventually(choose.isEnabled)
        assert chooser.volume == CONTENTS["whole"].volumes[0]
        search = chooser.findChild(SearchField)
        assert search is not None
        search.setText("nothing is called so")
        assert not choose.isEnabled()
        search.clear()
        choose.click()
        assert chooser.result() == QDialog.DialogCode.Accepted
        assert chooser.volume == CONTENTS["whole"].volumes[0]
    finally:
        chooser.close()


async def test_a_pool_that_does_not_answer_says_so(event_loop: object) -> None:
    pools = (Pool("silent", "s", "nfs", True, "/silent", 1, 1, 1, problem="gone"),)
    chooser = VolumeChooser("host", pools, load)
    names = chooser.findChild(QListWidget, "volume-pools")
    assert names is not None
    assert names.item(0).text() == "silent (does not answer)"
