"""A tab that is one form about its target: a command's fields without its dialog.

What was changed and is not saved is the tab's draft for that target; it survives tabs and selection (`draft.py`). What
others changed meanwhile is said over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from vmgui.commands.command import Acts, HostCommand
from vmgui.commands.fields import Answers
from vmgui.services.notifier import Notifier
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.boxes import across, down
from vmgui.ui.look.button import Button
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.theme import SPACE_XL
from vmgui.words.note import Note
from vmgui.words.say import say


@dataclass(frozen=True, slots=True)
class FormDraft:
    """`base`: what was so when the draft was begun, or what the person decided against since."""

    answers: Answers
    base: Answers


class FormTab(QWidget):
    """A PageContent; its drafts are kept under `place`, the tab's id. `news`: each says that an answer may be another."""

    def __init__(
        self,
        place: str,
        command: HostCommand,
        acts: Acts,
        drafts: Drafts[Any],
        parent: QWidget,
        *news: Notifier[Any],
    ) -> None:
        super().__init__(parent)
        assert command.dialog is not None
        assert command.run is not None
        self.setObjectName(place)
        self._place, self._acts, self._drafts = place, acts, drafts
        self._dialog, self._do = command.dialog, command.run
        self._target = ""
        self._notice = DraftNotice(f"{place}-changed", self)
        self._notice.keep_asked.connect(self._on_keep)
        self._notice.reload_asked.connect(self._on_reset)
        self.form = Form(place, command.fields, self, judge=self._judge, roomy=True)
        self.form.changed.connect(self._on_changed)
        self._reset = Button(f"{place}-reset", say("FormTab", "Discard changes"), self)
        self._reset.clicked.connect(self._on_reset)
        self._save = Button(f"{place}-save", self._dialog.yes, self, kind="primary")
        self._save.clicked.connect(self._on_save)
        buttons, px = across(1, self._reset, self._save), SPACE_XL
        self.setLayout(down(self._notice, self.form, buttons, 1, around=(px, px, px, px)))
        self._news = [BatchedSignal(notifier, self) for notifier in news]
        for signal in self._news:
            signal.arrived.connect(self._on_news)

    def show_target(self, target: Target | None) -> None:
        """Show what is so of this host, or the draft about it."""
        self._target = target if isinstance(target, str) else ""
        if self._target:
            self._fill()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        for signal in self._news:
            signal.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._target:
            self._show_state()
        super().changeEvent(event)

    @property
    def _draft(self) -> FormDraft | None:
        return self._drafts.get(self._place, self._target)

    @property
    def _truth(self) -> Answers:
        """What is so, as far as it is known."""
        return self._dialog.start(self._acts, self._target)

    @property
    def _is_there(self) -> bool:
        return self._target in self._acts.inventory.hosts

    def _judge(self, answers: Answers) -> Iterable[Note]:
        return self._dialog.judge(self._acts, self._target, answers) if self._target else ()

    def _fill(self) -> None:
        draft = self._draft
        self.form.set_answers(draft.answers if draft else self._truth)
        self.form.judge()
        self._show_state()

    def _put(self, base: Answers) -> None:
        """Keep what is filled in as a draft, unless it is so already."""
        answers = self.form.answers()
        if answers == self._truth:
            self._drafts.forget(self._place, self._target)
        else:
            self._drafts.keep(self._place, self._target, FormDraft(answers, base))
        self._show_state()

    def _show_state(self) -> None:
        draft = self._draft
        is_overtaken = draft is not None and draft.base != self._truth
        self._notice.show_change(self.tr("Changed by others meanwhile.") if is_overtaken else "")
        self._save.setEnabled(draft is not None and self.form.obstacle is None)
        self._reset.setEnabled(draft is not None)

    @Slot()
    def _on_changed(self) -> None:
        if self._is_there:
            draft = self._draft
            self._put(draft.base if draft else self._truth)

    @Slot()
    def _on_keep(self) -> None:
        self._put(self._truth)

    @Slot()
    def _on_reset(self) -> None:
        self._drafts.forget(self._place, self._target)
        self._fill()

    @Slot()
    def _on_save(self) -> None:
        if self._is_there:
            self._do(self._acts, self._target, self.form.answers())
            self._on_reset()

    @Slot()
    def _on_news(self) -> None:
        if self._is_there:
            draft = self._draft
            if draft is not None and draft.answers == self._truth:
                self._drafts.forget(self._place, self._target)
            self._fill()
