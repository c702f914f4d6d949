"""A definition that a person wrote is defined by real libvirt, or refused in its words, and passwords stay."""

from __future__ import annotations

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Vnc
from tests.lab.editing import INACTIVE, Editor, own, xml_of
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.edit import Setting
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig
from vmgui.model.job import JobState

PASSWORD = "s3cret99"  # noqa: S105
SECURE = INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE


@pytest.fixture
async def here(connected: World) -> Editor:
    return Editor(connected)


@every_generation
async def test_a_text_is_defined_and_passwords_stay(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", vnc=Vnc(password=PASSWORD))
    key = await here.world.seen("web")
    text = await here.edits.text(key, saved=True)
    assert PASSWORD not in text
    assert 'passwd="*****"' in text
    job = await here.define(text.replace("<os>", "<title>from a text</title><os>", 1), text)
    assert job.state is JobState.DONE, job.error
    await here.change({own(Setting.CPU_WEIGHT): 512})
    # What virsh shows has no stars, and no password.
    plain = xml_of(lab_host)
    job = await here.define(plain.replace("from a text", "from virsh"), plain)
    assert job.state is JobState.DONE, job.error
    secure = xml_of(lab_host, SECURE)
    assert "<title>from virsh</title>" in secure
    assert f"passwd='{PASSWORD}'" in secure
    for defined in here.told:
        assert defined.before != defined.after
        assert PASSWORD not in defined.before + defined.after
    # Taken out by a person, it is gone.
    text = await here.edits.text(key, saved=True)
    job = await here.define(text.replace(' passwd="*****"', ""), text)
    assert job.state is JobState.DONE, job.error
    assert "passwd" not in xml_of(lab_host, SECURE)


@every_generation
async def test_a_text_that_is_wrong_changes_nothing_and_is_said_where(
    here: Editor, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web")
    key = await here.world.seen("web")
    before = text = await here.edits.text(key, saved=True)
    wrong = (
        (text.replace("<devices>", "<devices><banana/>", 1), "devices"),
        (text.replace("</devices>", "", 1), f"line {len(text.splitlines())}"),
        (text.replace("<name>web<", "<name>other<", 1), "another name"),
        (text.replace(">hvm<", ">nothing<", 1), "validate"),
    )
    for xml, words in wrong:
        job = await here.define(xml, text)
        assert isinstance(job.error, InvalidConfig), (words, job.error)
        assert words in job.error.detail
    assert xml_of(lab_host) == before
    lab_host.define_xml(text.replace("<os>", "<title>theirs</title><os>", 1))
    job = await here.define(text.replace("<os>", "<title>ours</title><os>", 1), text)
    assert isinstance(job.error, ChangedMeanwhile)
    assert "theirs" in xml_of(lab_host)


COOKIE = "<cookies><cookie name='session'>topsecret</cookie></cookies>"
WEB_CDROM = (
    "<disk type='network' device='cdrom'><driver name='qemu' type='raw'/>"
    f"<source protocol='https' name='a.iso'><host name='example.org' port='443'/>{COOKIE}"
    "<timeout seconds='9'/></source><target dev='sda' bus='sata'/><readonly/></disk>"
)


@every_generation
async def test_cookies_of_a_disk_stay_and_are_never_shown(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", devices=(WEB_CDROM,))
    key = await here.world.seen("web")
    shown, plain = await here.edits.text(key, saved=True), xml_of(lab_host)
    assert "topsecret" not in shown
    assert ">*****</cookie>" in shown
    assert "cookie" not in plain
    for word in ("title", "description"):
        base = shown if word == "title" else xml_of(lab_host)
        job = await here.define(base.replace("<os>", f"<{word}>new</{word}><os>", 1), base)
        assert job.state is JobState.DONE, job.error
        assert ">topsecret<" in xml_of(lab_host, SECURE)
    text = await here.edits.text(key, saved=True)
    job = await here.define(text.replace("example.org", "example.com"), text)
    assert isinstance(job.error, InvalidConfig)
    assert "have to be given again" in job.error.detail
    assert all("topsecret" not in told.before + told.after for told in here.told)


async def test_of_two_displays_each_keeps_its_own_password(here: Editor, lab_host: LabHost) -> None:
    display = "<graphics type='vnc' port='{}' autoport='no' listen='127.0.0.1' passwd='{}'/>"
    lab_host.define_tiny("web", devices=(display.format(5951, "one"), display.format(5952, "two")))
    key = await here.world.seen("web")
    text = await here.edits.text(key, saved=True)
    first = text[text.index("<graphics") : text.index("</graphics>") + len("</graphics>")]
    job = await here.define(text.replace(first, ""), text)
    assert job.state is JobState.DONE, job.error
    secure = xml_of(lab_host, SECURE)
    assert "passwd='two'" in secure
    assert "passwd='one'" not in secure
