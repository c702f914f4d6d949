"""Every kind of device: the declarations fit their models, libvirt's own schema, and themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.helpers.declared import CORPUS, any_device
from vmgui.libvirtxml.devices.every import KINDS, kind_of
from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.fields import Value
from vmgui.libvirtxml.kind import Kind, Listed

SCHEMAS = Path("/usr/share/libvirt/schemas")
RNG = "{http://relaxng.org/ns/structure/1.0}"
ALL = [*KINDS.values(), DOMAIN]

# What libvirt has documented since 9.0, the oldest schema in use here.
NEWER = {
    *(
        "<device> nodeset",
        "<controller> serial",
        "<controller> memReserve",
        "<pstore> backend",
        "<pstore> path",
    ),
    *("<pstore> size", "<crypto> model", "<crypto> type", "<crypto> queues", "<crypto> driver"),
    *(
        "<source> dataStore",
        "<dataStore> type",
        "<dataStore> source",
        "<source> username",
        "<source> keyfile",
    ),
    *("<source> agentsock", "<reconnect> delay", "<disk> discard_granularity", "<disk> discard_no_unref"),
    *(
        "<disk> group",
        "<video> device",
        "<video> edid",
        "<iothread> id",
        "<filesystem> uid",
        "<filesystem> gid",
        "<filesystem> max",
        "<uid> start",
    ),
    *(
        "<uid> target",
        "<uid> count",
        "<interface> currentAddress",
        "<interface> hostname",
        "<interface> fqdn",
    ),
    *("<interface> model", "<hostdev> iommufd", "<graphics> username", "<graphics> wait", "<video> blob"),
    *("<sound> multichannel", "<sound> streams", "<sound> driver", "<audio> runtimeDir", "<tpm> debug"),
    *(
        "<tpm> source",
        "<tpm> name",
        "<tpm> removeDisabled",
        "<memory> dynamicMemslots",
        "<memory> base",
        "<memory> driver",
    ),
    *("<iommu> dma_translation", "<iommu> passthrough", "<iommu> xtsup"),
}


def parts(kind: Kind[Any], path: str = "") -> Iterator[tuple[str, Kind[Any]]]:
    """The kind and every part of it, with where it stands."""
    yield path or kind.tag, kind
    for one in kind.fields:
        inner = one.item if isinstance(one, Listed) else getattr(one, "kind", None)
        if isinstance(inner, Kind):
            yield from parts(inner, "/".join((path or kind.tag, *one.steps)))


PARTS = {id(kind): kind for top in ALL for _, kind in parts(top)}.values()


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: kind.model.__name__)
def test_a_declaration_says_where_each_value_of_its_model_stands(kind: Kind[Any]) -> None:
    nothing = kind.model()
    declared = [one.name for one in kind.fields]
    assert len(declared) == len(set(declared))
    # A data file has a source without a data file of its own.
    assert {one.name for one in fields(nothing)} - set(declared) in (set(), {"data_file"})
    assert not set(declared) - {one.name for one in fields(nothing)}
    assert {one.name: one.absent for one in kind.fields} == {
        one.name: getattr(nothing, one.name) for one in kind.fields
    }
    places = [(one.steps, getattr(one, "attribute", None)) for one in kind.fields if isinstance(one, Value)]
    assert len(places) == len(set(places)), "two values in one place"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.tag)
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_written_is_read_back(kind: Kind[Any], data: st.DataObject) -> None:
    device = data.draw(any_device(kind))
    node = kind.write(device)
    assert kind.read(node) == device
    assert kind.read(etree.fromstring(etree.tostring(node))) == device


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.tag)
@settings(max_examples=25)
@given(data=st.data())
def test_one_becomes_any_other_and_nothing_again(kind: Kind[Any], data: st.DataObject) -> None:
    node = kind.write(data.draw(any_device(kind)))
    other = data.draw(any_device(kind))
    kind.change(node, other)
    assert kind.read(node) == other
    kind.change(node, kind.model())
    assert etree.tostring(node) == f"<{kind.tag}/>".encode()


def test_the_corpus_has_every_kind() -> None:
    found = {
        node.tag for xml in CORPUS.values() for node in etree.fromstring(xml.encode()).iterfind("devices/*")
    }
    assert not KINDS.keys() - found


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.tag)
def test_the_corpus_says_almost_all_that_can_be_said(kind: Kind[Any]) -> None:
    """Values that no document has are not tested with anything that libvirt accepts."""
    nodes = [
        node
        for xml in CORPUS.values()
        for node in etree.fromstring(xml.encode()).iterfind(f"devices/{kind.tag}")
    ]
    devices = [kind.read(node) for node in nodes]
    unsaid = {
        one.name for one in kind.fields if all(getattr(device, one.name) == one.absent for device in devices)
    }
    everywhere = {"alias", "address", "acpi_index", "acpi_nodeset", "virtio", "boot"}
    assert len(unsaid - everywhere) <= len(kind.fields) // 2, unsaid


def test_a_device_knows_its_declaration() -> None:
    assert all(kind_of(kind.model()) is kind for kind in KINDS.values())


def test_no_secret_gets_into_a_log() -> None:
    xml = "<graphics passwd='s3cret99'/>"
    assert "s3cret99" not in repr(KINDS["graphics"].read(etree.fromstring(xml)))
    xml = "<disk><source><cookies><cookie name='a'>s3cret99</cookie></cookies></source></disk>"
    assert "s3cret99" not in repr(KINDS["disk"].read(etree.fromstring(xml)))


# What libvirt's schema knows --------------------------------------------------------------------------------------


@cache
def definitions() -> dict[str, list[etree._Element]]:
    """What domain.rng defines, with what it includes; a later definition adds to an earlier one."""
    found: dict[str, list[etree._Element]] = {}
    waiting, seen = ["domain.rng"], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        root = etree.parse(SCHEMAS / name).getroot()
        waiting += [node.get("href", "") for node in root.iter(f"{RNG}include")]
        for node in root.iter(f"{RNG}define"):
            found.setdefault(node.get("name", ""), []).append(node)
    return found


def known_to(node: etree._Element, wanted: tuple[str, ...], open_refs: frozenset[str] = frozenset()) -> bool:
    """Whether the schema allows the path below the pattern: names of elements, at last maybe `@attribute`."""
    for child in node:
        if child.tag == f"{RNG}element":
            names = {child.get("name")} | {name.text for name in child.iter(f"{RNG}name")}
            if wanted[0] in names and (len(wanted) == 1 or known_to(child, wanted[1:])):
                return True
        elif child.tag == f"{RNG}attribute":
            if wanted == (f"@{child.get('name')}",):
                return True
        elif child.tag == f"{RNG}ref":
            name = child.get("name", "")
            if name not in open_refs and any(
                known_to(pattern, wanted, open_refs | {name}) for pattern in definitions().get(name, [])
            ):
                return True
        elif known_to(child, wanted, open_refs):
            return True
    return False


def test_every_place_is_one_that_libvirt_knows() -> None:
    """Parts of many devices, such as an address, have values that are known only in some."""
    if not SCHEMAS.exists():
        pytest.skip("libvirt's schemas are not installed")
    devices = definitions()["devices"][0].find(f"{RNG}element")
    assert devices is not None
    known: dict[str, bool] = {}
    for top in KINDS.values():
        for path, kind in parts(top):
            for one in kind.fields:
                value = one.item if isinstance(one, Listed) else one
                place = tuple(path.split("/")) + one.steps
                if attribute := getattr(value, "attribute", ""):
                    place += (f"@{attribute}",)
                    owner = "device" if one in COMMON else kind.tag
                    what = f"<{owner}> {place[-1].removeprefix('@')}"
                known[what] = known.get(what, False) or known_to(devices, place)
    unknown = {what for what, is_known in known.items() if not is_known}
    assert unknown <= NEWER


def test_every_kind_that_the_schema_has_is_declared() -> None:
    if not SCHEMAS.exists():
        pytest.skip("libvirt's schemas are not installed")
    tags = {
        element.get("name")
        for reference in definitions()["devices"][0].iter(f"{RNG}ref")
        for pattern in definitions()[reference.get("name", "")]
        for element in pattern.iterchildren(f"{RNG}element")
    }
    assert not {tag for tag in tags if tag} - KINDS.keys() - {"emulator"}
