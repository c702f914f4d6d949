"""Each problem of a wish in words: what is wrong and how to mend it."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from vmgui.model.offer import Field, MediumIssue, MediumIssueKind, Problem, ProblemKind
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.words import quantities as fmt
from vmgui.words.creation_systems import system_name

translate = QCoreApplication.translate


def problem_text(problem: Problem) -> str:
    """One or two sentences for a person."""
    kind = problem.kind
    if kind is ProblemKind.MEDIUM_NOT_CHOSEN:
        return _not_chosen(problem.field)
    if kind is ProblemKind.MEDIUM and problem.issue is not None:
        return issue_text(problem.issue, problem.field)
    if kind is ProblemKind.NAME_INVALID and problem.field is Field.XML:
        return translate("CreationProblem", "The machine's name in the XML is missing or cannot be used.")
    if kind in _USES:
        return _use_text(problem)
    template = _TEMPLATES[kind]()
    size = _size_of(kind)
    duration = fmt.duration(max(1.0, time.monotonic() - problem.since_s)) if problem.since_s else ""
    name = system_name(problem.name) if kind in _OF_A_SYSTEM else visible(problem.name, TEXT_CHARS)
    return template.format(
        name=name, actual=size(problem.actual), limit=size(problem.limit), duration=duration
    )


def issue_text(issue: MediumIssue, field: Field) -> str:
    """What is wrong with a file."""
    template = (
        _ISSUES[issue.kind]() if issue.kind is not MediumIssueKind.NOT_AN_IMAGE else _not_an_image(field)
    )
    return template.format(path=issue.path, detail=issue.detail)


def _use_text(problem: Problem) -> str:
    """Who has to do with the disk, why that matters, and, where it runs with it, what to do."""
    words = [_USES[problem.kind]().format(name=visible(problem.name), host=visible(problem.host))]
    if problem.is_error:
        words.append(
            translate("CreationProblem", "It is running now: shut it down first, or choose another disk.")
        )
    return " ".join(words)


def _size_of(kind: ProblemKind):
    if kind.name.startswith("MEMORY"):
        return fmt.size_kib
    if kind.name.startswith(("DISK", "UPLOAD")):
        return fmt.size_bytes
    return fmt.count


def _not_chosen(field: Field) -> str:
    if field is Field.CDROM:
        return translate("CreationProblem", "Choose the installer CD.")
    if field is Field.KERNEL:
        return translate("CreationProblem", "Choose the kernel.")
    if field is Field.INITRD:
        return translate("CreationProblem", "Choose the initial RAM disk.")
    return translate("CreationProblem", "Choose the disk.")


def _not_an_image(field: Field) -> str:
    if field is Field.CDROM:
        return translate("CreationProblem", "This does not look like a CD image. Choose an .iso file.")
    return translate(
        "CreationProblem", "This does not look like a disk image. Choose a qcow2, raw, VMDK, VDI or VHD file."
    )


_OF_A_SYSTEM = frozenset(
    {
        ProblemKind.OS_END_OF_LIFE,
        ProblemKind.MEMORY_UNDER_MINIMUM,
        ProblemKind.DISK_UNDER_MINIMUM,
        ProblemKind.UEFI_RECOMMENDED,
        ProblemKind.TPM_RECOMMENDED,
    }
)
"""Whose name is a system's."""

