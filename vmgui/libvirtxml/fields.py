"""The single values a declaration is made of: where each stands (`driver/@cache`, `serial`) and how it is written.
`.` is the element's own text.

A value that is not there reads as "" for a text, None for a number or a yes or no, False for a mere presence; so
does one that nobody can read. What is not there and what was not changed is not written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from vmgui.libvirtxml.layout import remove
from vmgui.libvirtxml.safe import UNIT_BYTES, Element, number_of

Steps = tuple[str, ...]


class Holder(Protocol):
    """What knows the order of elements: the declaration a field belongs to."""

    def ensure(self, node: Element, steps: Steps) -> Element:
        """The element at `steps`, made where it is missing."""
        ...

    def add(self, parent: Element, steps: Steps, tag: str) -> Element:
        """A new child of `parent`, which stands at `steps`, in its place among the others."""
        ...

    def prune(self, node: Element, steps: Steps) -> None:
        """Take away the element at `steps`, and those around it, if nothing is left in them."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of the model and the place of its value; `steps` lead to the element that holds it."""

    name: str
    steps: Steps

    @property
    def absent(self) -> Any:
        """The value of what is not there."""
        return None

    def take(self, node: Element) -> Any:
        """The value in the element that holds it."""
        raise NotImplementedError

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        """Write the value below the device's element; `absent` takes it away."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Value(Field):
    """An attribute, or the text of an element if `attribute` is empty."""

    attribute: str
    parse: Callable[[str], Any]
    write: Callable[[Any], str]
    choices: tuple[str, ...] = ()  # what libvirt documents; others are kept
    none: Any = None

    @property
    def absent(self) -> Any:
        return self.none

    def take(self, node: Element) -> Any:
        return self.parse(node.get(self.attribute, "") if self.attribute else whole_text(node))

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        if value != self.none:
            holder = owner.ensure(node, self.steps)
            if self.attribute:
                holder.set(self.attribute, self.write(value))
            else:
                write_text(holder, self.write(value))
        elif (holder := follow(node, self.steps)) is not None:
            if not self.attribute:
                write_text(holder, "")
            elif self.attribute in holder.attrib:
                del holder.attrib[self.attribute]
            owner.prune(node, self.steps)


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """True if the element is there."""

    @property
    def absent(self) -> Any:
        return False

    def take(self, node: Element) -> Any:
        return True

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        if value:
            owner.ensure(node, self.steps)
        else:
            cut(owner, node, self.steps)


@dataclass(frozen=True, slots=True)
class Size(Value):
    """A number with a unit beside it, in an attribute of its own; the model counts in `step_bytes`."""

    step_bytes: int = 1
    default_unit: str = "bytes"

    def take(self, node: Element) -> Any:
        factor, number = self._unit_bytes(node), number_of(Value.take(self, node), -1)
        return number * factor // self.step_bytes if factor and number >= 0 else None

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        if value is None:
            if (holder := follow(node, self.steps)) is not None and "unit" in holder.attrib:
                del holder.attrib["unit"]
            Value.put(self, owner, node, "")
            return
        holder = owner.ensure(node, self.steps)
        factor = self._unit_bytes(holder)
        # The unit a person chose stays if the new size is a whole number of it.
        if not factor or not Value.take(self, holder) or value * self.step_bytes % factor:
            holder.set("unit", "KiB" if self.step_bytes == 1024 else "bytes")
            factor = self.step_bytes
        Value.put(self, owner, node, str(value * self.step_bytes // factor))

    @property
    def absent(self) -> Any:
        return None

    def _unit_bytes(self, node: Element) -> int:
        return UNIT_BYTES.get((node.get("unit") or self.default_unit).strip().lower(), 0)


def text(name: str, path: str) -> Value:
    """A text, as it stands."""
    return Value(name, *_place(path), str, str, none="")


def word(name: str, path: str) -> Value:
    """A text in which white space around it means nothing: paths, names of models."""
    return Value(name, *_place(path), str.strip, str, none="")


def choice(name: str, path: str, documented: str) -> Value:
    """One of libvirt's words; a word that is not documented is read and kept like the others."""
    return Value(name, *_place(path), str.strip, str, tuple(documented.split()), none="")


def whole(name: str, path: str) -> Value:
    """A whole number, also written as 0x1f."""
    return Value(name, *_place(path), whole_of, str)


def yes_no(name: str, path: str) -> Value:
    """A yes or no."""
    return Value(name, *_place(path), {"yes": True, "no": False}.get, {True: "yes", False: "no"}.__getitem__)


def on_off(name: str, path: str) -> Value:
    """An on or off."""
    return Value(name, *_place(path), {"on": True, "off": False}.get, {True: "on", False: "off"}.__getitem__)


def flag(name: str, path: str) -> Flag:
    """An element whose presence is the value: `<readonly/>`."""
    return Flag(name, tuple(path.split("/")))


def size_kib(name: str, path: str) -> Size:
    """A size in KiB, which is also what libvirt takes it for where the XML names no unit."""
    return Size(name, *_place(path), str, str, none="", step_bytes=1024, default_unit="KiB")


def size_bytes(name: str, path: str) -> Size:
    """A size in bytes, which is also what libvirt takes it for where the XML names no unit."""
    return Size(name, *_place(path), str, str, none="", step_bytes=1)


def whole_of(text: str) -> int | None:
    """A whole number of at most 20 digits, decimal or 0x1f; None for anything else."""
    stripped = text.strip().lower()
    if stripped.startswith("0x") and stripped[2:].isalnum() and len(stripped) <= 18:
        try:
            return int(stripped, 16)
        except ValueError:
            return None
    found = number_of(stripped, -(10**21))
    return found if found != -(10**21) else None


def cut(owner: Holder, node: Element, steps: Steps) -> None:
    """Take away the element at `steps`, whatever is in it, and those around it that are left empty.

    Doubles go too: the next one would count from now on.
    """
    while (found := follow(node, steps)) is not None:
        remove(found)
    owner.prune(node, steps[:-1])


def first(node: Element, tag: str) -> Element | None:
    """The first child of that name."""
    return next(node.iterchildren(tag), None)


def follow(node: Element, steps: Steps) -> Element | None:
    """The element at `steps`, by the first child of each name."""
    found: Element | None = node
    for step in steps:
        if found is None:
            return None
        found = first(found, step)
    return found


def whole_text(node: Element) -> str:
    """An element's own text, also if comments stand in it."""
    if len(node) == 0:
        return node.text or ""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def write_text(node: Element, text: str) -> None:
    """Set an element's own text; comments in it stay."""
    node.text = text or None
    for child in node:
        child.tail = None


def _place(path: str) -> tuple[Steps, str]:
    if path == ".":
        return (), ""
    *steps, last = path.split("/")
    return (tuple(steps), last[1:]) if last.startswith("@") else ((*steps, last), "")
