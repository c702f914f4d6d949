"""What is said of a machine's XML: every fault in a sentence with all that belongs to it."""

import pytest

from vmgui.model.xml import FaultKind, XmlFault, XmlPlace
from vmgui.policy.xml_error import XmlRefused
from vmgui.words.errors import explain
from vmgui.words.xml import ask, fault_words, has_password, kept_words, refused_words, theirs_words


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("is_told", [True, False])
def test_every_fault_is_a_sentence(kind: FaultKind, is_told: bool) -> None:
    place = XmlPlace(14, 14, 3)
    fault = (
        XmlFault(kind, place, "el", "attr", "val", "oth", 7, detail="said\nmore")
        if is_told
        else XmlFault(kind)
    )
    text = fault_words(fault)
    assert "{" not in text
    assert text.startswith("Line 14: " if is_told else text[0].upper())
    if kind is FaultKind.OTHER and is_told:
        assert text == "Line 14: “said”"


def test_a_guess_is_told_as_one() -> None:
    fault = XmlFault(FaultKind.SOMEWHERE_IN, XmlPlace(9, 9), "devices", is_guess=True)
    assert fault_words(fault).startswith("Line 9, or near it: ")


def test_who_refused_what() -> None:
    fault = XmlFault(FaultKind.BAD_VALUE, XmlPlace(3, 3), "memory", value="many")
    text = explain(XmlRefused(fault, by_host=True), "web-01", "host-a").what
    assert text == (
        "host-a did not take the definition of “web-01”, which stays as it was. "
        "Line 3: “many” is no possible value for <memory>."
    )
    text = explain(XmlRefused(fault, by_host=False, subject="web-01"), "other", "host-a").what
    assert text == refused_words(fault, "web-01")
    assert "host-a" not in text


def test_what_others_changed_is_told() -> None:
    base = "<a>\n  <vcpu>1</vcpu>\n  <os/>\n</a>\n"
    (head, one) = theirs_words(base, base.replace("1", "4"))
    assert one == "“<vcpu>1</vcpu>” is “<vcpu>4</vcpu>” now"
    assert head == f"Changed by others meanwhile: {one}."
    told = theirs_words(base, base.replace("  <os/>\n", "").replace("<a>", "<a>\n<x/>"))
    assert told[1:] == ("“<x/>” is new", "“<os/>” is gone")
    assert "and more" in told[0]
    assert theirs_words(base, base) == ()


def test_the_rest() -> None:
    assert "12-14" in kept_words((XmlPlace(12, 14),))
    assert "3, …" in kept_words((XmlPlace(3, 3), XmlPlace(9, 9)))
    assert has_password("<graphics passwd='*****'/>")
    assert not has_password("<description>*****</description>")
    question = ask("web", "a\nb\n", "a\nc\n")
    assert question.text.startswith("1 line")
