"""A machine's XML written by hand, on every generation: the line of what it refuses, and what is kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor.edits_text import define_text, definition_text
from vmgui.hypervisor.errors import door
from vmgui.model.errors import ChangedMeanwhile, VmguiError
from vmgui.policy.xml_error import XmlRefused, refused, refused_fault

SAID: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "unit/policy/data/xml_errors.json").read_text("utf-8")
)
BASE: str = SAID["base"]
SECRET = "passwd='horses'"  # noqa: S105 - of nobody
MACHINE = BASE.replace("<graphics type='vnc'", f"<graphics type='vnc' {SECRET}")
FLAGS = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE


@pytest.fixture
def conn(lab_host: LabHost) -> Iterator[libvirt.virConnect]:
    with lab_host.connect() as connection:
        yield connection


def error_of(conn: libvirt.virConnect, uuid: str, text: str, base: str) -> VmguiError:
    with pytest.raises(VmguiError) as caught, door():
        define_text(conn, uuid, text, base)
    return refused(caught.value, text, base)


@every_generation
def test_what_it_refuses_is_found_in_the_text(conn: libvirt.virConnect) -> None:
    """The texts whose words are kept for the unit tests: what is said of them today leads to the same line."""
    wrong: dict[str, str] = {}
    for case in SAID["cases"]:
        try:
            conn.defineXMLFlags(case["text"], libvirt.VIR_DOMAIN_DEFINE_VALIDATE).undefine()
        except libvirt.libvirtError as error:
            words = error.get_error_message() or ""
            place = refused_fault(words, case["text"], BASE).place
            line = case["line"]
            if line is not None and (place is None or not place.line <= line <= place.last_line):
                wrong[case["name"]] = f"{place}: {words}"
        else:
            wrong[case["name"]] = "was not refused"
    assert not wrong


@every_generation
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bus='virtio'", "bus='nonsense'"),
        ("</interface>", "  <colour/>\n    </interface>"),
        (">65536<", ">many<"),
        ("<acpi/>", "<acpii/>"),
    ],
)
def test_a_refused_text_changes_nothing_and_is_told_with_its_line(
    conn: libvirt.virConnect, old: str, new: str
) -> None:
    domain = conn.defineXML(MACHINE)
    before = domain.XMLDesc(FLAGS)
    base = definition_text(conn, domain.UUIDString(), True)
    assert base.count(old) >= 1
    text = base.replace(old, new, 1)
    error = error_of(conn, domain.UUIDString(), text, base)
    assert isinstance(error, XmlRefused)
    assert error.fault.place is not None
    line = text[: text.index(new.strip())].count("\n") + 1
    assert error.fault.place.line <= line <= error.fault.place.last_line
    assert domain.XMLDesc(FLAGS) == before


@every_generation
def test_a_password_is_shown_as_stars_and_stays(conn: libvirt.virConnect) -> None:
    domain = conn.defineXML(MACHINE)
    uuid = domain.UUIDString()
    base = definition_text(conn, uuid, True)
    assert "horses" not in base
    assert "passwd='*****'" in base or 'passwd="*****"' in base
    define_text(conn, uuid, base.replace("<vcpu", "<description>new</description>\n<vcpu"), base)
    assert "<description>new" in domain.XMLDesc(FLAGS)
    assert SECRET in domain.XMLDesc(FLAGS)
    base = definition_text(conn, uuid, True)
    define_text(conn, uuid, base.replace("*****", "cows"), base)
    assert "passwd='cows'" in domain.XMLDesc(FLAGS)


@every_generation
def test_what_others_changed_is_not_overwritten(conn: libvirt.virConnect) -> None:
    domain = conn.defineXML(MACHINE)
    base = definition_text(conn, domain.UUIDString(), True)
    conn.defineXML(
        MACHINE.replace(
            "<memory", f"<uuid>{domain.UUIDString()}</uuid><description>theirs</description><memory"
        )
    )
    error = error_of(conn, domain.UUIDString(), base.replace("65536", "131072"), base)
    assert isinstance(error, ChangedMeanwhile)
    assert "theirs" in domain.XMLDesc(FLAGS)
