"""The Hardware tab: what a machine is made of in a list, and a form about what is chosen in it."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Set
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from vmgui.commands.hardware import every
from vmgui.commands.hardware.form import Scene, why_none
from vmgui.commands.hardware.tab import PLACE
from vmgui.model.device import ListedDevice
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.hardware import HardwareMachine
from vmgui.services.notifier import Notifier, Subscription
from vmgui.services.services import Services
from vmgui.ui.bridge.latest_answer import LatestAnswer
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.hardware.device_xml import DeviceXml
from vmgui.ui.hardware.head import DeviceHead
from vmgui.ui.hardware.items import DEVICE, NEW, icon_of, id_of, items, title_of, why_no_form
from vmgui.ui.hardware.list_pane import WIDE_PX, Addable, ListPane
from vmgui.ui.hardware.reading import HardwareReading, Read
from vmgui.ui.hardware.removal import Removals
from vmgui.ui.hardware.subject import HardwareSubject, Known
from vmgui.ui.hardware.typed_file import TypedFile
from vmgui.ui.kit.draft import DraftPlace, Drafts, MachinePart
from vmgui.ui.kit.draft_tab import DraftTab
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.boxes import Cell, down
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE, SPACE_XL
from vmgui.words.device import device_place
from vmgui.words.note import Level
from vmgui.words.refusals import refusal_words
from vmgui.words.say import say

_NARROW_PX = 1000
_BUSY_AFTER_MS = 200
_ADD, _ADD_HINT = say("HardwareTab", "&Add"), say("HardwareTab", "Add the device (Ctrl+S)")


class HardwareTab(QWidget):
    """A PageContent; hears of the shown machine from its watch while somebody looks."""

    def __init__(self, services: Services, drafts: Drafts[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hardware-tab")
        self._watches, self._drafts = services.machine_watches, drafts
        self._key: DomainKey | None = None
        self._chosen: dict[DomainKey, str] = {}  # the row that was shown last
        self._opened: tuple[DomainKey, str] | None = None
        self._listed_of: tuple[HardwareMachine, Set[str], Mapping[str, str]] | None = None  # the rows
        self._wants_menu = False
        self._scope = PaneScope("hardware-tab", self)
        self._reading = HardwareReading(services.hardware, services.inventory)
        self._arrived = self._reading.arrived.subscribe(self._on_read)
        self._told: Notifier[Read] = Notifier()
        self.items = ListPane(self)
        self.items.chosen.connect(self._open)
        self.items.entered.connect(self._on_entered)
        self.items.add_asked.connect(self.add_device)
        self.items.menu_asked.connect(self.open_menu)
        self.items.remove_asked.connect(self._on_remove)
        self._error = ErrorBanner(self, "hardware-look-error")
        self._error.retry_asked.connect(self._read)
        self._busy = Message(self, "hardware-look")
        self._failed = Message(self, "hardware-remove-failed")
        self.head = DeviceHead(self)
        self.head.xml_wanted.connect(self._on_xml)
        subject = self.subject = HardwareSubject(services.hardware, services.jobs, self._reading)
        self.part: DraftTab[Known] = DraftTab(PLACE, subject, services.jobs.wait, drafts, self, self._told)
        self._typed = TypedFile(services.hardware, self._scope, subject, self.part)
        self.xml = DeviceXml(services.hardware, self)
        self._stack = QStackedWidget(self)
        for page in (self.part, self.xml):
            self._stack.addWidget(page)
        said = down(self._error, self._busy, self._failed, around=(SPACE_XL, SPACE, SPACE_XL, 0))
        right = QWidget(self)
        right.setLayout(down(said, self.head, Cell(self._stack, 1), space=0))
        self._splitter = QSplitter(self)
        self._splitter.setObjectName("hardware-splitter")
        self._splitter.setChildrenCollapsible(False)
        for widget in (self.items, right):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([WIDE_PX, 3 * WIDE_PX])
        self.setLayout(down(Cell(self._splitter, 1)))
        self.setFocusProxy(self.items)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), right, self.items.setFocus)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.removals = Removals(services.hardware, services.jobs, self._reading, self)
        self.removals.changed.connect(self._on_removals)
        self._asking = LatestAnswer(self._scope, self._look, self._told.emit, self._show_error)
        self._busy_timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._on_busy_due)
        self._views: Notifier[Any] = Notifier()
        self._watched: Subscription | None = None
        news = (self._views, services.inventory.changes, services.hardware.changes)
        self._news = [BatchedSignal(notifier, self) for notifier in news]
        for signal in self._news:
            signal.arrived.connect(self._on_news)
        self._drafted = drafts.changes.subscribe(self._on_draft)
        self.destroyed.connect(self._drafted.cancel)

    # A PageContent.

    def show_target(self, target: Target | None) -> None:
        """Show this machine; None: nobody looks."""
        if self._watched is not None:
            self._watched.cancel()
            self._watched = None
        self._asking.drop()
        self._busy.clear()
        is_machine = isinstance(target, DomainKey) and self._reading.is_known(target)
        self._key = target if isinstance(target, DomainKey) and is_machine else None
        if self._key is None:
            self._opened = None
            self._wants_menu = False
            self.part.show_target(None)
            self.xml.drop()
            return
        self._watched = self._watches.watch(self._key).changed.subscribe(self._views.emit)
        self._reading.outdate()
        self._error.clear()
        kept = self._reading.kept(self._key)
        if kept is None:
            self._show_nothing()
        else:
            self._on_read(kept)
        self._read()

    async def shutdown(self) -> None:
        """Hear nothing more, wait for nothing more."""
        if self._watched is not None:
            self._watched.cancel()
        self._arrived.cancel()
        self._drafted.cancel()
        for signal in self._news:
            signal.close()
        await self.part.shutdown()
        await self.xml.shutdown()
        await self.removals.shutdown()
        await self._scope.close(timeout_s=1.0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.items.retranslate()
            self._listed_of = None
            self._show_items()
            self._show_head()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.window().width() < _NARROW_PX
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() != orientation:
            self.items.set_narrow(is_narrow)
            self._splitter.setOrientation(orientation)
            self._splitter.handle(1).setEnabled(not is_narrow)
            first_px = self.items.sizeHint().height() if is_narrow else WIDE_PX
            self._splitter.setSizes([first_px, max(self.width(), self.height()) - first_px])

    # Reading.

    @property
    def shown(self) -> Read | None:
        """What is known of the machine that is shown; None: nothing yet, or nobody looks."""
        return self._reading.kept(self._key) if self._key is not None else None

    @Slot()
    def _read(self) -> None:
        if self._key is not None:
            self._busy_timer.start()
            self._asking.ask()

    def _look(self) -> Awaitable[Read] | None:
        return self._reading.look(self._key) if self._key is not None else None

    def _on_read(self, read: Read) -> None:
        """Also what was read for another reason: after something was done."""
        if read.key != self._key:
            return
        self._error.clear()
        self._busy.clear()
        chosen = self._chosen.get(read.key, "")
        next_one = self.items.neighbour(chosen) if self._opened else ""
        self.subject.tend(self._drafts, read)
        self._show_items()
        ids = {item.id for item in self.items.model.items}
        if chosen not in ids:
            chosen = next_one if next_one in ids else min(ids, key=self.items.model.place_of, default="")
        self._open(chosen)
        if self._wants_menu:
            self._wants_menu = False
            self.open_menu()

    def _show_error(self, error: VmguiError) -> None:
        if self._key is None:
            return
        self._busy.clear()
        told = self.subject.explain(MachinePart(self._key, ""), error)
        self._error.show_error(told, can_retry=True, can_close=False)
        if self.shown is None:
            self._show_nothing()

    @Slot()
    def _on_busy_due(self) -> None:
        if self._asking.is_asking and self.shown is None and self._key is not None:
            self._busy.tell(self.tr("Reading the hardware…"), Level.BUSY)

    @Slot(object)
    def _on_news(self, batch: tuple[Any, ...]) -> None:
        key = self._key
        if key is None:
            return
        of_host = [one for one in batch if isinstance(one, str)]
        if any(self._reading.concerns(key, one) for one in batch if not isinstance(one, str)):
            self._reading.outdate()
            self._read()
        elif key.host_id in of_host:
            read = self._reading.offer_anew(key)
            if read is not None:
                self._told.emit(read)

    # The list.

    def _show_nothing(self) -> None:
        self._opened = self._listed_of = None
        self.items.show_items(())
        self.items.set_can(add=False, remove=False, why_not="")
        self._failed.clear()
        self.head.hide()
        self._stack.hide()
        self.part.show_target(None)
        self.xml.drop()

    def _show_items(self) -> None:
        read = self.shown
        if read is None or self._key is None:
            return
        keys = [key for key in self._drafts.keys(PLACE) if isinstance(key, MachinePart)]
        drafted = {key.id for key in keys if key.of == self._key}
        of = read.machine, drafted, self.removals.states(self._key)
        # Of a machine of which no more is known than what its host has for it the rows are the same.
        if self._listed_of is None or of[0] is not self._listed_of[0] or of[1:] != self._listed_of[1:]:
            self._listed_of = of
            self.items.show_items(items(*of))

    @Slot(str)
    def _open(self, id_: str) -> None:
        """Show what is behind this row."""
        key, read = self._key, self.shown
        if key is None or read is None:
            return
        self._chosen[key] = id_
        self.items.choose(id_)
        self._show_head()
        part, listed = MachinePart(key, id_), self._listed(id_)
        self._typed.show_part(part)
        has_form = bool(id_) and self.subject.takes(part)
        is_xml = listed is not None and (not has_form or self.head.xml.isChecked())
        self._stack.setVisible(has_form or is_xml)
        if listed is not None and is_xml:
            self.part.show_target(None)
            at = {"is_now": listed.live is not None, "is_then": listed.saved is not None}
            self.xml.show_device(key, listed.id, **at, why="" if has_form else why_no_form(listed))
            self._stack.setCurrentWidget(self.xml)
        elif has_form:
            self.xml.drop()
            if id_.startswith(NEW):
                self.part.strip.call_apply(_ADD, _ADD_HINT)
            else:
                self.part.strip.call_apply()
            if self._opened != (key, id_) or self._stack.currentWidget() is not self.part:
                self.part.show_target(part)
            self._stack.setCurrentWidget(self.part)
        self._opened = key, id_

    def _show_head(self) -> None:
        key, read = self._key, self.shown
        if key is None or read is None:
            return
        id_ = self._chosen.get(key, "")
        listed = self._listed(id_)
        if listed is not None:
            has_form = every.form_of(listed) is not None
            device = listed.live if listed.live is not None else listed.saved
            self.head.show_item(
                icon_of(listed),
                title_of(listed),
                device_place(device),
                has_xml=True,
                must_be_xml=not has_form,
            )
        else:
            forms = [(id_of(one), one.icon, one.title) for one in every.MACHINE]
            forms += [(NEW + one.kind, one.icon, one.title) for one in every.DEVICES]
            found = next((form for form in forms if form[0] == id_), None)
            if found is not None:
                place = self.tr("New, not added yet") if id_.startswith(NEW) else ""
                self.head.show_item(found[1], found[2].plain, place, has_xml=False, must_be_xml=False)
        self.head.setVisible(bool(id_))
        why_not = refusal_words(read.why_not) if read.why_not is not None else ""
        can_remove = id_.startswith(NEW) or (listed is not None and not why_not)
        self.items.set_can(
            add=not why_not, remove=can_remove and not self.removals.is_under_way(key, id_), why_not=why_not
        )
        self._failed.tell(self.removals.failure(key, id_), Level.ERROR)

    def _listed(self, id_: str) -> ListedDevice | None:
        read = self.shown
        if read is None or not id_.startswith(DEVICE):
            return None
        return read.machine.device(id_.removeprefix(DEVICE))

    # What is asked for.

    @Slot()
    def open_menu(self) -> None:
        """Show what can be added, as soon as that is known."""
        read = self.shown
        if read is None:
            self._wants_menu = self._key is not None
        elif read.why_not is None:
            scene = Scene(read.machine, read.offer)
            self.items.open_menu(
                Addable(one.kind, one.title.plain, one.icon, why_none(one, scene)) for one in every.DEVICES
            )

    @Slot(str)
    def add_device(self, kind: str) -> None:
        """Begin with a new one of this kind; it is there when the person says Add."""
        key = self._key
        if key is None:
            return
        part = MachinePart(key, NEW + kind)
        known = self.subject.kept(part)
        if known is None or self.subject.refused(known):
            return
        if self._drafts.get(PLACE, part) is None:
            self._drafts.keep(PLACE, part, self.subject.fresh_draft(known))
        self._open(part.id)
        self._on_entered()

    @Slot()
    def _on_remove(self) -> None:
        key, id_ = self._key, self.items.current
        read, listed = self.shown, self._listed(id_)
        if key is None or read is None:
            return
        if id_.startswith(NEW):
            self._drafts.forget(PLACE, MachinePart(key, id_))
        elif listed is not None and read.why_not is None:
            self.removals.ask(MachinePart(key, id_), read, listed)

    @Slot()
    def _on_removals(self) -> None:
        self._show_items()
        self._show_head()

    def _on_draft(self, place: DraftPlace) -> None:
        key, part = self._key, place.key
        if place.place != PLACE or not isinstance(part, MachinePart) or part.of != key or key is None:
            return
        read, next_one = self.shown, ""
        is_gone = part.id.startswith(NEW) and self._drafts.get(PLACE, part) is None
        if is_gone and read is not None:
            came = self.subject.came_of(part, read.machine)
            next_one = DEVICE + came if came else self.items.neighbour(part.id)
        self._show_items()
        if next_one and self._chosen.get(key) == part.id:
            self._open(next_one)

    @Slot(bool)
    def _on_xml(self, _on: bool) -> None:
        if self._key is not None:
            self._open(self._chosen.get(self._key, ""))

    @Slot()
    def _on_entered(self) -> None:
        """The keyboard goes to the first field."""
        if self._stack.currentWidget() is self.xml:
            self.xml.text.setFocus()
            return
        form = self.part.form
        for control in form.controls.values() if form is not None else ():
            field = control.input
            if field is not None and field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return
