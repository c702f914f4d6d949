"""What a verb costs beside the libraries it cannot do without: `python -m tests.perf.command_line`, a line of JSON.

Processor time of whole processes, taken in turn, the median of each: waiting for a host is not counted.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys

ROUNDS = 9
VERB = (sys.executable, "-P", "-m", "vmgui", "list", "--json", "--connect", "test:///default")
LIBRARIES = (sys.executable, "-P", "-c", "import libvirt, lxml.etree")


def cpu_s(command: tuple[str, ...]) -> float:
    """Processor time of one process, user's and system's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both medians and their ratio."""
    # The first ones read the disk.
    times = [(cpu_s(VERB), cpu_s(LIBRARIES)) for _ in range(ROUNDS + 1)][1:]
    verb_s, libraries_s = (statistics.median(one) for one in zip(*times, strict=True))
    print(json.dumps({"verb_s": verb_s, "libraries_s": libraries_s, "ratio": verb_s / libraries_s}))


if __name__ == "__main__":
    main()
