"""A declaration of where the values of a device, or of a part of one, stand in the XML of libvirt.

From one declaration follow reading, the smallest change that makes one value into another, and writing (which is
the change of an empty element). What is not declared is never touched.

Reading costs what stands in the XML, not what is declared: a declaration is compiled into a tree of the names
that may occur, and an element is gone through once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from lxml import etree

from vmgui.libvirtxml.fields import Field, Flag, Holder, Size, Steps, Value, cut, first, follow
from vmgui.libvirtxml.layout import insert, place_of, remove
from vmgui.libvirtxml.safe import Element

Model = TypeVar("Model")
_MAX_CHAIN = 200


class Kind(Generic[Model]):
    """One kind of device, or one part: the element's name, the model and a field for each value of it.

    New elements are written in the order of the fields. The model is named, and imported with its first use: making
    all these classes takes as long as importing lxml, and a list of machines needs none of them.
    """

    def __init__(self, tag: str, model: str, *fields: Field) -> None:
        self.tag = tag
        self.fields = fields
        self._model = model

    @cached_property
    def model(self) -> type[Model]:
        """The class of what is read."""
        module, _, name = self._model.rpartition(".")
        return getattr(import_module(f"vmgui.model.{module}"), name)

    def read(self, node: Element) -> Model:
        """What stands in the element."""
        return self.model(**self._reader.read(node))

    def partial(self, *names: str) -> Callable[[Element], Model]:
        """A quicker way to read only these values: a stand-in for the model that has no others."""
        by_name = {one.name: one for one in self.fields}
        wanted = tuple(by_name[name] for name in names)
        reader, absent = _Reader(wanted), {one.name: one.absent for one in wanted}
        return lambda node: cast(Model, SimpleNamespace(**{**absent, **reader.read(node)}))

    def write(self, value: Model) -> Element:
        """A new element that says what `value` says and no more."""
        node = etree.Element(self.tag)
        self.change(node, value)
        return node

    def change(self, node: Element, wanted: Model) -> None:
        """Make the element say what `wanted` says where it says something else; all else in it stays."""
        found = self.read(node)
        for one in self.fields:
            if (value := getattr(wanted, one.name)) != getattr(found, one.name):
                one.put(self, node, value)

    # Where elements stand (fields.Holder) ---------------------------------------------------------------------

    def ensure(self, node: Element, steps: Steps) -> Element:
        """The element at `steps` below `node`, made where it is missing."""
        for depth, step in enumerate(steps):
            child = first(node, step)
            node = self.add(node, steps[:depth], step) if child is None else child
        return node

    def add(self, parent: Element, steps: Steps, tag: str) -> Element:
        """A new child of `parent`, which stands at `steps`, behind those that are declared before it."""
        child = etree.Element(tag)
        insert(parent, place_of(parent, self._order.get(steps, ()), tag), child)
        return child

    def prune(self, node: Element, steps: Steps) -> None:
        """Take away the element at `steps`, and those around it, if nothing is left in them and that says nothing."""
        for depth in range(len(steps), 0, -1):
            found = follow(node, steps[:depth])
            if found is None:
                continue
            if found.attrib or len(found) or (found.text or "").strip() or steps[:depth] in self._meaningful:
                return
            if next(found.itersiblings(steps[depth - 1]), None) is not None:
                return  # a double, which would count from now on
            remove(found)

    @cached_property
    def _reader(self) -> _Reader:
        return _Reader(self.fields)

    @cached_property
    def _order(self) -> dict[Steps, tuple[str, ...]]:
        """Below each element, the names of its children in the order of the fields."""
        found: dict[Steps, dict[str, None]] = {}
        for one in self.fields:
            for depth, step in enumerate(one.steps):
                found.setdefault(one.steps[:depth], {})[step] = None
        return {steps: tuple(names) for steps, names in found.items()}

    @cached_property
    def _meaningful(self) -> frozenset[Steps]:
        """Elements that say something by being there."""
        return frozenset(one.steps for one in self.fields if isinstance(one, (Flag, Optional)))


@dataclass(frozen=True, slots=True)
class Group(Field):
    """Values that belong together in an element that says nothing by being there; the model always has them."""

    kind: Kind[Any]

    @property
    def absent(self) -> Any:
        return self.kind.model()

    def take(self, node: Element) -> Any:
        return self.kind.read(node)

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        self.kind.change(owner.ensure(node, self.steps), value)
        owner.prune(node, self.steps)


@dataclass(frozen=True, slots=True)
class Optional(Field):
    """A part that is there or not: None is an element that is missing, not one that is empty."""

    kind: Kind[Any]

    def take(self, node: Element) -> Any:
        return self.kind.read(node)

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        if value is None:
            cut(owner, node, self.steps)
        else:
            self.kind.change(owner.ensure(node, self.steps), value)


@dataclass(frozen=True, slots=True)
class Listed(Field):
    """Elements of one name, each a part or a single value, as a tuple."""

    item: Kind[Any] | Value
    key: str = ""  # the value by which an item is the same one; "": all that it says

    @property
    def absent(self) -> Any:
        return ()

    def take(self, node: Element) -> Any:
        """One of them."""
        return self.item.read(node) if isinstance(self.item, Kind) else self.item.take(node)

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        above, tag = self.steps[:-1], self.steps[-1]
        parent = follow(node, above)
        nodes = list(parent.iterchildren(tag)) if parent is not None else []
        found = [self.take(one) for one in nodes]
        same, moved = self._same(found, value)
        before: Element | None = None
        for wanted, index in zip(value, same, strict=True):
            parent = owner.ensure(node, above)
            one = nodes[index] if index is not None else etree.Element(tag)
            if index in moved:
                remove(one)
                one.tail = None
            if index is None or index in moved:
                if before is not None:
                    insert(parent, parent.index(before) + 1, one)
                elif (others := first(parent, tag)) is not None:
                    insert(parent, parent.index(others), one)
                else:
                    one = owner.add(parent, above, tag)
            if index is None or found[index] != wanted:
                self._change(owner, one, wanted)
            before = one
        for index in set(range(len(nodes))).difference(same):
            remove(nodes[index])
        owner.prune(node, above)

    def _same(self, found: Sequence[Any], wanted: Sequence[Any]) -> tuple[list[int | None], set[int]]:
        """For each that is wanted, which of the `found` it is, if any; and those of them that stand elsewhere now.

        What this program does not know of an item stays with the item.
        """
        old, new = ([self._key(item) or item for item in items] for items in (found, wanted))
        same: list[int | None] = [None] * len(new)
        from difflib import SequenceMatcher  # only what changes lists needs it

        blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for what, start, end, at, until in blocks:
            if what == "equal":
                same[at:until] = range(start, end)
        moved: set[int] = set()
        for at, identity in enumerate(new):
            rest = (index for index, each in enumerate(old) if each == identity and index not in same)
            if same[at] is None and (index := next(rest, None)) is not None:
                same[at] = index
                moved.add(index)
        for what, start, end, at, until in blocks:
            # As many others in their place: these were changed.
            if what == "replace" and end - start == until - at:
                for index, place in zip(range(start, end), range(at, until), strict=True):
                    is_free = index not in same and same[place] is None
                    if is_free and self._key(found[index]) is self._key(wanted[place]) is None:
                        same[place] = index
        return same, moved

    def _key(self, item: Any) -> tuple[Any] | None:
        """None: it has none, and all that it says is what it is."""
        value = getattr(item, self.key) if self.key else None
        return None if value in (None, "") else (value,)

    def _change(self, owner: Holder, node: Element, value: Any) -> None:
        if isinstance(self.item, Kind):
            self.item.change(node, value)
        else:
            self.item.put(owner, node, value)


@dataclass(frozen=True, slots=True)
class Chain(Field):
    """Elements of one name that stand within each other, outermost first: `<backingStore>`."""

    kind: Kind[Any]

    @property
    def absent(self) -> Any:
        return ()

    def take(self, node: Element) -> Any:
        return tuple(self.kind.read(one) for one in self._nodes(node))

    def put(self, owner: Holder, node: Element, value: Any) -> None:
        outermost = follow(node, self.steps)
        nodes = self._nodes(outermost) if outermost is not None else []
        if len(value) < len(nodes):
            remove(nodes[len(value)])
            del nodes[len(value) :]
        for index, wanted in enumerate(value):
            if index == len(nodes):
                inside = nodes[-1] if nodes else None
                nodes.append(
                    _within(inside, self.steps[-1]) if inside is not None else owner.ensure(node, self.steps)
                )
            self.kind.change(nodes[index], wanted)

    def _nodes(self, outermost: Element) -> list[Element]:
        found, inner = [outermost], first(outermost, self.steps[-1])
        while inner is not None and len(found) < _MAX_CHAIN:
            found.append(inner)
            inner = first(inner, self.steps[-1])
        return found


def group(name: str, path: str, kind: Kind[Any]) -> Group:
    """Values that belong together; `.`: in the device's own element."""
    return Group(name, () if path == "." else tuple(path.split("/")), kind)


