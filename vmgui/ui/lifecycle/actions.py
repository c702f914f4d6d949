"""What can be done with the selected machines: actions with shortcuts, enabled by the state, asked before danger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host
from vmgui.model.job import JobId, JobKind
from vmgui.policy.domain_names import with_host
from vmgui.policy.lifecycle import Refusal, refusal
from vmgui.policy.remedies import Remedy, RemedyKind
from vmgui.services.inventory import Inventory
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.tags import TagsService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.plain import tip
from vmgui.ui.lifecycle.rename_dialog import ask_new_name
from vmgui.ui.look.icons import IconRole, icon
from vmgui.words import lifecycle as lifecycle_words
from vmgui.words.question import Question
from vmgui.words.refusals import refusal_words


@dataclass(frozen=True, slots=True)
class _Look:
    kind: JobKind
    icon_name: str
    role: IconRole
    shortcut: str


_LOOKS = (
    _Look(JobKind.START, "play", IconRole.RUNNING, "Ctrl+Return"),
    _Look(JobKind.SHUT_DOWN, "power", IconRole.TEXT, "Ctrl+Shift+D"),
    _Look(JobKind.REBOOT, "rotate-cw", IconRole.TEXT, "Ctrl+Shift+R"),
    _Look(JobKind.RESET, "zap", IconRole.TEXT, "Ctrl+Alt+R"),
    _Look(JobKind.FORCE_OFF, "plug", IconRole.DANGER, "Ctrl+Shift+F"),
    _Look(JobKind.PAUSE, "pause", IconRole.TEXT, "Ctrl+P"),
    _Look(JobKind.RESUME, "play", IconRole.TEXT, "Ctrl+Shift+P"),
    _Look(JobKind.SAVE, "archive", IconRole.TEXT, "Ctrl+Shift+S"),
    _Look(JobKind.DISCARD_SAVED, "x", IconRole.TEXT, "Ctrl+Shift+X"),
    _Look(JobKind.RENAME, "pencil", IconRole.TEXT, "F2"),
    _Look(JobKind.SET_AUTOSTART, "", IconRole.TEXT, "Ctrl+Shift+A"),
    _Look(JobKind.SET_TAGS, "tag", IconRole.TEXT, "Ctrl+Shift+T"),
    _Look(JobKind.DELETE, "trash-2", IconRole.DANGER, "Del"),
)


@dataclass(frozen=True, slots=True)
class _Case:
    """Selected machines with which the same is possible; `domain` is any of them."""

    domain: Domain
    host: Host | None
    domains: list[Domain]
    is_protected: bool = False

    def refusal(self, kind: JobKind) -> Refusal | None:
        if self.host is None:
            return Refusal.HOST_OFFLINE
        return refusal(self.domain, kind, self.host, is_protected=self.is_protected)


class LifecycleActions(QObject):
    """One QAction per thing that can be done; they act on what `set_selection` named last."""

    delete_asked = Signal(object)  # tuple of DomainKey
    tags_asked = Signal(object)  # tuple of DomainKey: all that are selected
    message = Signal(str)

    def __init__(
        self, lifecycle: LifecycleService, inventory: Inventory, tags: TagsService, window: QWidget
    ) -> None:
        super().__init__(window)
        self._lifecycle = lifecycle
        self._inventory = inventory
        self._tags = tags
        self._window = window
        self._keys: tuple[DomainKey, ...] = ()
        self.scope = PaneScope("lifecycle", self)
        self._actions: dict[JobKind, QAction] = {}
        for look in _LOOKS:
            action = QAction(window)
            if look.icon_name:
                action.setIcon(icon(look.icon_name, look.role))
            action.setObjectName(f"action-{look.kind.value.replace('_', '-')}")
            action.setShortcut(QKeySequence(look.shortcut))
            action.setData(look.kind.value)
            self._actions[look.kind] = action
            window.addAction(action)
        self._actions[JobKind.SET_AUTOSTART].setCheckable(True)
        for kind, slot in self._slots().items():
            self._actions[kind].triggered.connect(slot)
        # One button on the tool bar: pauses, or resumes what is paused.
        self.pause_or_resume = QAction(icon("pause"), "", window)
        self.pause_or_resume.setObjectName("action-pause-or-resume")
        self.pause_or_resume.triggered.connect(self._on_pause_or_resume)
        self.retranslate()
        self.refresh()

    def action(self, kind: JobKind) -> QAction:
        """The action of that kind."""
        return self._actions[kind]

    @property
    def all(self) -> tuple[QAction, ...]:
        """All actions, for the palette."""
        return tuple(self._actions.values())

    def set_selection(self, keys: tuple[DomainKey, ...]) -> None:
        """Act on these from now on."""
        self._keys = keys
        self.refresh()

    def help_with(self, remedy: Remedy) -> None:
        """Do what helps with machines that a job failed with; they need not be selected."""
        match remedy.kind:
            case RemedyKind.FORCE_OFF:
                self._ask(JobKind.FORCE_OFF, self._lifecycle.force_off, remedy.keys)
            case RemedyKind.START_AFRESH:
                self._ask(JobKind.START_AFRESH, self._lifecycle.start_afresh, remedy.keys)
                if not self._possible(JobKind.START_AFRESH, remedy.keys):
                    # What was saved has been discarded meanwhile: nothing to ask about.
                    self._submit(self._lifecycle.start, self._possible(JobKind.START, remedy.keys))
            case RemedyKind.START_MEANS:
                self._submit(lambda keys: self._lifecycle.start_with(keys, remedy.means), remedy.keys)

    def refresh(self) -> None:
        """Enable what is possible in the present states; say why what is not is not."""
        cases = self._cases()
        self._name_start(cases)
        for kind, action in self._actions.items():
            possible, why = self._why_not(kind, cases)
            if kind is JobKind.RENAME and len(self._keys) > 1:
                possible, why = False, self.tr("Select one virtual machine to rename it.")
            action.setEnabled(possible)
            action.setToolTip(tip(self._tool_tip(action, why)))
            action.setStatusTip(why)
        autostart = self._actions[JobKind.SET_AUTOSTART]
        autostart.setChecked(bool(cases) and all(case.domain.autostart for case in cases))
        paused = _are_all(DomainState.PAUSED, cases)
        source = self._actions[JobKind.RESUME if paused else JobKind.PAUSE]
        self.pause_or_resume.setIcon(icon("play" if paused else "pause"))
        self.pause_or_resume.setText(source.text())
        self.pause_or_resume.setIconText(source.text())
        self.pause_or_resume.setEnabled(source.isEnabled())
        self.pause_or_resume.setToolTip(source.toolTip())

    def retranslate(self) -> None:
        """Set all texts."""
        texts = {
            JobKind.SHUT_DOWN: self.tr("Shut down"),
            JobKind.REBOOT: self.tr("Reboot"),
            JobKind.RESET: self.tr("Reset…"),
            JobKind.FORCE_OFF: self.tr("Force off…"),
            JobKind.PAUSE: self.tr("Pause"),
            JobKind.RESUME: self.tr("Resume"),
            JobKind.SAVE: self.tr("Save state"),
            JobKind.DISCARD_SAVED: self.tr("Discard saved state…"),
            JobKind.RENAME: self.tr("Rename…"),
            JobKind.SET_AUTOSTART: self.tr("Start with the host"),
            JobKind.SET_TAGS: self.tr("Tags and folder…"),
            JobKind.DELETE: self.tr("Delete…"),
        }
        for kind, text in texts.items():
            self._actions[kind].setText(text)
            self._actions[kind].setIconText(text.rstrip("…"))
        self._name_start(self._cases())

    def _name_start(self, cases: Sequence[_Case]) -> None:
        """Starting a saved machine goes on where it was."""
        action = self._actions[JobKind.START]
        text = self.tr("Restore") if _are_all(DomainState.SAVED, cases) else self.tr("Start")
        if action.text() != text:
            action.setText(text)
            action.setIconText(text)

    # What can be done.

    def _slots(self) -> dict[JobKind, Callable[..., None]]:
        return {
            JobKind.START: self._on_start,
            JobKind.SHUT_DOWN: self._on_shut_down,
            JobKind.REBOOT: self._on_reboot,
            JobKind.RESET: self._on_reset,
            JobKind.FORCE_OFF: self._on_force_off,
            JobKind.PAUSE: self._on_pause,
            JobKind.RESUME: self._on_resume,
            JobKind.SAVE: self._on_save,
            JobKind.DISCARD_SAVED: self._on_discard_saved,
            JobKind.RENAME: self._on_rename,
            JobKind.SET_AUTOSTART: self._on_autostart,
            JobKind.SET_TAGS: self._on_tags,
            JobKind.DELETE: self._on_delete,
        }

    def _domains(self, keys: tuple[DomainKey, ...]) -> list[Domain]:
        known = self._inventory.domains
        return [domain for key in keys if (domain := known.get(key)) is not None]

    def _cases(self, keys: tuple[DomainKey, ...] | None = None) -> list[_Case]:
        """These machines, else the selected ones, those in the same state on the same host together.

        Thousands may be selected, and what is possible is asked anew at every news of theirs.
        """
        cases: dict[tuple[object, ...], _Case] = {}
        hosts = self._inventory.hosts
        for domain in self._domains(self._keys if keys is None else keys):
            host_id = domain.key.host_id
            is_protected = self._tags.get(domain.key).is_protected
            same = (
                *(host_id, domain.state, domain.reason, domain.persistent, domain.autostart),
                is_protected,
            )
            case = cases.get(same)
            if case is None:
                case = cases[same] = _Case(domain, hosts.get(host_id), [], is_protected)
            case.domains.append(domain)
        return list(cases.values())

    def _possible(self, kind: JobKind, keys: tuple[DomainKey, ...] | None = None) -> tuple[DomainKey, ...]:
        """Those of these machines, else of the selected ones, that it is possible with."""
        return tuple(
            domain.key for case in self._cases(keys) if case.refusal(kind) is None for domain in case.domains
        )

    def _affected(self, kind: JobKind, keys: tuple[DomainKey, ...] | None) -> lifecycle_words.Affected:
        """What is about to be done to how many, and who is left out."""
        domains: list[Domain] = []
        hosts: set[str] = set()
        skipped: dict[Refusal, int] = {}
        for case in self._cases(keys):
            why = case.refusal(kind)
            if why is None:
                domains += case.domains
                hosts.add(case.domain.key.host_id)
            else:
                skipped[why] = skipped.get(why, 0) + len(case.domains)
        apart = self._inventory.apart_of(domain.key for domain in domains)
        names = tuple(with_host(domain.name, apart[domain.key]) for domain in domains)
        return lifecycle_words.Affected(kind, names, len(hosts), tuple(skipped.items()))

    def _why_not(self, kind: JobKind, cases: Sequence[_Case]) -> tuple[bool, str]:
        """Whether it is possible with any, and why it is not with all of them."""
        if not cases:
            return False, self.tr("Select a virtual machine first.")
        refusals = [case.refusal(kind) for case in cases]
        possible = sum(len(case.domains) for case, why in zip(cases, refusals, strict=True) if why is None)
        all_ = sum(len(case.domains) for case in cases)
        if possible == all_:
            return True, ""
        if possible:
            return True, self.tr("Possible with {count} of {all} selected virtual machines.").format(
                count=possible, all=all_
            )
        return False, refusal_words(next(why for why in refusals if why is not None))

    def _tool_tip(self, action: QAction, why: str) -> str:
        text = action.text().rstrip("…")
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        head = f"{text} ({shortcut})" if shortcut else text
        return f"{head}\n{why}" if why else head

    # What is done.

    def _submit(self, act: Callable[[tuple[DomainKey, ...]], JobId], keys: tuple[DomainKey, ...]) -> None:
        if not keys:
            return
        try:
            act(keys)
        except (VmguiError, RuntimeError) as error:
            self.message.emit(str(error))

    def _ask_if_many(
        self,
        kind: JobKind,
        act: Callable[[tuple[DomainKey, ...]], JobId],
        more_than: int = lifecycle_words.MANY,
    ) -> None:
        """At once with a few; with many, say first what will happen to how many."""
        keys = self._possible(kind)
        if len(keys) > more_than:
            self._ask(kind, act)
        else:
            self._submit(act, keys)

    def _ask(
        self,
        kind: JobKind,
        act: Callable[[tuple[DomainKey, ...]], JobId],
        among: tuple[DomainKey, ...] | None = None,
    ) -> None:
        keys = self._possible(kind, among)
        if keys:
            self.scope.try_run(self._ask_then(lifecycle_words.ask(self._affected(kind, among)), act, keys))
        elif any(case.refusal(kind) is Refusal.PROTECTED for case in self._cases(among)):
            # Of what a failed job offers nobody knew whether it is possible.
            self.message.emit(refusal_words(Refusal.PROTECTED))

    def _on_start(self) -> None:
        self._ask_if_many(JobKind.START, self._lifecycle.start)

    def _on_shut_down(self) -> None:
        self._ask_if_many(JobKind.SHUT_DOWN, self._lifecycle.shut_down, more_than=1)

    def _on_reboot(self) -> None:
        self._ask_if_many(JobKind.REBOOT, self._lifecycle.reboot, more_than=1)

    def _on_reset(self) -> None:
        self._ask(JobKind.RESET, self._lifecycle.reset)

    def _on_force_off(self) -> None:
        self._ask(JobKind.FORCE_OFF, self._lifecycle.force_off)

    def _on_pause(self) -> None:
        self._ask_if_many(JobKind.PAUSE, self._lifecycle.pause)

    def _on_resume(self) -> None:
        self._ask_if_many(JobKind.RESUME, self._lifecycle.resume)

    def _on_pause_or_resume(self) -> None:
        if _are_all(DomainState.PAUSED, self._cases()):
            self._on_resume()
        else:
            self._on_pause()

    def _on_save(self) -> None:
        self._ask_if_many(JobKind.SAVE, self._lifecycle.save)

    def _on_discard_saved(self) -> None:
        self._ask(JobKind.DISCARD_SAVED, self._lifecycle.discard_saved)

    def _on_autostart(self, on: bool) -> None:
        keys = self._possible(JobKind.SET_AUTOSTART)
        if keys:
            self._lifecycle.set_autostart(keys, on)
        # Shown as it is until the host tells otherwise.
        self.refresh()

    def _on_rename(self) -> None:
        keys = self._possible(JobKind.RENAME)
        if len(keys) == 1:
            self.scope.try_run(self._rename(keys[0]))

    def _on_tags(self) -> None:
        if self._keys:
            self.tags_asked.emit(self._keys)

    def _on_delete(self) -> None:
        if self._possible(JobKind.DELETE):
            # The question says who is left out because it is protected.
            asked = {None, Refusal.PROTECTED}
            cases = [case for case in self._cases() if case.refusal(JobKind.DELETE) in asked]
            self.delete_asked.emit(tuple(domain.key for case in cases for domain in case.domains))

    async def _ask_then(
        self, question: Question, act: Callable[[tuple[DomainKey, ...]], JobId], keys: tuple[DomainKey, ...]
    ) -> None:
        if await confirm(self._window, question):
            self._submit(act, keys)

    async def _rename(self, key: DomainKey) -> None:
        domain = self._inventory.domains.get(key)
        if domain is None:
            return
        taken = frozenset(other.name for other in self._inventory.domains_of(key.host_id) if other.key != key)
        name = await ask_new_name(self._window, domain.name, taken)
        if name and name != domain.name:
            self._lifecycle.rename(key, name)


def _are_all(state: DomainState, cases: Sequence[_Case]) -> bool:
    return bool(cases) and all(case.domain.state is state for case in cases)
