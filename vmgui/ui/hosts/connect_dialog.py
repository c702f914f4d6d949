"""Connect to a host, or change how: a short form that says inline what is wrong, also what the host answers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

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
from vmgui.ui.hosts.uri_form import FormProblem, Way, build, problem
from vmgui.ui.kit.confirm import fit_height
from vmgui.ui.kit.error_banner import ErrorBanner
from vmgui.ui.kit.inline_message import InlineMessage
from vmgui.ui.kit.plain import Label, tip, window_title
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, make_primary, set_role
from vmgui.words.diagnosis import explain_connection
from vmgui.words.errors import ErrorText
from vmgui.words.hosts import all_danger_words

_WIDTH_PX = 580
_LEAST_WIDTH_PX = 420


class ConnectDialog(QDialog):
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
        super().__init__(parent)
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
        self.setObjectName("connect-dialog")
        self.setMinimumWidth(_LEAST_WIDTH_PX)
        self.resize(_WIDTH_PX, self.height())
        title_text = (
            self.tr("Connect to a host")
            if edit is None
            else self.tr("Change {name}").format(name=visible(edit.name))
        )
        self.setWindowTitle(window_title(title_text))

        title = Label(title_text, self)
        title.setWordWrap(True)
        set_role(title, TextRole.TITLE)
        self._fields = HostFields(self)
        self._result = InlineMessage(self)
        self._banner = ErrorBanner(self)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(self.tr("Connecting"))
        self._busy.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(title)
        layout.addWidget(self._fields)
        layout.addWidget(self._result)
        layout.addWidget(self._banner)
        layout.addWidget(self._busy)
        layout.addStretch(1)
        layout.addLayout(self._buttons())
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

    def _buttons(self) -> QHBoxLayout:
        self._test = QPushButton(self.tr("Test connection"), self)
        self._test.setObjectName("connect-test")
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("connect-cancel")
        self._keep = QPushButton(self.tr("Keep it in the list anyway"), self)
        self._keep.setObjectName("connect-keep")
        self._keep.hide()
        self._connect = QPushButton(self.tr("Connect"), self)
        self._connect.setObjectName("connect-yes")
        self._connect.setDefault(True)
        make_primary(self._connect)
        for button in (self._test, self._cancel, self._keep, self._connect):
            button.setAccessibleName(button.text())
        self._test.clicked.connect(self._on_test)
        self._cancel.clicked.connect(self.reject)
        self._keep.clicked.connect(self.accept)
        self._connect.clicked.connect(self._on_connect)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._test)
        buttons.addWidget(self._keep)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._connect)
        return buttons

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

    def _show_problem(self) -> None:
        form = self._fields.form()
        found = problem(form)
        way_words = "" if found is None else problem_words(found)
        words = way_words
        if not words and not self._fields.name.text().strip():
            words = self.tr("Give it a name for the list.")
        same = self._same_host()
        if not words and same:
            words = self.tr("This host is in the list already, as “{name}”.").format(name=same)
        # An empty field is no mistake yet: only the button says that something is missing.
        waiting = found in (FormProblem.NO_HOST, FormProblem.NO_URI)
        if words and not waiting:
            self._fields.message.show_error(words)
        elif not waiting and (warning := all_danger_words(build(form))):
            self._fields.message.show_warning(warning)
        else:
            self._fields.message.clear()
        idle = not self._trying and not self._testing
        self._connect.setEnabled(not words and idle)
        self._connect.setToolTip(tip(words))
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

    def _same_host(self) -> str:
        form = self._fields.form()
        if problem(form) is not None:
            return ""
        uri = build(form)
        for config in self._hosts.configs:
            if config.uri == uri and config.id != self._host_id:
                return config.name
        return ""

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
            self._result.show_success(self._success(info))
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

    def _on_connect(self) -> None:
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
            self.accept()
            return
        self._hosts.connect(self._host_id)

    def _set_trying(self, trying: bool) -> None:
        self._trying = trying
        self._connect.setText(self.tr("Connecting…") if trying else self.tr("Connect"))
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
            self.accept()
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
