"""What can go wrong, one class per way a person can react to it.

Raised by the layers that find the trouble (`hypervisor` maps every `VIR_ERR_*` to one of these);
the words a person reads are made in one place, `vmgui.words.errors`.
"""

from __future__ import annotations

from enum import Enum


class Clue(Enum):
    """What an error's numbers say in any language of why a host cannot be connected to."""

    NONE = "none"
    NO_DRIVER = "no_driver"
    NO_DAEMON = "no_daemon"  # nobody at its socket
    NO_POLKIT_ANSWER = "no_polkit_answer"
    NO_POLKIT_AGENT = "no_polkit_agent"
    BAD_URI = "bad_uri"


class VmguiError(Exception):
    """Root of all expected failures.

    `subject` names what it happened to (a virtual machine, a volume, a URI) or is empty;
    `detail` is the underlying library's own sentence, shown under "Details";
    `code` is its number (0: none);
    `clue` is what that and its other numbers say of a failed connecting;
    `never_sent` says that the call did not leave this computer: the host did nothing of it.
    """

    def __init__(self, detail: str = "", *, subject: str = "", host: str = "", code: int = 0) -> None:
        super().__init__(detail)
        self.detail = detail
        self.subject = subject
        self.host = host
        self.code = code
        self.aside = ""  # what others said about it, under "Details" too; nothing is concluded from it
        self.clue = Clue.NONE
        self.never_sent = False

    def unsent(self) -> VmguiError:
        """The same error, of a call that never left this computer."""
        self.never_sent = True
        return self

    def about(self, *, subject: str = "", host: str = "") -> VmguiError:
        """The same error, knowing what it happened to; what it knew already stays."""
        self.subject = self.subject or subject
        self.host = self.host or host
        return self


class HostUnreachable(VmguiError):
    """The host cannot be reached: name not found, refused, no route, no daemon, no answer in time."""


class ConnectionLost(VmguiError):
    """The connection broke; whether the call under way took effect is unknown unless `never_sent` says it."""


class AuthFailed(VmguiError):
    """User, password, key or certificate refused."""


class AuthCancelled(AuthFailed):
    """The person was asked who they are and gave up."""


class HostKeyRejected(VmguiError):
    """The SSH host key or TLS certificate is unknown or has changed."""


class PermissionDenied(VmguiError):
    """Logged in, but not allowed to do this (read-only connection, polkit, file permissions)."""


class NotFound(VmguiError):
    """The virtual machine, volume, network ... is gone."""


class NoDrive(NotFound):
    """The machine has no drive `subject` that takes media."""


class Ambiguous(VmguiError):
    """Several are called so; `detail` names where."""


class MaybeAmbiguous(Ambiguous):
    """One is called so, but hosts that do not answer may have others; `detail` names these hosts."""


class AlreadyExists(VmguiError):
    """A thing of that name, address or UUID is there already."""


class InvalidState(VmguiError):
    """Not possible in the state the thing is in (running, shut off, ...)."""


class ChangedMeanwhile(InvalidState):
    """Somebody else changed what was to be changed; nothing was done. `detail` says what, in the log's words."""


class NoFreePort(InvalidState):
    """No port or slot is free in a running machine, `subject`, for one device more; the next start makes one."""


class Unsupported(VmguiError):
    """This host, driver or guest cannot do it."""


class ProgramMissing(Unsupported):
    """The host lacks a program beside the hypervisor that a machine needs: `subject`, virtiofsd."""


class InvalidConfig(VmguiError):
    """The configuration (XML, a value in it) is refused."""


class Busy(VmguiError):
    """Another operation holds it; worth trying again."""


class OutOfThreads(Busy):
    """This computer has no thread to give; nothing was done."""


class Aborted(VmguiError):
    """Cancelled by a person or because another step failed."""


class TimedOut(VmguiError):
    """No answer before the deadline; unless `never_sent`, the call may still be under way on the host."""


