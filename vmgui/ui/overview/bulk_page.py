"""Several machines selected: what they share and what can be done with all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from vmgui.model.domain import Domain, DomainKey
from vmgui.services.inventory import Inventory
from vmgui.ui.look.fact_list import Fact, FactList
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role
from vmgui.words import quantities as fmt
from vmgui.words.states import state_words

_COLUMNS = 3
_LISTED = 40


class BulkPage(QScrollArea):
    """The buttons are the window's own actions, which act on the selection."""

    def __init__(
        self, inventory: Inventory, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bulk-page")
        self._inventory = inventory
        self._keys: tuple[DomainKey, ...] = ()
        self._title = Label(self)
        self._title.setObjectName("bulk-title")
        set_role(self._title, TextRole.PAGE)
        self._line = Label(self)
        set_muted(self._line)
        self._facts = FactList(self)
        buttons = QFrame(self)
        buttons.setProperty("card", True)
        grid = QGridLayout(buttons)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setSpacing(SPACE)
        for number, action in enumerate(actions):
            button = QToolButton(buttons)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(24, 16))
            button.setObjectName(f"bulk-{action.objectName().removeprefix('action-')}")
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        grid.setColumnStretch(_COLUMNS, 1)
        inside = QWidget()
        inside.setProperty("pane", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_L, 12, SPACE_L, SPACE_L)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addSpacing(SPACE)
        column.addWidget(buttons)
        column.addWidget(self._facts)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def set_domains(self, keys: tuple[DomainKey, ...]) -> None:
        """Show these."""
        self._keys = keys
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        known = self._inventory.domains
        domains = [domain for key in self._keys if (domain := known.get(key)) is not None]
        self._title.setText(self.tr("%n virtual machine(s) selected", "", len(domains)))
        states: Counter[str] = Counter()
        for state, count in Counter(domain.state for domain in domains).items():
            states[state_words(state)] += count
        self._line.setText(" · ".join(f"{fmt.count(count)} {words}" for words, count in states.most_common()))
        self._facts.set_heading(self.tr("Together"))
        self._facts.set_facts(self._facts_of(domains))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _facts_of(self, domains: list[Domain]) -> list[Fact]:
        hosts = sorted({domain.key.host_id for domain in domains})
        names = [self._inventory.hosts[host].name for host in hosts if host in self._inventory.hosts]
        active = [domain for domain in domains if domain.state.is_active]
        return [
            Fact(self.tr("Hosts"), fmt.joined(names, 6)),
            Fact(
                self.tr("Virtual CPUs"),
                fmt.count(sum(domain.vcpus for domain in domains)),
                note=self.tr("{count} in use now").format(count=sum(domain.vcpus for domain in active)),
            ),
            Fact(
                self.tr("Memory"),
                fmt.size_kib(sum(domain.memory_kib for domain in domains)),
                note=self.tr("{size} promised now").format(
                    size=fmt.size_kib(sum(domain.memory_kib for domain in active))
                ),
            ),
            Fact(self.tr("Virtual machines"), fmt.joined([domain.name for domain in domains], _LISTED)),
        ]
