"""Folders of the host in the guest: virtiofs and 9p."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace

from vmgui.commands.fields import Answers, Check, Choice, Option, Path, Text
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene
from vmgui.model.device_storage import FilesystemDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeMachine, Wish
from vmgui.policy.hardware_disks import looks_like_windows
from vmgui.policy.plain_text import visible
from vmgui.policy.typed_path import can_be_named, is_absolute
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

VIRTIOFS, NINE_P = "virtiofs", "path"
_TAG_MOST_BYTES = {VIRTIOFS: 36, NINE_P: 31}
_READ_ONLY_SINCE = 11_000_000
_UNPRIVILEGED_SINCE = 10_000_000
_NAMES = {VIRTIOFS: "virtiofs", NINE_P: "9p"}
_CACHES = (
    Option("", say("Hardware", "Default")),
    Option("none", say("Hardware", "None: what others change is seen at once")),
    Option("always", say("Hardware", "Always: nobody else changes it")),
)
_ACCESSES = (
    Option("passthrough", say("Hardware", "As the hypervisor's user")),
    Option("mapped", say("Hardware", "Kept apart: owners and rights are noted beside the files")),
    Option("squash", say("Hardware", "As the hypervisor's user, and what fails is passed over")),
)


def drivers(scene: Scene) -> tuple[str, ...] | None:
    """Those that the hypervisor has; None: it does not tell."""
    capabilities = scene.machine.capabilities
    if capabilities is None:
        return None
    offer = next((one for one in capabilities.offers if one.is_device and one.name == "filesystem"), None)
    if offer is None:
        return None
    return dict(offer.choices).get("driverType", ()) if offer.supported else ()


def lacks_shared_memory(scene: Scene) -> bool:
    """Whether a process of the host could not read and write the guest's memory, as virtiofs does."""
    values = scene.machine.values
    if values is None:
        return False
    accesses = [cell.memory_access or values.memory_access for cell in values.numa_cells]
    return any(access != "shared" for access in accesses or [values.memory_access])


def _fresh(scene: Scene) -> FilesystemDevice:
    offered = drivers(scene)
    driver = VIRTIOFS if offered is None or VIRTIOFS in offered else NINE_P
    tags, tag, number = _tags(scene), "share", 2
    while tag in tags:
        tag, number = f"share{number}", number + 1
    return FilesystemDevice(kind="mount", access_mode="passthrough", driver=driver, target=tag)


def _tags(scene: Scene) -> frozenset[str]:
    return frozenset(one.target for one in scene.others if isinstance(one, FilesystemDevice))


def _driver(device: FilesystemDevice) -> str:
    return device.driver or NINE_P


def _driver_put(device: FilesystemDevice, answer: str) -> Mapping[str, object]:
    """What only the other one knows is taken away."""
    if answer == VIRTIOFS:
        return {
            "driver": answer,
            "access_mode": "passthrough",
            "model": "",
            "format": "",
            "write_policy": "",
            "multidevs": "",
            "file_mode": "",
            "directory_mode": "",
        }
    names = ("path", "cache", "sandbox")
    return {
        "driver": answer,
        "queue_size": None,
        **{f"binary_{name}": "" for name in names},
        "binary_xattr": None,
        "binary_posix_lock": None,
        "binary_flock": None,
        "binary_threads": None,
        "binary_open_files_max": None,
        "user_ids": (),
        "group_ids": (),
    }


def _drivers(scene: Scene) -> tuple[Option, ...]:
    offered = drivers(scene)
    return tuple(
        Option(
            name, _NAMES[name], why_not=_why_not(name) if offered is not None and name not in offered else ""
        )
        for name in (VIRTIOFS, NINE_P)
    )


def _why_not(name: str) -> Say:
    if name == VIRTIOFS:
        return say(
            "Hardware", "This host has no virtiofs. It comes with its package virtiofsd, and a newer QEMU."
        )
    return say("Hardware", "This machine's hypervisor has no 9p.")


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    driver, kept = answers["driver"], scene.kept
    source = answers["source"].strip()
    if kept is None or source != kept.directory:
        if not source:
            yield Note("source", str(say("Hardware", "Choose the folder.")), Level.MISSING)
        elif not is_absolute(source) or not can_be_named(source):
            text = say("Hardware", "Type the whole path on the host: it begins with /.")
            yield Note("source", str(text), Level.ERROR)
    yield from _tag_notes(scene, driver, answers["target"])
    version = scene.machine.libvirt_version
    if driver == VIRTIOFS:
        if answers["readonly"] and 0 < version < _READ_ONLY_SINCE:
            text = say("Hardware", "This host's libvirt cannot share a folder read-only by virtiofs: 9p can.")
            yield Note("readonly", str(text), Level.ERROR)
        if not scene.offer.is_privileged and 0 < version < _UNPRIVILEGED_SINCE:
            text = say(
                "Hardware", "This host's libvirt has virtiofs for machines of the system only: use 9p."
            )
            yield Note("driver", str(text), Level.ERROR)
        if answers.get("shared_memory") is False:
            text = say("Hardware", "The machine does not start with virtiofs unless it has shared memory.")
            yield Note("shared_memory", str(text), Level.ERROR if kept is None else Level.WARNING)


