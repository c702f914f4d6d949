"""Hypothesis strategies from the declarations of libvirtxml: any device that could be said, and the corpus."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from vmgui.libvirtxml.fields import Field, Flag, Size, Value
from vmgui.libvirtxml.kind import Chain, Group, Kind, Listed, Optional

DOMAINS = Path(__file__).resolve().parents[1] / "unit" / "libvirtxml" / "domains"
CORPUS = {path.stem: path.read_bytes().decode() for path in sorted(DOMAINS.glob("*.xml"))}

_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
_WHOLES = st.integers(min_value=-(2**63), max_value=2**64 - 1)


def any_value(one: Field) -> st.SearchStrategy[Any]:
    """Any value the field can have, also that it is absent."""
    if isinstance(one, Flag):
        return st.booleans()
    if isinstance(one, Group):
        return any_device(one.kind)
    if isinstance(one, Optional):
        return st.none() | any_device(one.kind)
    if isinstance(one, Chain):
        return st.lists(any_device(one.kind), max_size=3).map(tuple)
    if isinstance(one, Listed):
        item = any_device(one.item) if isinstance(one.item, Kind) else any_value(one.item)
        return st.lists(item, max_size=3).map(tuple)
    if isinstance(one, Size):
        return st.none() | st.integers(min_value=0, max_value=2**40)
    assert isinstance(one, Value)
    if one.choices:
        return st.sampled_from(("", "of-tomorrow", *one.choices))
    if one.absent == "":
        return _TEXTS.map(lambda text: one.parse(text))
    return st.none() | (_WHOLES if one.parse("5") == 5 else st.booleans())


@cache
def any_device(kind: Kind[Any]) -> st.SearchStrategy[Any]:
    """Any device, or part of one, of that kind; a few values of it are said."""
    names = st.sets(st.sampled_from([one.name for one in kind.fields]), max_size=6)
    return names.flatmap(
        lambda chosen: st.builds(
            kind.model, **{one.name: any_value(one) for one in kind.fields if one.name in chosen}
        )
    ).map(lambda device: consistent(kind, device))


def consistent(kind: Kind[Any], device: Any) -> Any:
    """What stands within an element says that the element is there."""
    values = {one.name: getattr(device, one.name) for one in kind.fields}
    for flag in (one for one in kind.fields if isinstance(one, Flag)):
        values[flag.name] |= any(
            values[one.name] != one.absent
            for one in kind.fields
            if len(one.steps) >= len(flag.steps) and one.steps[: len(flag.steps)] == flag.steps
        )
    return kind.model(**values)


def canonical(xml: str | etree._Element) -> bytes:
    """C14N with comments."""
    root = etree.fromstring(xml.encode()) if isinstance(xml, str) else xml
    return etree.tostring(root.getroottree(), method="c14n", with_comments=True)
