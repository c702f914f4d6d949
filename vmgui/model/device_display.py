"""Displays, video cards, input and sound in full, as libvirt documents them."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Device, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """`<listen>`: where a display waits for viewers."""

    kind: str = ""  # address, network, socket, none
    address: str = ""
    network: str = ""
    socket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpiceChannel:
    """Whether a channel of SPICE is encrypted."""

    name: str = ""
    mode: str = ""  # any, secure, insecure


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphicsDevice:
    """`<graphics>`; a port of -1 is chosen at start."""

    kind: str = ""  # vnc, spice, sdl, rdp, desktop, egl-headless, dbus
    port: int | None = None
    tls_port: int | None = None
    auto_port: bool | None = None
    websocket: int | None = None
    listen: str = ""
    socket: str = ""
    password: str = field(default="", repr=False)  # only in secure XML; never in a log
    password_valid_to: str = ""
    when_connected: str = ""  # keep, disconnect, fail
    username: str = ""
    keymap: str = ""
    share_policy: str = ""
    power_control: bool | None = None
    default_mode: str = ""
    display: str = ""  # of SDL
    xauth: str = ""
    full_screen: bool | None = None
    replace_user: bool | None = None  # of RDP
    multi_user: bool | None = None
    bus_address: str = ""  # of D-Bus
    peer_to_peer: bool | None = None
    wait: bool | None = None  # of bhyve: whether the guest starts only for a viewer
    listens: tuple[Listen, ...] = ()
    audio_id: int | None = None
    gl: bool | None = None
    render_node: str = ""
    channels: tuple[SpiceChannel, ...] = ()
    image_compression: str = ""
    jpeg_compression: str = ""
    zlib_compression: str = ""
    playback_compression: bool | None = None
    streaming: str = ""
    mouse_mode: str = ""
    clipboard: bool | None = None
    file_transfer: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoDevice(Device):
    """`<video>`."""

    driver: str = ""  # qemu, vhostuser
    vga_config: str = ""
    virtio: Virtio = field(default_factory=Virtio)
    model: str = ""  # virtio, qxl, vga, cirrus, bochs, ramfb, none ...
    device: str = ""  # of virtio alone virtio-vga, virtio-gpu ...; only newer libvirts say so
    memory_kib: int | None = None  # what QXL calls ram
    video_memory_kib: int | None = None
    video_memory64_kib: int | None = None
    vga_memory_kib: int | None = None
    heads: int | None = None
    primary: bool | None = None
    blob: bool | None = None
    edid: bool | None = None
    accel_2d: bool | None = None
    accel_3d: bool | None = None
    render_node: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDevice(Device):
    """`<input>`."""

    kind: str = ""  # tablet, mouse, keyboard, passthrough, evdev
    bus: str = ""
    model: str = ""
    virtio: Virtio = field(default_factory=Virtio)
    event_device: str = ""  # of passthrough
    device: str = ""  # of evdev
    grab: str = ""
    grab_toggle: str = ""
    repeat: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice(Device):
    """`<sound>`: the guest's sound card."""

    model: str = ""
    multichannel: bool | None = None
    streams: int | None = None
    codecs: tuple[str, ...] = ()  # duplex, micro, output
    audio_id: int | None = None
    virtio: Virtio = field(default_factory=Virtio)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioStream:
    """`<input>` or `<output>` of an `<audio>`."""

    mixing_engine: bool | None = None
    fixed_settings: bool | None = None
    voices: int | None = None
    buffer_us: int | None = None
    device: str = ""
    name: str = ""
    buffer_count: int | None = None
    try_poll: bool | None = None
    latency_us: int | None = None
    server_name: str = ""
    stream_name: str = ""
    client_name: str = ""
    connect_ports: str = ""
    exact_name: bool | None = None
    frequency_hz: int | None = None
    channels: int | None = None
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioDevice:
    """`<audio>`: where sound goes on the host."""

    id: int | None = None
    kind: str = ""  # none, alsa, pulseaudio, pipewire, spice, dbus ...
    timer_period_us: int | None = None
    server_name: str = ""
    runtime_dir: str = ""
    path: str = ""  # of file
    driver: str = ""  # of SDL
    try_mmap: bool | None = None  # of OSS
    exclusive: bool | None = None
    dsp_policy: int | None = None
    input: AudioStream = field(default_factory=AudioStream)
    output: AudioStream = field(default_factory=AudioStream)
