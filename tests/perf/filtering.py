"""What a letter in the filter costs: `python -m tests.perf.filtering MACHINES`, a line of JSON.

The list's own model and view, from the new text to the last painted row, without keyboard and screen.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtWidgets import QApplication

from tests.perf.fleet import ROLES, RUNNING_OF_TEN
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.ui.inventory.delegate import InventoryDelegate
from vmgui.ui.inventory.expansion import Expansion
from vmgui.ui.inventory.model import InventoryModel
from vmgui.ui.inventory.tree import InventoryTree
from vmgui.ui.look import theme

TEXTS = ("w", "we", "web", "web-", "web-1", "web-12", "web-123", "", "run", "runn", "", "9", "99", "x", "")
ROUNDS = 3


def main() -> None:
    """Print the longest and the median time of a letter, milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["filtering"])
    theme.install(application, "light")
    model, tree = InventoryModel(), InventoryTree()
    tree.setModel(model)
    tree.setItemDelegate(InventoryDelegate(tree))
    tree.resize(300, 800)
    expansion = Expansion(tree, model, frozenset())
    tree.show()
    host = Host(HostConfig("h", "host", "test:///x"), state=HostState.CONNECTED)
    model.apply(ChangeSet(hosts_added=(host,)))
    machines = tuple(_machine(number) for number in range(int(sys.argv[1])))
    model.apply(ChangeSet(added=machines))
    application.processEvents()
    times_ms: list[float] = []
    for _ in range(ROUNDS):
        for text in TEXTS:
            started_s = time.perf_counter()
            with expansion.held():
                model.set_filter(text)
            application.processEvents()
            times_ms.append((time.perf_counter() - started_s) * 1000)
    # The best round of each letter: other work on this computer is not the filter's doing.
    best = [min(times_ms[at :: len(TEXTS)]) for at in range(len(TEXTS))]
    print(json.dumps({"machines": len(machines), "longest_ms": max(best), "median_ms": sorted(best)[len(best) // 2],
                      "by_text": dict(zip([f"{at} {text!r}" for at, text in enumerate(TEXTS)], best, strict=True))}))  # fmt: skip
    tree.setModel(None)


def _machine(number: int) -> Domain:
    state = DomainState.RUNNING if number % 10 < RUNNING_OF_TEN else DomainState.OFF
    return Domain(
        DomainKey("h", f"{number:08d}"), f"{ROLES[number % len(ROLES)]}-{number // len(ROLES) + 1}", state
    )


if __name__ == "__main__":
    main()
