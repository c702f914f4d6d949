"""What the parts of a deletion plan are called, and why a file stays."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject

from vmgui.model.deletion import TYPE_NAME_BYTES, DeletionPlan, DoomedFile, KeepReason, UnreadPool
from vmgui.model.domain import DomainKey
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.question import Question

translate = QCoreApplication.translate


class _Counted(QObject):
    """Plurals; a method's `self.tr` is where lupdate understands `%n`."""

    def snapshots(self, names: tuple[str, ...]) -> str:
        return self.tr("%n snapshot(s): {names}", "", len(names)).format(names=fmt.joined(names, 6))

    def checkpoints(self, names: tuple[str, ...]) -> str:
        return self.tr("%n checkpoint(s): {names}", "", len(names)).format(names=fmt.joined(names, 6))

    def goes(self, files: int, size: str) -> str:
        text = self.tr("%n file(s) with {size} will be deleted. This cannot be undone.", "", files)
        return text.format(size=size)

    def nameless(self, pool: str, count: int) -> str:
        text = self.tr(
            "%n file(s) of the storage pool {pool} could not be read because of their names.", "", count
        )
        return text.format(pool=visible(pool))


_counted = _Counted()


def always_gone(plan: DeletionPlan) -> list[str]:
    """What goes with a machine's definition, whatever is chosen; a line each."""
    lines: list[str] = []
    if plan.nvram_path:
        text = translate("Deletion", "Firmware settings (NVRAM): {path}")
        lines.append(text.format(path=visible(plan.nvram_path, TEXT_CHARS)))
    if plan.has_tpm_state:
        lines.append(translate("Deletion", "The contents of its TPM, with keys kept in it"))
    if plan.has_managed_save:
        lines.append(translate("Deletion", "The saved state"))
    if plan.snapshots:
        lines.append(_counted.snapshots(plan.snapshots))
    if plan.checkpoints:
        lines.append(_counted.checkpoints(plan.checkpoints))
    return lines


def target_words(target: str) -> str:
    """ "Disk vda", "Firmware settings"."""
    match target:
        case "nvram":
            return translate("Deletion", "Firmware settings")
        case "tpm":
            return translate("Deletion", "TPM contents")
        case "saved":
            return translate("Deletion", "Saved state")
        case "":
            return translate("Deletion", "File")
        case _:
            return translate("Deletion", "Disk {target}").format(target=target)


def keep_words(file: DoomedFile) -> str:
    """Why it stays."""
    names = fmt.joined(file.used_by, 4)
    match file.reason:
        case KeepReason.SHARED:
            if names:
                return translate("Deletion", "Also used by {names}.").format(names=names)
            return translate("Deletion", "Marked as shared with other virtual machines.")
        case KeepReason.BACKING:
            if names:
                return translate("Deletion", "Other images are based on it: {names}.").format(names=names)
            return translate("Deletion", "Other images are based on it.")
        case KeepReason.READ_ONLY:
            return translate("Deletion", "Read-only, such as an installer CD.")
        case KeepReason.NOT_MANAGED:
            return translate("Deletion", "Not in a storage pool: the host cannot delete it for you.")
        case KeepReason.MISSING:
            return translate("Deletion", "It is not there any more.")
        case KeepReason.UNKNOWN:
            if names:
                return _perhaps_words(names)
            return translate("Deletion", "It could not be examined, so it stays to be safe.")
        case KeepReason.NONE:
            return ""


def _perhaps_words(names: str) -> str:
    return translate("Deletion", "Perhaps used by {names}: it stays to be safe.").format(names=names)


def stay_words(file: DoomedFile) -> str:
    """Why it stays where nobody is asked about it by itself."""
    if not file.can_delete or not file.doubts:
        return keep_words(file)
    return f"{_perhaps_words(_machines_in_doubt(file))} {doubt_words(file)}"


def _machines_in_doubt(file: DoomedFile) -> str:
    return fmt.joined(tuple(dict.fromkeys(doubt.machine for doubt in file.doubts)), 4)


def doubt_words(file: DoomedFile) -> str:
    """Why it may be chosen, but is not unless a person does; nothing usually."""
    if not file.doubts:
        return ""
    if len(file.doubts) == 1:
        doubt = file.doubts[0]
        text = translate(
            "Deletion",
            "The disk {path} of {name} is not there or cannot be read now. If it is based on this file, {name} "
            "needs it.",
        )
        return text.format(path=visible(doubt.path, TEXT_CHARS), name=visible(doubt.machine))
    text = translate(
        "Deletion",
        "Disks of {names} are not there or cannot be read now: {paths}. If one of them is based on this file, this "
        "file is needed.",
    )
    names = _machines_in_doubt(file)
    return text.format(names=names, paths=fmt.joined(tuple(doubt.path for doubt in file.doubts), 4))


def link_words(file: DoomedFile) -> str:
    """What of it stays though it goes; nothing usually."""
    if file.link_to:
        text = translate(
            "Deletion", "It is a link: only that is deleted, the file {path} that it leads to stays."
        )
        return text.format(path=visible(file.link_to, TEXT_CHARS))
    if file.other_names:
        text = translate(
            "Deletion",
            "It has another name, too: {names}. If this one is a link, only that is deleted, and the file stays.",
        )
        return text.format(names=fmt.joined(file.other_names, 4))
    return ""


