"""What a person fills in about a host: the way there first, all that is rarely needed folded away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.host import HOST_COLOURS, MAX_NOTES_CHARS, HostConfig, HostId, UriAlias
from vmgui.policy.plain_text import visible
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.hosts.uri_form import (
    HostForm,
    Proxy,
    Way,
    build,
    spread,
    suggested_name,
    take_apart,
)
from vmgui.ui.kit.choose_file import choose_file
from vmgui.ui.kit.inline_message import InlineMessage
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.host_colour import host_colour_icon, host_colour_words
from vmgui.ui.look.icons import icon
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role

_PORTS = {Way.SSH: "22", Way.TLS: "16514", Way.TCP: "16509"}
_REMOTE = (Way.SSH, Way.TLS, Way.TCP)
_NOTES_LINES = 3


class HostFields(QWidget):
    """The form; says `changed` whenever what is filled in is another."""

    changed = Signal()
    resized = Signal()  # lines came or went

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name_is_ours = True
        self._host_chars = 0
        self._screen_authority = ""  # chosen where a screen needs it, not here
        self._suggesting = False
        self._scope = PaneScope("host fields", self)
        self.way = QComboBox(self)
        self.way.setObjectName("connect-way")
        self.way.setAccessibleName(self.tr("Where"))
        for way, text in (
            (Way.LOCAL_SYSTEM, self.tr("This computer")),
            (Way.LOCAL_SESSION, self.tr("This computer, only my own virtual machines")),
            (Way.SSH, self.tr("Another computer, through SSH")),
            (Way.TLS, self.tr("Another computer, through TLS (certificates)")),
            (Way.TCP, self.tr("Another computer, through TCP (unencrypted)")),
            (Way.CUSTOM, self.tr("An address of my own")),
        ):
            self.way.addItem(text, way)
        self._hint = Label(self)
        self._hint.setWordWrap(True)
        set_muted(self._hint)
        set_role(self._hint, TextRole.CAPTION)
        self._alias = QComboBox(self)
        self._alias.setObjectName("connect-alias")
        self._alias.setAccessibleName(self.tr("Name in libvirt's settings"))
        self.host = self._field("connect-host", self.tr("Host name or address"))
        self.user = self._field("connect-user", self.tr("User"))
        self.uri = self._field("connect-uri", self.tr("Address (URI)"))
        self.uri.setPlaceholderText("qemu+ssh://root@host-a/system")
        self.name = self._field("connect-name", self.tr("Name in the list"))
        self._auto = self._check("connect-auto", self.tr("Connect when vmgui starts"))
        self._auto.setChecked(True)
        self.message = InlineMessage(self)
        self._more = QPushButton(self.tr("More settings"), self)
        self._more.setObjectName("connect-more")
        self._more.setAccessibleName(self._more.text())
        self._more.setCheckable(True)
        self._more.setProperty("kind", "link")
        self._advanced = self._make_advanced()
        self._labels: dict[QWidget, Label] = {}
        self._lay_out()
        for field in (self.host, self.user, self._port, self.uri, self._key_file):
            field.textChanged.connect(self._on_edited)
        # Not textEdited: assistive technology sets a text without it.
        self.name.textChanged.connect(self._on_name_edited)
        self.host.editingFinished.connect(self._spread)
        self.host.textChanged.connect(self._on_host_edited)
        self.way.currentIndexChanged.connect(self._on_way)
        self._alias.currentIndexChanged.connect(self._on_edited)
        self._proxy.currentIndexChanged.connect(self._on_edited)
        self._more.toggled.connect(self._on_more)
        self._on_more(False)

    # For the dialog.

    def form(self) -> HostForm:
        """The way there."""
        way: Way = self.way.currentData()
        return spread(self._written(way))

    def _written(self, way: Way) -> HostForm:
        return HostForm(
            way=way,
            host=self.host.text(),
            user=self.user.text(),
            port=self._port.text(),
            uri=str(self._alias.currentData() or "") if way is Way.ALIAS else self.uri.text(),
            key_file=self._key_file.text(),
            proxy=self._proxy.currentData(),
        )

    def config(self, host_id: HostId) -> HostConfig:
        """All of it; call only when the form has no problem."""
        return HostConfig(
            id=host_id,
            name=self.name.text().strip(),
            uri=build(self.form()),
            read_only=self._read_only.isChecked(),
            autoconnect=self._auto.isChecked(),
            colour=self._colour.currentData(),
            notes=self._notes.toPlainText().strip()[:MAX_NOTES_CHARS],
            screen_authority=self._screen_authority,
        )

    def fill(self, config: HostConfig) -> None:
        """Show a host as it is configured."""
        self._name_is_ours = False
        self._screen_authority = config.screen_authority
        form = take_apart(config.uri)
        self._show_form(form)
        self.name.setText(config.name)
        self._read_only.setChecked(config.read_only)
        self._auto.setChecked(config.autoconnect)
        self._colour.setCurrentIndex(max(0, self._colour.findData(config.colour)))
        self._notes.setPlainText(config.notes)
        rare = (form.port, form.key_file, form.proxy is not Proxy.AUTO, config.colour, config.notes)
        self._more.setChecked(config.read_only or any(rare))
        self._on_way()

    def start(self, way: Way) -> None:
        """An empty form for a way."""
        self._show_form(HostForm(way))
        self._on_way()

    def set_aliases(self, aliases: tuple[UriAlias, ...]) -> None:
        """Offer the names that libvirt's own settings have."""
        if not aliases or self._alias.count():
            return
        for alias in aliases:
            self._alias.addItem(
                visible(self.tr("{name} ({uri})").format(name=alias.name, uri=alias.uri)), alias.uri
            )
        self.way.insertItem(
            self.way.findData(Way.CUSTOM), self.tr("A name from libvirt's settings"), Way.ALIAS
        )
        chosen = self._alias.findData(self.uri.text())
        if self.way.currentData() is Way.CUSTOM and chosen >= 0:
            self._alias.setCurrentIndex(chosen)
            self.way.setCurrentIndex(self.way.findData(Way.ALIAS))

    def focus(self) -> None:
        """To where typing begins."""
        way = self.way.currentData()
        (self.host if way in _REMOTE else self.uri if way is Way.CUSTOM else self.way).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_colours()
        super().changeEvent(event)

    # Building.

    def _field(self, name: str, label: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setMaxLength(500)
        return field

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        box.setAccessibleName(text)
        return box

    def _make_advanced(self) -> QWidget:
        box = QWidget(self)
        box.setObjectName("connect-advanced")
        self._port = self._field("connect-port", self.tr("Port"))
        self._key_file = self._field("connect-key-file", self.tr("SSH key file"))
        self._key_file.setPlaceholderText(self.tr("as in ~/.ssh/config, or from the agent"))
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setObjectName("connect-key-browse")
        self._browse.setAccessibleName(self.tr("Browse for the SSH key file"))
        self._browse.clicked.connect(self._on_browse)
        self._proxy = QComboBox(self)
        self._proxy.setObjectName("connect-proxy")
        self._proxy.setAccessibleName(self.tr("Over there use"))
        for proxy, text in (
            (Proxy.AUTO, self.tr("What is there (automatic)")),
            (Proxy.NATIVE, self.tr("libvirt's own helper (virt-ssh-helper)")),
            (Proxy.NETCAT, self.tr("netcat (hosts older than libvirt 6.8)")),
        ):
            self._proxy.addItem(text, proxy)
        self._read_only = self._check("connect-read-only", self.tr("Only look, change nothing (read-only)"))
        self._colour = QComboBox(self)
        self._colour.setObjectName("connect-colour")
        self._colour.setAccessibleName(self.tr("Colour"))
        for colour in ("", *HOST_COLOURS):
            self._colour.addItem(host_colour_words(colour), colour)
        self._show_colours()
        self._notes = QPlainTextEdit(self)
        self._notes.setObjectName("connect-notes")
        self._notes.setAccessibleName(self.tr("Notes"))
        self._notes.setTabChangesFocus(True)
        self._notes.setPlaceholderText(self.tr("Only on this computer"))
        self._notes.setFixedHeight(self._notes.fontMetrics().lineSpacing() * _NOTES_LINES + 2 * SPACE)
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, text, field in (
            (0, self.tr("&Where"), self.way),
            # The hint stands under the choice it explains.
            (2, self.tr("Name in &libvirt"), self._alias),
            (3, self.tr("&Host name or address"), self.host),
            (4, self.tr("&User"), self.user),
            (5, self.tr("&Address (URI)"), self.uri),
            (6, self.tr("&Name in the list"), self.name),
        ):
            grid.addWidget(self._label(text, field), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._hint, 1, 1)
        grid.addWidget(self.message, 7, 1)
        grid.addWidget(self._auto, 8, 1)
        key = QHBoxLayout()
        key.setSpacing(SPACE)
        key.addWidget(self._key_file, 1)
        key.addWidget(self._browse)
        self._rows = QFormLayout(self._advanced)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(SPACE_L)
        self._rows.setVerticalSpacing(SPACE)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for choice in (self.way, self._alias, self._proxy, self._colour):
            # A long choice is no reason for a wide dialog.
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.addRow(self._label(self.tr("&Port"), self._port), self._port)
        self._rows.addRow(self._label(self.tr("SSH &key file"), self._key_file), key)
        self._rows.addRow(self._label(self.tr("&Over there use"), self._proxy), self._proxy)
        self._rows.addRow(self._label(self.tr("&Colour"), self._colour), self._colour)
        self._rows.addRow(self._label(self.tr("No&tes"), self._notes), self._notes)
        self._rows.addRow(self._read_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(grid)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._advanced)
        self._key_row = key
        # Both parts of the form stand in the same columns.
        width = max(label.sizeHint().width() for label in self._labels.values())
        for label in self._labels.values():
            label.setMinimumWidth(width)

    def _label(self, text: str, field: QWidget) -> Label:
        label = Label(text, self)
        label.setBuddy(field)
        self._labels[field] = label
        return label

    def _show_colours(self) -> None:
        for row in range(self._colour.count()):
            name = self._colour.itemData(row)
            self._colour.setItemIcon(row, host_colour_icon(name, self.devicePixelRatioF()))

    def _show_form(self, form: HostForm) -> None:
        self.way.setCurrentIndex(self.way.findData(form.way))
        self.host.setText(form.host)
        self.user.setText(form.user)
        self._port.setText(form.port)
        self.uri.setText(form.uri)
        self._key_file.setText(form.key_file)
        self._proxy.setCurrentIndex(self._proxy.findData(form.proxy))

    # What is filled in.

    def _on_more(self, on: bool) -> None:
        self._more.setIcon(icon("chevron-up" if on else "chevron-down"))
        self._advanced.setVisible(on)
        self.resized.emit()

    def _on_way(self, _index: int = 0) -> None:
        way = self.way.currentData()
        for field, shown in (
            (self._alias, way is Way.ALIAS),
            (self.host, way in _REMOTE),
            (self.user, way is Way.SSH),
            (self.uri, way is Way.CUSTOM),
        ):
            field.setVisible(shown)
            self._labels[field].setVisible(shown)
        for row, shown in (
            (self._port, way in _REMOTE),
            (self._key_row, way is Way.SSH),
            (self._proxy, way is Way.SSH),
        ):
            self._rows.setRowVisible(row, shown)
        self.user.setPlaceholderText(self.tr("who may use libvirt there; empty: as in ~/.ssh/config"))
        self._port.setPlaceholderText(_PORTS.get(way, ""))
        self._hint.setText(self._hint_words(way))
        self._on_edited()

    def _hint_words(self, way: Way) -> str:
        return {
            Way.LOCAL_SYSTEM: self.tr(
                "All virtual machines of this computer; you may be asked for permission."
            ),
            Way.LOCAL_SESSION: self.tr("Needs no permission; networks and storage are limited to your own."),
            Way.SSH: self.tr(
                "Your keys, agent and ~/.ssh/config are used; a password is asked for where it is needed."
            ),
            Way.TLS: self.tr("Both computers need certificates from the same authority."),
            Way.TCP: self.tr("Everything, passwords too, can be read on the way. For closed networks only."),
            Way.ALIAS: self.tr("Names from libvirt.conf, as virsh knows them."),
            Way.CUSTOM: self.tr("Any address libvirt understands."),
        }[way]

    def _on_name_edited(self, _text: str) -> None:
        if not self._suggesting:
            self._name_is_ours = False
            self.changed.emit()

    def _on_host_edited(self, text: str) -> None:
        """What was pasted is spread at once; what is being typed is not taken away under the fingers."""
        grown, self._host_chars = len(text) - self._host_chars, len(text)
        if grown > 1:
            self._spread()

    def _spread(self) -> None:
        written = self._written(self.way.currentData())
        form = spread(written)
        if form != written:
            self._show_form(form)
            if form.port:
                self._more.setChecked(True)
            self._on_way()

    def _on_edited(self, _value: object = "") -> None:
        if self._name_is_ours:
            self._suggesting = True
            self.name.setText(suggested_name(self.form()) or self._default_name())
            self._suggesting = False
        self.changed.emit()

    def _default_name(self) -> str:
        local = self.way.currentData() in (Way.LOCAL_SYSTEM, Way.LOCAL_SESSION)
        return self.tr("This computer") if local else ""

    def _on_browse(self) -> None:
        self._scope.try_run(self._choose_key_file())

    async def _choose_key_file(self) -> None:
        chosen = await choose_file(self.window(), self.tr("Choose the SSH key file"), directory="~/.ssh")
        if chosen:
            self._key_file.setText(chosen)
