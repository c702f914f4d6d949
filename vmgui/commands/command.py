"""What a command is: one declaration with many faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from vmgui.commands.fields import Answers, Field
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host, HostId
from vmgui.model.job import JobId, JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.words.note import Note
from vmgui.words.question import Question
from vmgui.words.say import Say

if TYPE_CHECKING:
    from vmgui.services.creation import CreationService
    from vmgui.services.definitions import DefinitionIndex
    from vmgui.services.deletion import DeletionService
    from vmgui.services.edits import EditService
    from vmgui.services.hardware import HardwareService
    from vmgui.services.hosts import HostService
    from vmgui.services.inventory import Inventory
    from vmgui.services.jobs import JobService
    from vmgui.services.lifecycle import LifecycleService
    from vmgui.services.media import MediaService
    from vmgui.services.tags import TagsService
    from vmgui.services.undo import UndoService


T = TypeVar("T", contravariant=True)


class Acts(Protocol):
    """The services that commands run on: the window's, or those of one run of the command line."""

    @property
    def inventory(self) -> Inventory: ...
    @property
    def jobs(self) -> JobService: ...
    @property
    def hosts(self) -> HostService: ...
    @property
    def lifecycle(self) -> LifecycleService: ...
    @property
    def definitions(self) -> DefinitionIndex: ...
    @property
    def tags(self) -> TagsService: ...
    @property
    def deletion(self) -> DeletionService: ...
    @property
    def creation(self) -> CreationService: ...
    @property
    def edits(self) -> EditService: ...
    @property
    def hardware(self) -> HardwareService: ...
    @property
    def undo(self) -> UndoService: ...
    @property
    def media(self) -> MediaService: ...


class Target(Enum):
    """What a command acts on; where it appears follows from it."""

    MACHINES = "machines"
    HOST = "host"
    WINDOW = "window"


class Tone(Enum):
    """What a command's icon says before it is read."""

    PLAIN = "plain"
    ACCENT = "accent"  # the thing most people come for
    GO = "go"
    DANGER = "danger"


class Reach(Enum):
    """Where a command's keys work."""

    WINDOW = "window"
    PROGRAM = "program"  # in all its windows
    OUTSIDE_FIELDS = (
        "outside_fields"  # not while something is typed, counted or drawn: there they are the field's
    )
    LIST = "list"  # in lists of machines only: elsewhere the keys mean something else


@dataclass(frozen=True, slots=True)
class Situation:
    """What commands of the window and of hosts are judged by."""

    machines: int = 0  # so many are acted on
    host: Host | None = None  # the selected one
    place: int = -1  # of that host in the list
    hosts: int = 0  # in the list
    is_connected: bool = False  # any host is


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dialog(Generic[T]):
    """How the window asks for a command's fields; of what `run` is called with, be it machines or a host."""

    title: Say  # "{name}" in it: what that is called
    yes: Say  # the button that goes on
    start: Callable[[Acts, T], Answers]  # what it shows first
    judge: Callable[[Acts, T, Answers], Iterable[Note]] = lambda _acts, _target, _answers: ()


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """Each is there once. `id` stands in the log, in settings and in the names of widgets: never renamed."""

    id: str
    title: Say  # in menus; ends in "…" where a question or a dialog follows
    target: Target = Target.WINDOW
    icon: str = ""
    tone: Tone = Tone.PLAIN
    keys: str = ""
    short: Say | None = None  # on the tool bar; None: the title
    reach: Reach = Reach.WINDOW
    is_toggle: bool = False
    choice: str = ""  # of a group of which one is chosen: the group's name
    value: str = ""  # what it stands for in that group
    possible: Callable[[Situation], bool] | None = None  # None: always
    in_window: bool = True  # else only a button or the command line asks for it
    verb: str = ""  # of the command line; empty: none
    summary: Say | None = None  # what the verb does, for its help
    fields: tuple[Field, ...] = ()  # what is asked: by a dialog, or by the verb's arguments

    @property
    def name(self) -> str:
        """As a script and a widget are called: "force-off"."""
        return self.id.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MachineCommand(Command):
    """Acts on one or many machines as one job."""

    job: JobKind
    run: Callable[[Acts, tuple[DomainKey, ...], Answers], JobId] | None = (
        None  # None: a view of the window does it
    )
    asks_above: int | None = None  # asked before more machines than so many; None: never
    one_only: bool = False
    tells_of: frozenset[Refusal] = frozenset()  # its dialog names those that are left out for these reasons
    title_in: Mapping[DomainState, Say] = field(
        default_factory=dict[DomainState, Say]
    )  # all are in this state
    dialog: Dialog[tuple[DomainKey, ...]] | None = None
    options: tuple[Field, ...] = ()  # of the verb alone
    # What the verb does where the window has a dialog for it; None: `run`.
    act: Callable[[Acts, tuple[DomainKey, ...], Answers], JobId] | None = None
    # Why these answers are impossible with a machine, beyond the state it is in; None: nothing is asked.
    why_not: Callable[[Acts, DomainKey, Answers], VmguiError | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HostCommand(Command):
    """Acts on one host as this program has it: what changes a host itself is a job."""

    target: Target = Target.HOST
    possible: Callable[[Situation], bool] | None = lambda now: now.host is not None
    run: Callable[[Acts, HostId, Answers], object] | None = None  # None: a view of the window does it
    ask: Callable[[Host], Question] | None = None  # asked before; None: nothing is
    dialog: Dialog[HostId] | None = None
