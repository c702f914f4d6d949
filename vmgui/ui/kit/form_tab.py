"""A tab that is one form about its target: a command's fields without its dialog.

What was changed and is not saved is the tab's draft for that target; it survives tabs and selection (`draft.py`). What
others changed meanwhile is said over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vmgui.commands.command import Acts, HostCommand
from vmgui.commands.fields import Answers
from vmgui.services.notifier import Notifier
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.theme import SPACE, SPACE_XL, make_primary
from vmgui.words.note import Note


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
        self._reset, self._save = QPushButton(self), QPushButton(self)
        self._reset.setObjectName(f"{place}-reset")
        self._reset.clicked.connect(self._on_reset)
        self._save.setObjectName(f"{place}-save")
        self._save.clicked.connect(self._on_save)
        make_primary(self._save)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._reset)
        buttons.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE)
        layout.addWidget(self._notice)
        layout.addWidget(self.form)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self._news = [BatchedSignal(notifier, self) for notifier in news]
        for signal in self._news:
            signal.arrived.connect(self._on_news)
        self._retranslate()

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
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def _draft(self) -> FormDraft | None:
        return self._drafts.get(self._place, self._target)

    @property
    def _is_there(self) -> bool:
        return self._target in self._acts.inventory.hosts

    def _judge(self, answers: Answers) -> Iterable[Note]:
        return self._dialog.judge(self._acts, self._target, answers) if self._target else ()

    def _fill(self) -> None:
        draft = self._draft
        self.form.set_answers(draft.answers if draft else self._dialog.start(self._acts, self._target))
        self.form.judge()
        self._show_state()

    def _put(self, base: Answers) -> None:
        """Keep what is filled in as a draft, unless it is so already."""
        answers = self.form.answers()
        if answers == self._dialog.start(self._acts, self._target):
            self._drafts.forget(self._place, self._target)
        else:
            self._drafts.keep(self._place, self._target, FormDraft(answers, base))
        self._show_state()

    def _show_state(self) -> None:
        draft = self._draft
        is_overtaken = draft is not None and draft.base != self._dialog.start(self._acts, self._target)
        self._notice.show_change(self.tr("Changed by others meanwhile.") if is_overtaken else "")
        self._save.setEnabled(draft is not None and self.form.obstacle is None)
        self._reset.setEnabled(draft is not None)

    def _retranslate(self) -> None:
        self._save.setText(str(self._dialog.yes))
        self._reset.setText(self.tr("Discard changes"))
        for button in (self._save, self._reset):
            button.setAccessibleName(button.text().replace("&", ""))
        if self._target:
            self._show_state()

    @Slot()
    def _on_changed(self) -> None:
        if self._is_there:
            draft = self._draft
            self._put(draft.base if draft else self._dialog.start(self._acts, self._target))

    @Slot()
    def _on_keep(self) -> None:
        self._put(self._dialog.start(self._acts, self._target))

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
            if draft is not None and draft.answers == self._dialog.start(self._acts, self._target):
                self._drafts.forget(self._place, self._target)
            self._fill()
