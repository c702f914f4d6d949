"""`<graphics>` (https://libvirt.org/formatdomain.html#graphical-framebuffers)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import choice, on_off, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, listed

if TYPE_CHECKING:
    from vmgui.model.device_display import GraphicsDevice, Listen, SpiceChannel

LISTEN: Kind[Listen] = Kind(
    "listen",
    "device_display.Listen",
    choice("kind", "@type", "address network socket none"),
    word("address", "@address"),
    text("network", "@network"),
    text("socket", "@socket"),
)
_CHANNEL: Kind[SpiceChannel] = Kind(
    "channel",
    "device_display.SpiceChannel",
    choice("name", "@name", "main display inputs cursor playback record smartcard usbredir"),
    choice("mode", "@mode", "any secure insecure"),
)

GRAPHICS: Kind[GraphicsDevice] = Kind(
    "graphics",
    "device_display.GraphicsDevice",
    choice("kind", "@type", "vnc spice sdl rdp desktop egl-headless dbus"),
    whole("port", "@port"),
    whole("tls_port", "@tlsPort"),
    yes_no("auto_port", "@autoport"),
    whole("websocket", "@websocket"),
    word("listen", "@listen"),
    text("socket", "@socket"),
    text("password", "@passwd"),
    word("password_valid_to", "@passwdValidTo"),
    choice("when_connected", "@connected", "keep disconnect fail"),
    text("username", "@username"),
    word("keymap", "@keymap"),
    choice("share_policy", "@sharePolicy", "allow-exclusive force-shared ignore"),
    yes_no("power_control", "@powerControl"),
    yes_no("wait", "@wait"),
    choice("default_mode", "@defaultMode", "any secure insecure"),
    text("display", "@display"),
    text("xauth", "@xauth"),
    yes_no("full_screen", "@fullscreen"),
    yes_no("replace_user", "@replaceUser"),
    yes_no("multi_user", "@multiUser"),
    text("bus_address", "@address"),
    yes_no("peer_to_peer", "@p2p"),
    listed("listens", "listen", LISTEN),
    whole("audio_id", "audio/@id"),
    yes_no("gl", "gl/@enable"),
    text("render_node", "gl/@rendernode"),
    listed("channels", "channel", _CHANNEL, key="name"),
    choice("image_compression", "image/@compression", "auto_glz auto_lz quic glz lz off"),
    choice("jpeg_compression", "jpeg/@compression", "auto never always"),
    choice("zlib_compression", "zlib/@compression", "auto never always"),
    on_off("playback_compression", "playback/@compression"),
    choice("streaming", "streaming/@mode", "filter all off"),
    choice("mouse_mode", "mouse/@mode", "server client"),
    yes_no("clipboard", "clipboard/@copypaste"),
    yes_no("file_transfer", "filetransfer/@enable"),
)
