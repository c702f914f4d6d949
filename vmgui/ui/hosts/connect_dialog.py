"""Connect to a host, or change how: a short form that says inline what is wrong, also what the host answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QWidget

from vmgui.commands.fields import Answers
from vmgui.commands.host_fields import written
from vmgui.commands.uri_form import FormProblem, Way, build, problem, spread
from vmgui.model.changeset import ChangeSet
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import VmguiError
from vmgui.model.host import HostConfig, HostId, HostInfo, HostState
from vmgui.policy.diagnosis import diagnose
from vmgui.policy.plain_text import visible
from vmgui.services.faults import ours
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.store.hosts import new_host_id
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.hosts.host_fields import HostFields
from vmgui.ui.hosts.problem_text import problem_words
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import tip
from vmgui.ui.look.screen_fit import fit_height
from vmgui.words.diagnosis import explain_connection
from vmgui.words.errors import ErrorText
from vmgui.words.hosts import all_danger_words
from vmgui.words.note import Level, Note

_WIDTH_PX = 580


class ConnectDialog(Framed):
    """Closes by itself once the host answers; `connected` carries its id."""

    connected = Signal(str)

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        parent: QWidget | None = None,
        *,
        edit: HostConfig | None = None,
    ) -> None:
        title = self.tr("Connect to a host")
        if edit is not None:
            title = self.tr("Change {name}").format(name=visible(edit.name))
        super().__init__("connect-dialog", title, parent)
        self._hosts = hosts
        self._inventory = inventory
        self._before = edit
        self._was_listed = edit is not None and hosts.is_listed(edit.id)
        self._host_id: HostId = edit.id if edit is not None else new_host_id()
        self._trying = False
        self._testing = False
        self._added = False
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(0)
        self._fit_timer.timeout.connect(self._fit_again)
        self._scope = PaneScope("connect dialog", self)
        self._test_scope = PaneScope("connection test", self)
        self.resize(_WIDTH_PX, self.height())
        self._fields = HostFields(self._judge, self)
        self._result = Message(self)
        self._banner = ErrorBanner(self)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(self.tr("Connecting"))
        self._busy.hide()
        for widget in (self._fields, self._result, self._banner, self._busy):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._test = self._button("connect-test", self.tr("Test connection"))
        self._test.clicked.connect(self._on_test)
        self._keep = self._button("connect-keep", self.tr("Keep it in the list anyway"))
        self._keep.clicked.connect(self._on_keep)
        self._keep.hide()
        buttons = AnswerRow(self, "connect", self.tr("Connect"))
        buttons.insertWidget(0, self._test)
        buttons.insertWidget(1, self._keep)
        self._connect = buttons.yes
        self.finish(buttons)
        self._changes = BatchedSignal(inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self.finished.connect(self._on_finished)
        if edit is not None:
            self._fields.fill(edit)
        else:
            self._fields.start(self._first_way())
        self._fields.changed.connect(self._on_edited)
        self._fields.resized.connect(self._fit)
        self._show_problem()
        self._fields.focus()
        self._scope.try_run(self._load_aliases())

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _first_way(self) -> Way:
        """This computer, unless it is in the list already."""
        known = {config.uri for config in self._hosts.configs}
        return Way.SSH if {"qemu:///system", "qemu:///session"} & known else Way.LOCAL_SYSTEM

    async def _load_aliases(self) -> None:
        self._fields.set_aliases(await self._hosts.uri_aliases())

    # What is filled in.

    def _on_edited(self) -> None:
        self._banner.clear()
        self._result.clear()
        self._keep.hide()
        self._show_problem()

    def _judge(self, answers: Answers) -> Iterator[Note]:
        form = spread(written(answers))
        found = problem(form)
        if found is not None:
            # An empty field is no mistake yet: only the button says that something is missing.
            waiting = found in (FormProblem.NO_HOST, FormProblem.NO_URI)
            yield Note("name", problem_words(found), Level.MISSING if waiting else Level.ERROR)
        elif not answers["name"].strip():
            yield Note("name", self.tr("Give it a name for the list."))
        elif same := self._same_host(build(form)):
            words = self.tr("This host is in the list already, as “{name}”.").format(name=same)
            yield Note("name", words)
        elif warning := all_danger_words(build(form)):
            yield Note("name", warning, Level.WARNING)

    def _show_problem(self) -> None:
        found = problem(self._fields.form())
        way_words = "" if found is None else problem_words(found)
        obstacle = self._fields.obstacle
        idle = not self._trying and not self._testing
        self._connect.setEnabled(obstacle is None and idle)
        self._connect.setToolTip(tip(obstacle.text if obstacle is not None else ""))
        self._test.setEnabled((not way_words and idle) or self._testing)
        self._test.setToolTip(tip(way_words))
        self._fit()

    def _fit(self) -> None:
        fit_height(self)
        # Texts that have just come know their height once they are laid out.
        self._fit_timer.start()

    def _fit_again(self) -> None:
        fit_height(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _same_host(self, uri: str) -> str:
        others = (config for config in self._hosts.configs if config.id != self._host_id)
        return next((config.name for config in others if config.uri == uri), "")

    # Testing.

    def _on_test(self) -> None:
        if self._testing:
            self._test_scope.cancel()
            self._test_scope = PaneScope("connection test", self)
            self._set_testing(False)
            return
        form = self._fields.form()
        if problem(form) is not None:
            return
        config = self._fields.config(self._host_id)
        self._banner.clear()
        self._result.clear()
        self._keep.hide()
        self._set_testing(True)
        self._test_scope.try_run(self._try_out(replace(config, name=config.name or form.host or form.uri)))

    async def _try_out(self, config: HostConfig) -> None:
        try:
            info = await ours(self._hosts.test(config))
        except VmguiError as error:
            self._set_testing(False)
            self._show_failure(error, config)
        else:
            self._set_testing(False)
            self._result.tell(self._success(info), Level.GOOD)
            self._fit()

    def _success(self, info: HostInfo) -> str:
        version = ".".join(str(number) for number in info.libvirt_version)
        return self.tr("It works: {hostname} answers, with libvirt {version} and {driver}.").format(
            hostname=info.hostname, version=version, driver=info.driver
        )

    def _set_testing(self, testing: bool) -> None:
        self._testing = testing
        self._test.setText(self.tr("Stop the test") if testing else self.tr("Test connection"))
        self._test.setAccessibleName(self._test.text())
        self._set_busy(testing)

    def _show_failure(self, error: BaseException | None, config: HostConfig) -> None:
        if error is None:
            text = ErrorText(self.tr("The host cannot be reached."))
        elif diagnose(error, config.uri) is Diagnosis.CANCELLED:
            # Whoever closed the question needs no explanation.
            return
        else:
            text = explain_connection(error, config)
        self._banner.show_error(text)
        self._fit()

    # Connecting.

    def _on_keep(self) -> None:
        self.done(QDialog.DialogCode.Accepted)

    def accept(self) -> None:
        """Connect; the dialog closes once the host answers."""
        config = self._fields.config(self._host_id)
        self._banner.clear()
        self._result.clear()
        self._keep.hide()
        self._set_trying(True)
        self._added = True
        before = self._inventory.hosts.get(self._host_id)
        self._hosts.add(config)
        host = self._inventory.hosts.get(self._host_id)
        if before is not None and host is not None and host.state is HostState.CONNECTED:
            # Only its name or the like changed.
            self._set_trying(False)
            self.done(QDialog.DialogCode.Accepted)
            return
        self._hosts.connect(self._host_id)

    def _set_trying(self, trying: bool) -> None:
        self._trying = trying
        self._connect.relabel(self.tr("Connecting…") if trying else self.tr("Connect"))
        self._set_busy(trying)

    def _set_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        self._fields.setEnabled(not busy)
        self._show_problem()

    def _on_changes(self, _batch: tuple[ChangeSet, ...]) -> None:
        if not self._trying:
            return
        host = self._inventory.hosts.get(self._host_id)
        if host is None:
            return
        if host.state is HostState.CONNECTED:
            self._set_trying(False)
            self.done(QDialog.DialogCode.Accepted)
        elif host.state in (HostState.UNREACHABLE, HostState.REFUSED):
            self._set_trying(False)
            self._show_failure(host.error, host.config)
            self._keep.show()
            self._fit()

    def _on_finished(self, result: int) -> None:
        self._scope.cancel()
        self._test_scope.cancel()
        self._changes.close()
        if result == QDialog.DialogCode.Accepted:
            self.connected.emit(self._host_id)
        elif self._added:
            self._take_back()

    def _take_back(self) -> None:
        """A host that never answered and is not to be kept leaves no trace; a changed one is as before."""
        if self._before is None or not self._was_listed:
            self._hosts.remove(self._host_id)
        if self._before is not None:
            # One that is there for this run only does not come into the list by having been tried.
            self._hosts.add(replace(self._before), save=self._was_listed)
