"""Insert and remove elements so that a person's layout and every other byte stay: white space, comments, order.

What was inserted and is removed again leaves no trace.
"""

from __future__ import annotations

from vmgui.libvirtxml.safe import Element


def insert(parent: Element, index: int, node: Element) -> None:
    """Put `node` before the child at `index` (comments count), on a line of its own where its neighbours have one."""
    count = len(parent)
    if count == 0:
        if not (parent.text or "").strip() and (line := _line_before(parent)) and not parent.text:
            parent.text, node.tail = line + "  ", line
    elif index < count:
        before = parent[index - 1].tail if index else parent.text
        node.tail = before if _is_layout(before) else None
    else:
        last = parent[-1]
        if _is_layout(last.tail):
            # The line of the others, and the closing tag's for the last.
            node.tail, last.tail = last.tail, parent.text if _is_layout(parent.text) else last.tail
    parent.insert(index, node)


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


def _line_before(node: Element) -> str:
    """The line break and indentation that `node` itself stands on; empty: it stands on none."""
    parent, previous = node.getparent(), node.getprevious()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text if text and text.startswith("\n") and not text.strip() else ""
