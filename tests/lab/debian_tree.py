"""The system of another Debian release, so that a lab host can run its libvirt and QEMU.

Built once per machine by mmdebstrap from the machine's own mirror (half a minute, 400 MB) and kept in the lab's
cache. Hosts never write to it: each has a layer of its own over it (enter_tree.sh).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.lab.artifacts import artifact
from tests.lab.plan import LabUnavailable

_BUILD_DEADLINE_S = 1200
_PACKAGES = (
    *(
        "libvirt-daemon-system",
        "libvirt-daemon-driver-qemu",
        "libvirt-clients",
        "qemu-system-x86",
        "qemu-utils",
    ),
    *("swtpm-tools", "ovmf", "dnsmasq-base", "iptables", "iproute2", "busybox"),
    *("openssh-server", "netcat-openbsd", "sasl2-bin", "libsasl2-modules", "procps", "xz-utils", "python3"),
)
_OPTIONS = (
    "--variant=minbase",
    # Lists of testing and of archives may be older than they should be.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--aptopt=Acquire::Retries "2"',
    '--aptopt=Acquire::http::Timeout "20"',
    '--aptopt=Acquire::https::Timeout "20"',
)


def _sources(etc: Path) -> Iterator[str]:
    """Every address that apt fetches from, of both kinds of files."""
    apt = etc / "apt"
    for file in (apt / "sources.list", *sorted(apt.glob("sources.list.d/*.list"))):
        if file.is_file():
            for line in file.read_text(errors="replace").splitlines():
                words = line.partition("#")[0].split()
                if words[:1] == ["deb"]:
                    yield from (word for word in words if "://" in word)
    for file in sorted(apt.glob("sources.list.d/*.sources")):
        for line in file.read_text(errors="replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip().lower() == "uris":
                yield from value.split()


def mirror(etc: Path = Path("/etc")) -> str:
    """The machine's own mirror of Debian, as its apt knows it; raises LabUnavailable when it has none."""
    for address in _sources(etc):
        if address.rstrip("/").endswith("/debian"):
            return address.rstrip("/")
    raise LabUnavailable("apt knows no mirror of Debian here")


@cache
def _tree_or_reason(release: str) -> Path | str:
    """Tried once: what cannot be had is not asked for again by every test."""
    recipe = ["mmdebstrap", *_OPTIONS, f"--include={','.join(_PACKAGES)}", release]

    def build(folder: Path) -> None:
        if not shutil.which("mmdebstrap"):
            raise LabUnavailable("apt-get install mmdebstrap")
        sys.stderr.write(f"lab: building Debian {release} for its hypervisor, once on this machine ...\n")
        sys.stderr.flush()
        done = subprocess.run(
            [*recipe, str(folder / "root"), mirror()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=_BUILD_DEADLINE_S,
        )
        if done.returncode:
            raise LabUnavailable(f"mmdebstrap says: {done.stdout.strip()[-400:]}")

    try:
        return artifact(f"debian-{release}", recipe, build) / "root"
    except (LabUnavailable, subprocess.TimeoutExpired, OSError) as error:
        return f"no host with Debian {release}: {error}"


def debian_tree(release: str) -> Path:
    """The root folder of that release, built now if this machine has not got it yet.

    Raises LabUnavailable when it cannot be built here."""
    tree = _tree_or_reason(release)
    if isinstance(tree, str):
        raise LabUnavailable(tree)
    return tree
