"""Choose what goes into a drive: what was last, what the host's pools have, or any path of the host.

One line serves for both: part of a name leaves those of the list that have it, a whole path is looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from operator import attrgetter

from PySide6.QtCore import Qt, QTimer, Slot
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
from vmgui.words.note import Note
from vmgui.words.say import say

LOOK_DELAY_MS = 300
"""A path that is being typed is not looked at letter by letter."""

Look = Callable[[str], Awaitable[LookedAt]]
Offer = Callable[[str, Callable[[tuple[MediumFile, ...]], None]], Awaitable[None]]
"""Has shown what can be put into a kind of drive, more and more of it."""

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
        self._asked = ""  # the path that is being looked at, or was
        self._scope = PaneScope("insert a medium", self)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._on_look_due)

        likely = first_for_insert(drives)
        assert likely is not None
        is_choice = len(drives) > 1
        if is_choice:
            self.add_text(when, muted=True)
        else:
            self.add_text(f"{words.drive_words(likely)}. {when}", muted=True)
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
        line.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def drive(self) -> Drive:
        """The one that was chosen, as it was shown."""
        return self._drives[self.form.answers().get("drive") or self._target]

    @property
    def path(self) -> str:
        """Of the file, as its host has it."""
        return _path_of(self.form.answers())

    def _judge(self, answers: Answers) -> list[Note]:
        path = _path_of(answers)
        return [words.looked_note(path, self._looked if path == self._asked else None)]

    # The list.

    async def _fill(self, device: str) -> None:
        self._state.setText(self.tr("Asking the storage pools…"))

        def show(files: tuple[MediumFile, ...]) -> None:
            if device == self._device:
                self._files = files
                self._show_files()

        await self._offer(device, show)
        if device == self._device:
            self._state.setText(
                "" if self._files else self.tr("No storage pool of the host has anything for it.")
            )

    def _show_files(self) -> None:
        """Those that have what was typed in their names; all of them, once it is a path."""
        text = self.path
        wanted = "" if text.startswith("/") else text.casefold()
        self._model.show([file for file in self._files if wanted in file.name.casefold()])

    # What is chosen.

    @Slot()
    def _on_changed(self) -> None:
        if self.drive.device != self._device:
            self._device, self._files = self.drive.device, ()
            self._scope.run(self._fill(self._device))
        self._show_files()
        path = self.path
        if path != self._asked:
            self._looked = None
            self._asked = ""
            self._delay.stop()
            if path.startswith("/"):
                self._delay.start(LOOK_DELAY_MS)
        self._judge_again()

    @Slot()
    def _on_selected(self) -> None:
        for file in self.table.selected():
            if file.path != self.path:
                self.form.set_answers({"path": file.path})
                # It is no path that is being typed.
                self._delay.start(0)

    @Slot(object)
    def _on_opened(self, file: MediumFile) -> None:
        self.form.set_answers({"path": file.path})
        if self._yes.isEnabled():
            self.accept()

    @Slot()
    def _on_look_due(self) -> None:
        self._asked = self.path
        self._scope.run(self._look_at(self._asked))

    async def _look_at(self, path: str) -> None:
        try:
            looked = await ours(self._look(path))
        except VmguiError as error:
            # Its host will say more about the job.
            self._state.setText(error_words.explain(error).what)
            return
        if path == self._asked:
            self._looked = looked
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
