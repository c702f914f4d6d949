"""Stars stand for the passwords that a machine has, and nothing but the attribute changes."""

from __future__ import annotations

import pytest

from vmgui.libvirtxml.passwords import STARS, identity, with_passwords, with_stars
from vmgui.model.errors import InvalidConfig

MACHINE = """<domain type='qemu'>
  <name>web</name>
  <uuid>11111111-2222-3333-4444-555555555555</uuid>
  <metadata><!-- <graphics type='vnc'> -->
    <x:graphics xmlns:x='urn:x' passwd='theirs'/>
    <other xmlns='urn:y'><graphics passwd='theirs too'/></other>
  </metadata>
  <devices>
    <graphics type='vnc' port='-1'{first}
              listen='127.0.0.1'>
      <listen type='address' address='127.0.0.1'/>
    </graphics>
    <graphics type="spice"{spice}/>
    <graphics type='vnc' socket='/a &gt; b'{second}></graphics>
  </devices>
</domain>
"""
HIDDEN = """ passwd='a&quot;b&amp;c' passwdValidTo='2030-01-01T00:00:00' connected='keep'"""


def machine(first: str = "", spice: str = "", second: str = "") -> str:
    return MACHINE.format(first=first, spice=spice, second=second)


PLAIN = machine()
SECURE = machine(first=HIDDEN, second=" passwd='other'")
SHOWN = with_stars(PLAIN, SECURE)


def displays(xml: str) -> list[str]:
    return [line.strip() for line in xml.splitlines() if "<graphics" in line and "passwd='theirs" not in line]


def test_stars_are_shown_for_those_that_are_set_and_for_no_other() -> None:
    assert SHOWN.count(STARS) == 2
    assert "a&quot;b" not in SHOWN
    assert 'other"' not in SHOWN
    first, spice, second = displays(SHOWN)[1:]
    assert STARS in first
    assert STARS in second
    assert STARS not in spice
    # That it ends is no secret, and a person may change it.
    assert 'passwdValidTo="2030-01-01T00:00:00"' in first


def test_what_is_not_a_display_of_the_machine_is_left_alone() -> None:
    for xml in (SHOWN, with_passwords(SHOWN, SHOWN, SECURE)):
        assert xml.splitlines()[:7] == PLAIN.splitlines()[:7]
        assert len(xml.splitlines()) == len(PLAIN.splitlines())


@pytest.mark.parametrize("base", [SHOWN, PLAIN], ids=["with stars", "a plain dump"])
def test_the_present_passwords_stay(base: str) -> None:
    defined = with_passwords(base, base, SECURE)
    assert defined.count("passwd=") == SECURE.count("passwd=")
    assert """passwd='a"b&amp;c'""" in defined
    assert 'passwd="other"' in defined
    assert 'connected="keep"' in defined
    assert STARS not in defined


def test_one_that_was_typed_stays_and_one_that_was_taken_out_goes() -> None:
    typed = SHOWN.replace(f'passwd="{STARS}"', "passwd='new'", 1).replace(f' passwd="{STARS}"', "", 1)
    assert with_passwords(typed, SHOWN, SECURE) == typed


def test_stars_that_stand_for_nothing_are_refused() -> None:
    with pytest.raises(InvalidConfig, match="has to be given again"):
        with_passwords(SHOWN, SHOWN, PLAIN)


def test_a_display_that_was_added_has_none() -> None:
    more = SHOWN.replace("  </devices>", "    <graphics type='vnc'/>\n  </devices>")
    assert "<graphics type='vnc'/>" in with_passwords(more, SHOWN, SECURE)


def test_what_is_no_xml_is_said_with_its_line() -> None:
    with pytest.raises(InvalidConfig, match="line 15"):
        with_passwords(SHOWN.replace("  </devices>\n", ""), SHOWN, SECURE)


def test_which_machine_it_is() -> None:
    assert identity(PLAIN) == ("11111111-2222-3333-4444-555555555555", "web")
    assert identity("<domain/>") == ("", "")
    with pytest.raises(InvalidConfig):
        identity("<network/>")
