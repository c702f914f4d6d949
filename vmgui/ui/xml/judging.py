"""What is to be said of a text while it is written: pure, so that a large one is judged off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.libvirtxml.xml_check import check
from vmgui.model.xml import XmlFault, XmlPlace
from vmgui.policy.xml_lines import changed_lines, diff


@dataclass(frozen=True, slots=True)
class Judged:
    """`text` has this fault, and these lines are not as in what it began from."""

    text: str
    fault: XmlFault | None
    changed: tuple[XmlPlace, ...]
    diff: str

    @property
    def lines(self) -> int:
        """How many lines differ."""
        return sum(place.last_line - place.line + 1 for place in self.changed)


def judge(text: str, base: str, name: str, uuid: str) -> Judged:
    """Judge a text that was begun from `base`, the definition of that machine."""
    return Judged(text, check(text, name, uuid), tuple(changed_lines(base, text)), diff(base, text))
