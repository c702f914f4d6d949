"""Definitions compared, and an earlier one brought back into what there is now."""

from __future__ import annotations

import re

import pytest

from vmgui.libvirtxml.undo import describe, is_normalised, without_passwords
from vmgui.libvirtxml.undo import restored as restore
from vmgui.model.errors import InvalidConfig
from vmgui.model.undo import Caution, Restored, What
from vmgui.policy.undo import differences

TRAITS = "<vmgui:traits xmlns:vmgui='https://vmgui.org/xmlns/libvirt/traits/1.0'>{}</vmgui:traits>"
DISK = (
    "<disk type='file' device='{device}'><driver name='qemu' type='{format}'/><source file='{file}'/>"
    "<target dev='{target}' bus='virtio'/></disk>"
)


def disk(file: str, target: str = "vda", device: str = "disk", format_: str = "qcow2") -> str:
    return DISK.format(file=file, target=target, device=device, format=format_)


def domain(devices: str = "", more: str = "", name: str = "a", uuid: str = "u1") -> str:
    return (
        f"<domain type='kvm'>\n  <name>{name}</name>\n  <uuid>{uuid}</uuid>{more}"
        f"<memory>1024</memory><devices>{devices}</devices></domain>\n"
    )


def restored(wanted: str, present: str, *, keeps_protection: bool = True) -> Restored:
    """`present` as SECURE shows it: libvirt shows it without secrets, too."""
    shown = re.sub(r" (passwd|passwdValidTo|connected)='[^']*'|<cookies>.*?</cookies>", "", present)
    return restore(wanted, present, shown, keeps_protection=keeps_protection)


def told(before: str, after: str) -> list[What]:
    return [one.what for one in differences(describe(before), describe(after))]


def test_disks_in_both_stay_where_they_are() -> None:
    wanted = domain(disk("/a/base.qcow2") + disk("/a/two.raw", "vdb", format_="raw"), "<title>Old</title>")
    present = domain(disk("/a/snapshot.qcow2") + disk("/a/two.qcow2", "vdb"))
    found = restored(wanted, present)
    assert found.cautions == ((Caution.SOURCE_STAYS, "vda"), (Caution.SOURCE_STAYS, "vdb"))
    assert told(present, found.xml) == [What.TITLE]
    assert "two.raw" not in found.xml


def test_disks_also_stay_on_another_kind_of_storage() -> None:
    network = (
        "<disk type='network' device='disk'><driver name='qemu' type='raw'/>"
        "<source protocol='rbd' name='pool/x'><host name='ceph'/></source><target dev='vda' bus='virtio'/></disk>"
    )
    found = restored(domain(disk("/a/old.qcow2")), domain(network))
    assert told(domain(network), found.xml) == []


def test_what_comes_back_and_what_goes_is_said() -> None:
    found = restored(domain(disk("/a/1", "vdb")), domain(disk("/a/2", "vdc")))
    assert found.cautions == ((Caution.DISK_RETURNS, "vdb"), (Caution.DISK_LEAVES, "vdc"))


def test_the_medium_of_a_drive_comes_back() -> None:
    wanted, present = domain(disk("/iso/1", "sda", "cdrom")), domain(disk("/iso/2", "sda", "cdrom"))
    assert restored(wanted, present).cautions == ()
    assert told(wanted, restored(wanted, present).xml) == []


def test_a_machine_that_was_renamed_stays_so() -> None:
    found = restored(domain(name="old"), domain(name="new"))
    assert found.cautions == ((Caution.NAME_STAYS, "new"),)
    assert describe(found.xml).values.name == "new"


def test_that_of_another_machine_is_refused() -> None:
    with pytest.raises(InvalidConfig, match="another machine"):
        restored(domain(uuid="u1"), domain(uuid="u2"))


@pytest.mark.parametrize(
    "metadata", ["", f"<metadata>{TRAITS.format('<vmgui:tag>web</vmgui:tag>')}</metadata>"]
)
def test_protection_stays_and_tags_come_back(metadata: str) -> None:
    protected = TRAITS.format("<vmgui:folder>x</vmgui:folder><vmgui:protected>yes</vmgui:protected>")
    present = domain(more=f"<metadata>{protected}</metadata>")
    found = restored(domain(more=metadata), present)
    assert found.cautions == ((Caution.STAYS_PROTECTED, ""),)
    traits = describe(found.xml).traits
    assert (traits.tags, traits.folder, traits.is_protected) == (("web",) if metadata else (), "", True)
    freely = restored(domain(more=metadata), present, keeps_protection=False)
    assert not describe(freely.xml).traits.is_protected


def graphics(kind: str, more: str = "") -> str:
    return f"<graphics type='{kind}' port='-1'{more}/>"