def file_words(file: DoomedFile) -> str:
    """What it is, in a line."""
    text = f"{target_words(file.target)}: {visible(file.path, TEXT_CHARS)}"
    if not file.link_to:
        return text
    words = translate("Deletion", "{disk}, a link to {path}")
    return words.format(disk=text, path=visible(file.link_to, TEXT_CHARS))


def not_asked_words(plans: Iterable[DeletionPlan]) -> str:
    """Which hosts may use what would go and cannot be asked; empty: none."""
    hosts = dict.fromkeys(name for plan in plans for name in plan.hosts_not_asked)
    if not hosts:
        return ""
    text = translate(
        "Deletion",
        "{hosts} cannot be asked now whether virtual machines there use what is on shared storage.",
    )
    return text.format(hosts=fmt.joined(tuple(hosts), 4))


def not_read_words(plans: Iterable[DeletionPlan]) -> list[str]:
    """Which pools could not be looked at anew, or not whole, and what the host says; one text for each way of it."""
    plans = tuple(plans)
    found = dict.fromkeys(pool for plan in plans for pool in plan.pools_not_read)
    pools = [pool for pool in found if not pool.silent_since_s]
    silent = [pool for pool in found if pool.silent_since_s]
    told = [_silent_words(silent)] if silent else []
    if pools:
        told.append(_not_read_words(pools))
    nameless = {pool: count for plan in plans for pool, count in plan.nameless}
    told += [_counted.nameless(pool, count) for pool, count in nameless.items()]
    return told


def _silent_words(pools: list[UnreadPool]) -> str:
    silent_s = time.monotonic() - min(pool.silent_since_s for pool in pools)
    text = translate(
        "Deletion",
        "The storage pool {pools} has not answered for {duration}. What is in it is not known now, and what may be "
        "in it is not deleted.",
    )
    names = fmt.joined(tuple(pool.name for pool in pools), 4)
    return text.format(pools=names, duration=fmt.duration(max(1.0, silent_s)))


def _not_read_words(pools: list[UnreadPool]) -> str:
    text = translate(
        "Deletion",
        "Not everything in the storage pool {pools} can be read, perhaps an image that was copied only in part. "
        "What is shown is as of its last good look. The host says: {why}",
    )
    whys = dict.fromkeys(pool.why for pool in pools)
    return text.format(pools=fmt.joined(tuple(pool.name for pool in pools), 4), why=" ".join(whys))


def start_words(file: DoomedFile) -> str:
    """What its deletion needs; nothing usually."""
    if not file.pool_to_start:
        return ""
    text = translate(
        "Deletion", "The storage pool {pool} is not active: it is started for this, then stopped."
    )
    return text.format(pool=file.pool_to_start)


def size_words(file: DoomedFile) -> str:
    """The space it takes; nothing where that is not known."""
    return fmt.size_bytes(file.allocation_bytes) if file.allocation_bytes else ""


def ask(
    plans: Sequence[DeletionPlan], names: Sequence[str], going: Mapping[DomainKey, frozenset[str]]
) -> Question:
    """The question where no boxes can be ticked; `going`: the paths of each one's files that go."""
    of_hosts = len({plan.key.host_id for plan in plans})
    what = names[0] if len(names) == 1 else counts.machines_on_hosts(len(plans), of_hosts)
    lines: list[str] = []
    for name, plan in zip(names, plans, strict=True):
        lines += [visible(name), *(f"  {line}" for line in fate_lines(plan, going[plan.key]))]
    lines += filter(None, (not_asked_words(plans), *not_read_words(plans)))
    files = [file for plan in plans for file in plan.files if file.path in going[plan.key]]
    going_bytes = sum(file.allocation_bytes for file in files)
    if files:
        consequence = _counted.goes(len(files), fmt.size_bytes(going_bytes))
    else:
        consequence = translate("Deletion", "No disk will be deleted. The definition cannot be brought back.")
    return Question(
        title=translate("Deletion", "Delete {name}?").format(name=visible(what)),
        text="\n".join(lines),
        confirm_label=translate("Deletion", "Delete"),
        consequence=consequence,
        typed_name=what if going_bytes > TYPE_NAME_BYTES else "",
    )


def fate_lines(plan: DeletionPlan, going: frozenset[str]) -> list[str]:
    """What becomes of a machine and of all that is its own, a line each."""
    lines: list[str] = []
    if plan.active:
        lines.append(translate("Deletion", "It is running and is forced off first."))
    gone = [*always_gone(plan), *(_with_size(file) for file in plan.files if file.path in going)]
    lines += [translate("Deletion", "Goes: {what}").format(what=what) for what in gone]
    for file in plan.files:
        if file.path not in going:
            text = translate("Deletion", "Stays: {what}. {why}")
            lines.append(text.format(what=file_words(file), why=left_words(file)))
    return lines


def left_words(file: DoomedFile) -> str:
    """Why it stays, be it only because nobody chose it."""
    return stay_words(file) or translate("Deletion", "It is left as you asked.")


def _with_size(file: DoomedFile) -> str:
    size = size_words(file)
    return f"{file_words(file)} ({size})" if size else file_words(file)
