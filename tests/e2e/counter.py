"""What a person did for each task, beside the shortest way through virt-manager 4.1.

Counted there by hand: a click, a double click, a key and a text typed are one each.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.e2e.program import Program


@dataclass(frozen=True)
class Task:
    """A task, and the way through virt-manager; None: it cannot do it, for the reason in `why_not`."""

    name: str
    there: tuple[str, ...] | None
    why_not: str = ""


class Counter:
    """Counts a program's acts from task to task."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._counted: list[tuple[Task, list[str]]] = []
        self._from = 0

    def begin(self) -> None:
        self._from = len(self._program.acts)

    def done(self, task: Task) -> None:
        self._counted.append((task, self._program.acts[self._from :]))

    def table(self) -> str:
        lines = [f"{'task':40} {'vmgui':>6} {'virt-manager':>13}"]
        for task, acts in self._counted:
            there = "impossible" if task.there is None else str(len(task.there))
            why_not = f" (virt-manager: {task.why_not})" if task.why_not else ""
            lines.append(f"{task.name:40} {len(acts):6} {there:>13}   {', '.join(acts)}{why_not}")
        return "\n".join(lines)

    def check(self) -> None:
        """No task is longer than there."""
        print(f"\n{self.table()}")
        longer = [
            task.name
            for task, acts in self._counted
            if task.there is not None and len(acts) > len(task.there)
        ]
        assert not longer, f"longer than in virt-manager: {', '.join(longer)}\n{self.table()}"
