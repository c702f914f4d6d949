"""The tiny guest: a cloud kernel and an initramfs of a few MB with busybox and the real guest agent.

Boots in about three seconds under emulation to a shell on ttyS0, takes an address by DHCP, obeys the power
button, answers the agent. What it can be told on the kernel's command line stands in tiny_init.sh.

The kernel is unpacked beforehand and the initramfs left unpacked: an emulated CPU takes 1.5 s for both.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.lab.artifacts import artifact
from tests.lab.plan import LabUnavailable
from tests.lab.requirements import find_program

READY = b"tiny guest ready"
PROMPT = b"tiny:"
MINIMUM_MEMORY_MIB = 96

# Saves a second of self tests and certificates that a throw-away guest does not need.
FAST_BOOT = (
    "console=ttyS0 quiet mitigations=off cryptomgr.notests apparmor=0 audit=0 no_timer_check"
    " initcall_blacklist=init_kprobe_trace,load_system_certificate_list"
)

_INIT = Path(__file__).parent / "tiny_init.sh"
# The first ones before the guest says it is ready, the others behind its back.
_MODULES = ("virtio_pci", "virtio_blk", "virtio_net", "virtio_console", "virtio_balloon", "button", "evdev")
_LATER_MODULES = ("virtio-rng", "virtio_mem", "virtio_scsi", "sd_mod", "sr_mod", "isofs", "virtiofs")
_DHCP_SCRIPT = """#!/bin/sh
case "$1" in
    deconfig) ip addr flush dev "$interface" ;;
    bound|renew)
        ip addr replace "$ip/$mask" dev "$interface"
        [ -z "$router" ] || ip route replace default via "${router%% *}" ;;
esac
exit 0
"""
_HALT_SCRIPT = "#!/bin/sh\nsync\ncase \" $* \" in *' -r '*) reboot -f ;; *) poweroff -f ;; esac\n"
_ACPI_EVENT = "#!/bin/sh\nexec /bin/halt_guest\n"
_OS_RELEASE = 'NAME="Tiny Linux"\nID=tiny\nVERSION_ID="1"\nPRETTY_NAME="Tiny Linux 1"\n'
_PROFILE = "export PS1='tiny:\\w# ' TERM=vt102\n"


@dataclass(frozen=True, slots=True)
class TinyGuest:
    kernel: Path
    initrd: Path
    packed_kernel: Path  # as distributions ship it: UEFI boots only this one


def _installed_kernel() -> tuple[Path, Path]:
    """The newest cloud kernel of this machine and its modules' folder."""
    kernels = sorted(Path("/boot").glob("vmlinuz-*-cloud-amd64"), key=lambda path: path.stat().st_mtime)
    for kernel in reversed(kernels):
        modules = Path("/lib/modules") / kernel.name.removeprefix("vmlinuz-")
        if (modules / "modules.dep").exists():
            return kernel, modules
    raise LabUnavailable("no cloud kernel: apt-get install linux-image-cloud-amd64")


def _module_order(modules: Path, wanted: Iterable[str]) -> list[Path]:
    """Module files, each after those it needs."""
    files: dict[str, Path] = {}
    needs: dict[Path, list[Path]] = {}
    for line in (modules / "modules.dep").read_text().splitlines():
        name, _, rest = line.partition(":")
        path = modules / name
        files[path.name.partition(".")[0]] = path
        needs[path] = [modules / word for word in rest.split()]
    order: list[Path] = []

    def add(path: Path) -> None:
        for other in needs[path]:
            add(other)
        if path not in order:
            order.append(path)

    for name in wanted:
        if name in files:  # some kernels have it built in
            add(files[name])
    return order