def _tag_notes(scene: Scene, driver: str, tag: str) -> Iterator[Note]:
    most_bytes = _TAG_MOST_BYTES.get(driver, 31)
    if not tag:
        yield Note("target", str(say("Hardware", "Type a name that the guest mounts it by.")), Level.MISSING)
    elif tag in _tags(scene):
        text = say("Hardware", "Another folder of this machine is called {name}.").format(name=visible(tag))
        yield Note("target", text, Level.ERROR)
    elif not can_be_named(tag) or len(tag.encode(errors="surrogateescape")) > most_bytes:
        text = say("Hardware", "The name has at most {count} letters.").format(count=most_bytes)
        yield Note("target", text, Level.ERROR)
    else:
        yield Note("target", mount_words(scene, driver, tag), Level.INFO)


def mount_words(scene: Scene, driver: str, tag: str) -> str:
    """How the guest gets at it."""
    if looks_like_windows(scene.machine.values):
        if driver == VIRTIOFS:
            return str(
                say("Hardware", "In Windows: install WinFsp and the VirtIO drivers, start VirtIO-FS Service.")
            )
        return str(say("Hardware", "Windows has no driver for 9p: use virtiofs."))
    kind = "-t virtiofs" if driver == VIRTIOFS else "-t 9p -o trans=virtio,version=9p2000.L"
    # A name that looks like an option, or like several words, is still one name.
    name = shlex.quote(tag)
    command = " ".join(("mount", kind, "--", name, "/mnt"))
    return say("Hardware", "In the guest: {command}").format(command=visible(command, 300))


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    values = scene.machine.values
    if answers["driver"] == VIRTIOFS and answers.get("shared_memory") and values is not None:
        yield ChangeMachine(shared_memory(values), values)


def shared_memory(values: DomainValues) -> tuple[tuple[str, object], ...]:
    """What makes a machine's memory one that other processes of the host may map."""
    changed: list[tuple[str, object]] = []
    if values.memory_source in ("", "anonymous") and not values.huge_pages:
        changed.append(("memory_source", "memfd"))
    changed.append(("memory_access", "shared"))
    if any(cell.memory_access == "private" for cell in values.numa_cells):
        cells = tuple(replace(cell, memory_access="shared") for cell in values.numa_cells)
        changed.append(("numa_cells", cells))
    return tuple(changed)


def _is_virtiofs(answers: Answers) -> bool:
    return answers.get("driver") == VIRTIOFS


def _is_9p(answers: Answers) -> bool:
    return answers.get("driver") == NINE_P


def _first(scene: Scene) -> Answers:
    return {"shared_memory": scene.listed is None}


FORM = DeviceForm(
    kind="filesystem",
    tag="filesystem",
    title=say("Hardware", "Shared folder"),
    icon="folder-symlink",
    fresh=_fresh,
    first=_first,
    judge=_judge,
    more=_more,
    knobs=(
        Knob(Choice("driver", say("Hardware", "Shared by")), get=_driver, put=_driver_put, offer=_drivers),
        Knob(
            Path(
                "source",
                say("Hardware", "Folder of the host"),
                "PATH",
                title=say("Hardware", "Choose the folder"),
                browse=say("Hardware", "Browse…"),
            ),
            get=lambda device: device.directory,
            put=lambda _device, answer: {"directory": answer.strip()},
        ),
        Knob(Text("target", say("Hardware", "Name in the guest"), "NAME"), "target"),
        Knob(Check("readonly", say("Hardware", "Read-only")), "read_only"),
        Knob(
            Check(
                "shared_memory",
                say("Hardware", "Give the machine shared memory (at the next start)"),
                shown=_is_virtiofs,
            ),
            when=lacks_shared_memory,
        ),
        Knob(
            Choice("access", say("Hardware", "Access as"), options=_ACCESSES, shown=_is_9p),
            get=lambda device: device.access_mode or "passthrough",
            put=lambda _device, answer: {"access_mode": answer},
            folded=True,
        ),
        Knob(
            Choice("cache", say("Hardware", "Cache of the host"), options=_CACHES, shown=_is_virtiofs),
            "binary_cache",
            folded=True,
        ),
        Knob(
            Check("xattr", say("Hardware", "Extended attributes"), shown=_is_virtiofs),
            get=lambda device: bool(device.binary_xattr),
            put=lambda _device, answer: {"binary_xattr": True if answer else None},
            folded=True,
        ),
    ),
)
