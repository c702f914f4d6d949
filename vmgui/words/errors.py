"""The one place where an error becomes words: what happened, to what, on which host, what to do next.

A class of `model.errors` has one sentence for what happened and one for what to do; libvirt's own words go
under Details. An error that is none of ours is a fault of the program and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vmgui.model import errors
from vmgui.policy.lifecycle import ActionRefused
from vmgui.policy.plain_text import visible
from vmgui.policy.xml_error import XmlRefused
from vmgui.services.deletion import PlanChanged
from vmgui.words import quantities as fmt
from vmgui.words import xml
from vmgui.words.counts import counts
from vmgui.words.refusals import refusal_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error, ready to be shown."""

    what: str
    next_step: str = ""
    details: str = ""

    def as_text(self) -> str:
        """All of it, for the clipboard."""
        return "\n".join(part for part in (self.what, self.next_step, self.details) if part)


@dataclass(frozen=True, slots=True)
class _Words:
    about: str  # {subject} is known
    plain: str  # nothing is known
    next_step: str


# fmt: off
def _all_words() -> dict[type[errors.VmguiError], _Words]:
    """Built when needed, in the language of the moment."""
    return {
        errors.HostUnreachable: _Words(
            translate("ErrorText", "The host {host} cannot be reached."),
            translate("ErrorText", "The host cannot be reached."),
            translate("ErrorText", "Check its address, the network and that libvirt runs there, then try again."),
        ),
        errors.ConnectionLost: _Words(
            translate("ErrorText", "The connection to {host} broke while working on {subject}."),
            translate("ErrorText", "The connection to the host broke."),
            translate("ErrorText", "It may or may not have been done: look at the state once the host is back."),
        ),
        errors.AuthFailed: _Words(
            translate("ErrorText", "{host} did not accept the user name, password or key."),
            translate("ErrorText", "The user name, password or key was not accepted."),
            translate("ErrorText", "Check the user name in the address and that your key is loaded, then try again."),
        ),
        errors.AuthCancelled: _Words(
            translate("ErrorText", "Nobody was logged in to {host}: its question was not answered."),
            translate("ErrorText", "Nobody was logged in: the question was not answered."),
            translate("ErrorText", "Connect again to be asked once more."),
        ),
        errors.HostKeyRejected: _Words(
            translate("ErrorText", "The identity of {host} could not be confirmed."),
            translate("ErrorText", "The identity of the host could not be confirmed."),
            translate("ErrorText", "Its key or certificate is unknown or has changed. Connect once with ssh in a terminal, or have the certificate checked, before you trust it."),
        ),
        errors.PermissionDenied: _Words(
            translate("ErrorText", "You are not allowed to do this with {subject} on {host}."),
            translate("ErrorText", "You are not allowed to do this."),
            translate("ErrorText", "Ask to be added to the group libvirt on that host, or connect as another user. For a file, let the hypervisor's user read it."),
        ),
        errors.NotFound: _Words(
            translate("ErrorText", "{subject} is no longer there."),
            translate("ErrorText", "It is no longer there."),
            translate("ErrorText", "Somebody may have removed or renamed it. The list shows what there is now."),
        ),
        errors.NoDrive: _Words(
            translate("ErrorText", "There is no drive {subject} that takes media."),
            translate("ErrorText", "There is no such drive."),
            translate("ErrorText", "Its devices are listed by “vmgui device list”."),
        ),
        errors.Ambiguous: _Words(
            translate("ErrorText", "Several virtual machines are called {subject}."),
            translate("ErrorText", "Several virtual machines are called so."),
            translate("ErrorText", "Say which one: HOST/NAME, or its identifier. The details name the hosts."),
        ),
        errors.MaybeAmbiguous: _Words(
            translate("ErrorText", "Whether {subject} is the only one of that name is not known: not all hosts answer."),
            translate("ErrorText", "Whether it is the only one of that name is not known: not all hosts answer."),
            translate("ErrorText", "Say which one: HOST/NAME, or its identifier; or name its host with --connect. The details name the hosts that do not answer."),
        ),
        errors.AlreadyExists: _Words(
            translate("ErrorText", "{subject} already exists on {host}."),
            translate("ErrorText", "Something of that name already exists."),
            translate("ErrorText", "Choose another name."),
        ),
        errors.InvalidState: _Words(
            translate("ErrorText", "This is not possible in the state {subject} is in."),
            translate("ErrorText", "This is not possible in the current state."),
            translate("ErrorText", "It may just have been started or stopped: look at its state and try again."),
        ),
        errors.ChangedMeanwhile: _Words(
            translate("ErrorText", "{subject} was changed by somebody else meanwhile. Nothing was done."),
            translate("ErrorText", "It was changed by somebody else meanwhile. Nothing was done."),
            translate("ErrorText", "Look at what it is now, and change it again if you still want to."),
        ),
        PlanChanged: _Words(
            translate("ErrorText", "{subject} has changed since its list was shown. Nothing was deleted."),
            translate("ErrorText", "It has changed since its list was shown. Nothing was deleted."),
            translate("ErrorText", "Choose “Delete” again and look at the new list."),
        ),
        errors.Unsupported: _Words(
            translate("ErrorText", "{host} cannot do this."),
            translate("ErrorText", "The host cannot do this."),
            translate("ErrorText", "Its hypervisor or version lacks it; the details say what."),
        ),
        errors.ProgramMissing: _Words(
            translate("ErrorText", "The host lacks the program {subject}, which the virtual machine needs."),
            translate("ErrorText", "The host lacks a program that the virtual machine needs."),
            translate("ErrorText", "Install it on the host; most systems have a package of its name."),
        ),
        errors.InvalidConfig: _Words(
            translate("ErrorText", "The configuration of {subject} was refused."),
            translate("ErrorText", "The configuration was refused."),
            translate("ErrorText", "The details name the setting that is not accepted. Change it and try again."),
        ),
        errors.Busy: _Words(
            translate("ErrorText", "{subject} is busy with something else."),
            translate("ErrorText", "Something else is under way."),
            translate("ErrorText", "Wait until that has ended, then try again."),
        ),
        errors.OutOfThreads: _Words(
            translate("ErrorText", "Nothing was done with {subject}: this computer can start no more threads."),
            translate("ErrorText", "This computer can start no more threads."),
            translate("ErrorText", "End other programs of yours to make room, then try again."),
        ),
        errors.DiskInUse: _Words(
            translate("ErrorText", "Virtual machine {subject} is running with this disk."),
            translate("ErrorText", "Another virtual machine is running with this disk."),
            translate("ErrorText", "Shut that machine down, or choose another disk: two that write to one destroy it."),
        ),
        errors.DiskLocked: _Words(
            translate("ErrorText", "The disk {subject} is held by something else."),
            translate("ErrorText", "One of its disks is held by something else."),
            translate("ErrorText", "No running virtual machine of the connected hosts is known to use it. It may be one of another host, a backup or a tool for disk images: end that, then try again."),
        ),
        errors.TrayLocked: _Words(
            translate("ErrorText", "The guest has locked the tray of {subject}."),
            translate("ErrorText", "The guest has locked the tray."),
            translate("ErrorText", "What was in the drive is still in it. Unmount the medium inside the guest and try again, or open the tray by force."),
        ),
        errors.Aborted: _Words(
            translate("ErrorText", "What was under way for {subject} has been cancelled."),
            translate("ErrorText", "It has been cancelled."),
            "",
        ),
        errors.TimedOut: _Words(
            translate("ErrorText", "{host} did not answer in time."),
            translate("ErrorText", "The host did not answer in time."),
            translate("ErrorText", "It may still be working on it. Wait a moment, look at the state, then try again."),
        ),
        errors.GuestIgnored: _Words(
            translate("ErrorText", "The guest in {subject} was asked and has not shut down in time."),
            translate("ErrorText", "The guest was asked and has not shut down in time."),
            translate("ErrorText", "The host did its part. The guest may still be at it, may ask somebody on its screen, or may not listen at all (no system yet, no ACPI). Look at its console, try again, or force it off."),
        ),
        errors.AgentUnavailable: _Words(
            translate("ErrorText", "The guest agent in {subject} does not answer."),
            translate("ErrorText", "The guest agent does not answer."),
            translate("ErrorText", "Install and start qemu-guest-agent inside the virtual machine, then try again."),
        ),
        errors.RiskyRevert: _Words(
            translate("ErrorText", "Going back would lose or damage something of {subject}."),
            translate("ErrorText", "Going back would lose or damage something."),
            translate("ErrorText", "Read the details before you force it."),
        ),
        errors.NoSpace: _Words(
            translate("ErrorText", "There is not enough room for {subject} on {host}."),
            translate("ErrorText", "There is not enough room."),
            translate("ErrorText", "Free some disk space or memory on the host, or choose less, then try again."),
        ),
        errors.StorageFailure: _Words(
            translate("ErrorText", "A disk, image or storage pool of {subject} cannot be used."),
            translate("ErrorText", "A disk, image or storage pool cannot be used."),
            translate("ErrorText", "Check that the file exists on the host, is not damaged and can be read there; the details name it."),
        ),
        errors.FileFailure: _Words(
            translate("ErrorText", "vmgui’s file {subject} cannot be read."),
            translate("ErrorText", "A file of vmgui cannot be read."),
            translate("ErrorText", "Look at the message over the details; what is in the file is not changed meanwhile."),
        ),
        errors.NotLetGo: _Words(
            translate("ErrorText", "The guest has not let go of {subject} yet."),
            translate("ErrorText", "The guest has not let go of the device yet."),
            translate("ErrorText", "It may still let go later. Unmount or release the device inside the guest and try again, or remove it at the next start."),
        ),
        errors.NoFreePort: _Words(
            translate("ErrorText", "{subject} has no free port for this device while it runs."),
            translate("ErrorText", "The running virtual machine has no free port for this device."),
            translate("ErrorText", "Add it at the next start, which makes a port for it, or remove a device that is not needed."),
        ),
        errors.DiskFileMissing: _Words(
            translate("ErrorText", "There is no file {subject} on {host}."),
            translate("ErrorText", "The file of the disk is not there."),
            translate("ErrorText", "No disk was added or changed. Look at how the file is written, or choose another."),
        ),
        errors.DiskFileUnreadable: _Words(
            translate("ErrorText", "The hypervisor cannot use {subject} as a disk."),
            translate("ErrorText", "The hypervisor cannot use the file as a disk."),
            translate("ErrorText", "No disk was added or changed. The details say why: its format may be another, or the hypervisor may not read it."),
        ),
        errors.MediumMissing: _Words(
            translate("ErrorText", "There is no file {subject} on {host}."),
            translate("ErrorText", "The file is not there."),
            translate("ErrorText", "What was in the drive is still in it. Look at how the file is written, or choose another."),
        ),
        errors.MediumUnreadable: _Words(
            translate("ErrorText", "{subject} cannot be read as a medium."),
            translate("ErrorText", "The file cannot be read as a medium."),
            translate("ErrorText", "What was in the drive is still in it. The details say why: it may be damaged, no file, or not for the hypervisor to read."),
        ),
        errors.PoolSilent: _Words(
            translate("ErrorText", "The storage pool {subject} does not answer."),
            translate("ErrorText", "A storage pool of the host does not answer."),
            translate("ErrorText", "Look at the disk or file server behind it. vmgui uses it again as soon as it answers; other pools can be used meanwhile."),
        ),
        errors.PoolInactive: _Words(
            translate("ErrorText", "The storage pool {subject} is not started."),
            translate("ErrorText", "A storage pool is not started."),
            translate("ErrorText", "Start it on the host, then try again."),
        ),
        errors.SavedStateDamaged: _Words(
            translate("ErrorText", "The saved state of {subject} is damaged, or of another version: it can never be restored."),
            translate("ErrorText", "The saved state is damaged, or of another version: it can never be restored."),
            translate("ErrorText", "Discard it and boot from the disks: they are as they were when it was saved."),
        ),
        errors.SavedStateUnfit: _Words(
            translate("ErrorText", "The saved state of {subject} needs something that the host does not have now."),
            translate("ErrorText", "The saved state needs something that the host does not have now."),
            translate("ErrorText", "The details say what. Bring it back and try again, or discard the saved state and boot from the disks."),
        ),
        errors.NetworkInactive: _Words(
            translate("ErrorText", "The virtual network {subject} is not started."),
            translate("ErrorText", "A virtual network is not started."),
            translate("ErrorText", "Start it on the host, then try again."),
        ),
        errors.NetworkFailure: _Words(
            translate("ErrorText", "A virtual network of {subject} cannot be used."),
            translate("ErrorText", "A virtual network cannot be used."),
            translate("ErrorText", "Check that the network is started on the host, then try again."),
        ),
        errors.NotProvenOurs: _Words(
            translate("ErrorText", "{subject} was left on {host}: nothing proves that it was made here."),
            translate("ErrorText", "It was left: nothing proves that it was made here."),
            translate("ErrorText", "Look at it, and remove it by hand if nobody needs it."),
        ),
        errors.StillUsed: _Words(
            translate("ErrorText", "{subject} was left on {host}: it has come into use since it was made."),
            translate("ErrorText", "It was left: it has come into use since it was made."),
            translate("ErrorText", "The details say by what. Remove it by hand if nobody needs it."),
        ),
        errors.LeftForLater: _Words(
            translate("ErrorText", "{subject} could not be removed from {host} yet."),
            translate("ErrorText", "It could not be removed yet."),
            translate("ErrorText", "It is removed by itself when the host is next connected, if nobody uses it by then."),
        ),
        errors.InternalFault: _Words(
            translate("ErrorText", "Something went wrong inside vmgui while it was working on {subject}."),
            translate("ErrorText", "Something went wrong inside vmgui."),
            translate("ErrorText", "Try again. If it happens again, report it with the details."),
        ),
        errors.LibvirtFailure: _Words(
            translate("ErrorText", "{host} could not do this with {subject}."),
            translate("ErrorText", "The host could not do this."),
            translate("ErrorText", "The details say what the host answered."),
        ),
    }
