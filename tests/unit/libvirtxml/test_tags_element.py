"""Our own element in a machine's metadata: read, written, and what others have put there kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.tags_element import NAMESPACE, parse_element, write_element
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.errors import InvalidConfig
from vmgui.policy.tags import folder_of, tags_of

definitions = st.builds(
    Definition,
    tags=st.lists(st.text(max_size=60), max_size=8).map(tags_of),
    folder=st.text(max_size=80).map(folder_of),
    is_protected=st.booleans(),
)
# Of a later vmgui, and of another program altogether: a tag of its own is none of ours.
strangers = st.lists(
    st.sampled_from([
        "<later>else</later>",
        "<later b='2'><inner/>tail</later>",
        "<o:tag xmlns:o='urn:other' a='&lt;'>theirs</o:tag>",
        "<o:protected xmlns:o='urn:other'>yes</o:protected>",
    ]),
    max_size=4,
)  # fmt: skip


def test_it_is_read_with_and_without_its_namespace() -> None:
    assert parse_element("") == NO_DEFINITION
    assert parse_element("<traits><tag>a</tag></traits>").tags == ("a",)
    assert parse_element(f"<v:traits xmlns:v='{NAMESPACE}'><v:folder>b</v:folder></v:traits>").folder == "b"


@pytest.mark.parametrize(
    ("inner", "is_protected"),
    [
        ("<protected>yes</protected>", True),
        ("<protected/>", True),
        ("<protected>of course</protected>", True),
        ("<protected> no </protected>", False),
        ("<o:protected xmlns:o='urn:other'>yes</o:protected>", False),
        ("<tag>protected</tag>", False),
    ],
)
def test_protected_unless_it_plainly_is_not(inner: str, is_protected: bool) -> None:
    assert parse_element(f"<traits>{inner}</traits>").is_protected is is_protected


def test_a_whole_machine_says_so_too() -> None:
    xml = "<domain><metadata><v:traits xmlns:v='{space}'>{inner}</v:traits></metadata></domain>"
    assert parse_domain(xml.format(space=NAMESPACE, inner="<v:protected/>")).is_protected
    assert not parse_domain(xml.format(space="urn:other", inner="<v:protected/>")).is_protected
    assert not parse_domain("<domain/>").is_protected


@given(definitions)
def test_what_was_written_is_read(definition: Definition) -> None:
    assert parse_element(write_element(definition)) == definition


@given(definitions, definitions, strangers)
def test_what_is_not_ours_stays(before: Definition, after: Definition, others: list[str]) -> None:
    first = etree.fromstring(write_element(before) or "<traits/>")
    for other in others:
        first.insert(len(first) // 2, etree.fromstring(other))
    xml = etree.tostring(first, encoding="unicode")
    written = write_element(after, xml)
    assert parse_element(written) == after
    assert foreign(written) == foreign(xml)
    assert bool(written) == bool(others or after != NO_DEFINITION), "none is needed"


def test_an_attribute_of_the_element_stays() -> None:
    written = write_element(NO_DEFINITION, "<traits since='2'><tag>a</tag></traits>")
    assert etree.fromstring(written).attrib == {"since": "2"}


def test_the_namespace_is_left_to_libvirt() -> None:
    xml = f"<v:traits xmlns:v='{NAMESPACE}'><v:tag>a</v:tag><v:later><v:inner/></v:later></v:traits>"
    assert NAMESPACE not in write_element(Definition(is_protected=True), xml)


def test_what_cannot_be_read_is_not_overwritten_unasked() -> None:
    with pytest.raises(InvalidConfig):
        write_element(Definition(tags=("a",)), "<traits>")


def foreign(xml: str) -> list[bytes]:
    """What is neither tag, folder nor protection of ours, as it stands."""
    if not xml:
        return []
    ours = {"tag", "folder", "protected"}
    return [
        etree.tostring(child, method="c14n", with_tail=False)
        for child in etree.fromstring(xml)
        if child.tag not in ours
    ]
