"""What the chooser says of a pool whose files cannot all be named."""

from PySide6.QtWidgets import QLabel, QListWidget

from tests.helpers.waiting import eventually
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.ui.creation.volume_chooser import VolumeChooser

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
