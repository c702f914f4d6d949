"""Make, change and forget the configuration of a virtual machine."""

from __future__ import annotations

from typing import Any

import libvirt

from vmgui.hypervisor.errors import is_unsupported


def define(conn: libvirt.virConnect, xml: str, *, validate: bool = True) -> str:
    """Define (or redefine) a machine; its UUID. `validate`: against libvirt's schema first."""
    flags = libvirt.VIR_DOMAIN_DEFINE_VALIDATE if validate else 0
    try:
        return conn.defineXMLFlags(xml, flags).UUIDString()
    except libvirt.libvirtError as error:
        if not is_unsupported(error) or not flags:
            raise
    return conn.defineXML(xml).UUIDString()


def undefine(
    conn: libvirt.virConnect,
    uuid: str,
    *,
    nvram: bool = False,
    managed_save: bool = False,
    snapshots: bool = False,
    checkpoints: bool = False,
    tpm: bool = False,
) -> None:
    """Forget a machine and what is named; fails (InvalidState) if something unnamed is in the way.

    | what         | given               | not given                            |
    |--------------|---------------------|--------------------------------------|
    | nvram        | file removed        | file kept                            |
    | managed_save | file removed        | fails if there is one                |
    | snapshots    | metadata forgotten  | fails if there are some              |
    | checkpoints  | metadata forgotten  | fails if there are some              |
    | tpm          | state removed       | state kept (from libvirt 8.9)        |
    """
    domain = conn.lookupByUUIDString(uuid)
    needed = libvirt.VIR_DOMAIN_UNDEFINE_NVRAM if nvram else libvirt.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM
    if managed_save:
        needed |= libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE
    if snapshots:
        needed |= libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
    if checkpoints:
        needed |= libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA
    tpm_name = "VIR_DOMAIN_UNDEFINE_TPM" if tpm else "VIR_DOMAIN_UNDEFINE_KEEP_TPM"
    attempts = [needed | getattr(libvirt, tpm_name, 0)]
    # Flags a driver may not know, newest first, are left out one after the other when they are
    # refused: a driver without the flag has no such thing to keep or to remove.
    for leave_out in (
        0,
        libvirt.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM | libvirt.VIR_DOMAIN_UNDEFINE_NVRAM,
        libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
        libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
    ):
        needed &= ~leave_out
        attempts.append(needed)
    *earlier, last = dict.fromkeys(attempts)
    for flags in earlier:
        try:
            domain.undefineFlags(flags)
        except libvirt.libvirtError as error:
            # Never kept: it would keep this frame, and so the machine's handle, alive.
            if not is_unsupported(error) and error.get_error_code() != libvirt.VIR_ERR_INVALID_ARG:
                raise
        else:
            return
    domain.undefineFlags(last)


def rename(conn: libvirt.virConnect, uuid: str, new_name: str) -> None:
    """Give a shut-off machine another name."""
    conn.lookupByUUIDString(uuid).rename(new_name)


def set_autostart(conn: libvirt.virConnect, uuid: str, on: bool) -> None:
    """Whether it starts with the host."""
    conn.lookupByUUIDString(uuid).setAutostart(int(on))


def set_description(conn: libvirt.virConnect, uuid: str, text: str) -> None:
    """Replace the notes, of the running machine and of its configuration; empty removes them."""
    domain = conn.lookupByUUIDString(uuid)
    flags = 0
    if domain.isActive():
        flags |= libvirt.VIR_DOMAIN_AFFECT_LIVE
    if domain.isPersistent():
        flags |= libvirt.VIR_DOMAIN_AFFECT_CONFIG
    # None removes it, and only foreign metadata have a key: the binding's annotations do not say so.
    set_metadata: Any = domain.setMetadata
    set_metadata(libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, text or None, None, None, flags)
