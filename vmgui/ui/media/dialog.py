"""Choose what goes into a drive: what was last, what the host's pools have, or any path of the host.

One line serves for both: part of a name leaves those of the list that have it, a whole path is looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from vmgui.commands.fields import Answers
from vmgui.commands.media import drive_field, path_field
from vmgui.model.errors import VmguiError
from vmgui.model.media import Drive, LookedAt, MediumFile, Usable
from vmgui.policy.media import first_for_insert
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.policy.typed_path import read_path
from vmgui.services.faults import ours
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.framed import Framed
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.boxes import down
from vmgui.ui.look.plain import Label
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE_S, TextRole, set_role
from vmgui.words import errors as error_words
from vmgui.words import media as words
from vmgui.words import quantities as fmt
from vmgui.words.note import Level, Note
from vmgui.words.say import say

LOOK_DELAY_MS = 300
"""A path that is being typed is not looked at letter by letter."""

Look = Callable[[str], Awaitable[LookedAt]]
Offer = Callable[[str, Callable[[tuple[MediumFile, ...]], None]], Awaitable[bool]]
"""Has shown what can be put into a kind of drive, more and more of it; whether that is all."""

# fmt: off
COLUMNS: tuple[Column[MediumFile], ...] = (
    Column("name", say("Media", "Name"), lambda file: file.name, width_px=0),
    Column("place", say("Media", "Where"), words.place_words, width_px=190),
    Column("size", say("Media", "Size"), lambda file: fmt.size_bytes(file.size_bytes) if file.size_bytes else "",
           width_px=100, is_number=True),
)
# fmt: on


class InsertDialog(Framed):
    """`drive` and `path` are the answers once it was accepted."""

    def __init__(
        self,
        name: str,
        drives: tuple[Drive, ...],
        when: str,
        look: Look,
        offer: Offer,
        parent: QWidget | None,
        *,
        browses: bool,
    ) -> None:
        """`when`: the words for when the medium is there; `browses`: the host has this computer's files."""
        title = self.tr("Insert a medium into {name}").format(name=visible(name))
        super().__init__("media-dialog", title, parent, width_px=620)
        self._drives = {drive.target: drive for drive in drives}
        self._look, self._offer = look, offer
        self._files: tuple[MediumFile, ...] = ()
        self._device = ""
        self._looked: LookedAt | None = None
        self._failed: Note | None = None  # why it could not be looked at
        self._asked = ""  # the path that is being looked at, or was
        self._wanted = ""  # the part of a name that a person typed
        self._chosen = ""  # the path that was taken out of the list
        self._scope = PaneScope("insert a medium", self)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._on_look_due)

        likely = first_for_insert(drives)
        assert likely is not None
        is_choice = len(drives) > 1
        self._about = "" if is_choice else f"{words.drive_words(likely)}. "
        self._when = self.add_text("", muted=True)
        self.show_when(when)
        rows = (*((drive_field(drives),) if is_choice else ()), path_field(browses=browses))
        self.form = Form("media", rows, self, judge=self._judge)
        self._model = TableModel(COLUMNS, attrgetter("path"), tip=_path, parent=self)
        self.table: Table[MediumFile] = Table(
            self._model, "media-files", say("Media", "Media of the host"), is_single=True, parent=self
        )
        card = QFrame(self)
        card.setProperty("card", True)
        card.setLayout(down(self.table, around=(SPACE_S, SPACE_S, SPACE_S, SPACE_S)))
        card.setMinimumHeight(150)
        self._state = Label(self)
        self._state.setObjectName("media-state")
        set_role(self._state, TextRole.CAPTION)
        answers = AnswerRow(self, "media", self.tr("Insert"))
        self._yes = answers.yes
        self.body.addWidget(self.form)
        self.body.addWidget(card, 1)
        self.body.addWidget(self._state)
        self.finish(answers)
        self.form.changed.connect(self._on_changed)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.form.set_answers({"drive": likely.target} if is_choice else {})
        self._target = likely.target
        self._on_changed()
        resize_within_screen(self, 660, 500)
        line = self.form.controls["path"].input
        assert isinstance(line, QLineEdit)
        line.setPlaceholderText(self.tr("Part of a name, or a whole path"))
        line.installEventFilter(self)
        line.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def drive(self) -> Drive:
        """The one that was chosen, as it was shown."""
        return self._drives[self.form.answers().get("drive") or self._target]

    @property
    def path(self) -> str:
        """Of the file, as its host has it."""
        return _path_of(self.form.answers())

    def show_when(self, when: str) -> None:
        """The machine may be started or stopped while it is asked."""
        self._when.setText(f"{self._about}{when}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list answers to keys of the line: Down goes into it, Enter takes the only one that is left."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._model.rows:
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.table.selected():
                    self.table.selectRow(0)
                return True
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and len(self._model.rows) == 1 and not self.path.startswith("/"):
                # The next Enter inserts it, once it is seen what it is.
                self.table.selectRow(0)
                return True
        return super().eventFilter(watched, event)

    def _judge(self, answers: Answers) -> list[Note]:
        path = _path_of(answers)
        if self._failed is not None and path == self._asked:
            return [self._failed]
        return [words.looked_note(path, self._looked if path == self._asked else None)]

    # The list.

    async def _fill(self, device: str) -> None:
        self._state.setText(self.tr("Asking the storage pools…"))

        def show(files: tuple[MediumFile, ...]) -> None:
            if device == self._device:
                self._files = files
                self._show_files()

        is_all = await self._offer(device, show)
        if device != self._device:
            return
        if not is_all:
            self._state.setText(self.tr("Not every storage pool of the host has answered."))
        else:
            self._state.setText(
                "" if self._files else self.tr("No storage pool of the host has anything for it.")
            )

    def _show_files(self) -> None:
        """Those that have what was typed in their names; all of them, once a path is typed. One that is taken out of
        the list leaves the list as it is: no other may come under the mouse between two clicks."""
        text = self.path
        if text != self._chosen:
            self._wanted = "" if text.startswith("/") else text.casefold()
        self._model.show([file for file in self._files if self._wanted in file.name.casefold()])

    # What is chosen.

    @Slot()
    def _on_changed(self) -> None:
        if self.drive.device != self._device:
            self._device, self._files = self.drive.device, ()
            self._scope.run(self._fill(self._device))
        path = self.path
        if path != self._chosen:
            # Chosen once more, it is to be heard of.
            self.table.clearSelection()
        self._show_files()
        if path != self._asked:
            self._looked = self._failed = None
            self._asked = ""
            self._delay.stop()
            if path.startswith("/"):
                self._delay.start(LOOK_DELAY_MS)
        self._judge_again()

    @Slot()
    def _on_selected(self) -> None:
        for file in self.table.selected():
            if file.path != self.path:
                self._take(file)
                # It is no path that is being typed.
                self._delay.start(0)

    @Slot(object)
    def _on_opened(self, file: MediumFile) -> None:
        self._take(file)
        if self._yes.isEnabled():
            self.accept()

    def _take(self, file: MediumFile) -> None:
        self._chosen = read_path(file.path)
        self.form.set_answers({"path": file.path})

    @Slot()
    def _on_look_due(self) -> None:
        self._asked = self.path
        self._scope.run(self._look_at(self._asked))

    async def _look_at(self, path: str) -> None:
        try:
            looked = await ours(self._look(path))
        except VmguiError as error:
            # The hypervisor may find it all the same, and will say so.
            looked, failed = None, Note("path", error_words.explain(error).what, Level.WARNING)
        else:
            failed = None
        if path == self._asked:
            self._looked, self._failed = looked, failed
            self._judge_again()

    def _judge_again(self) -> None:
        self.form.judge()
        is_refused = self._looked is not None and self._looked.usable is Usable.NO
        obstacle = self.form.obstacle
        self._yes.setEnabled(not is_refused and (obstacle is None or not obstacle.level.blocks))


def _path(file: MediumFile) -> str:
    return visible(file.path, TEXT_CHARS)


def _path_of(answers: Answers) -> str:
    return read_path(str(answers["path"] or ""))