def test_displays_have_the_passwords_that_they_have_now() -> None:
    its_own = " passwd='s3' passwdValidTo='2030-01-01T00:00:00' connected='keep'"
    wanted = domain(graphics("vnc") + graphics("spice"))
    found = restored(wanted, domain(graphics("spice", its_own) + graphics("vnc", " passwd='v1'")))
    assert set(found.cautions) == {(Caution.PASSWORD_PUT_BACK, "vnc"), (Caution.PASSWORD_PUT_BACK, "spice")}
    assert 'type="vnc" port="-1" passwd="v1"' in found.xml
    assert 'passwd="s3" passwdValidTo="2030-01-01T00:00:00" connected="keep"' in found.xml


def test_stars_are_never_a_password() -> None:
    found = restored(domain(graphics("vnc", " passwd='*****'")), domain(graphics("vnc")))
    assert found.cautions == ((Caution.PASSWORD_MISSING, "vnc"),)
    assert "*" not in found.xml


def test_a_display_that_is_not_there_any_more_may_have_had_one() -> None:
    assert restored(domain(graphics("vnc")), domain()).cautions == ((Caution.PASSWORD_MISSING, "vnc"),)
    assert restored(domain(graphics("vnc")), domain(graphics("vnc"))).cautions == ()
    assert restored(domain("<graphics type='sdl'/>"), domain()).cautions == ()


def test_no_password_is_kept_whoever_gave_it() -> None:
    assert "geheim" not in without_passwords(domain(graphics("vnc", " passwd='geheim'")))
    plain = domain(graphics("vnc"))
    assert without_passwords(plain) is plain


def test_another_programs_namespace_breaks_nothing() -> None:
    strange = "<metadata><x:y xmlns:x='relative/name'><x:z>1</x:z></x:y></metadata>"
    assert told(domain(), domain(more=strange)) == [What.OTHER]
    assert "relative/name" in restored(domain(more=strange), domain()).xml


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("<a><b x='1' y='2'/></a>", '<a>\n  <b y="2" x="1"/>\n</a>', True),
        ("<a><b/></a>", "<a><b><address type='pci'/></b></a>", True),
        ("<a><b><address type='pci'/></b></a>", "<a><b/></a>", False),
        ("<a><b/></a>", "<a><b/><b/></a>", False),
        ("<a>1</a>", "<a>2</a>", False),
        (
            "<devices><controller type='x' index='1'/><disk/><controller type='x' index='0'/></devices>",
            "<devices><controller type='x' index='0'/><controller type='x' index='1'/><disk/></devices>",
            True,
        ),
        ("<devices><disk/><tpm/></devices>", "<devices><tpm/><disk/></devices>", False),
        ("<a/>", "no xml", False),
    ],
)
def test_what_libvirt_does_by_itself_is_no_change(before: str, after: str, same: bool) -> None:
    assert is_normalised(before, after) is same


def web_disk(cookies: str = "", name: str = "a.iso") -> str:
    return (
        f"<disk type='network' device='cdrom'><source protocol='https' name='{name}'><host name='e'/>{cookies}"
        "</source><target dev='sda' bus='sata'/></disk>"
    )


COOKIES = "<cookies><cookie name='s'>geheim</cookie></cookies>"
STARRED = COOKIES.replace("geheim", "*****")


def test_cookies_stay_and_are_kept_nowhere() -> None:
    for wanted in (web_disk(), web_disk(STARRED)):
        found = restored(domain(wanted), domain(web_disk(COOKIES)))
        assert found.xml.count(">geheim<") == 1
        assert "*" not in found.xml
        assert found.cautions == ()
    for wanted in (web_disk(name="old.iso"), web_disk(STARRED, name="old.iso")):
        found = restored(domain(wanted), domain(web_disk(COOKIES)))
        assert found.cautions == ((Caution.COOKIES_MISSING, "sda"),)
        assert "cookie" not in found.xml
    assert "geheim" not in without_passwords(domain(web_disk(COOKIES)))
    plain = domain(web_disk())
    assert restored(plain, plain).cautions == ()


def test_a_disk_with_cookies_is_not_taken_for_moved() -> None:
    wanted, present = (domain(web_disk(some).replace("cdrom", "disk")) for some in ("", COOKIES))
    assert restored(wanted, present).cautions == ()


def test_of_two_displays_each_has_its_own_password() -> None:
    one, two = (f"<graphics type='vnc' port='{port}'{{}}/>" for port in (5951, 5952))
    present = domain(one.format(" passwd='one'") + two.format(" passwd='two'"))
    found = restored(domain(two.format("")), present)
    assert 'passwd="two"' in found.xml
    assert "one" not in found.xml