# fmt: on


def explain(error: BaseException, subject: str = "", host: str = "") -> ErrorText:
    """The words for an error; `subject` and `host` serve where it does not know them itself."""
    if isinstance(error, errors.PartlyDone):
        return _partly_done(error, host)
    if not isinstance(error, errors.VmguiError):
        return ErrorText(
            what=translate("ErrorText", "Something went wrong inside vmgui."),
            next_step=translate("ErrorText", "Try again. If it happens again, report it with the details."),
            details=f"{type(error).__name__}: {error}",
        )
    if isinstance(error, XmlRefused):
        what = xml.refused_words(error.fault, error.subject or subject, host if error.by_host else "")
        return ErrorText(what=what, details=_details(error))
    if isinstance(error, ActionRefused):
        return _refused(error, subject)
    words = _words_of(type(error))
    subject = error.subject or subject
    host = visible(_told_host(error.host, host))
    template = words.about
    known = ("{subject}" not in template or subject) and ("{host}" not in template or host)
    if known:
        what = template.format(subject=_name(subject), host=host)
    else:
        what = words.plain
        names = tuple(name for name in (_name(subject), host) if name)
        if names:
            what = f"{' · '.join(names)}: {what}"
    next_step = words.next_step
    if error.never_sent and isinstance(error, errors.ConnectionLost | errors.TimedOut):
        next_step = translate("ErrorText", "Nothing was asked of the host. Try again once it answers.")
    if error.never_sent and isinstance(error, errors.NotFound) and subject:
        # Nobody was asked for it: it was never there, as far as is known.
        what = translate("ErrorText", "There is no “{subject}” here.").format(subject=visible(subject))
        next_step = translate("ErrorText", "Look at how its name is written: the list shows what there is.")
    return ErrorText(what=what, next_step=next_step, details=_details(error))