def _unpack_kernel(kernel: Path, target: Path) -> None:
    """The ELF file inside a bzImage (boot protocol 2.08, payload_offset and payload_length; LZ4 legacy)."""
    image = kernel.read_bytes()
    payload_offset, payload_length = struct.unpack_from("<II", image, 0x248)
    start = (image[0x1F1] + 1) * 512 + payload_offset
    payload = image[start : start + payload_length - 4]  # the last four bytes are the unpacked size
    if not payload.startswith(b"\x02\x21\x4c\x18"):
        raise LabUnavailable(f"{kernel} is not packed with LZ4 as Debian's cloud kernels are")
    done = subprocess.run(["lz4", "-dc"], input=payload, check=True, capture_output=True)
    target.write_bytes(done.stdout)


def _libraries(program: str) -> list[Path]:
    """The shared libraries of a program and the loader, as ldd names them."""
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return [Path(found) for found in re.findall(r"(?:=> |^\s+)(/\S+)", output, re.MULTILINE)]


def _write_script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _make_tree(root: Path, modules: Path, busybox: str, agent: str) -> None:
    for folder in (
        "bin",
        "sbin",
        "usr/bin",
        "usr/sbin",
        "proc",
        "sys",
        "dev",
        "etc",
        "modules",
        "mnt",
        "tmp",
    ):
        (root / folder).mkdir(parents=True)
    for folder in ("var/run", "var/log", "root"):
        (root / folder).mkdir(parents=True)
    shutil.copy(busybox, root / "bin" / "busybox")
    shutil.copy(agent, root / "bin" / "qemu-ga")
    for library in _libraries(agent):
        place = root / str(library).lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, place)
    first = _module_order(modules, _MODULES)
    later = [path for path in _module_order(modules, _LATER_MODULES) if path not in first]
    for name, order in (("first", first), ("later", later)):
        for module in order:
            shutil.copy(module, root / "modules" / module.name)
        (root / "modules" / name).write_text("".join(f"/modules/{module.name}\n" for module in order))
    _write_script(root / "init", _INIT.read_text())
    _write_script(root / "bin" / "dhcp_script", _DHCP_SCRIPT)
    _write_script(root / "bin" / "halt_guest", _HALT_SCRIPT)
    _write_script(root / "etc" / "acpi" / "PWRF" / "00000080", _ACPI_EVENT)
    (root / "etc" / "os-release").write_text(_OS_RELEASE)
    (root / "etc" / "profile").write_text(_PROFILE)
    (root / "etc" / "passwd").write_text("root::0:0:root:/root:/bin/sh\n")
    (root / "etc" / "group").write_text("root:x:0:\n")


def _pack(root: Path, target: Path) -> None:
    """An initramfs: cpio in the kernel's format, everything owned by root, same bytes from same input."""
    names = sorted(str(path.relative_to(root)) for path in root.rglob("*"))
    with target.open("wb") as file:
        subprocess.run(
            ["cpio", "--quiet", "-o", "-H", "newc", "-R", "0:0", "--reproducible"],
            input="".join(f"{name}\n" for name in names).encode(),
            cwd=root,
            check=True,
            stdout=file,
        )


def tiny_guest() -> TinyGuest:
    """The guest's kernel and initramfs, built on first use (about a second)."""
    kernel, modules = _installed_kernel()
    busybox, agent = find_program("busybox"), find_program("qemu-ga")
    if busybox is None or agent is None:
        raise LabUnavailable("packages are missing: apt-get install busybox-static qemu-guest-agent")

    def build(folder: Path) -> None:
        shutil.copy(kernel, folder / "vmlinuz")
        _unpack_kernel(kernel, folder / "vmlinux")
        tree = folder / "tree"
        _make_tree(tree, modules, busybox, agent)
        _pack(tree, folder / "initrd")
        shutil.rmtree(tree)

    made_from = (kernel, modules / "modules.dep", Path(busybox), Path(agent), _INIT, Path(__file__))
    folder = artifact("tiny-guest", made_from, build)
    return TinyGuest(folder / "vmlinux", folder / "initrd", folder / "vmlinuz")
