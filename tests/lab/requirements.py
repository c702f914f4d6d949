"""What the lab needs from the machine, and what to say when it is not there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.lab.plan import LabUnavailable

# Program -> the Debian package that has it.
_PROGRAMS = {
    "libvirtd": "libvirt-daemon-system",
    "qemu-system-x86_64": "qemu-system-x86",
    "qemu-img": "qemu-utils",
    "dnsmasq": "dnsmasq-base",
    "iptables": "iptables",
    "ip": "iproute2",
    "tc": "iproute2",
    "unshare": "util-linux",
    "nsenter": "util-linux",
    "mount": "mount",
    "sshd": "openssh-server",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "openssl": "openssl",
    "saslpasswd2": "sasl2-bin",
    "mke2fs": "e2fsprogs",
    "cpio": "cpio",
    "lz4": "lz4",
    "busybox": "busybox-static",
    "qemu-ga": "qemu-guest-agent",
    "grub-mkrescue": "grub-common",
    "xorriso": "xorriso",
    "mformat": "mtools",
}
_FILES = {
    "/usr/lib/x86_64-linux-gnu/sasl2/libdigestmd5.so": "libsasl2-modules",
    "/usr/lib/ipxe/ipxe.iso": "ipxe",
    "/usr/lib/grub/i386-pc/boot.img": "grub-pc-bin",
    "/usr/lib/debian-installer/images/12/amd64/gtk": "debian-installer-12-netboot-amd64",
}
_SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def find_program(name: str) -> str | None:
    """Like shutil.which, also where PATH of an ordinary user does not look."""
    found = shutil.which(name)
    if found:
        return found
    return shutil.which(name, path=os.pathsep.join(_SBIN))


def missing_packages() -> list[str]:
    """Debian packages to install before the lab can run; empty when all is there."""
    missing = {package for name, package in _PROGRAMS.items() if not find_program(name)}
    missing |= {package for path, package in _FILES.items() if not Path(path).exists()}
    if not any(Path("/boot").glob("vmlinuz-*-cloud-amd64")):
        missing.add("linux-image-cloud-amd64")
    return sorted(missing)


def wanted_packages() -> list[str]:
    """The missing ones, and what hosts with the hypervisor of another Debian release need."""
    return sorted({*missing_packages(), *([] if find_program("mmdebstrap") else ["mmdebstrap"])})


def check_machine() -> None:
    """Raise LabUnavailable when this machine cannot carry the lab."""
    if sys.platform != "linux":
        raise LabUnavailable("the lab needs Linux")
    if os.geteuid() != 0:
        raise LabUnavailable("the lab makes network and mount namespaces: run the tests as root or with sudo")
    missing = missing_packages()
    if missing:
        raise LabUnavailable(f"packages are missing: apt-get install {' '.join(missing)}")
