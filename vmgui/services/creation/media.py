"""Looks at the file a person chose: what it is, which system is on it, whether the host can use it.

Never raises for what is wrong with the file: that is what a Medium tells. Files are read on a thread of their
own (a dead mount hangs it, not the window), volumes of the host by a stream.
"""

from __future__ import annotations

import asyncio
import grp
import logging
import os
import pwd
import re
import stat
import struct
from dataclasses import dataclass, replace
from pathlib import Path

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.creation import read_volume
from vmgui.hypervisor.lanes import POOLS
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.errors import ConnectionLost, HostUnreachable, VmguiError
from vmgui.model.offer import Medium, MediumIssue, MediumIssueKind
from vmgui.model.storage import Volume
from vmgui.policy.medium import HEAD_BYTES, FileFacts, identify, issues
from vmgui.policy.typed_path import can_be_named, is_absolute
from vmgui.services import pools
from vmgui.services.background import in_thread
from vmgui.services.os_variants import OsVariants
from vmgui.services.pools import PoolWatch

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 15.0
MAX_CHAIN = 200
MAX_LINKS = 40
_QEMU_USERS = ("libvirt-qemu", "qemu")
_QEMU_CONF = Path("/etc/libvirt/qemu.conf")
_ACL_XATTR = "system.posix_acl_access"
_ACL_USER, _ACL_GROUP, _ACL_MASK = 0x02, 0x08, 0x10


@dataclass(frozen=True, slots=True)
class HostUser:
    """Who opens the files of machines on this computer."""

    name: str
    uid: int
    gids: frozenset[int]
    is_sure: bool  # read in libvirt's settings, not taken for granted


def unusable_path(ref: FileRef) -> Medium | None:
    """What is wrong with the path itself, before anybody is asked about it; None: nothing."""
    kind = None
    if not can_be_named(ref.path):
        kind = MediumIssueKind.BAD_PATH
    elif not is_absolute(ref.path):
        kind = MediumIssueKind.NOT_ABSOLUTE
    if kind is None:
        return None
    shown = ref.path.encode("utf-8", "backslashreplace").decode()
    return Medium(ref, issues=(MediumIssue(kind, True, shown),))


def unknown(ref: FileRef) -> Medium:
    """One that nobody here can look at."""
    return Medium(ref, issues=(MediumIssue(MediumIssueKind.UNKNOWN, False, ref.path),))


def missing(ref: FileRef) -> Medium:
    """One that is not there."""
    return Medium(ref, exists=False, issues=(MediumIssue(MediumIssueKind.MISSING, True, ref.path),))


async def inspect_local(
    ref: FileRef, expected: SourceKind | None, user: HostUser | None, *, is_initrd: bool = False
) -> Medium:
    """A file on this computer; `user`: must be able to reach it, None: we upload it ourselves."""
    try:
        async with asyncio.timeout(READ_TIMEOUT_S):
            return await in_thread(_look, ref, expected, user, is_initrd)
    except TimeoutError:
        issue = MediumIssue(
            MediumIssueKind.NOT_READABLE, True, ref.path, f"no answer within {READ_TIMEOUT_S:g} s"
        )
        return Medium(ref, issues=(issue,))


async def inspect_shared(
    watch: PoolWatch,
    connection: Connection,
    ref: FileRef,
    expected: SourceKind | None,
    user: HostUser | None,
    *,
    is_initrd: bool = False,
) -> Medium:
    """A path that is the same here and on the host: looked at here, or by libvirt if only it may."""
    medium = await inspect_local(ref, expected, user, is_initrd=is_initrd)
    kinds = {issue.kind for issue in medium.issues}
    if not kinds & {MediumIssueKind.UNKNOWN, MediumIssueKind.NOT_READABLE}:
        return medium
    by_host = await inspect_on_host(watch, connection, ref, expected, is_initrd=is_initrd)
    return by_host if by_host.exists else medium


async def inspect_on_host(
    watch: PoolWatch,
    connection: Connection,
    ref: FileRef,
    expected: SourceKind | None,
    *,
    is_initrd: bool = False,
) -> Medium:
    """A path or volume of the host; one in no pool cannot be looked at."""
    volume = await _find(watch, connection, ref.path)
    if volume is None:
        return unknown(ref)
    size = volume.capacity_bytes if volume.format in ("raw", "iso", "") else None
    try:
        head = await connection.run(
            read_volume,
            volume.pool,
            volume.name,
            0,
            HEAD_BYTES,
            lane=POOLS,
            pool=volume.pool,
            timeout_s=READ_TIMEOUT_S,
        )
    except (ConnectionLost, HostUnreachable):
        raise
    except VmguiError as error:
        log.info("%s cannot be examined: %s", ref.path, error)
        return Medium(
            ref, exists=True, size_bytes=size, virtual_bytes=volume.capacity_bytes, format=volume.format
        )
    facts = identify(head, size)
    return replace(
        _medium(ref, facts, size, issues(facts, ref.path, size, expected, is_initrd=is_initrd)),
        virtual_bytes=facts.virtual_bytes or volume.capacity_bytes,
        size_bytes=volume.allocation_bytes if size is None else size,
    )


