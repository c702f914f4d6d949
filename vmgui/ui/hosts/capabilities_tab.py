"""The tab "Capabilities" of a host: a tree with a search, and libvirt's own document for who wants to read it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QTimer
from PySide6.QtGui import QAction, QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.errors import Unsupported, VmguiError
from vmgui.model.host import HostId, HostInfo
from vmgui.policy.plain_text import visible
from vmgui.services.faults import ours
from vmgui.services.services import Services
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.hosts.capability_tree import CapabilityFilter, CapabilityModel, MachineType
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, set_muted
from vmgui.words.errors import explain

LONGEST_XML = 256 * 1024
"""Characters shown: more would hold the window up, and nobody reads it here."""
_SEARCH_DELAY_MS = 150
_NAME_PX = 340


class CapabilitiesTab(QWidget):
    """A TabContent for hosts."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("capabilities")
        self._services = services
        self._host_id: HostId | None = None
        self._info: HostInfo | None = None
        self._asked: set[MachineType] = set()
        self._scope = PaneScope("capabilities", self)

        self.search = QLineEdit(self)
        self.search.setObjectName("capabilities-search")
        self.search.setClearButtonEnabled(True)
        self._search_icon = QAction(icon("search", IconRole.MUTED), "", self.search)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_text)
        self._xml_button = QPushButton(self)
        self._xml_button.setObjectName("capabilities-xml-button")
        self._xml_button.setCheckable(True)
        self._xml_button.toggled.connect(self._on_xml)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_L, SPACE, SPACE_L, SPACE)
        bar.setSpacing(SPACE)
        bar.addWidget(self.search, 1)
        bar.addWidget(self._xml_button)

        self.model = CapabilityModel(self)
        self._filter = CapabilityFilter(self)
        self._filter.setSourceModel(self.model)
        self.tree = QTreeView(self)
        self.tree.setObjectName("capabilities-tree")
        self.tree.setModel(self._filter)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.header().setStretchLastSection(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.expanded.connect(self._on_expanded)
        self._xml = QPlainTextEdit(self)
        self._xml.setObjectName("capabilities-xml")
        self._xml.setReadOnly(True)
        self._xml.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._xml.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._xml_line = Label(self)
        self._xml_line.setObjectName("capabilities-xml-line")
        self._xml_line.setContentsMargins(SPACE_L, 0, SPACE_L, SPACE)
        self._xml_line.setWordWrap(True)
        set_muted(self._xml_line)
        xml_page = QWidget(self)
        xml_layout = QVBoxLayout(xml_page)
        xml_layout.setContentsMargins(0, 0, 0, 0)
        xml_layout.setSpacing(0)
        xml_layout.addWidget(self._xml_line)
        xml_layout.addWidget(self._xml, 1)
        self._none = Label(self)
        self._none.setMargin(32)
        self._none.setWordWrap(True)
        set_muted(self._none)
        self._stack = QStackedWidget(self)
        for page in (self.tree, xml_page, self._none):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(_SEARCH_DELAY_MS)
        self._search_timer.timeout.connect(self._search)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this host; None: nobody looks."""
        host_id = target if isinstance(target, str) else None
        if host_id is None:
            return
        if host_id != self._host_id:
            self._xml_button.setChecked(False)
        self._host_id = host_id
        self._show_host()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._search_timer.stop()
        await self._scope.close(timeout_s=1.0)
        self.tree.setModel(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_host()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._info = None
            self._show_host()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search machine types, processor features, devices"))
        self.search.setAccessibleName(self.tr("Search capabilities"))
        self._search_icon.setText(self.tr("Search"))
        self._xml_button.setText(self.tr("Show XML"))
        self._xml_button.setAccessibleName(self._xml_button.text())
        self.tree.setAccessibleName(self.tr("Capabilities"))
        self._xml.setAccessibleName(self.tr("XML, read-only"))
        self._none.setText(self.tr("Known once the host was connected."))

    def _show_host(self) -> None:
        host = self._services.inventory.hosts.get(self._host_id or "")
        info = host.info if host is not None else None
        if info is not None and info is not self._info:
            self._info = info
            self._asked.clear()
            self.model.show_host(info)
            self.tree.setColumnWidth(0, _NAME_PX)
            for row in range(min(2, self._filter.rowCount())):
                self.tree.expand(self._filter.index(row, 0))
        self._show_page()

    def _show_page(self) -> None:
        known = self._info is not None and self._host_id is not None
        self.search.setEnabled(known and not self._xml_button.isChecked())
        self._xml_button.setEnabled(known)
        page = 2 if not known else 1 if self._xml_button.isChecked() else 0
        self._stack.setCurrentIndex(page)

    # The tree.

    def _on_text(self, _text: str) -> None:
        self._search_timer.start()

    def _search(self) -> None:
        text = self.search.text().strip()
        self._filter.setFilterFixedString(text)
        if text:
            self._expand_hits(QModelIndex(), text.casefold())

    def _expand_hits(self, parent: QModelIndex, text: str) -> bool:
        """Open what leads to a hit, not what a hit contains; whether there is one below."""
        found = False
        for row in range(self._filter.rowCount(parent)):
            index = self._filter.index(row, 0, parent)
            below = self._expand_hits(index, text)
            if below:
                self.tree.setExpanded(index, True)
            value = index.siblingAtColumn(1).data() or ""
            found = found or below or text in f"{index.data()}\n{value}".casefold()
        return found

    def _on_expanded(self, index: QModelIndex) -> None:
        machine = self.model.machine_at(self._filter.mapToSource(index))
        host_id = self._host_id
        if machine is None or host_id is None or not self.model.is_waiting(machine) or machine in self._asked:
            return
        self._asked.add(machine)
        self._scope.try_run(self._read(host_id, machine))

    async def _read(self, host_id: HostId, machine: MachineType) -> None:
        info = self._info
        try:
            found = await ours(
                self._services.host_watches.machine_types.fresh(
                    host_id, machine.arch, machine.machine, machine.domain_type
                )
            )
        except VmguiError as error:
            if info is self._info:
                self._asked.discard(machine)
                self.model.tell(machine, self._sorry(error))
            return
        if info is self._info:
            self.model.fill(machine, found.capabilities)

    def _sorry(self, error: VmguiError) -> str:
        if isinstance(error, Unsupported):
            return self.tr("This host cannot tell.")
        return explain(error, host=self._host_name()).what

    # The document.

    def _on_xml(self, _checked: bool) -> None:
        self._show_page()
        host_id = self._host_id
        if not self._xml_button.isChecked() or host_id is None:
            return
        machine = self.model.machine_at(self._filter.mapToSource(self.tree.currentIndex()))
        self._xml.setPlainText("")
        self._xml_line.setText(self.tr("Reading…"))
        self._scope.try_run(self._read_xml(host_id, machine))

    async def _read_xml(self, host_id: HostId, machine: MachineType | None) -> None:
        watches = self._services.host_watches
        try:
            if machine is None:
                xml = (await ours(watches.capabilities.fresh(host_id))).xml
                title = self.tr("Capabilities of {host}").format(host=visible(self._host_name()))
            else:
                found = await ours(
                    watches.machine_types.fresh(host_id, machine.arch, machine.machine, machine.domain_type)
                )
                xml, title = found.xml, f"{machine.arch} · {machine.machine} · {machine.domain_type}"
        except VmguiError as error:
            self._xml_line.setText(self._sorry(error))
            return
        if host_id != self._host_id or not self._xml_button.isChecked():
            return
        if len(xml) > LONGEST_XML:
            title += " · " + self.tr("cut: only its beginning is shown")
        self._xml_line.setText(title)
        self._xml.setPlainText(xml[:LONGEST_XML])

    def _host_name(self) -> str:
        host = self._services.inventory.hosts.get(self._host_id or "")
        return host.name if host is not None else ""
