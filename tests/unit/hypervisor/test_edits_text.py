"""The definition of a machine of the test driver as a text that is read, written and defined."""

from __future__ import annotations

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.definition import define
from vmgui.hypervisor.edits_text import define_text, definition_text
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig, InvalidState

PASSWORD = "s3cret99"  # noqa: S105
SECURE = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE


@pytest.fixture
def text(conn: libvirt.virConnect) -> str:
    """Of a machine with a display that asks for a password."""
    plain = conn.lookupByUUIDString(UUID).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    display = f"<graphics type='vnc' port='-1' passwd='{PASSWORD}'/></devices>"
    define(conn, plain.replace("</devices>", display))
    return definition_text(conn, UUID, True)


def titled(text: str, title: str) -> str:
    return text.replace("<memory", f"<title>{title}</title><memory", 1)


def test_stars_are_shown_and_the_password_stays(conn: libvirt.virConnect, text: str) -> None:
    assert PASSWORD not in text
    assert 'passwd="*****"' in text
    done = define_text(conn, UUID, titled(text, "ours"), text)
    assert f"passwd='{PASSWORD}'" in conn.lookupByUUIDString(UUID).XMLDesc(SECURE)
    assert "<title>ours</title>" in done.after
    assert "<title>" not in done.before
    assert PASSWORD not in done.before + done.after
    assert done.plan is None


def test_what_runs_is_another_text(conn: libvirt.virConnect, text: str) -> None:
    assert "graphics" in text
    assert "graphics" not in definition_text(conn, UUID, False)


def test_what_somebody_else_defined_is_not_overwritten(conn: libvirt.virConnect, text: str) -> None:
    theirs = titled(conn.lookupByUUIDString(UUID).XMLDesc(SECURE), "theirs")
    define(conn, theirs)
    with pytest.raises(ChangedMeanwhile):
        define_text(conn, UUID, titled(text, "ours"), text)
    assert "<title>theirs</title>" in definition_text(conn, UUID, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [("<name>test<", "<name>other<"), (f"<uuid>{UUID}</uuid>", ""), (UUID, UUID.replace("6", "7"))],
    ids=["name", "no uuid", "uuid"],
)
def test_another_machine_is_refused(conn: libvirt.virConnect, text: str, old: str, new: str) -> None:
    with pytest.raises(InvalidConfig):
        define_text(conn, UUID, text.replace(old, new), text)
    assert conn.numOfDefinedDomains() == 0


def test_one_that_is_kept_nowhere_stays_so(conn: libvirt.virConnect) -> None:
    conn.lookupByUUIDString(UUID).undefine()
    text = definition_text(conn, UUID, False)
    with pytest.raises(InvalidState):
        define_text(conn, UUID, titled(text, "ours"), text)
    assert not conn.lookupByUUIDString(UUID).isPersistent()
