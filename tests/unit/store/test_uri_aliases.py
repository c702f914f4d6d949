"""libvirt.conf as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.host import UriAlias
from vmgui.store.uri_aliases import alias_files, parse_aliases, read_aliases

TEXT = """# uri_aliases = [ "old=qemu:///system" ]
uri_default = "qemu:///system"
uri_aliases = [
  "hail=qemu+ssh://root@hail.cloud.example.com/system", # the first ] one
  'sleet=qemu+tls://sleet/system?pkipath=/a=b',
  "no separator", "bad name=qemu:///system", "empty=",
]
other = [ "x=y" ]
"""


def test_names_and_addresses_are_found() -> None:
    assert parse_aliases(TEXT) == (
        UriAlias("hail", "qemu+ssh://root@hail.cloud.example.com/system"),
        UriAlias("sleet", "qemu+tls://sleet/system?pkipath=/a=b"),
    )


@pytest.mark.parametrize("text", ["", "uri_aliases", "uri_aliases = [", 'uri_aliases = "x=y"', "\x00["])
def test_nothing_there_is_no_harm(text: str) -> None:
    assert parse_aliases(text) == ()


@given(st.text(max_size=200))
def test_no_text_does_harm(text: str) -> None:
    parse_aliases(f"uri_aliases = [{text}")


def test_the_persons_own_file_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own, system = alias_files()
    assert own == tmp_path / "libvirt" / "libvirt.conf"
    assert system == Path("/etc/libvirt/libvirt.conf")
    own.parent.mkdir()
    own.write_text('uri_aliases = ["a=test:///default"]')
    other = tmp_path / "other"
    other.write_text('uri_aliases = ["a=test:///x", "b=test:///y"]')
    found = read_aliases([own, tmp_path / "none", other])
    assert found == (UriAlias("a", "test:///default"), UriAlias("b", "test:///y"))