def optional(name: str, path: str, kind: Kind[Any]) -> Optional:
    """A part that is there or not."""
    return Optional(name, tuple(path.split("/")), kind)


def listed(name: str, path: str, item: Kind[Any], key: str = "") -> Listed:
    """A part that may be there many times; each is the one with its `key`."""
    return Listed(name, tuple(path.split("/")), item, key)


def values(one: Value) -> Listed:
    """A single value that may be there many times."""
    item = Value("", (), one.attribute, one.parse, one.write, one.choices, one.none)
    return Listed(one.name, one.steps, item)


def chain(name: str, path: str, kind: Kind[Any]) -> Chain:
    """A part that stands within itself."""
    return Chain(name, tuple(path.split("/")), kind)


def _within(parent: Element, tag: str) -> Element:
    node = etree.Element(tag)
    insert(parent, len(parent), node)
    return node


# Reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """What to do with one element: its attributes, what is read from it as a whole, its children."""

    attributes: dict[str, tuple[str, Callable[[str], Any]]] = field(default_factory=dict)
    wholes: list[tuple[str, Callable[[Element], Any]]] = field(default_factory=list)
    items: list[tuple[str, Callable[[Element], Any]]] = field(default_factory=list)
    children: dict[Any, _Plan] = field(default_factory=dict)


