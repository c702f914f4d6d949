"""Tags, folders and systems' names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.definition import Definition
from vmgui.model.tags import TagsChange
from vmgui.policy.tags import FOLDER_MAX_CHARS, TAG_MAX_CHARS, changed, folder_of, os_name, tag_of, tags_of


@pytest.mark.parametrize(
    ("text", "tag"),
    [("web", "web"), ("  two   words ", "two words"), ("a,b", "a b"), ("\x00\x1b", ""), ("x" * 99, "x" * 40)],
)
def test_tag(text: str, tag: str) -> None:
    assert tag_of(text) == tag


@pytest.mark.parametrize(
    ("text", "folder"),
    [("a/b", "a/b"), ("/ a // b /", "a/b"), ("", ""), ("///", ""), ("a\nb/c", "a b/c")],
)
def test_folder(text: str, folder: str) -> None:
    assert folder_of(text) == folder


@given(st.text(max_size=300))
def test_what_was_cleaned_stays_so(text: str) -> None:
    assert tag_of(tag_of(text)) == tag_of(text)
    assert folder_of(folder_of(text)) == folder_of(text)
    assert len(tag_of(text)) <= TAG_MAX_CHARS
    assert len(folder_of(text)) <= FOLDER_MAX_CHARS


def test_each_tag_once_whatever_its_case() -> None:
    assert tags_of(["Web", "web", "db", "", "WEB "]) == ("Web", "db")


def test_a_change_keeps_what_it_does_not_name() -> None:
    before = Definition(tags=("web", "old", "shop"), folder="a")
    after = changed(before, TagsChange(add=("new", "Web"), remove=("OLD",)))
    assert (after.tags, after.folder) == (("web", "shop", "new"), "a")
    assert changed(before, TagsChange(folder="b//c")).folder == "b/c"
    assert changed(before, TagsChange(folder="")).folder == ""
    guarded = changed(before, TagsChange(is_protected=True))
    assert (guarded.is_protected, guarded.tags, guarded.folder) == (True, before.tags, "a")
    assert changed(guarded, TagsChange(add=("new",))).is_protected
    assert not changed(guarded, TagsChange(is_protected=False)).is_protected
    assert not TagsChange()
    assert TagsChange(is_protected=False)
    assert TagsChange(folder="")


@pytest.mark.parametrize(
    ("os_id", "name"),
    [
        ("http://debian.org/debian/12", "Debian 12"),
        ("http://ubuntu.com/ubuntu/22.04", "Ubuntu 22.04"),
        ("http://microsoft.com/win/11", "Windows 11"),
        ("http://microsoft.com/win/2k12r2", "Windows Server 2012 R2"),
        ("http://microsoft.com/win/2k8", "Windows Server 2008"),
        ("http://centos.org/centos-stream/9", "CentOS Stream 9"),
        ("http://libosinfo.org/linux/2022", "Linux"),
        ("http://archlinux.org/archlinux/rolling", "Arch Linux"),
        ("http://example.org/my-system/1", "My System 1"),
        ("", ""),
        ("nonsense", ""),
        ("http://", ""),
    ],
)
def test_names_of_systems(os_id: str, name: str) -> None:
    assert os_name(os_id) == name
