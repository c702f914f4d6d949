"""Insert and remove elements so that a person's layout and every other byte stay: white space, comments, order.

What was inserted and is removed again leaves no trace.
"""

from __future__ import annotations

from collections.abc import Sequence

from vmgui.libvirtxml.safe import Element


def insert(parent: Element, index: int, node: Element) -> None:
    """Put `node` before the child at `index` (comments count), on a line of its own where its neighbours have one."""
    count = len(parent)
    if count == 0:
        line = _line_of(parent) if not parent.text else ""
        if line:
            parent.text, node.tail = f"{line}  ", line
    elif index < count:
        before = parent[index - 1].tail if index else parent.text
        node.tail = before if _is_layout(before) else None
    elif _is_layout(parent[-1].tail):
        # The others' line for what was last, the closing tag's for what is last now.
        node.tail = parent[-1].tail
        if _is_layout(parent.text):
            parent[-1].tail = parent.text
    parent.insert(index, node)
    if line := _line_of(node):
        _lay_out(node, line)


def place_of(parent: Element, order: Sequence[str], tag: str) -> int:
    """Where a new child belongs: behind the last one that `order` has not after it, else before those that are."""
    place, rank = len(parent), order.index(tag)
    for index in range(len(parent) - 1, -1, -1):
        other = parent[index].tag
        if other in order:
            if order.index(str(other)) <= rank:
                return index + 1
            place = index
    return place


def remove(node: Element) -> None:
    """Take `node` out with the line it stands on; text beside it, which only foreign elements have, stays."""
    parent, previous, tail = node.getparent(), node.getprevious(), node.tail or ""
    if parent is None:
        return
    is_last = node.getnext() is None
    parent.remove(node)
    if tail.strip():
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    elif is_last and previous is not None:
        if not (previous.tail or "").strip():
            previous.tail = tail or None
    elif is_last and tail and not (parent.text or "").strip():
        parent.text = None


def _is_layout(text: str | None) -> bool:
    return bool(text) and not str(text).strip()


def _line_of(node: Element) -> str:
    """The line break and the indentation that `node` stands on; empty: it stands on no line of its own."""
    parent, previous = node.getparent(), node.getprevious()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text if text and text.startswith("\n") and not text.strip() else ""


def _lay_out(node: Element, line: str) -> None:
    """Give what was just made, and has no white space yet, a line for each element."""
    if len(node) == 0 or node.text:
        return
    node.text = f"{line}  "
    for child in node:
        child.tail = line if child.getnext() is None else f"{line}  "
        _lay_out(child, f"{line}  ")