class _Reader:
    """Fields compiled into a tree of the names that may occur."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._top = _Plan()
        self._lists = [one.name for one in fields if isinstance(one, Listed)]
        for one in fields:
            plan = self._top
            for step in one.steps:
                plan = plan.children.setdefault(step, _Plan())
            if isinstance(one, Value) and one.attribute and not isinstance(one, Size):
                plan.attributes[one.attribute] = one.name, one.parse
            else:
                (plan.items if isinstance(one, Listed) else plan.wholes).append((one.name, one.take))

    def read(self, node: Element) -> dict[str, Any]:
        """Every value that is there."""
        found: dict[str, Any] = {}
        _collect(self._top, node, found)
        for name in self._lists:
            if name in found:
                found[name] = tuple(found[name])
        return found


def _collect(plan: _Plan, node: Element, found: dict[str, Any]) -> None:
    if plan.attributes:
        for key, text in node.items():
            known = plan.attributes.get(str(key))
            if known is not None and (value := known[1](str(text))) is not None:
                found[known[0]] = value
    for name, take in plan.wholes:
        if (value := take(node)) is not None:
            found[name] = value
    for name, take in plan.items:
        found.setdefault(name, []).append(take(node))
    if plan.children:
        seen: set[Any] = set()
        for child in node:
            inner = plan.children.get(child.tag)
            # Of what may be there once, libvirt reads the first.
            if inner is not None and (inner.items or child.tag not in seen):
                seen.add(child.tag)
                _collect(inner, child, found)
