"""The program's verbs, started as a script starts them, and hosts of libvirt's test driver for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

DEFAULT = ("--connect", "test:///default")
ROOT = Path(__file__).resolve().parents[2]


def vmgui(*words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a script starts it."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home)} if home is not None else None
    command = [sys.executable, "-P", "-m", "vmgui", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT, env=environment
    )


def document(*words: str, status: int = 0, home: Path | None = None) -> Any:
    done = vmgui(*words, "--json", home=home)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def machines(folder: Path, name: str, *domains: str) -> str:
    """A host of the test driver with these machines; its URI."""
    defined = "".join(
        f"<domain type='test'><name>{domain}</name><uuid>{uuid5(NAMESPACE_URL, name + domain)}</uuid>"
        "<memory>1048576</memory><os><type>hvm</type></os></domain>"
        for domain in domains
    )
    path = folder / f"{name}.xml"
    path.write_text(f"<node>{defined}</node>")
    return f"test://{path}"
