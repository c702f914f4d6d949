"""Commands on machines in the window: possible with the selected ones or not and why, asked about, carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from vmgui.commands import lifecycle
from vmgui.commands.command import Acts, Answers, Dialog, MachineCommand
from vmgui.commands.menus import MACHINES
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host, HostId
from vmgui.model.job import JobId
from vmgui.policy.domain_names import with_host
from vmgui.policy.lifecycle import Refusal, refusal
from vmgui.policy.remedies import Remedy, RemedyKind
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.form_dialog import command_dialog
from vmgui.ui.look.icons import icon
from vmgui.words import lifecycle as lifecycle_words
from vmgui.words.counts import counts
from vmgui.words.refusals import refusal_words

Keys = tuple[DomainKey, ...]
Dialogs = Mapping[MachineCommand, Callable[[Keys], None]]
"""What asks by itself, called with those it is possible with and those it names as left out."""


@dataclass(frozen=True, slots=True)
class _Case:
    """Machines with which the same is possible; `domain` is any of them."""

    domain: Domain
    host: Host | None
    is_protected: bool
    domains: list[Domain]

    def refusal(self, command: MachineCommand) -> Refusal | None:
        if self.host is None:
            return Refusal.HOST_OFFLINE
        return refusal(self.domain, command.job, self.host, is_protected=self.is_protected)


class MachineCommands(QObject):
    """They act on what `set_selection` named last."""

    message = Signal(str)

    def __init__(self, acts: Acts, actions: CommandActions, window: QWidget) -> None:
        super().__init__(window)
        self._acts = acts
        self._actions = actions
        self._window = window
        self._keys: Keys = ()
        self._dialogs: Dialogs = {}
        self.scope = PaneScope("machine-commands", self)
        self._commands = tuple(command for command in MACHINES if command.in_window)
        self._by_action = {actions[command].objectName(): command for command in self._commands}
        for command in self._commands:
            actions[command].triggered.connect(self._on_triggered)
        # One button on the tool bar: pauses, or resumes what is paused.
        self.pause_or_resume = QAction(icon("pause"), "", window)
        self.pause_or_resume.setObjectName("action-pause-or-resume")
        self.pause_or_resume.triggered.connect(self._on_pause_or_resume)
        self.refresh()

    @property
    def all(self) -> tuple[QAction, ...]:
        """The actions of machines."""
        return tuple(self._actions[command] for command in self._commands)

    def set_dialogs(self, dialogs: Dialogs) -> None:
        """Who asks what these commands have to know."""
        self._dialogs = dialogs

    def set_selection(self, keys: Keys) -> None:
        """Act on these from now on."""
        self._keys = keys
        self.refresh()

    def carry_out(self, command: MachineCommand, keys: Keys) -> None:
        """Do it with these machines, which need not be selected; asked about as ever."""
        if command.asks_above is not None and len(keys) > command.asks_above:
            self._ask(command, keys)
        else:
            self._submit(command, self._possible(command, keys))

    def help_with(self, remedy: Remedy) -> None:
        """Do what helps with machines that a job failed with; they need not be selected."""
        match remedy.kind:
            case RemedyKind.FORCE_OFF:
                self._ask(lifecycle.FORCE_OFF, remedy.keys)
            case RemedyKind.START_AFRESH:
                self._ask(lifecycle.START_AFRESH, remedy.keys)
                if not self._possible(lifecycle.START_AFRESH, remedy.keys):
                    # What was saved has been discarded meanwhile: nothing to ask about.
                    self._submit(lifecycle.START, self._possible(lifecycle.START, remedy.keys))
            case RemedyKind.START_MEANS:
                self._attempt(lambda: self._acts.lifecycle.start_with(remedy.keys, remedy.means), remedy.keys)

    def refresh(self) -> None:
        """Enable what is possible in the present states; say why what is not is not."""
        cases = self._cases(self._keys)
        states = {case.domain.state for case in cases}
        for command in self._commands:
            possible, why = self._why_not(command, cases)
            (state,) = states if len(states) == 1 else (None,)
            title = command.title_in.get(state, command.title) if state is not None else command.title
            self._actions[command].setEnabled(possible)
            self._actions.name(command, str(title), why)
        self._actions[lifecycle.AUTOSTART].setChecked(
            bool(cases) and all(case.domain.autostart for case in cases)
        )
        self._actions[lifecycle.PROTECT].setChecked(bool(cases) and all(case.is_protected for case in cases))
        paused = states == {DomainState.PAUSED}
        source = self._actions[lifecycle.RESUME if paused else lifecycle.PAUSE]
        self.pause_or_resume.setIcon(icon("play" if paused else "pause"))
        self.pause_or_resume.setText(source.iconText())
        self.pause_or_resume.setIconText(source.iconText())
        self.pause_or_resume.setEnabled(source.isEnabled())
        self.pause_or_resume.setToolTip(source.toolTip())

    # What is possible.

    def _cases(self, keys: Keys) -> list[_Case]:
        """These machines, those in the same state on the same host together.

        Thousands may be selected, and what is possible is asked anew at every news of theirs.
        """
        cases: dict[tuple[object, ...], _Case] = {}
        known, hosts = self._acts.inventory.domains, self._acts.inventory.hosts
        protected: dict[HostId, AbstractSet[str]] = {}
        for domain in filter(None, map(known.get, keys)):
            host_id = domain.key.host_id
            if host_id not in protected:
                protected[host_id] = self._acts.definitions.protected(host_id)
            is_protected = domain.key.uuid in protected[host_id]
            same = (host_id, domain.state, domain.reason, domain.persistent, domain.autostart, is_protected)
            case = cases.get(same)
            if case is None:
                case = cases[same] = _Case(domain, hosts.get(host_id), is_protected, [])
            case.domains.append(domain)
        return list(cases.values())

    def _possible(self, command: MachineCommand, keys: Keys) -> Keys:
        """The machines that the command is possible with."""
        return tuple(
            domain.key
            for case in self._cases(keys)
            if case.refusal(command) is None
            for domain in case.domains
        )

    def _affected(self, command: MachineCommand, keys: Keys) -> lifecycle_words.Affected:
        """What is about to be done to how many, and who is left out."""
        domains: list[Domain] = []
        hosts: set[str] = set()
        skipped: dict[Refusal, int] = {}
        for case in self._cases(keys):
            why = case.refusal(command)
            if why is None:
                domains += case.domains
                hosts.add(case.domain.key.host_id)
            else:
                skipped[why] = skipped.get(why, 0) + len(case.domains)
        apart = self._acts.inventory.apart_of(domain.key for domain in domains)
        names = tuple(with_host(domain.name, apart[domain.key]) for domain in domains)
        return lifecycle_words.Affected(command.job, names, len(hosts), tuple(skipped.items()))

    def _why_not(self, command: MachineCommand, cases: Sequence[_Case]) -> tuple[bool, str]:
        """Whether it is possible with any, and why it is not with all of them."""
        if not cases:
            return False, self.tr("Select a virtual machine first.")
        if command.one_only and len(self._keys) > 1:
            return False, self.tr("Select one virtual machine only.")
        refusals = [case.refusal(command) for case in cases]
        possible = sum(len(case.domains) for case, why in zip(cases, refusals, strict=True) if why is None)
        all_ = sum(len(case.domains) for case in cases)
        if possible == all_:
            return True, ""
        if possible:
            return True, self.tr("Possible with {count} of {all} selected virtual machines.").format(
                count=possible, all=all_
            )
        return False, refusal_words(next(why for why in refusals if why is not None))

    # What is done.

    def _on_triggered(self, checked: bool) -> None:
        sender = self.sender()
        command = self._by_action[sender.objectName()] if sender is not None else None
        if command is not None:
            self._do(command, {"on": checked} if command.is_toggle else {})

    def _on_pause_or_resume(self) -> None:
        states = {case.domain.state for case in self._cases(self._keys)}
        self._do(lifecycle.RESUME if states == {DomainState.PAUSED} else lifecycle.PAUSE, {})

    def _do(self, command: MachineCommand, answers: Answers) -> None:
        """Carry it out at once, after its dialog, or after a question: what will happen to how many machines."""
        keys = self._possible(command, self._keys)
        dialog = self._dialogs.get(command)
        if not keys:
            # What is shown may be older than what is so.
            self.refresh()
            return
        if dialog is not None:
            dialog(self._in_dialog(command))
        elif command.dialog is not None:
            self.scope.try_run(self._ask_fields(command, command.dialog, keys))
        elif command.asks_above is not None and len(keys) > command.asks_above:
            self._ask(command, self._keys)
        else:
            self._submit(command, keys, answers)
        if command.is_toggle:
            # Shown as it is until the host tells otherwise.
            self.refresh()

    def _in_dialog(self, command: MachineCommand) -> Keys:
        """The machines it is possible with, and those that the dialog names as left out."""
        shown = {None, *command.tells_of}
        cases = [case for case in self._cases(self._keys) if case.refusal(command) in shown]
        return tuple(domain.key for case in cases for domain in case.domains)

    async def _ask_fields(self, command: MachineCommand, dialog: Dialog[Keys], keys: Keys) -> None:
        known = self._acts.inventory.domains
        called = known[keys[0]].name if len(keys) == 1 else counts.virtual_machines(len(keys))
        answers = await command_dialog(command, dialog, self._acts, keys, called, self._window).ask()
        if answers is not None:
            self._submit(command, keys, answers)

    def _submit(self, command: MachineCommand, keys: Keys, answers: Answers | None = None) -> None:
        run = command.run
        if run is not None:
            self._attempt(lambda: run(self._acts, keys, answers or {}), keys)

    def _attempt(self, submit: Callable[[], JobId], keys: Keys) -> None:
        if not keys:
            return
        try:
            submit()
        except (VmguiError, RuntimeError) as error:
            self.message.emit(str(error))

    def _ask(self, command: MachineCommand, among: Keys) -> None:
        keys = self._possible(command, among)
        if keys:
            question = lifecycle_words.ask(self._affected(command, among))
            self.scope.try_run(self._ask_then(command, keys, question))
        elif any(case.refusal(command) is Refusal.PROTECTED for case in self._cases(among)):
            # Of what a failed job offers nobody knew whether it is possible.
            self.message.emit(refusal_words(Refusal.PROTECTED))

    async def _ask_then(
        self, command: MachineCommand, keys: Keys, question: lifecycle_words.Question
    ) -> None:
        if await confirm(self._window, question):
            self._submit(command, keys)
