"""Where the system comes from: five ways, the chosen one unfolded."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import DRAFTED, FILES, HOST, SOURCE
from vmgui.ui.creation import file_notes
from vmgui.ui.creation.form_page import FormPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.words.note import Note


class SourcePage(FormPage):
    """Installer CD, disk image, network, kernel, or nothing yet."""

    page_id = PageId.SOURCE

    def build(self) -> None:
        form = self.form(HOST, SOURCE)
        self.column.addWidget(form)
        ways = form.controls[SOURCE.name]
        assert isinstance(ways, WaysControl)
        self._ways = ways
        # After what an answer changes: then it is unfolded.
        ways.chosen.connect(self._on_chosen)

    def first_field(self) -> QWidget:
        files = self._ways.unfolded.get(self.session.view.draft.source)
        return files or self._ways.input

    def show_view(self, view: View) -> None:
        source = view.draft.source
        if source in FILES and source not in self._ways.unfolded:
            files = self.form(*FILES[source])
            files.setFocusProxy(files.controls[FILES[source][0].name].input)
            self._ways.unfold(source, files)
        drafted = {name: getattr(view.draft, answer) for name, answer in DRAFTED.items()}
        offers = dict.fromkeys(file_notes.SOURCES, view.offer)
        self.show_answers(drafted, {HOST.name: means.hosts(view.hosts), **offers})

    def notes(self, view: View) -> Iterable[Note]:
        return [*super().notes(view), *(file_notes.source_note(name, view) for name in file_notes.SOURCES)]

    def mend(self, name: str) -> None:
        copy = file_notes.copied(name, self.session.view)
        if copy is not None:
            self.session.change(**self.changes(name, copy))
        else:
            self.page_wanted.emit(PageId.SYSTEM)

    def _on_chosen(self) -> None:
        self.first_field().setFocus()
