"""What a machine is found by, out of XML that anybody may have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.libvirtxml.tags import NAMESPACE, parse_definition, parse_element, write_element
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import NO_DEFINITION, Definition
from vmgui.policy.tags import MAX_TAGS, folder_of, tags_of

XML = f"""<domain type='kvm'><name>web</name><title>Shop</title><description>Front\nend</description>
<metadata>
  <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
    <libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo>
  <vmgui:traits xmlns:vmgui="{NAMESPACE}">
    <vmgui:folder> Customers / Shop </vmgui:folder><vmgui:tag>web</vmgui:tag><vmgui:tag>Web</vmgui:tag>
    <vmgui:tag/><vmgui:later>else</vmgui:later><vmgui:tag>two  words</vmgui:tag>
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


def test_the_element_alone_is_read_with_and_without_its_namespace() -> None:
    assert parse_element("") == NO_DEFINITION
    assert parse_element("<traits><tag>a</tag></traits>").tags == ("a",)
    assert parse_element(f"<v:traits xmlns:v='{NAMESPACE}'><v:folder>b</v:folder></v:traits>").folder == "b"


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=80))
def test_what_was_written_is_read(texts: list[str], folder: str) -> None:
    definition = Definition(tags=tags_of(texts), folder=folder_of(folder))
    assert parse_element(write_element(definition)) == definition
