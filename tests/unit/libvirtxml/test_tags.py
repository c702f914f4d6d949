"""What a machine is found by, out of XML that anybody may have written."""

import pytest

from vmgui.libvirtxml.tags import parse_definition
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import NO_DEFINITION, Definition
from vmgui.policy.tags import MAX_TAGS

XML = f"""<domain type='kvm'><name>web</name><title>Shop</title><description>Front\nend</description>
<metadata>
  <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
    <libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo>
  <vmgui:traits xmlns:vmgui="{NAMESPACE}">
    <vmgui:folder> Customers / Shop </vmgui:folder><vmgui:tag>web</vmgui:tag><vmgui:tag>Web</vmgui:tag>
    <vmgui:tag/><vmgui:later>else</vmgui:later><vmgui:tag>two  words</vmgui:tag>
    <vmgui:protected>yes</vmgui:protected>
  </vmgui:traits>
</metadata>
<devices><interface type='network'><mac address='52:54:00:AA:BB:01'/></interface><interface type='user'/>
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel></devices>
</domain>"""


def test_all_of_it() -> None:
    assert parse_definition(XML) == Definition(
        title="Shop",
        note="Front\nend",
        os_id="http://debian.org/debian/12",
        tags=("web", "two words"),
        folder="Customers/Shop",
        is_protected=True,
        macs=("52:54:00:aa:bb:01",),
        has_agent=True,
    )
    assert not parse_definition(XML.replace("'connected'", "'disconnected'")).has_agent


def test_a_machine_that_says_nothing() -> None:
    assert parse_definition("<domain><name>a</name></domain>") == NO_DEFINITION


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<pool/>",
        "<domain>",
        "<!DOCTYPE d [<!ENTITY x 'y'>]><domain><title>&x;</title></domain>",
        "<domain>\ud800</domain>",
    ],
)
def test_what_is_no_machine_is_refused(xml: str) -> None:
    with pytest.raises(InvalidConfig):
        parse_definition(xml)


def test_hostile_lengths_are_bounded() -> None:
    tags = "".join(f"<v:tag>{'t' * 500}{number}</v:tag>" for number in range(5000))
    many = "".join(f"<v:tag>{number}</v:tag>" for number in range(5000))
    macs = "<interface><mac address='52:54:00:00:00:01'/></interface>" * 500
    for inner in (tags, many):
        found = parse_definition(
            f"<domain><description>{'n' * 100_000}</description><metadata><v:traits xmlns:v='{NAMESPACE}'>"
            f"<v:folder>{'f/' * 5000}</v:folder>{inner}</v:traits></metadata><devices>{macs}</devices></domain>"
        )
        assert len(found.tags) <= MAX_TAGS
        assert max(map(len, found.tags)) <= 40
        assert len(found.note) <= 4000
        assert len(found.folder) <= 200
        assert len(found.macs) <= 64
