"""What libvirt 9.0, 11.3 and 12.8 said of texts that are wrong (data/xml_errors.json, from the lab): the line of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from vmgui.model.errors import HostUnreachable, InvalidConfig, Unsupported
from vmgui.model.xml import FaultKind, XmlPlace
from vmgui.policy.xml_error import XmlRefused, parser_fault, refused, refused_fault

SAID: dict[str, Any] = json.loads((Path(__file__).parent / "data/xml_errors.json").read_text("utf-8"))
BASE: str = SAID["base"]
TEXTS: dict[str, str] = {case["name"]: case["text"] for case in SAID["cases"]}
WORDS: dict[str, list[str]] = {
    case["name"]: [said["words"] for said in case["said"]] for case in SAID["cases"]
}
# In which line each is wrong; what none but its author could know is left out.
LINES: dict[str, int] = {case["name"]: case["line"] for case in SAID["cases"] if case["line"]}


@pytest.mark.parametrize("name", LINES)
def test_every_generation_s_words_lead_to_the_line(name: str) -> None:
    assert WORDS[name]
    for words in WORDS[name]:
        place = refused_fault(words, TEXTS[name], BASE).place
        assert place is not None, words
        assert place.line <= LINES[name] <= place.last_line, words


@pytest.mark.parametrize(
    ("name", "kind", "element", "attribute", "value"),
    [
        ("mismatch", FaultKind.OTHER_END, "features", "", ""),
        ("extra_top", FaultKind.UNKNOWN_ELEMENT, "colour", "", ""),
        ("bad_unit", FaultKind.BAD_ATTRIBUTE, "memory", "unit", ""),
        ("bad_value", FaultKind.BAD_VALUE, "memory", "", "many"),
        ("no_os", FaultKind.MISSING_ELEMENT, "type", "", ""),
        ("extra_dev", FaultKind.SOMEWHERE_IN, "devices", "", ""),
        ("wrong_root", FaultKind.NOT_A_DOMAIN, "network", "", ""),
        ("text", FaultKind.UNKNOWN_TEXT, "domain", "", ""),
    ],
)
def test_the_first_words_say_what_it_is(
    name: str, kind: FaultKind, element: str, attribute: str, value: str
) -> None:
    fault = refused_fault(WORDS[name][0], TEXTS[name], BASE)
    assert (fault.kind, fault.element, fault.attribute, fault.value) == (kind, element, attribute, value)
    assert fault.detail == WORDS[name][0]


def test_a_place_in_a_large_element_is_called_a_guess() -> None:
    devices = "Extra element devices in interleave\nElement domain failed to validate content\n"
    fault = refused_fault(devices, TEXTS["bad_bus"], BASE)
    assert (fault.place, fault.is_guess) == (XmlPlace(15, 15), True)
    # Nothing was changed in it, or it is not known what was: where it begins.
    for base in ("", BASE.replace("xml-test", "other")):
        fault = refused_fault(devices, BASE, base)
        assert (fault.place, fault.is_guess) == (XmlPlace(11, 11), False)


def test_of_several_alike_the_changed_one_is_meant() -> None:
    base = BASE.replace("<graphics", "<interface type='user'/>\n    <graphics")
    text = base.replace("<interface type='user'/>", "<interface type='magic'/>")
    said = "XML error: Invalid value for attribute 'type' in element 'interface': 'magic'."
    assert refused_fault(said, text, base).place == XmlPlace(21, 21)
    said = "Invalid attribute type for element interface\nElement domain failed to validate content"
    assert refused_fault(said, text, base).place == XmlPlace(21, 21)
    assert refused_fault(said, text).place == XmlPlace(17, 17)


def test_a_daemon_that_speaks_spanish_is_understood() -> None:
    fault = refused_fault(
        "en la línea 10: Opening and ending tag mismatch: a line 8 and b\n  </b>\n----^", ""
    )
    assert (fault.kind, fault.place) == (FaultKind.OTHER_END, XmlPlace(10, 10))
    fault = refused_fault(
        "El documento no vale: \nExtra element vcpu in interleave\n", TEXTS["bad_vcpu"], BASE
    )
    assert fault.place == XmlPlace(4, 4)


def test_comments_and_quotes_hide_no_element_and_make_none() -> None:
    text = (
        "<domain>\n<!-- <vcpu> -->\n<a b='<vcpu>'/><c d=\">\"/>\n<![CDATA[<vcpu>]]>\n<vcpu>0</vcpu></domain>"
    )
    fault = refused_fault("Extra element vcpu in interleave\n", text)
    assert fault.place == XmlPlace(5, 5)


def test_words_that_say_nothing_known_are_kept() -> None:
    fault = refused_fault("internal error: something odd", BASE)
    assert (fault.kind, fault.place, fault.detail) == (FaultKind.OTHER, None, "internal error: something odd")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("AttValue: \" or ' expected", FaultKind.UNQUOTED),
        ("Specification mandates value for attribute a", FaultKind.NO_VALUE),
        ("Attribute a redefined", FaultKind.TWICE),
        ("EntityRef: expecting ';'", FaultKind.AMPERSAND),
        ("Entity 'nbsp' not defined", FaultKind.AMPERSAND),
        ("Unescaped '<' not allowed in attributes values", FaultKind.LESS_THAN),
        ("Extra content at the end of the document", FaultKind.AFTER_END),
        ("StartTag: invalid element name", FaultKind.BAD_TAG),
        ("Namespace prefix q on b is not defined", FaultKind.OTHER),
    ],
)
def test_the_parser_s_words(said: str, kind: FaultKind) -> None:
    fault = parser_fault(said, 3, 7)
    assert (fault.kind, fault.place) == (kind, XmlPlace(3, 3, 7))


def test_only_what_is_about_the_text_becomes_a_refusal_of_it() -> None:
    found = refused(
        Unsupported("unsupported configuration: invalid domain type emu"), TEXTS["bad_domain"], BASE
    )
    assert isinstance(found, XmlRefused)
    assert found.by_host
    assert found.fault.place == XmlPlace(1, 1)
    assert refused(found, "", "") is found
    lost = HostUnreachable("gone")
    assert refused(lost, BASE, BASE) is lost
    assert isinstance(refused(InvalidConfig("x", code=27), BASE, BASE), XmlRefused)