# Functions, so that the words are looked up in the language of the moment.
_TEMPLATES = {
    ProblemKind.NAME_EMPTY: lambda: translate("CreationProblem", "Give the machine a name."),
    ProblemKind.NAME_TAKEN: lambda: translate(
        "CreationProblem", "A machine named “{name}” is on this host already. Choose another name."
    ),
    ProblemKind.NAME_INVALID: lambda: translate(
        "CreationProblem", "A name cannot contain “{name}”. Use letters, digits, - and _."
    ),
    ProblemKind.NAME_TOO_LONG: lambda: translate(
        "CreationProblem", "This name is too long ({actual} bytes; at most {limit}). Shorten it."
    ),
    ProblemKind.HOST_READ_ONLY: lambda: translate(
        "CreationProblem",
        "This host is connected read-only. Connect with full rights to create machines on it.",
    ),
    ProblemKind.HOST_OFFLINE: lambda: translate(
        "CreationProblem", "This host is not connected. Your answers are kept until it is back."
    ),
    ProblemKind.KVM_MISSING: lambda: translate(
        "CreationProblem",
        "This host has no hardware acceleration. The machine will be emulated and runs many times slower.",
    ),
    ProblemKind.KVM_LIES: lambda: translate(
        "CreationProblem",
        "This host offers hardware acceleration, but machines hang on it. This one will be emulated:"
        " slower, but it works.",
    ),
    ProblemKind.NO_MACHINE_TYPE: lambda: translate(
        "CreationProblem", "This host cannot run full virtual machines ({name}). Install QEMU on it."
    ),
    ProblemKind.OTHER_HYPERVISOR: lambda: translate(
        "CreationProblem",
        "Machines are made on hosts that run QEMU; this one runs {name}. Choose another host.",
    ),
    ProblemKind.UPLOAD_POOL_MISSING: lambda: translate(
        "CreationProblem", "The file has to be copied to the host. Choose the storage pool it goes to."
    ),
    ProblemKind.UPLOAD_NO_SPACE: lambda: translate(
        "CreationProblem",
        "The file ({actual}) does not fit into storage pool “{name}” ({limit} free). Choose another pool.",
    ),
    ProblemKind.MEMORY_OVER_HOST: lambda: translate(
        "CreationProblem", "{actual} is more memory than the host has ({limit})."
    ),
    ProblemKind.MEMORY_OVER_FREE: lambda: translate(
        "CreationProblem",
        "Only {limit} of the host's memory is free now. The machine may fail to start or swap.",
    ),
    ProblemKind.MEMORY_UNDER_MINIMUM: lambda: translate(
        "CreationProblem", "{name} asks for at least {limit} of memory. Its installer may refuse to run."
    ),
    ProblemKind.MEMORY_TOO_SMALL: lambda: translate(
        "CreationProblem", "{actual} of memory is too little to start anything. Use {limit} or more."
    ),
    ProblemKind.MEMORY_MAX_BELOW: lambda: translate(
        "CreationProblem", "The maximum ({actual}) is below the memory at start ({limit})."
    ),
    ProblemKind.VCPUS_OVER_HOST: lambda: translate(
        "CreationProblem", "The host has {limit} CPUs. More than that makes the machine slower, not faster."
    ),
    ProblemKind.VCPUS_OVER_LIMIT: lambda: translate(
        "CreationProblem", "This kind of machine can have at most {limit} CPUs."
    ),
    ProblemKind.VCPUS_TOO_FEW: lambda: translate("CreationProblem", "A machine needs at least one CPU."),
    ProblemKind.VCPUS_MAX_BELOW: lambda: translate(
        "CreationProblem", "The maximum ({actual}) is below the number of CPUs at start ({limit})."
    ),
    ProblemKind.DISK_OVER_POOL: lambda: translate(
        "CreationProblem",
        "Storage pool “{name}” has {limit} free. The disk grows as it is filled;"
        " writing fails when the pool is full.",
    ),
    ProblemKind.DISK_UNDER_MINIMUM: lambda: translate(
        "CreationProblem", "{name} asks for a disk of at least {limit}. Its installer may refuse to run."
    ),
    ProblemKind.DISK_TOO_SMALL: lambda: translate(
        "CreationProblem", "The disk is too small to hold anything."
    ),
    ProblemKind.POOL_MISSING: lambda: translate(
        "CreationProblem", "Storage pool “{name}” is not on this host any more. Choose another one."
    ),
    ProblemKind.POOL_INACTIVE: lambda: translate(
        "CreationProblem", "Storage pool “{name}” is not running. It is started when the machine is made."
    ),
    ProblemKind.NO_PLACE_FOR_DISK: lambda: translate(
        "CreationProblem",
        "{name} has no storage pool that a disk can be made in, so the machine gets none."
        " Set one up on the host, or use an existing disk.",
    ),
    ProblemKind.POOL_SILENT: lambda: translate(
        "CreationProblem",
        "Storage pool “{name}” has not answered for {duration}. Look at the disk or file server behind it;"
        " it can be used again as soon as it answers.",
    ),
    ProblemKind.POOLS_SILENT: lambda: translate(
        "CreationProblem",
        "The host's storage pools have not answered for {duration}: a disk or file server behind one of them"
        " may be the reason. They can be used as soon as they answer.",
    ),
    ProblemKind.POOL_UNREAD: lambda: translate(
        "CreationProblem", "Storage pool “{name}” cannot be read. Choose another one."
    ),
    ProblemKind.POOL_UNSUITABLE: lambda: translate(
        "CreationProblem", "No disks can be made in storage pool “{name}”. Choose another one."
    ),
    ProblemKind.VOLUME_TAKEN: lambda: translate(
        "CreationProblem", "A volume named “{name}” is there already. Give the machine another name."
    ),
    ProblemKind.VOLUME_NAME_INVALID: lambda: translate(
        "CreationProblem", "“{name}” cannot be the name of a volume."
    ),
    ProblemKind.FORMAT_UNSUITABLE: lambda: translate(
        "CreationProblem", "Storage pool “{name}” cannot hold disks of this format. Choose raw."
    ),
    ProblemKind.NO_DISK: lambda: translate(
        "CreationProblem", "The machine has no disk: nothing it writes will last."
    ),
    ProblemKind.NETWORK_MISSING: lambda: translate(
        "CreationProblem", "Virtual network “{name}” is not on this host. Choose another one."
    ),
    ProblemKind.NETWORK_INACTIVE: lambda: translate(
        "CreationProblem", "Virtual network “{name}” is not running. It is started when the machine is made."
    ),
    ProblemKind.NO_NETWORK_BOOT: lambda: translate(
        "CreationProblem",
        "To boot from the network the machine needs a virtual network or a bridge with a boot server on it.",
    ),
    ProblemKind.BRIDGE_MISSING: lambda: translate(
        "CreationProblem", "Bridge “{name}” is not on this host. Choose another one."
    ),
    ProblemKind.NOT_PRIVILEGED: lambda: translate(
        "CreationProblem",
        "Your own hypervisor may not use bridges and virtual networks. Choose “Shared with this user”.",
    ),
    ProblemKind.GRAPHICS_OPEN: lambda: translate(
        "CreationProblem",
        "The screen is served at {name} so that it can be shown here. Others on that network can reach it too,"
        " but need its password, which is made by chance and known to the host; the console uses it by itself.",
    ),
    ProblemKind.UEFI_MISSING: lambda: translate(
        "CreationProblem", "This host has no UEFI firmware. Install OVMF on it, or choose BIOS."
    ),
    ProblemKind.NOTHING_BOOTS: lambda: translate(
        "CreationProblem",
        "This host has no UEFI firmware for {name}, and such a machine has no BIOS: it starts neither from a CD nor"
        " from its disk. Install the firmware on the host (qemu-efi-aarch64, edk2-aarch64 and the like).",
    ),
    ProblemKind.UEFI_NEEDED: lambda: translate(
        "CreationProblem",
        "A machine of the kind {name} has no BIOS: without UEFI it starts neither from a CD nor from its disk.",
    ),
    ProblemKind.SECURE_BOOT_MISSING: lambda: translate(
        "CreationProblem", "This host has no firmware with secure boot. Choose UEFI without it."
    ),
    ProblemKind.UEFI_RECOMMENDED: lambda: translate("CreationProblem", "{name} needs UEFI."),
    ProblemKind.TPM_MISSING: lambda: translate(
        "CreationProblem", "This host cannot emulate a TPM. Install swtpm on it, or switch the TPM off."
    ),
    ProblemKind.TPM_RECOMMENDED: lambda: translate("CreationProblem", "{name} needs a TPM."),
    ProblemKind.OS_END_OF_LIFE: lambda: translate(
        "CreationProblem", "{name} gets no security updates any more."
    ),
    ProblemKind.XML_INVALID: lambda: translate("CreationProblem", "The XML has a mistake: {name}"),
    ProblemKind.XML_NAME_TAKEN: lambda: translate(
        "CreationProblem", "A machine named “{name}” is on this host already. Change <name> in the XML."
    ),
    ProblemKind.XML_UUID_TAKEN: lambda: translate(
        "CreationProblem", "A machine with this UUID is on this host already. Remove <uuid> from the XML."
    ),
}