async def with_system(medium: Medium, os_variants: OsVariants, expected: SourceKind | None) -> Medium:
    """The medium, knowing which operating system is on it if that can be told."""
    if medium.iso is not None:
        choices = await os_variants.alternatives(medium.iso)
        if choices:
            return replace(medium, os=choices[0], is_os_guessed=True, os_choices=choices)
        return replace(medium, os=await os_variants.detect(medium.iso))
    if expected is SourceKind.DISK_IMAGE:
        guess = await os_variants.guess_by_name(medium.ref.path.rsplit("/", 1)[-1])
        return replace(medium, os=guess, is_os_guessed=guess is not None)
    return medium


async def _find(watch: PoolWatch, connection: Connection, path: str) -> Volume | None:
    found = await pools.find_volume(connection, path)
    if found is not None:
        return found
    # It may have come after the pool was last looked at.
    directory = path.rpartition("/")[0]
    for pool in await watch.fresh(connection.config.id):
        if not pool.active or not pool.answers or not pool.target_path:
            continue
        if pool.target_path.rstrip("/") == directory:
            try:
                await pools.refresh(connection, pool.name, timeout_s=READ_TIMEOUT_S)
            except (ConnectionLost, HostUnreachable):
                raise
            except VmguiError as error:
                log.info("pool %s is not refreshed: %s", pool.name, error)
                return None
            return await pools.find_volume(connection, path)
    return None


def _medium(ref: FileRef, facts: FileFacts, size: int | None, found: tuple[MediumIssue, ...]) -> Medium:
    return Medium(
        ref=ref,
        exists=True,
        size_bytes=size,
        virtual_bytes=facts.virtual_bytes,
        format=facts.format,
        backing_path=facts.backing_path,
        iso=facts.iso,
        issues=found,
    )


def _look(ref: FileRef, expected: SourceKind | None, user: HostUser | None, is_initrd: bool) -> Medium:
    path = Path(ref.path)

    def failed(kind: MediumIssueKind, detail: str = "", *, exists: bool | None = True) -> Medium:
        return Medium(ref, exists=exists, issues=(MediumIssue(kind, True, ref.path, detail),))

    unreachable = _unreachable(path, user) if user is not None else None
    found = (unreachable,) if unreachable is not None else ()
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        # What a file dialog could not read of a name it shows as this.
        kind = MediumIssueKind.BAD_PATH if "\ufffd" in ref.path else MediumIssueKind.MISSING
        return failed(kind, exists=False)
    except (OSError, ValueError) as error:
        return failed(MediumIssueKind.NOT_READABLE, str(error), exists=None)
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISBLK(status.st_mode):
        return failed(MediumIssueKind.NOT_A_FILE)
    try:
        with path.open("rb") as file:
            size = status.st_size if stat.S_ISREG(status.st_mode) else file.seek(0, os.SEEK_END)
            file.seek(0)
            head = file.read(HEAD_BYTES)
    except OSError as error:
        if user is not None:
            # The host may open what we may not: it runs as somebody else.
            issue = MediumIssue(MediumIssueKind.UNKNOWN, False, ref.path, error.strerror or str(error))
            return Medium(ref, exists=True, size_bytes=status.st_size, issues=(*found, issue))
        return failed(MediumIssueKind.NOT_READABLE, error.strerror or str(error))
    facts = identify(head, size)
    found += issues(facts, ref.path, size, expected, is_initrd=is_initrd)
    found += _chain_issues(ref.path, facts)
    return _medium(ref, facts, size, found)


