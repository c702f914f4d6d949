"""Where each answer is given."""

from __future__ import annotations

import pytest

from vmgui.model.creation import SourceKind
from vmgui.model.offer import Field
from vmgui.ui.creation.pages import PageId, page_of


@pytest.mark.parametrize("field", Field)
def test_every_answer_has_its_page(field: Field) -> None:
    assert page_of(field, SourceKind.CDROM) in PageId


def test_a_disk_is_the_source_or_beside_it() -> None:
    assert page_of(Field.DISK_IMAGE, SourceKind.CDROM) is PageId.STORAGE
    assert page_of(Field.DISK_IMAGE, SourceKind.DISK_IMAGE) is PageId.SOURCE
