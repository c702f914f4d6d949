"""What is wrong with a text is found without its host, in the line where it is."""

import pytest

from vmgui.libvirtxml.xml_check import check
from vmgui.model.xml import MOST_BYTES, MOST_LINE_CHARS, FaultKind

UUID = "6695eb01-f6a4-8304-79aa-97f2502e0001"
GOOD = f"<domain type='kvm'>\n  <name>web</name>\n  <uuid>{UUID}</uuid>\n</domain>\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(f"  <uuid>{UUID}</uuid>\n", ""),
        GOOD.replace(UUID, UUID.upper().replace("-", "")),
        f"<?xml version='1.0' encoding='latin-1'?>\n<!-- ä -->\n{GOOD}",
        GOOD.replace("<name>", "<metadata><q:a xmlns:q='relative'/></metadata><name>"),
    ],
)
def test_nothing_is_wrong(text: str) -> None:
    assert check(text, "web", UUID) is None


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("", FaultKind.EMPTY, 1),
        (" \n\n", FaultKind.EMPTY, 1),
        ("hello", FaultKind.NO_XML, 1),
        (GOOD.replace("</name>", "</nam>"), FaultKind.OTHER_END, 2),
        (f"\n<?xml version='1.0'?>\n{GOOD}".replace("</name>", "</nam>"), FaultKind.OTHER_END, 4),
        (f"<!-- a\n b -->\n{GOOD}".replace("</name>", "</nam>"), FaultKind.OTHER_END, 4),
        (GOOD.replace("</domain>\n", ""), FaultKind.UNENDED, 4),
        (GOOD.replace("'kvm'", "kvm"), FaultKind.UNQUOTED, 1),
        (GOOD.replace("='kvm'", ""), FaultKind.NO_VALUE, 1),
        (GOOD.replace("'kvm'", "'kvm' type=''"), FaultKind.TWICE, 1),
        (GOOD.replace("web", "a & b"), FaultKind.AMPERSAND, 2),
        (GOOD.replace("web", "&nbsp;"), FaultKind.AMPERSAND, 2),
        (GOOD.replace("kvm", "<"), FaultKind.LESS_THAN, 1),
        (f"{GOOD}<x/>", FaultKind.AFTER_END, 5),
        (GOOD.replace("<name>", "< name>"), FaultKind.BAD_TAG, 2),
        ("<domain", FaultKind.BAD_TAG, 1),
        (f"\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n{GOOD}", FaultKind.DOCTYPE, 2),
        ("\n<network/>", FaultKind.NOT_A_DOMAIN, 2),
        (GOOD.replace("web", "db"), FaultKind.OTHER_NAME, 2),
        (GOOD.replace("0001", "0002"), FaultKind.OTHER_UUID, 3),
        (f"<!-- \n -->{GOOD}".replace("web", "db"), FaultKind.OTHER_NAME, 3),
        (f"<a>\n{'x' * (MOST_LINE_CHARS + 1)}</a>", FaultKind.LONG_LINE, 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, kind: FaultKind, line: int) -> None:
    fault = check(text, "web", UUID)
    assert fault is not None
    assert (fault.kind, fault.place and fault.place.line) == (kind, line)


def test_what_belongs_to_it_is_told() -> None:
    fault = check(f"<?xml version='1.0'?>\n{GOOD}".replace("</name>", "</nam>"))
    assert fault is not None
    assert (fault.element, fault.other, fault.other_line) == ("name", "nam", 3)
    fault = check(GOOD.replace("='kvm'", ""))
    assert fault is not None
    assert fault.attribute == "type"


def test_too_much_is_refused_before_it_is_read() -> None:
    for text in ("x\n" * (MOST_BYTES // 2 + 1), "ä\n" * (MOST_BYTES // 3 + 1)):
        fault = check(text)
        assert fault is not None
        assert fault.kind is FaultKind.TOO_LARGE


def test_characters_that_nobody_can_write_are_told() -> None:
    for text in (GOOD.replace("web", "\ud800"), GOOD.replace("web", "\x01")):
        fault = check(text)
        assert fault is not None
        assert fault.kind is FaultKind.OTHER
