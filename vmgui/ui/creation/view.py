"""What the wizard's pages show, and what its frame says around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from vmgui.model.creation import NewDomain
from vmgui.model.creation_draft import Draft
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host
from vmgui.model.offer import Field, HostOffer, Medium, Problem, ProblemKind, Severity
from vmgui.model.os_variant import OsVariant
from vmgui.policy.plain_text import visible
from vmgui.ui.creation.pages import PageId, page_of
from vmgui.ui.kit.wizard_steps import Banner, Standing, StepNote
from vmgui.words import errors as error_words
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import problem_text
from vmgui.words.note import Level

translate = QCoreApplication.translate

Mend = Callable[[], None]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page needs to show itself."""

    draft: Draft = field(default_factory=Draft)
    hosts: tuple[Host, ...] = ()  # connected, and the draft's own
    connecting: tuple[str, ...] = ()  # names of hosts that may be offered in a moment
    offer: HostOffer | None = None
    offer_error: VmguiError | None = None
    variants: tuple[OsVariant, ...] = ()
    media: tuple[tuple[Field, Medium], ...] = ()
    looking_at: frozenset[Field] = frozenset()
    detected: OsVariant | None = None
    is_detected_guessed: bool = False  # see Medium
    detected_choices: tuple[OsVariant, ...] = ()
    os: OsVariant | None = None
    new: NewDomain | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def host(self) -> Host | None:
        """The host the machine is made on."""
        return next((host for host in self.hosts if host.id == self.draft.host_id), None)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems creation has to wait for."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def is_ready(self) -> bool:
        """Whether the machine can be made as it stands."""
        return self.new is not None and not self.errors and not self.looking_at

    def medium(self, wanted: Field) -> Medium | None:
        """What was found out about a field's file."""
        return next((medium for of, medium in self.media if of is wanted), None)

    def problems_of(self, *wanted: Field) -> tuple[Problem, ...]:
        """The problems of some fields, worst first as the policy orders them."""
        return tuple(problem for problem in self.problems if problem.field in wanted)


def standing(view: View, page: PageId, *, reload: Mend, forget_xml: Mend) -> Standing:
    """How the wizard stands, seen from a page; `reload` asks the host again, `forget_xml` drops what was edited."""
    return Standing(
        notes=tuple(_note(problem, view) for problem in view.problems),
        is_ready=view.is_ready,
        is_known=view.new is not None,
        is_overruled=bool(view.draft.xml),
        is_begun=not view.draft.is_pristine,
        busy=translate("CreationView", "Looking at the file…") if view.looking_at else "",
        banner=_xml_banner(forget_xml)
        if view.draft.xml and page is not PageId.SUMMARY
        else _host_banner(view, reload),
    )


def _note(problem: Problem, view: View) -> StepNote:
    step = page_of(problem.field, view.draft.source)
    return StepNote(problem.field.value, problem_text(problem), _level(problem), step=step)


def _level(problem: Problem) -> Level:
    """What is merely not answered yet is no mistake, but keeps from going on."""
    if problem.is_error:
        return Level.MISSING if problem.kind is ProblemKind.MEDIUM_NOT_CHOSEN else Level.ERROR
    return Level.WARNING if problem.severity is Severity.WARNING else Level.INFO


def _xml_banner(forget_xml: Mend) -> Banner:
    return Banner(
        translate(
            "CreationView",
            "You edited the XML: it is used as it is, and what stands here no longer counts.",
        ),
        Level.INFO,
        translate("CreationView", "Back to the form's values"),
        forget_xml,
    )


def _host_banner(view: View, reload: Mend) -> Banner | None:
    """What keeps the pages from showing what a host has."""
    if not view.hosts and view.connecting:
        text = translate("CreationView", "Connecting to {host}…")
        return Banner(text.format(host=fmt.joined(view.connecting)), Level.BUSY)
    if not view.hosts:
        text = translate("CreationView", "No host is connected. Connect to one first.")
        return Banner(text, Level.WARNING)
    if view.offer_error is not None:
        why = error_words.explain(view.offer_error)
        again = translate("CreationView", "Try again")
        return Banner(f"{why.what} {why.next_step}".strip(), Level.ERROR, again, reload)
    if view.offer is None:
        name = visible(view.host.name) if view.host is not None else ""
        text = translate("CreationView", "Asking {host} what it has…")
        return Banner(text.format(host=name), Level.BUSY)
    return None
