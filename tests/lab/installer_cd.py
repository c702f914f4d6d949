"""The graphical Debian 12 installer as a CD: the kernel and initrd of debian-installer-12-netboot-amd64 behind
GRUB, labelled like the CDs that Debian publishes, so that osinfo-db recognises it.

By itself it goes to the page "Select a language" (1 GB of memory, standard VGA, 1280x800 pixels): about 90 s of
one emulated CPU, so 50 s on an idle machine. The osinfo-db of Debian 12 itself is too old to know Debian 12.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

from tests.lab.artifacts import artifact
from tests.lab.plan import LabUnavailable

INSTALLER_MEMORY_MIB = 1024
INSTALLER_OS = "debian12"
_FILE_NAME = "debian-12-installer.iso"
# The page "Select a language" takes 95 KB as PNG, the empty frame before it 48 KB.
PAGE_BYTES = 60_000
# osinfo-db of 2023 and later: <volume-id>Debian 12.\d+.\d+ amd64 n</volume-id>
VOLUME_ID = "Debian 12.0.0 amd64 n"
IPXE_ISO = Path("/usr/lib/ipxe/ipxe.iso")

_IMAGES = Path("/usr/lib/debian-installer/images/12/amd64/gtk/debian-installer/amd64")
# Unpacked as LZ4 and without self tests the page is there 20 s earlier on an emulated CPU. Where processors are busy
# its clock ticks late, which the kernel may take for a broken one (`no_timer_check`).
_GRUB_MENU = """set timeout=1
set default=0
insmod all_video
insmod gfxterm
set gfxmode=800x600
terminal_output gfxterm
set gfxpayload=800x600x32,800x600x16
menuentry 'Graphical install' {
    linux /install.amd/vmlinuz mitigations=off cryptomgr.notests apparmor=0 audit=0 no_timer_check --- quiet
    initrd /install.amd/initrd.lz4
}
"""


def _build(folder: Path) -> None:
    tree = folder / "tree"
    for inner in ("install.amd", "boot/grub", ".disk"):
        (tree / inner).mkdir(parents=True)
    (tree / ".disk" / "info").write_text('Debian GNU/Linux 12 "Bookworm" - vmgui lab amd64 NETINST\n')
    shutil.copy(_IMAGES / "linux", tree / "install.amd" / "vmlinuz")
    unpacked = folder / "initrd"
    with gzip.open(_IMAGES / "initrd.gz") as source, unpacked.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    subprocess.run(
        ["lz4", "-l", "-3", "-q", str(unpacked), str(tree / "install.amd" / "initrd.lz4")], check=True
    )
    unpacked.unlink()
    (tree / "boot" / "grub" / "grub.cfg").write_text(_GRUB_MENU)
    done = subprocess.run(
        [
            *("grub-mkrescue", "-o", str(folder / _FILE_NAME), str(tree)),
            *("--", "-volid", VOLUME_ID, "-volset_id", VOLUME_ID, "-system_id", "LINUX"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise LabUnavailable(f"grub-mkrescue cannot make the installer CD: {done.stderr.strip()}")
    shutil.rmtree(tree)


def installer_cd() -> Path:
    """The CD's image (100 MB), made on first use in about 5 s."""
    made_from = (_IMAGES / "linux", _IMAGES / "initrd.gz", Path(__file__))
    return artifact("installer-cd", made_from, _build) / _FILE_NAME


def ipxe_cd() -> Path:
    """A CD of 1 MB that shows its banner after a few seconds: when any bootable CD will do."""
    if not IPXE_ISO.exists():
        raise LabUnavailable("packages are missing: apt-get install ipxe")
    return IPXE_ISO
