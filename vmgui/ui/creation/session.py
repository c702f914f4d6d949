"""The wizard's mind: draft, host's offer, files looked at, and what follows from them; no widgets.

Everything slow (the host's offer, looking at files, the list of systems) runs in a scope; an answer that
comes after the question has changed is dropped. What follows from the answers is computed at once, for it
is pure and cheap.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from vmgui.model.changeset import ChangeSet
from vmgui.model.creation import FileRef, NewDomain
from vmgui.model.creation_draft import Draft
from vmgui.model.domain import DomainKey
from vmgui.model.errors import InvalidConfig, VmguiError
from vmgui.model.host import Host, HostHealth, HostId, HostState
from vmgui.model.job import JobId
from vmgui.model.offer import Field, HostOffer, Medium, MediumIssue, MediumIssueKind, Problem
from vmgui.model.os_variant import GENERIC
from vmgui.model.storage import PoolContents
from vmgui.policy.creation_draft import FileUseRef, compose, files, own_problems, source_medium
from vmgui.policy.creation_problems import problems as judge
from vmgui.policy.natural_order import natural_key
from vmgui.services.creation import CreationService
from vmgui.services.faults import ours
from vmgui.services.inventory import Inventory
from vmgui.services.scope import Scope
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.view import View, standing
from vmgui.ui.kit.wizard_steps import Standing, WizardSession
from vmgui.words import creation as creation_words

log = logging.getLogger(__name__)

INSPECT_DELAY_MS = 300
OFFER_DELAY_MS = 500
SILENT_POOLS_MS = 10_000
"""How soon to look again whether a pool answers that did not."""

OVERRULED_BY_XML = frozenset({
    Field.OS, Field.VCPUS, Field.VCPUS_MAX, Field.MEMORY, Field.MEMORY_MAX, Field.NETWORK, Field.GRAPHICS,
    Field.FIRMWARE, Field.TPM, Field.NAME, Field.KERNEL_ARGS,
})  # fmt: skip
"""What the form says about these no longer matters once the XML was edited; files and disks still do."""


class CreationSession(WizardSession):
    """Holds the draft while the wizard is open or closed; loop thread only."""

    xml_forgotten = Signal()  # the form's values count again: said before `changed`

    def __init__(
        self, creation: CreationService, inventory: Inventory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._creation = creation
        self._inventory = inventory
        self._scope = Scope("create")
        self._view = View()
        self._offers: dict[HostId, HostOffer] = {}
        self._offer_request = 0
        # Names of machines that are being made: not to be proposed a second time.
        self._committed: set[tuple[HostId, str]] = set()
        self._media: dict[tuple[HostId, FileRef], Medium] = {}
        self._inspecting: set[tuple[HostId, FileRef]] = set()
        self._inspect_timer = self._timer(INSPECT_DELAY_MS, self._on_inspect_due)
        self._offer_timer = self._timer(OFFER_DELAY_MS, self.reload_offer)
        self._silent_timer = self._timer(SILENT_POOLS_MS, self.reload_offer)
        self._subscription = inventory.changes.subscribe(self._on_inventory_changed)
        self._is_open = False
        self._hosts_told: dict[HostId, Host] = {}
        self.wanted_host: HostId | None = None
        """For which host the wizard is shown next; None: that of the draft."""

    @property
    def view(self) -> View:
        """The state now."""
        return self._view

    def standing(self, step: str) -> Standing:
        return standing(self._view, PageId(step), reload=self.reload_offer, forget_xml=self.forget_xml)

    def forget_xml(self) -> None:
        """Drop what was edited, and what is being typed."""
        self.xml_forgotten.emit()
        self.change(xml="")

    def open(self) -> None:
        """The wizard is shown: choose the host, and ask for everything that may have changed meanwhile."""
        self._is_open = True
        self._hosts_told = self._hosts_known()
        host_id, self.wanted_host = self.wanted_host, None
        self._media.clear()  # files may have changed while we were not looking
        hosts = [host for host in self._offered_hosts() if _is_connected(host)]
        wanted = host_id if host_id in {host.id for host in hosts} else self._view.draft.host_id
        if wanted not in {host.id for host in hosts}:
            wanted = hosts[0].id if hosts else ""
        self._view = replace(self._view, draft=replace(self._view.draft, host_id=wanted))
        if not self._view.variants:
            self._scope.run(self._load_variants())
        self.reload_offer()
        self._recompute()
        self._inspect_timer.start()

    def pause(self) -> None:
        """The wizard is hidden; the draft stays."""
        self._is_open = False
        self._inspect_timer.stop()
        self._offer_timer.stop()
        self._silent_timer.stop()

    def change(self, **answers: Any) -> None:
        """Take answers of the person (fields of Draft) and tell what follows."""
        draft = replace(self._view.draft, **answers)
        if draft == self._view.draft:
            return
        host_changed = draft.host_id != self._view.draft.host_id
        self._view = replace(self._view, draft=draft)
        if host_changed:
            self.reload_offer()
        self._recompute()
        self._inspect_timer.start()

    def start_over(self) -> None:
        """Forget all answers."""
        self.xml_forgotten.emit()
        self._view = replace(self._view, draft=Draft(host_id=self._view.draft.host_id))
        self._recompute()

    def reload_offer(self) -> None:
        """Ask the host again, e.g. after a pool was made elsewhere."""
        self._offer_timer.stop()
        self._offer_request += 1
        host_id = self._view.draft.host_id
        if host_id:
            self._scope.run(self._load_offer(host_id, self._offer_request))

    async def contents(self, pool: str) -> PoolContents:
        """The volumes of a pool of the draft's host."""
        return await self._creation.contents(self._view.draft.host_id, pool)

    def generate_xml(self) -> str:
        """What the form's values make; empty while something essential is missing."""
        view = self._view
        if view.new is None or view.offer is None:
            return ""
        try:
            return self._creation.build_xml(replace(view.new, xml=""), view.offer)
        except InvalidConfig as error:
            log.info("no XML yet: %s", error)
            return ""

    def create(self) -> JobId | None:
        """Submit the job and forget the draft; None while something is missing."""
        view = self._view
        if view.new is None or not view.is_ready:
            return None
        job_id = self._creation.create(view.new)
        self._committed.add((view.new.host_id, view.new.name))
        # Nothing can be made again of the answers that are gone.
        self._view = replace(view, draft=Draft(host_id=view.draft.host_id), new=None)
        self.xml_forgotten.emit()
        return job_id

    async def close(self) -> None:
        """End everything under way; the session cannot be used afterwards."""
        self.stop()
        await self._scope.close()

    def stop(self) -> None:
        """The same without waiting."""
        self.pause()
        self._subscription.cancel()
        self._scope.cancel()

    def _timer(self, delay_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(slot)
        return timer

    def _offered_hosts(self) -> tuple[Host, ...]:
        """Connected ones, and the draft's own even if it is not: its problem says what to do."""
        own = self._view.draft.host_id
        hosts = [host for host in self._inventory.hosts.values() if _is_connected(host) or host.id == own]
        return tuple(sorted(hosts, key=lambda host: natural_key(host.name)))

    def _hosts_known(self) -> dict[HostId, Host]:
        """All hosts, without what is measured of them every other second: no answer depends on that."""
        hosts = self._inventory.hosts.values()
        return {host.id: replace(host, usage=None, health=HostHealth()) for host in hosts}

    def _on_inventory_changed(self, changes: ChangeSet) -> None:
        if not self._is_open:
            return
        host_id = self._view.draft.host_id
        hosts = self._hosts_known()
        if hosts != self._hosts_told:
            self._hosts_told = hosts
            was_connected = _is_connected(self._view.host)
            self._recompute()
            if host_id not in self._inventory.hosts:
                self.change(host_id=self._view.hosts[0].id if self._view.hosts else "")
            elif _is_connected(self._view.host) and not was_connected:
                self._media.clear()
                self._offer_timer.start()
                self._inspect_timer.start()
        touched = {domain.key.host_id for domain in (*changes.added, *changes.changed)}
        touched |= {key.host_id for key in changes.removed}
        if host_id in touched:
            # Names, memory and CPUs promised may be others now.
            self._offer_timer.start()
            self._look_again(changes)

    def _look_again(self, changes: ChangeSet) -> None:
        """At disks that other machines use, once one of those was started, stopped or deleted."""
        is_active = {domain.key: domain.state.is_active for domain in changes.changed}
        is_active |= dict.fromkeys(changes.removed, False)
        stale = [
            (host_id, ref)
            for (host_id, ref), medium in self._media.items()
            for use in medium.used_by
            if DomainKey(host_id, use.uuid) in changes.removed
            or is_active.get(DomainKey(host_id, use.uuid), use.is_running) is not use.is_running
        ]
        for key in stale:
            self._media.pop(key, None)
        if stale:
            self._recompute()
            self._inspect_timer.start()

    async def _load_offer(self, host_id: HostId, request: int) -> None:
        error: VmguiError | None = None
        try:
            self._offers[host_id] = await ours(self._creation.offer(host_id))
        except VmguiError as found:
            error = found
        if request != self._offer_request:
            return
        self._view = replace(self._view, offer_error=error)
        self._recompute()
        offer = self._offers.get(host_id)
        if offer is not None and (offer.pools_silent_since_s or any(not p.answers for p in offer.pools)):
            self._silent_timer.start()

    async def _load_variants(self) -> None:
        variants = await self._creation.os_variants()
        self._view = replace(self._view, variants=variants)
        self._recompute()

    def _on_inspect_due(self) -> None:
        host_id = self._view.draft.host_id
        if not host_id or not self._is_open:
            return
        for use in files(self._view.draft):
            key = (host_id, use.ref)
            if key not in self._media and key not in self._inspecting:
                self._inspecting.add(key)
                self._scope.run(self._inspect(host_id, use))

    async def _inspect(self, host_id: HostId, use: FileUseRef) -> None:
        key = (host_id, use.ref)
        try:
            self._media[key] = await ours(
                self._creation.inspect(host_id, use.ref, use.expected, is_initrd=use.field is Field.INITRD)
            )
        except VmguiError as error:
            # The host did not answer; the file may be fine: the job will tell.
            log.info("could not look at %s: %s", use.ref.path, error)
            unknown = MediumIssue(MediumIssueKind.UNKNOWN, blocks=False, path=use.ref.path)
            self._media[key] = Medium(use.ref, issues=(unknown,))
        finally:
            self._inspecting.discard(key)
        self._recompute()

    def _recompute(self) -> None:
        view, draft = self._view, self._view.draft
        offer = self._current_offer(draft.host_id)
        uses = files(draft)
        media = tuple(
            (use.field, self._media[draft.host_id, use.ref])
            for use in uses
            if (draft.host_id, use.ref) in self._media
        )
        known = {of for of, _medium in media}
        medium = source_medium(draft, media)
        detected = medium.os if medium is not None else None
        os = detected
        if draft.os_id is not None:
            os = self._creation.os_variant(draft.os_id) or GENERIC
        new: NewDomain | None = None
        problems: tuple[Problem, ...] = ()
        if offer is not None:
            disk = next((found for of, found in media if of is Field.DISK_IMAGE), None)
            names = creation_words.base_names()
            new = compose(draft, self._with_committed(offer), os, medium, disk, base_names=names)
            found = judge(new, offer, os, [medium for _of, medium in media])
            problems = (*own_problems(draft), *found)
            if draft.xml:
                kept = (problem for problem in problems if problem.field not in OVERRULED_BY_XML)
                problems = (*kept, *self._creation.xml_problems(draft.xml, offer))
        hosts = self._inventory.hosts.values()
        self._view = replace(
            view,
            hosts=self._offered_hosts(),
            connecting=tuple(host.name for host in hosts if host.state is HostState.CONNECTING),
            offer=offer,
            media=media,
            looking_at=frozenset(use.field for use in uses) - known,
            detected=detected,
            is_detected_guessed=medium is not None and medium.is_os_guessed,
            detected_choices=medium.os_choices if medium is not None else (),
            os=os,
            new=new,
            problems=problems,
        )
        self.changed.emit()

    def _with_committed(self, offer: HostOffer) -> HostOffer:
        names = {name for host_id, name in self._committed if host_id == offer.host.id}
        return replace(offer, names=offer.names | names)

    def _current_offer(self, host_id: HostId) -> HostOffer | None:
        """The last offer, knowing how its host is now."""
        offer = self._offers.get(host_id)
        host = self._inventory.hosts.get(host_id)
        return offer if offer is None or host is None else replace(offer, host=host)


def _is_connected(host: Host | None) -> bool:
    return host is not None and host.state is HostState.CONNECTED