class GuestIgnored(VmguiError):
    """The guest, which was asked in vain, has not shut down in time; its host answers."""


class DiskInUse(Busy):
    """A running machine (`subject`) holds the disk, or what it is based on."""


class DiskLocked(Busy):
    """Somebody holds the disk `subject` (a path, or empty where the hypervisor does not say which)."""


class TrayLocked(Busy):
    """The guest has locked the tray of a drive: its medium comes out by the guest's leave, or by force."""


class NotLetGo(Busy):
    """The guest has not let go of a device, `subject`: it may still do so later. The definition has it as before."""


class AgentUnavailable(VmguiError):
    """The guest agent is not installed, not running or not answering."""


class RiskyRevert(VmguiError):
    """Reverting would lose or corrupt something unless forced."""


class NoSpace(VmguiError):
    """Disk, pool or memory of the host is full."""


class StorageFailure(VmguiError):
    """A disk image, volume or pool cannot be read, written or understood."""


class FileFailure(VmguiError):
    """A file that vmgui keeps on this computer, `subject`, cannot be read."""


class MediumMissing(StorageFailure):
    """The file `subject` is not there; the drive has what it had."""


class MediumUnreadable(StorageFailure):
    """The hypervisor cannot read or understand the file `subject`; the drive has what it had."""


class DiskFileMissing(StorageFailure):
    """The file `subject` of a disk that was to be plugged in is not there."""


class DiskFileUnreadable(StorageFailure):
    """The hypervisor cannot read or understand the file `subject` of a disk that was to be plugged in."""


class PoolSilent(StorageFailure):
    """The storage pool `subject` has not answered an earlier call yet; it was not asked again.

    `since_s`: time.monotonic() of that call. An empty subject: not known which of the host's pools.
    """

    def __init__(
        self, detail: str = "", *, subject: str = "", host: str = "", code: int = 0, since_s: float = 0.0
    ) -> None:
        detail = detail or "an earlier call has not come back"
        super().__init__(detail, subject=subject, host=host, code=code)
        self.since_s = since_s
        self.never_sent = True


class PoolInactive(InvalidState):
    """The storage pool `subject` has to be started first."""


class SavedStateDamaged(VmguiError):
    """What was saved of a machine cannot be read, by this version or at all: only discarding it helps."""


class SavedStateUnfit(VmguiError):
    """What a machine had when it was saved is not there any more, or the host cannot do it any more."""


class NetworkFailure(VmguiError):
    """A virtual network cannot be used (address taken, no firewall, ...)."""


class NetworkInactive(NetworkFailure):
    """The virtual network `subject` has to be started first."""


class NotProvenOurs(VmguiError):
    """Something of that name is there, and nothing proves that it was made here: it is left alone."""


class StillUsed(VmguiError):
    """It was made here, and somebody has come to use it or has changed it since: it is left alone."""


class LeftForLater(VmguiError):
    """What was being taken back had to be left; it goes on when the host is next connected."""


class LibvirtFailure(VmguiError):
    """Everything libvirt says that fits no other class."""


class InternalFault(VmguiError):
    """A fault of the program itself."""


class PartlyDone(VmguiError):
    """Some steps succeeded, some did not; `done` and `failed` say which, in order."""

    def __init__(
        self,
        detail: str = "",
        *,
        done: tuple[str, ...],
        failed: tuple[tuple[str, VmguiError], ...],
        subject: str = "",
    ) -> None:
        super().__init__(detail, subject=subject)
        self.done = done
        self.failed = failed


def forget_frames(error: BaseException) -> None:
    """Drop the tracebacks of `error` and of what caused it, before it is kept.

    Frames hold what was local to them: a virDomain among it would keep its connection open for as long as
    the error is shown.
    """
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = None
        waiting.extend(other for other in (current.__cause__, current.__context__) if other is not None)
        if isinstance(current, PartlyDone):
            waiting.extend(inner for _, inner in current.failed)
