"""What a person fills in about a host: an address put where it belongs, a name suggested."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from vmgui.commands.fields import Option
from vmgui.commands.host_fields import ALL_WAYS, HOST_FIELDS, REMOTE, shown, written
from vmgui.commands.uri_form import HostForm, Way, build, spread, suggested_name, take_apart
from vmgui.model.host import HostConfig, HostId, UriAlias
from vmgui.ui.kit.fields.choice import ChoiceControl
from vmgui.ui.kit.form import Form, Judge
from vmgui.ui.look.host_colour import host_colour_icon

_PORTS = {Way.SSH: "22", Way.TLS: "16514", Way.TCP: "16509"}


class HostFields(Form):
    """The form of a host."""

    def __init__(self, judge: Judge, parent: QWidget) -> None:
        super().__init__("connect", HOST_FIELDS, parent, judge=judge, beside=True)
        self._suggested = ""  # a name that is no longer this is the person's own
        self._host_chars = 0
        self._screen_authority = ""  # chosen where a screen needs it, not here
        self._host, self._name = self._line("host"), self._line("name")
        self._show_colours()
        self.show_answers({"auto": True})
        self._host.editingFinished.connect(self._spread)
        self._host.textChanged.connect(self._on_host_edited)
        self.changed.connect(self._suggest)

    def form(self) -> HostForm:
        """The way there."""
        return spread(written(self.answers()))

    def config(self, host_id: HostId) -> HostConfig:
        """All of it; call only when the form has no problem."""
        answers = self.answers()
        return HostConfig(
            id=host_id,
            name=answers["name"].strip(),
            uri=build(self.form()),
            read_only=answers["read-only"],
            autoconnect=answers["auto"],
            colour=answers["colour"],
            notes=answers["notes"].strip(),
            screen_authority=self._screen_authority,
        )

    def fill(self, config: HostConfig) -> None:
        """Show a host as it is configured."""
        self._screen_authority = config.screen_authority
        # The name first: it is not to be suggested anew.
        named = {"name": config.name, "auto": config.autoconnect, "read-only": config.read_only}
        marks = {"colour": config.colour, "notes": config.notes}
        self.show_answers({**named, **marks, **shown(take_apart(config.uri))})

    def start(self, way: Way) -> None:
        """An empty form for a way."""
        self.show_answers(shown(HostForm(way)))
        self._suggest()

    def set_aliases(self, aliases: tuple[UriAlias, ...]) -> None:
        """Offer the names that libvirt's own settings have."""
        way, known = self._choice("way"), self._choice("alias")
        if not aliases or known.input.count():
            return
        text = self.tr("{name} ({uri})")
        known.offer([Option(one.uri, text.format(name=one.name, uri=one.uri)) for one in aliases])
        way.offer(ALL_WAYS)
        uri = self.answers()["uri"]
        if way.read() is Way.CUSTOM and known.input.findData(uri) >= 0:
            self.show_answers({"alias": uri, "way": Way.ALIAS})

    def focus(self) -> None:
        """Move the focus to where typing begins."""
        way = self.answers()["way"]
        name = "host" if way in REMOTE else "uri" if way is Way.CUSTOM else "way"
        self.controls[name].input.setFocus()

    def judge(self) -> None:
        super().judge()
        self._line("port").setPlaceholderText(_PORTS.get(self.answers()["way"], ""))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_colours()
        super().changeEvent(event)

    def _line(self, name: str) -> QLineEdit:
        line = self.controls[name].input
        assert isinstance(line, QLineEdit)
        return line

    def _choice(self, name: str) -> ChoiceControl:
        choice = self.controls[name]
        assert isinstance(choice, ChoiceControl)
        return choice

    def _show_colours(self) -> None:
        box: QComboBox = self._choice("colour").input
        for row in range(box.count()):
            box.setItemIcon(row, host_colour_icon(box.itemData(row), self.devicePixelRatioF()))

    @Slot(str)
    def _on_host_edited(self, text: str) -> None:
        """What was pasted is spread at once; what is being typed is not taken away under the fingers."""
        grown, self._host_chars = len(text) - self._host_chars, len(text)
        if grown > 1:
            self._spread()

    @Slot()
    def _spread(self) -> None:
        form = self.form()
        if form != written(self.answers()):
            self.show_answers(shown(form))

    @Slot()
    def _suggest(self) -> None:
        if self._name.text() == self._suggested:
            form = self.form()
            is_local = form.way in (Way.LOCAL_SYSTEM, Way.LOCAL_SESSION)
            self._suggested = suggested_name(form) or (self.tr("This computer") if is_local else "")
            self._name.setText(self._suggested)
