"""What can be done with a host from menus and pages: connect, change, forget; and its questions for a password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands import hosts
from vmgui.commands.command import Command, HostCommand
from vmgui.commands.fields import Answers
from vmgui.commands.menus import WINDOW
from vmgui.hypervisor.credentials import CredentialRequest
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host, HostConfig, HostId
from vmgui.model.ssh import SshPrompt
from vmgui.services.faults import ours
from vmgui.services.host_list import read_list, write_list
from vmgui.services.services import Services
from vmgui.services.ssh import SshAnswer, SshQuestion
from vmgui.store.hosts import new_host_id
from vmgui.ui.bridge.choose_file import choose_file
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.hosts.connect_dialog import ConnectDialog
from vmgui.ui.hosts.credentials_dialog import ask_credentials
from vmgui.ui.hosts.import_dialog import ImportDialog
from vmgui.ui.hosts.ssh_dialogs import NoticeDialog, ask_ssh
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.form_dialog import command_dialog
from vmgui.words.errors import explain_failed

SESSION_URI = "qemu:///session"


class HostCommands(QObject):
    """Acts on the host `set_selected` named last; dialogs belong to the window."""

    connected = Signal(str)  # HostId a person just connected to
    message = Signal(str)
    failed = Signal(object)  # ErrorText

    def __init__(self, services: Services, actions: CommandActions, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._selected: HostId | None = None
        self._dialog: ConnectDialog | None = None
        self.scope = PaneScope("hosts", self)
        self._by_action: dict[str, HostCommand] = {}
        for command in WINDOW:
            if isinstance(command, HostCommand) and command.run is not None and command.in_window:
                self._by_action[actions[command].objectName()] = command
                actions[command].triggered.connect(self._on_triggered)
        services.hosts.ask_credentials = self._ask_credentials
        services.hosts.ssh.ask = self._ask_ssh
        services.hosts.ssh.show_notice = self._show_notice

    @property
    def slots(self) -> Mapping[Command, Callable[[], None]]:
        """What does what these commands ask for; those that say themselves what they run need nobody."""
        return {
            hosts.CONNECT_HOST: self.connect_new,
            hosts.EDIT: self.edit_selected,
            hosts.IMPORT: self.import_list,
            hosts.EXPORT: self.export_list,
        }

    def set_selected(self, host_id: HostId | None) -> None:
        """Which host is meant from now on."""
        self._selected = host_id

    def show_dialog(self, edit: HostConfig | None = None) -> None:
        """Let the person connect to a host, or change how it is reached."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        dialog = ConnectDialog(self._services.hosts, self._services.inventory, self._window, edit=edit)
        self._dialog = dialog
        dialog.connected.connect(self.connected)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def edit(self, host_id: HostId) -> None:
        """Change how a host is reached."""
        host = self._services.inventory.hosts.get(host_id)
        if host is not None:
            self.show_dialog(host.config)

    def go_on_alone(self) -> None:
        """The system's hypervisor refuses this person: their own, which asks nobody, in its place."""
        known = next((one for one in self._services.hosts.configs if one.uri == SESSION_URI), None)
        config = known or HostConfig(
            new_host_id(), self.tr("This computer, only my own virtual machines"), SESSION_URI
        )
        if known is None:
            self._services.hosts.add(config)
        else:
            self._services.hosts.connect(config.id)
        self.connected.emit(config.id)

    def remove(self, host_id: HostId) -> None:
        """Forget a host, after asking; its machines stay as they are."""
        self.do(hosts.REMOVE, host_id)

    def do(self, command: HostCommand, host_id: HostId) -> None:
        """Carry a command out at once, after a question, or with what its dialog is answered."""
        host = self._services.inventory.hosts.get(host_id)
        if host is None:
            return
        if command.ask is None and command.dialog is None:
            self._run(command, host_id, {})
        else:
            self.scope.try_run(self._ask(command, host))

    def close_dialog(self) -> None:
        """The program ends."""
        self._services.hosts.ask_credentials = None
        self._services.hosts.ssh.ask = None
        self._services.hosts.ssh.show_notice = None
        if self._dialog is not None:
            self._dialog.reject()

    def connect_new(self) -> None:
        """Menu: connect to a host."""
        self.show_dialog()

    def edit_selected(self) -> None:
        """Menu: change."""
        if self._selected is not None:
            self.edit(self._selected)

    def _on_triggered(self) -> None:
        sender = self.sender()
        if sender is not None and self._selected is not None:
            self.do(self._by_action[sender.objectName()], self._selected)

    def _on_dialog_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    async def _ask(self, command: HostCommand, host: Host) -> None:
        if command.ask is not None and not await confirm(self._window, command.ask(host)):
            return
        answers: Answers | None = {}
        if command.dialog is not None:
            dialog = command_dialog(command, command.dialog, self._services, host.id, host.name, self._window)
            answers = await dialog.ask()
        if answers is not None:
            self._run(command, host.id, answers)

    def _run(self, command: HostCommand, host_id: HostId, answers: Answers) -> None:
        # While it was asked about, the host may have gone.
        if command.run is not None and host_id in self._services.inventory.hosts:
            command.run(self._services, host_id, answers)

    async def _ask_credentials(
        self, config: HostConfig, requests: tuple[CredentialRequest, ...], was_wrong: bool
    ) -> tuple[str | None, ...]:
        return await ask_credentials(self._front(), self._shown(config), requests, was_wrong=was_wrong)

    async def _ask_ssh(self, question: SshQuestion) -> SshAnswer | None:
        return await ask_ssh(self._front(), replace(question, host=self._shown(question.host)))

    def _show_notice(self, config: HostConfig, prompt: SshPrompt) -> Callable[[], None]:
        dialog = NoticeDialog(self._shown(config), prompt, self._front())
        dialog.show()

        def take_back() -> None:
            dialog.hide()
            dialog.deleteLater()

        return take_back

    def _shown(self, config: HostConfig) -> HostConfig:
        """A secret is for one host, which is named so that it differs from others."""
        host = self._services.inventory.hosts.get(config.id)
        return host.shown_config if host is not None else config

    def _front(self) -> QWidget:
        """The dialog that is open would keep others of the window from being used."""
        return self._dialog if self._dialog is not None else self._window

    # The list as a file.

    def export_list(self) -> None:
        """Menu: write the list of hosts to a file."""
        self.scope.try_run(self._export())

    def import_list(self) -> None:
        """Menu: take hosts over from a file."""
        self.scope.try_run(self._import())

    async def _export(self) -> None:
        listed = self._services.hosts.configs
        chosen = await choose_file(
            self._window, self.tr("Export the list of hosts"), self._filter(), save=True, suffix="toml"
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            await ours(write_list(path, listed))
        except VmguiError as error:
            self.failed.emit(explain_failed(self.tr("The list was not written."), error))
            return
        self.message.emit(self.tr("%n host(s) written to {file}", "", len(listed)).format(file=path.name))

    async def _import(self) -> None:
        chosen = await choose_file(self._window, self.tr("Import hosts from a file"), self._filter())
        if not chosen:
            return
        try:
            listed = await ours(read_list(Path(chosen), self._services.hosts.configs))
        except VmguiError as error:
            self.failed.emit(explain_failed(self.tr("No hosts were imported."), error))
            return
        dialog = ImportDialog(listed, self._window)
        if not await accepted(dialog):
            return
        taken = dialog.chosen()
        for each in taken:
            self._services.hosts.add(each.config)
        self.message.emit(self.tr("%n host(s) imported", "", len(taken)))

    def _filter(self) -> str:
        return self.tr("Lists of hosts (*.toml);;All files (*)")
