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
    uuid, name = identity(PLAIN)
    assert identity(PLAIN.replace(uuid, uuid.replace("-", ""))) == (uuid, name)
    assert identity("<domain/>") == ("", "")
    with pytest.raises(InvalidConfig):
        identity("<network/>")


# Cookies of disks, and displays of a kind -----------------------------------------------------------------------

COOKIES = "<cookies>\n <cookie name='s'>top&amp;secret</cookie>\n <cookie name='t'>two</cookie></cookies>"
CDROM = """<domain><devices>
  <disk type='network' device='cdrom'>
    <source protocol='https' name='a.iso'{slash}
    <target dev='sda' bus='sata'/>
  </disk>
</devices></domain>
"""
FULL = ">\n<host name='e' port='443'/><ssl verify='no'/>{cookies}<readahead size='1'/></source>"


def cdrom(cookies: str = "") -> str:
    return CDROM.format(slash=FULL.format(cookies=cookies))


def test_cookies_are_shown_as_stars_and_stay() -> None:
    shown = with_stars(cdrom(), cdrom(COOKIES))
    assert "secret" not in shown
    assert shown.count(STARS) == 2
    assert "<cookie name=" in shown[shown.index("<ssl") : shown.index("<readahead")]
    for base in (shown, cdrom()):
        defined = with_passwords(base, base, cdrom(COOKIES))
        assert "top&amp;secret<" in defined
        assert ">two<" in defined
        assert defined.count("<cookies>") == 1
        assert defined.count("\n") == base.count("\n"), "the lines are those of the person's text"
    # Taken out, they are gone; typed, they are those.
    assert with_passwords(cdrom(), shown, cdrom(COOKIES)) == cdrom()
    typed = cdrom("<cookies><cookie name='s'>mine</cookie></cookies>")
    assert with_passwords(typed, cdrom(), cdrom(COOKIES)) == typed


def test_an_empty_source_gets_its_cookies() -> None:
    bare, secure = CDROM.format(slash="/>"), CDROM.format(slash=f">{COOKIES}</source>")
    defined = with_passwords(bare, bare, secure)
    assert "name='a.iso'><cookies>" in defined
    assert defined.count("\n") == bare.count("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [("a.iso", "b.iso"), ("name='e'", "name='evil.example'"), ("'sda'", "'sdb'"), ("https", "http")],
)
def test_another_source_needs_its_cookies_again(old: str, new: str) -> None:
    for base in (with_stars(cdrom(), cdrom(COOKIES)), cdrom()):
        with pytest.raises(InvalidConfig, match=r"cookies of the disk sd. have to be given again"):
            with_passwords(base.replace(old, new), base, cdrom(COOKIES))


def test_one_that_left_or_is_of_another_kind_needs_none() -> None:
    away = cdrom().replace("https", "iscsi")
    assert with_passwords(away, cdrom(), cdrom(COOKIES)) == away
    gone = "<domain><devices/></domain>"
    assert with_passwords(gone, cdrom(), cdrom(COOKIES)) == gone


def two(first: str = "", second: str = "", *, ports: tuple[str, str] = ("5951", "5952")) -> str:
    display = "<graphics type='vnc' port='{}'{}><listen type='address' address='127.0.0.1'/></graphics>"
    both = display.format(ports[0], first) + display.format(ports[1], second)
    return f"<domain><devices>{both}</devices></domain>"


def test_of_two_displays_each_keeps_its_own_password() -> None:
    secure = two(" passwd='one'", " passwd='two'")
    for base in (two(), with_stars(two(), secure)):
        first, second = (
            f"<graphics{part}" for part in base.removesuffix("</devices></domain>").split("<graphics")[1:]
        )
        only = with_passwords(base.replace(first, ""), base, secure)
        assert 'passwd="two"' in only
        assert "one" not in only
        swapped = with_passwords(base.replace(first + second, second + first), base, secure)
        assert swapped.index("5952") < swapped.index("5951")
        assert swapped.index('"two"') < swapped.index('"one"')


@pytest.mark.parametrize("ports", [("5951", "5999"), ("5952", "5952")])
def test_which_of_two_displays_it_is_is_not_guessed(ports: tuple[str, str]) -> None:
    secure = two(" passwd='one'", " passwd='two'")
    stars = f" passwd='{STARS}'"
    for base, text in ((two(), two(ports=ports)), (two(stars, stars), two(stars, stars, ports=ports))):
        with pytest.raises(InvalidConfig, match="vnc display has to be given again"):
            with_passwords(text, base, secure)


def test_whatever_libvirt_hides_in_other_devices_stays() -> None:
    plain = "<domain><devices><tpm model='x'/><tpm model='y'/></devices></domain>"
    secure = plain.replace("model='y'/>", "model='y' key='k'><secret>s</secret></tpm>")
    assert "<secret>s</secret>" in with_passwords(plain, plain, secure)
    assert "<tpm key=\"k\" model='y'" in with_passwords(plain, plain, secure)
    with pytest.raises(InvalidConfig, match="<tpm>"):
        with_passwords(plain.replace("'y'", "'z'"), plain, secure)
