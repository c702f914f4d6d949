"""Jobs in words: what is being done, how far it is, how it ended."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from vmgui.model.job import Job, JobKind, JobLine, JobState, LineKind, Phase
from vmgui.policy.domain_names import with_host
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.words import quantities as fmt
from vmgui.words.errors import ErrorText, explain

translate = QCoreApplication.translate


def targets_words(job: Job) -> str:
    """ "web-01", "web-01, web-02 and 3 more"."""
    return fmt.joined(tuple(with_host(target.name, target.apart) for target in job.targets), at_most=2)


def title(job: Job) -> str:
    """ "Starting web-01"; once it has ended "Start web-01"."""
    return _title(job.kind, ended=job.state.is_final).format(name=targets_words(job))


def _title(kind: JobKind, *, ended: bool) -> str:
    match kind:
        case JobKind.START:
            return translate("Jobs", "Start {name}") if ended else translate("Jobs", "Starting {name}")
        case JobKind.START_AFRESH:
            if ended:
                return translate("Jobs", "Start {name} without its saved state")
            return translate("Jobs", "Starting {name} without its saved state")
        case JobKind.START_NEW_FIRMWARE:
            if ended:
                return translate("Jobs", "Start {name} with new firmware variables")
            return translate("Jobs", "Starting {name} with new firmware variables")
        case JobKind.SHUT_DOWN:
            return (
                translate("Jobs", "Shut down {name}") if ended else translate("Jobs", "Shutting down {name}")
            )
        case JobKind.REBOOT:
            return translate("Jobs", "Reboot {name}") if ended else translate("Jobs", "Rebooting {name}")
        case JobKind.RESET:
            return translate("Jobs", "Reset {name}") if ended else translate("Jobs", "Resetting {name}")
        case JobKind.FORCE_OFF:
            return translate("Jobs", "Force off {name}") if ended else translate("Jobs", "Forcing off {name}")
        case JobKind.PAUSE:
            return translate("Jobs", "Pause {name}") if ended else translate("Jobs", "Pausing {name}")
        case JobKind.RESUME:
            return translate("Jobs", "Resume {name}") if ended else translate("Jobs", "Resuming {name}")
        case JobKind.SAVE:
            return translate("Jobs", "Save {name}") if ended else translate("Jobs", "Saving {name}")
        case JobKind.RESTORE:
            return translate("Jobs", "Restore {name}") if ended else translate("Jobs", "Restoring {name}")
        case JobKind.DISCARD_SAVED:
            if ended:
                return translate("Jobs", "Discard the saved state of {name}")
            return translate("Jobs", "Discarding the saved state of {name}")
        case JobKind.RENAME:
            return translate("Jobs", "Rename {name}") if ended else translate("Jobs", "Renaming {name}")
        case JobKind.SET_AUTOSTART:
            if ended:
                return translate("Jobs", "Change autostart of {name}")
            return translate("Jobs", "Changing autostart of {name}")
        case JobKind.SET_NOTES:
            if ended:
                return translate("Jobs", "Save the notes of {name}")
            return translate("Jobs", "Saving the notes of {name}")
        case JobKind.SET_TAGS:
            if ended:
                return translate("Jobs", "Change the tags of {name}")
            return translate("Jobs", "Changing the tags of {name}")
        case JobKind.SET_PROTECTED:
            if ended:
                return translate("Jobs", "Change the protection of {name}")
            return translate("Jobs", "Changing the protection of {name}")
        case JobKind.EDIT:
            return translate("Jobs", "Change {name}") if ended else translate("Jobs", "Changing {name}")
        case JobKind.DEFINE:
            if ended:
                return translate("Jobs", "Save the XML of {name}")
            return translate("Jobs", "Saving the XML of {name}")
        case JobKind.UNDO:
            if ended:
                return translate("Jobs", "Undo a change of {name}")
            return translate("Jobs", "Undoing a change of {name}")
        case JobKind.INSERT_MEDIUM:
            if ended:
                return translate("Jobs", "Insert a medium into {name}")
            return translate("Jobs", "Inserting a medium into {name}")
        case JobKind.EJECT_MEDIUM:
            if ended:
                return translate("Jobs", "Eject a medium from {name}")
            return translate("Jobs", "Ejecting a medium from {name}")
        case JobKind.DELETE:
            return translate("Jobs", "Delete {name}") if ended else translate("Jobs", "Deleting {name}")
        case JobKind.CREATE:
            return translate("Jobs", "Create {name}") if ended else translate("Jobs", "Creating {name}")
        case JobKind.CLEAN_UP:
            if ended:
                return translate("Jobs", "Remove what was begun for {name}")
            return translate("Jobs", "Removing what was begun for {name}")
        case JobKind.UPLOAD:
            return translate("Jobs", "Upload {name}") if ended else translate("Jobs", "Uploading {name}")
        case JobKind.PROBE_KVM:
            if ended:
                return translate("Jobs", "Test hardware acceleration of {name}")
            return translate("Jobs", "Testing hardware acceleration of {name}")
        case JobKind.FETCH_DEMO:
            if ended:
                return translate("Jobs", "Download the sample guest")
            return translate("Jobs", "Downloading the sample guest")


def failed_title(job: Job) -> str:
    """ "web-01 could not be started." """
    match job.kind:
        case JobKind.START | JobKind.START_AFRESH | JobKind.START_NEW_FIRMWARE:
            text = translate("Jobs", "{name} could not be started.")
        case JobKind.SHUT_DOWN:
            text = translate("Jobs", "{name} did not shut down.")
        case JobKind.REBOOT:
            text = translate("Jobs", "{name} could not be rebooted.")
        case JobKind.RESET:
            text = translate("Jobs", "{name} could not be reset.")
        case JobKind.FORCE_OFF:
            text = translate("Jobs", "{name} could not be forced off.")
        case JobKind.PAUSE:
            text = translate("Jobs", "{name} could not be paused.")
        case JobKind.RESUME:
            text = translate("Jobs", "{name} could not be resumed.")
        case JobKind.SAVE:
            text = translate("Jobs", "The state of {name} could not be saved.")
        case JobKind.RESTORE:
            text = translate("Jobs", "The saved state of {name} could not be restored.")
        case JobKind.DISCARD_SAVED:
            text = translate("Jobs", "The saved state of {name} could not be discarded.")
        case JobKind.RENAME:
            text = translate("Jobs", "{name} could not be renamed.")
        case JobKind.SET_AUTOSTART:
            text = translate("Jobs", "Autostart of {name} could not be changed.")
        case JobKind.SET_NOTES:
            text = translate("Jobs", "The notes of {name} could not be saved.")
        case JobKind.SET_TAGS:
            text = translate("Jobs", "The tags of {name} could not be changed.")
        case JobKind.SET_PROTECTED:
            text = translate("Jobs", "The protection of {name} could not be changed.")
        case JobKind.EDIT:
            text = translate("Jobs", "{name} could not be changed.")
        case JobKind.DEFINE:
            text = translate("Jobs", "The XML of {name} could not be saved.")
        case JobKind.UNDO:
            text = translate("Jobs", "The change of {name} could not be undone.")
        case JobKind.INSERT_MEDIUM:
            text = translate("Jobs", "The medium could not be inserted into {name}.")
        case JobKind.EJECT_MEDIUM:
            text = translate("Jobs", "The medium could not be ejected from {name}.")
        case JobKind.DELETE:
            text = translate("Jobs", "{name} could not be deleted completely.")
        case JobKind.CREATE:
            text = translate("Jobs", "{name} could not be created.")
        case JobKind.CLEAN_UP:
            text = translate("Jobs", "Not all that was begun for {name} could be removed.")
        case JobKind.UPLOAD:
            text = translate("Jobs", "{name} could not be uploaded.")
        case JobKind.PROBE_KVM:
            text = translate("Jobs", "Hardware acceleration of {name} could not be tested.")
        case JobKind.FETCH_DEMO:
            text = translate("Jobs", "The sample guest could not be downloaded.")
    return text.format(name=targets_words(job))


def state_words(job: Job) -> str:
    """ "Done", or for one under way its phase."""
    match job.state:
        case JobState.QUEUED:
            return translate("Jobs", "Waiting")
        case JobState.RUNNING:
            return phase_words(job)
        case JobState.CANCELLING:
            return translate("Jobs", "Cancelling…")
        case JobState.DONE:
            return translate("Jobs", "Done")
        case JobState.FAILED:
            return translate("Jobs", "Failed")
        case JobState.CANCELLED:
            return translate("Jobs", "Cancelled")
        case JobState.INTERRUPTED:
            return translate("Jobs", "Interrupted")


def phase_words(job: Job) -> str:
    """The step it is in."""
    if job.waits_in_line:
        return translate("Jobs", "Waiting its turn")
    match job.progress.phase:
        case Phase.WORKING:
            if len(job.targets) > 1:
                return translate("Jobs", "{done} of {all} done").format(
                    done=fmt.count(job.targets_done), all=fmt.count(len(job.targets))
                )
            return translate("Jobs", "Under way")
        case Phase.CHECKING:
            return translate("Jobs", "Checking")
        case Phase.DOWNLOADING:
            return translate("Jobs", "Downloading")
        case Phase.UPLOADING:
            return translate("Jobs", "Uploading")
        case Phase.ALLOCATING:
            return translate("Jobs", "Making the disk")
        case Phase.DEFINING:
            return translate("Jobs", "Setting it up")
        case Phase.STARTING:
            return translate("Jobs", "Starting")
        case Phase.WAITING_FOR_GUEST:
            if job.deadline_unix_s > 0:
                left = fmt.duration(job.deadline_unix_s - time.time())
                return translate("Jobs", "Waiting for the guest, {time} at most").format(time=left)
            return translate("Jobs", "Waiting for the guest")
        case Phase.SAVING:
            return translate("Jobs", "Saving")
        case Phase.CLEANING_UP:
            return translate("Jobs", "Cleaning up")


def fraction(job: Job) -> float | None:
    """How far it is: by bytes where known, else by machines dealt with."""
    if job.state is JobState.DONE:
        return 1.0
    by_bytes = job.progress.fraction
    if by_bytes is not None:
        return by_bytes
    if len(job.targets) > 1:
        return job.targets_done / len(job.targets)
    return None


def progress_words(job: Job) -> str:
    """ "61 %  1.2 GB/s  12 s left", as far as it is known."""
    if job.state.is_final:
        return ""
    parts: list[str] = []
    part = fraction(job)
    if part is not None:
        parts.append(fmt.percent(part * 100))
    if job.progress.bytes_per_s is not None:
        parts.append(fmt.rate(job.progress.bytes_per_s))
    if job.progress.seconds_left is not None:
        parts.append(
            translate("Jobs", "{duration} left").format(duration=fmt.duration(job.progress.seconds_left))
        )
    return "  ".join(parts)


def error_of(job: Job, host_name: str = "") -> ErrorText | None:
    """Why it failed, in words, headed by what was tried."""
    if job.error is None:
        return None
    subject = job.targets[0].name if len(job.targets) == 1 else ""
    text = explain(job.error, subject=subject, host=host_name)
    return ErrorText(what=f"{failed_title(job)} {text.what}", next_step=text.next_step, details=text.details)


def _is_protected(line: JobLine) -> bool:
    return isinstance(line.error, ActionRefused) and line.error.refusal is Refusal.PROTECTED


def line_words(line: JobLine) -> str:
    """One line of a job's log."""
    # A file's path among them.
    name = visible(line.subject, TEXT_CHARS)
    match line.kind:
        case LineKind.NOTE:
            return line.text
        case LineKind.STARTED:
            text = translate("Jobs", "{name}: begun")
        case LineKind.DONE:
            text = translate("Jobs", "{name}: done")
        case LineKind.FAILED:
            if line.error is not None:
                words = explain(line.error, subject=name)
                # Why a file resists is in the host's own words only.
                why = f" ({words.details.splitlines()[0]})" if name.startswith("/") and words.details else ""
                return f"{name}: {words.what}{why}"
            text = translate("Jobs", "{name}: failed")
        case LineKind.SKIPPED if _is_protected(line):
            text = translate("Jobs", "{name}: left out, it is protected")
        case LineKind.SKIPPED:
            text = translate("Jobs", "{name}: left out, not possible in the state it is in")
        case LineKind.CANCELLED:
            text = translate("Jobs", "{name}: cancelled")
        case LineKind.WAITING:
            text = translate("Jobs", "{name}: waiting for the guest to act")
        case LineKind.BOOTED_AFRESH:
            text = translate("Jobs", "{name}: what was saved of it could not be read; it has booted")
        case LineKind.GONE:
            text = translate("Jobs", "{name}: was not there any more")
        case LineKind.FORCED_OFF:
            text = translate("Jobs", "{name}: forced off")
        case LineKind.UNDEFINED:
            text = translate("Jobs", "{name}: removed from the host")
        case LineKind.FILE_DELETED:
            text = translate("Jobs", "{name}: deleted")
        case LineKind.FILE_KEPT:
            if line.needed_by:
                text = translate("Jobs", "{name}: kept, since it is or may be needed by {needers}")
                return text.format(name=name, needers=fmt.joined(line.needed_by, 4))
            text = translate("Jobs", "{name}: kept, since it may be needed")
    return text.format(name=name)