def _told_host(known: str, host: str) -> str:
    """The host an error knows of, with what tells it from others of its name where that is known as well."""
    return host if known and host.startswith(f"{known} (") else known or host


def explain_failed(title: str, error: BaseException, subject: str = "", host: str = "") -> ErrorText:
    """The same, headed by what was tried: "web-01 could not be started." """
    text = explain(error, subject, host)
    return ErrorText(what=f"{title} {text.what}", next_step=text.next_step, details=text.details)


def _refused(error: ActionRefused, subject: str) -> ErrorText:
    name = _name(error.subject or subject)
    words = refusal_words(error.refusal)
    return ErrorText(what=f"{name}: {words}" if name else words)


def _words_of(kind: type[errors.VmguiError]) -> _Words:
    words = _all_words()
    for base in kind.__mro__:
        if base in words:
            return words[base]
    return words[errors.LibvirtFailure]


def _partly_done(error: errors.PartlyDone, host: str) -> ErrorText:
    failed = tuple(name for name, _ in error.failed)
    what = translate("ErrorText", "It did not work for {names}.").format(names=fmt.joined(failed))
    if error.done:
        what += " " + counts.others_succeeded(len(error.done))
    lines: list[str] = []
    steps: list[str] = []
    for name, inner in error.failed:
        text = explain(inner, subject=name, host=host)
        # Of what is about another thing it is said whom it kept from what.
        is_about_it = inner.subject in ("", name) or isinstance(inner, errors.PartlyDone | ActionRefused)
        lines.append(text.what if is_about_it else f"{visible(name)}: {text.what}")
        if isinstance(inner, errors.PartlyDone):
            lines += [f"    {line}" for line in text.details.splitlines()]
        elif inner.detail:
            lines.append(f"    {inner.detail}")
        if text.next_step and text.next_step not in steps:
            steps.append(text.next_step)
    for name in error.done:
        lines.append(translate("ErrorText", "{name}: done").format(name=name))
    if error.detail:
        lines.append(error.detail)
    return ErrorText(what=what, next_step=steps[0] if len(steps) == 1 else "", details="\n".join(lines))


def _details(error: errors.VmguiError) -> str:
    lines = [error.detail] if error.detail else []
    if error.code:
        lines.append(translate("ErrorText", "Number of the error: {code}").format(code=error.code))
    if error.aside:
        # Anybody's words: shown, and nothing is concluded from them.
        lines.append(translate("ErrorText", "Printed on the way there:"))
        lines.append(error.aside)
    return "\n".join(lines)


def _name(subject: str) -> str:
    return translate("ErrorText", "“{name}”").format(name=visible(subject)) if subject else ""
