"""The look: colour tokens for light and dark, the palette and style sheet made of them, text roles.

All colours of the program are here and nowhere else; `tests/unit/ui/common/test_theme.py` holds every
text colour to a contrast of at least 4.5 : 1 on every ground it may stand on (WCAG 2.2, 1.4.3).
Fusion draws with our palette, so that one look serves every desktop.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from vmgui.ui.look.style_sheet import style_sheet
from vmgui.ui.look.tokens import DARK, LIGHT, Tokens

__all__ = [
    "DARK",
    "FORM_PX",
    "LIGHT",
    "SPACE",
    "SPACE_L",
    "SPACE_S",
    "SPACE_XL",
    "TextRole",
    "ThemeWatcher",
    "Tokens",
    "install",
    "make_danger",
    "make_primary",
    "set_muted",
    "set_role",
    "set_theme",
    "tabular",
    "tokens",
    "watcher",
]

SPACE_S = 4
SPACE = 8
SPACE_L = 16
SPACE_XL = 24
FORM_PX = 720
"""As wide as a form on a page is at most."""


class TextRole(Enum):
    """How large and heavy a text is; the style sheet turns it into a font."""

    CAPTION = "caption"  # 0.85
    BODY = "body"
    STRONG = "strong"  # body, semi-bold
    TITLE = "title"  # 1.25
    PAGE = "page"  # 1.6


class ThemeWatcher(QObject):
    """Holds the tokens in use and follows the desktop."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tokens = LIGHT
        self._chosen = "system"
        self._application: QApplication | None = None

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    def attach(self, application: QApplication, chosen: str) -> None:
        """Dress the application and keep following the desktop's scheme and font."""
        first = self._application is None
        self._application = application
        if first:
            application.setStyle("Fusion")
            application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(chosen)

    def choose(self, chosen: str) -> None:
        """`system`, `light` or `dark`."""
        self._chosen = chosen
        if self._application is None:
            return
        hints = self._application.styleHints()
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(chosen)
        if scheme is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(scheme)
        self._apply()

    def font_changed(self) -> None:
        """The desktop's font is another: sizes in the style sheet follow. Told by the main window.

        (An event filter on the application would run Python for each event of each object.)
        """
        self._dress()

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _apply(self) -> None:
        if self._application is None:
            return
        dark = self._chosen == "dark"
        if self._chosen == "system":
            dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        wanted = DARK if dark else LIGHT
        # The platform's own palette may have been put back by the scheme change.
        ours = self._application.palette().color(QPalette.ColorRole.Window) == QColor(wanted.window)
        if wanted is self._tokens and ours and self._application.styleSheet():
            return
        self._tokens = wanted
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        application = self._application
        if application is None:
            return
        sheet = style_sheet(self._tokens, application.font().pointSizeF())
        if application.styleSheet() != sheet:
            # One sheet over another takes 200 ms with 300 widgets; none between them, 70 ms.
            application.setStyleSheet("")
        application.setPalette(palette(self._tokens))
        if application.styleSheet() != sheet:
            application.setStyleSheet(sheet)


_watcher: ThemeWatcher | None = None


def watcher() -> ThemeWatcher:
    """The one theme of this process; its `changed` comes after palette and style sheet are set."""
    global _watcher
    if _watcher is None:
        _watcher = ThemeWatcher()
    return _watcher


def tokens() -> Tokens:
    """The colours in use now."""
    return watcher().tokens


def install(application: QApplication, chosen: str = "system") -> None:
    """Dress the application; `chosen` is `system`, `light` or `dark`."""
    watcher().attach(application, chosen)


def set_theme(chosen: str) -> None:
    """Change to `system`, `light` or `dark` at once."""
    watcher().choose(chosen)


def palette(colours: Tokens) -> QPalette:
    """The palette made of these tokens."""
    role = QPalette.ColorRole
    result = QPalette()
    for which, name in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.Light: colours.raised,
        role.Midlight: colours.raised,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
    }.items():
        result.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(colours.window))
    result.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor(colours.selection_inactive))
    return result


def set_role(widget: QWidget, role: TextRole) -> None:
    """Give a label its size and weight."""
    _set(widget, "textRole", role.value)


def set_muted(widget: QWidget, on: bool = True) -> None:
    """Make a label's text secondary."""
    _set(widget, "muted", on)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label's text: "danger", "warning", "success", "accent" or "" for none."""
    _set(widget, "tone", tone)


def make_primary(button: QPushButton) -> None:
    """The one accent button of a view."""
    _set(button, "kind", "primary")


def make_plain(button: QPushButton) -> None:
    """Neither the one to be pressed nor one to beware of."""
    _set(button, "kind", "")


def make_danger(button: QPushButton) -> None:
    """A button that loses something."""
    _set(button, "kind", "danger")


def scaled(font: QFont, factor: float) -> QFont:
    """The same font, larger or smaller."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * factor)
    else:
        result.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return result


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, for columns of numbers."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def colour(name: str, alpha: float = 1.0) -> QColor:
    """A token's value as a colour, more or less transparent."""
    result = QColor(name)
    result.setAlphaF(alpha)
    return result


def _set(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet asks for."""
    if widget.property(name) == value:
        # Pages say again at every news what their labels are; the style would be worked out anew each time.
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        # Qt does it when the widget is first shown; twice more before that costs half of building a page.
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
