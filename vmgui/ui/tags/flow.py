"""The course from "Tags and folder" to the job: show what the machines have, ask, and change those that differ."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.job import JobKind
from vmgui.model.tags import TagsChange
from vmgui.policy.lifecycle import allowed
from vmgui.policy.tags import changed
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.inventory import Inventory
from vmgui.services.tags import TagsService
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.tags.dialog import TagsDialog


class TagsFlow(QObject):
    """One dialog at a time."""

    def __init__(
        self, tags: TagsService, definitions: DefinitionIndex, inventory: Inventory, window: QWidget
    ) -> None:
        super().__init__(window)
        self._tags = tags
        self._definitions = definitions
        self._inventory = inventory
        self._window = window
        self._under_way = False
        self.scope = PaneScope("tags", self)

    def ask(self, keys: tuple[DomainKey, ...]) -> None:
        """Ask for the tags and folder of these machines, and change them."""
        if not self._under_way:
            self.scope.try_run(self._ask(keys))

    async def _ask(self, keys: tuple[DomainKey, ...]) -> None:
        possible = tuple(key for key in keys if self._is_possible(key))
        if not possible:
            return
        self._under_way = True
        dialog = TagsDialog(
            [self._inventory.domains[key].name for key in possible],
            [self._definitions.get(key) for key in possible],
            self._tags.tags(),
            self._tags.folders(),
            len(keys) - len(possible),
            self._window,
        )
        try:
            if not await accepted(dialog):
                return
            change = dialog.change
        finally:
            self._under_way = False
        wanted = {key: change for key in possible if self._makes_a_difference(key, change)}
        if wanted:
            self._tags.change_tags(wanted)

    def _is_possible(self, key: DomainKey) -> bool:
        domain = self._inventory.domains.get(key)
        host = self._inventory.hosts.get(key.host_id)
        return domain is not None and host is not None and allowed(domain, JobKind.SET_TAGS, host)

    def _makes_a_difference(self, key: DomainKey, change: TagsChange) -> bool:
        known = self._definitions.get(key)
        return bool(change) and (not self._definitions.is_known(key) or changed(known, change) != known)