def _chain_issues(path: str, facts: FileFacts) -> tuple[MediumIssue, ...]:
    """What is wrong with the files an image is based on, each of which must be there and none twice."""
    seen = {os.path.realpath(path)}
    while facts.backing_path and ":" not in facts.backing_path:
        path = os.path.join(os.path.dirname(os.path.realpath(path)), facts.backing_path)
        real = os.path.realpath(path)
        if real in seen:
            return (MediumIssue(MediumIssueKind.BACKING_LOOP, True, path),)
        seen.add(real)
        try:
            with open(real, "rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                facts = identify(file.read(HEAD_BYTES), size)
        except (FileNotFoundError, NotADirectoryError):
            return (MediumIssue(MediumIssueKind.MISSING, True, path),)
        except (OSError, ValueError) as error:
            # The hypervisor may be allowed to.
            log.info("%s cannot be examined: %s", path, error)
            return ()
        if facts.is_encrypted:
            return (MediumIssue(MediumIssueKind.ENCRYPTED, True, path, facts.format),)
        if facts.broken:
            return (MediumIssue(MediumIssueKind.BROKEN, True, path, facts.broken),)
        if len(seen) > MAX_CHAIN:
            return (MediumIssue(MediumIssueKind.BACKING_LOOP, True, path),)
    return ()


# Can the hypervisor get there? ---------------------------------------------------------------------------------


def host_user(*, is_session: bool) -> HostUser | None:
    """The account QEMU runs under on this computer; None: root, or not known. Reads files: not on the loop."""
    if is_session:
        return None if os.geteuid() == 0 else _own_user()
    try:
        text = _QEMU_CONF.read_text(errors="replace")
        is_sure = True
    except OSError:
        text, is_sure = "", False
    setting = re.search(r'^\s*user\s*=\s*"\+?([^"]+)"', text, re.MULTILINE)
    names = (setting.group(1),) if setting else _QEMU_USERS
    for name in names:
        try:
            entry = pwd.getpwuid(int(name)) if name.isdecimal() else pwd.getpwnam(name)
        except KeyError:
            continue
        return None if entry.pw_uid == 0 else _user_of(entry, is_sure=is_sure)
    return None


def _own_user() -> HostUser:
    uid = os.geteuid()
    try:
        return _user_of(pwd.getpwuid(uid), is_sure=True)
    except KeyError:
        # In no list of users, as in many containers.
        return HostUser(str(uid), uid, frozenset({os.getegid(), *os.getgroups()}), is_sure=True)


def _user_of(entry: pwd.struct_passwd, *, is_sure: bool) -> HostUser:
    try:
        gids = frozenset(os.getgrouplist(entry.pw_name, entry.pw_gid))
    except OSError:
        gids = frozenset(
            {entry.pw_gid, *(group.gr_gid for group in grp.getgrall() if entry.pw_name in group.gr_mem)}
        )
    return HostUser(entry.pw_name, entry.pw_uid, gids, is_sure)


def _unreachable(path: Path, user: HostUser) -> MediumIssue | None:
    """The first directory on the way that `user` may not pass; libvirt itself gives it the file."""
    for directory in _directories_on_the_way(path):
        try:
            if not _may_pass(directory, user):
                return MediumIssue(
                    MediumIssueKind.NO_SEARCH_PERMISSION, user.is_sure, str(directory), user.name
                )
        except OSError:
            return None
    return None


def _directories_on_the_way(path: Path) -> list[Path]:
    """All directories from the root down, and those that links lead through: QEMU passes through all of them."""
    way: list[Path] = []
    waiting = [path.absolute()]
    for _ in range(MAX_LINKS):
        if not waiting:
            break
        place = waiting.pop()
        for step in (*reversed(place.parents), place):
            if step is not place and step not in way:
                way.append(step)
            try:
                target = os.readlink(step) if os.path.islink(step) else ""
            except OSError:
                target = ""
            if target:
                rest = place.relative_to(step)
                waiting.append(Path(os.path.normpath(step.parent / target / rest)))
                break
    return way


def _may_pass(directory: Path, user: HostUser) -> bool:
    status = directory.stat()
    mode = status.st_mode
    if status.st_uid == user.uid:
        return bool(mode & stat.S_IXUSR)
    entries = _acl(directory)
    if entries:
        return _acl_allows(entries, mode, status.st_gid, user)
    if status.st_gid in user.gids:
        return bool(mode & stat.S_IXGRP)
    return bool(mode & stat.S_IXOTH)


def _acl(directory: Path) -> list[tuple[int, int, int]]:
    """(tag, permissions, id) of a POSIX access list (linux/posix_acl_xattr.h); empty: it has none."""
    try:
        data = os.getxattr(directory, _ACL_XATTR)
    except OSError:
        return []
    if len(data) < 4 or struct.unpack_from("<I", data)[0] != 2:
        return []
    return [struct.unpack_from("<HHI", data, offset) for offset in range(4, len(data) - 7, 8)]


def _acl_allows(entries: list[tuple[int, int, int]], mode: int, gid: int, user: HostUser) -> bool:
    """acl(5), "access check algorithm", for the right to pass."""
    mask = next((permissions for tag, permissions, _ in entries if tag == _ACL_MASK), 0o7)
    for tag, permissions, who in entries:
        if tag == _ACL_USER and who == user.uid:
            return bool(permissions & mask & 1)
    group_permissions = [
        permissions for tag, permissions, who in entries if tag == _ACL_GROUP and who in user.gids
    ]
    if gid in user.gids:
        # ACL_GROUP_OBJ (0x04); the mode's group bits hold the mask instead.
        group_permissions += [permissions for tag, permissions, _ in entries if tag == 0x04]
    if group_permissions:
        return any(permissions & mask & 1 for permissions in group_permissions)
    return bool(mode & stat.S_IXOTH)
