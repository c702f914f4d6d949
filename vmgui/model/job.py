"""A job: one thing a person asked for, from click to result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId

JobId = int


class JobState(Enum):
    """queued -> running -> (cancelling ->) done | failed | cancelled | interrupted."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # the program ended before the job did; its host may go on

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)


class JobKind(Enum):
    """What is being done; ui turns it into words, with the target's name."""

    START = "start"
    START_AFRESH = "start_afresh"  # without what was saved
    START_NEW_FIRMWARE = "start_new_firmware"  # with new variables of its UEFI
    SHUT_DOWN = "shut_down"
    REBOOT = "reboot"
    RESET = "reset"
    FORCE_OFF = "force_off"
    PAUSE = "pause"
    RESUME = "resume"
    SAVE = "save"
    RESTORE = "restore"
    DISCARD_SAVED = "discard_saved"
    RENAME = "rename"
    SET_AUTOSTART = "set_autostart"
    SET_NOTES = "set_notes"
    SET_TAGS = "set_tags"
    SET_PROTECTED = "set_protected"
    EDIT = "edit"  # its resources or devices
    DEFINE = "define"  # by an XML that a person wrote
    UNDO = "undo"  # an earlier definition of it comes back
    INSERT_MEDIUM = "insert_medium"
    EJECT_MEDIUM = "eject_medium"
    DELETE = "delete"
    CREATE = "create"
    CLEAN_UP = "clean_up"  # what a creation that was left has made
    UPLOAD = "upload"
    PROBE_KVM = "probe_kvm"
    FETCH_DEMO = "fetch_demo"


class Phase(Enum):
    """The step a long job is in; ui turns it into words."""

    WORKING = "working"
    CHECKING = "checking"
    DOWNLOADING = "downloading"
    UPLOADING = "uploading"
    ALLOCATING = "allocating"
    DEFINING = "defining"
    STARTING = "starting"
    WAITING_FOR_GUEST = "waiting_for_guest"
    SAVING = "saving"
    CLEANING_UP = "cleaning_up"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; None: cannot be known."""

    phase: Phase = Phase.WORKING
    done_bytes: int | None = None
    total_bytes: int | None = None
    bytes_per_s: float | None = None
    seconds_left: float | None = None

    @property
    def fraction(self) -> float | None:
        """0.0 to 1.0, or None."""
        if self.done_bytes is None or not self.total_bytes:
            return None
        return min(1.0, self.done_bytes / self.total_bytes)


@dataclass(frozen=True, slots=True)
class JobStep:
    """A part of a job that is under way, with its own progress and parts."""

    name: str  # of the machine, disk or file it is about
    progress: Progress = Progress()
    steps: tuple[JobStep, ...] = ()


class ThingKind(Enum):
    """What a job works on, or makes."""

    MACHINE = "machine"
    HOST = "host"
    POOL = "pool"
    VOLUME = "volume"
    NETWORK = "network"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class JobTarget:
    """What a job works on; `key` None for things that are no (or not yet a) machine, nor belong to one."""

    name: str
    host_id: HostId
    key: DomainKey | None = None
    apart: str = ""  # its host's name, where another host has a machine of that name
    kind: ThingKind = ThingKind.MACHINE
    id: str = ""  # what its host knows it by: a pool's or network's UUID, a volume's key


@dataclass(frozen=True, slots=True)
class JobResult:
    """Something a job has made; `key` and `id` as of a JobTarget."""

    kind: ThingKind
    name: str
    host_id: HostId
    key: DomainKey | None = None
    id: str = ""
    is_running: bool = False  # it was also started; the inventory may learn that a little later


class LineKind(Enum):
    """What a line of a job's log says; ui words all but NOTE with the line's subject and error."""

    NOTE = "note"  # `text` as it is
    STARTED = "started"  # the subject's turn has come
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # not possible in the state it is in
    CANCELLED = "cancelled"
    WAITING = "waiting"  # for the guest to act by itself
    BOOTED_AFRESH = "booted_afresh"  # what was saved of it could not be read
    GONE = "gone"  # it was not there any more
    FORCED_OFF = "forced_off"
    UNDEFINED = "undefined"
    FILE_DELETED = "file_deleted"
    FILE_KEPT = "file_kept"


@dataclass(frozen=True, slots=True)
class JobLine:
    """One line of a job's log; `text` is English, for the log file and for NOTE."""

    at_unix_s: float
    text: str
    kind: LineKind = LineKind.NOTE
    subject: str = ""  # a virtual machine's name or a file's path
    error: Exception | None = field(default=None, compare=False)
    needed_by: tuple[str, ...] = ()  # FILE_KEPT: the machines or images
    key: DomainKey | None = None  # how it ended for this one of the job's machines


@dataclass(frozen=True, slots=True)
class Job:
    """A snapshot of a job; a new one for every change."""

    id: JobId
    kind: JobKind
    targets: tuple[JobTarget, ...]
    state: JobState = JobState.QUEUED
    progress: Progress = Progress()
    error: Exception | None = field(default=None, compare=False)
    created_unix_s: float = 0.0
    finished_unix_s: float = 0.0
    can_cancel: bool = False
    can_retry: bool = False
    log: tuple[JobLine, ...] = ()
    deadline_unix_s: float = 0.0  # when it will stop waiting for a guest; 0: it is not waiting
    waits_in_line: bool = False  # for other calls of its host to end; nothing of it is under way
    targets_done: int = 0  # of a job on several machines: how many have been dealt with
    targets_failed: tuple[JobTarget, ...] = ()  # what a retry would repeat
    steps: tuple[JobStep, ...] = ()  # of one with several: those under way
    results: tuple[JobResult, ...] = ()  # what it has made, and not taken back
