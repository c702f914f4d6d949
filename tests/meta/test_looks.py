"""Looks at what others remove meanwhile."""

from __future__ import annotations

import ast
import threading
from pathlib import Path

from tests.helpers.looks import below, entries, text

TESTS = Path(__file__).resolve().parents[1]


def test_what_is_gone_or_closed_is_not_there(tmp_path: Path) -> None:
    for gone in (tmp_path / "gone", tmp_path / "x" / "y", Path("/proc/0/task")):
        assert below(gone) == []
        assert entries(gone) == []
        assert text(gone) == ""


def test_what_vanishes_while_it_is_walked_is_no_error(tmp_path: Path) -> None:
    stop = threading.Event()

    def come_and_go() -> None:
        while not stop.is_set():
            for number in range(20):
                (tmp_path / str(number) / "deep").mkdir(parents=True)
            for number in range(20):
                (tmp_path / str(number) / "deep").rmdir()
                (tmp_path / str(number)).rmdir()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        for _ in range(300):
            assert all(path.is_relative_to(tmp_path) for path in below(tmp_path))
    finally:
        stop.set()
        thread.join()


def test_nobody_walks_what_others_remove_with_pathlib() -> None:
    broken = [
        f"{path.relative_to(TESTS)}:{node.lineno}"
        for kind in ("lab", "e2e", "helpers")
        for path in sorted((TESTS / kind).glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr == "rglob"
            or (
                node.func.attr == "glob"
                and isinstance(node.args[0], ast.Constant)
                and "**" in node.args[0].value
            )
        )
    ]
    # The tiny guest's own tree: nobody else is at it.
    assert [place for place in broken if not place.startswith("lab/tiny_guest.py")] == []