_USES = {
    ProblemKind.DISK_IN_USE: lambda: translate(
        "CreationProblem",
        "Virtual machine “{name}” on {host} uses this disk already. Two machines that write to one disk"
        " destroy what is on it: never let both run at once.",
    ),
    ProblemKind.DISK_IS_BASE: lambda: translate(
        "CreationProblem",
        "The disk of virtual machine “{name}” on {host} is based on this one: what is written here"
        " destroys that disk.",
    ),
    ProblemKind.DISK_BASE_IN_USE: lambda: translate(
        "CreationProblem",
        "This image is based on the disk of virtual machine “{name}” on {host}: what that machine writes"
        " destroys what is here.",
    ),
}

_ISSUES = {
    MediumIssueKind.MISSING: lambda: translate("CreationProblem", "There is no file {path}."),
    MediumIssueKind.UNKNOWN: lambda: translate(
        "CreationProblem", "This file cannot be examined from here. The host will say whether it can use it."
    ),
    MediumIssueKind.NOT_A_FILE: lambda: translate("CreationProblem", "{path} is not a file."),
    MediumIssueKind.EMPTY: lambda: translate(
        "CreationProblem", "The file is empty. Was it downloaded completely?"
    ),
    MediumIssueKind.NOT_READABLE: lambda: translate(
        "CreationProblem", "You may not read this file ({detail}). Change its permissions or copy it."
    ),
    MediumIssueKind.NO_SEARCH_PERMISSION: lambda: translate(
        "CreationProblem",
        "The hypervisor (user {detail}) may not enter the folder {path}, so it cannot read the file.",
    ),
    MediumIssueKind.NO_READ_PERMISSION: lambda: translate(
        "CreationProblem", "The hypervisor (user {detail}) may not read {path}."
    ),
    MediumIssueKind.COMPRESSED: lambda: translate(
        "CreationProblem", "The file is compressed ({detail}). Unpack it first and choose what is in it."
    ),
    MediumIssueKind.BROKEN: lambda: translate(
        "CreationProblem", "The file is broken ({detail}). Download or copy it again."
    ),
    MediumIssueKind.NOT_BOOTABLE: lambda: translate(
        "CreationProblem", "This CD does not look bootable. The machine may not start from it."
    ),
    MediumIssueKind.FORMAT_MISMATCH: lambda: translate(
        "CreationProblem", "The name says otherwise, but this is a {detail} image. It is used as {detail}."
    ),
    MediumIssueKind.BACKING_FILE: lambda: translate(
        "CreationProblem",
        "This image is based on another file, {path}, which the machine could read. Use it only if you trust it.",
    ),
    MediumIssueKind.CUT_OFF: lambda: translate(
        "CreationProblem", "The file is cut off: {detail} % of the CD is there. Download or copy it again."
    ),
    MediumIssueKind.UNUSABLE_FORMAT: lambda: translate(
        "CreationProblem",
        "Machines cannot use a {detail} image. Convert it: qemu-img convert -O qcow2 OLD NEW.qcow2",
    ),
    MediumIssueKind.ENCRYPTED: lambda: translate(
        "CreationProblem",
        "{path} is encrypted, and vmgui cannot hand its passphrase to a machine. Decrypt it into a new image"
        " with qemu-img convert, or choose another one.",
    ),
    MediumIssueKind.READ_ONLY_FORMAT: lambda: translate(
        "CreationProblem",
        "A machine cannot write to this image ({detail}). Convert it: qemu-img convert -O qcow2 OLD NEW.qcow2",
    ),
    MediumIssueKind.ARCHIVE: lambda: translate(
        "CreationProblem",
        "This is an archive of several files ({detail}). Unpack it with tar -xf and choose the disk that was in it.",
    ),
    MediumIssueKind.BACKING_LOOP: lambda: translate(
        "CreationProblem",
        "The image is based on itself, by way of {path}. Nothing can read it: choose another one, or restore it"
        " from a backup.",
    ),
    MediumIssueKind.NOT_ABSOLUTE: lambda: translate(
        "CreationProblem",
        "Give the whole path, from the / at its beginning: “{path}” does not say from where.",
    ),
    MediumIssueKind.BAD_PATH: lambda: translate(
        "CreationProblem",
        "The name {path} has characters that are no UTF-8 or that no definition of a machine can carry. Rename the"
        " file first.",
    ),
    MediumIssueKind.NOT_A_KERNEL: lambda: translate(
        "CreationProblem", "This does not look like a Linux kernel (often named vmlinuz)."
    ),
}
