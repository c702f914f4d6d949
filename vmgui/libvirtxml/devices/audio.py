"""`<audio>` (https://libvirt.org/formatdomain.html#audio-backends)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import choice, text, whole, yes_no
from vmgui.libvirtxml.kind import Kind, group

if TYPE_CHECKING:
    from vmgui.model.device_display import AudioDevice, AudioStream

_STREAM: Kind[AudioStream] = Kind(
    "input",
    "device_display.AudioStream",
    yes_no("mixing_engine", "@mixingEngine"),
    yes_no("fixed_settings", "@fixedSettings"),
    whole("voices", "@voices"),
    whole("buffer_us", "@bufferLength"),
    text("device", "@dev"),
    text("name", "@name"),
    whole("buffer_count", "@bufferCount"),
    yes_no("try_poll", "@tryPoll"),
    whole("latency_us", "@latency"),
    text("server_name", "@serverName"),
    text("stream_name", "@streamName"),
    text("client_name", "@clientName"),
    text("connect_ports", "@connectPorts"),
    yes_no("exact_name", "@exactName"),
    whole("frequency_hz", "settings/@frequency"),
    whole("channels", "settings/@channels"),
    choice("format", "settings/@format", "s8 u8 s16 u16 s32 u32 f32"),
)

AUDIO: Kind[AudioDevice] = Kind(
    "audio",
    "device_display.AudioDevice",
    whole("id", "@id"),
    choice("kind", "@type", "none alsa coreaudio dbus jack oss pipewire pulseaudio sdl spice file"),
    whole("timer_period_us", "@timerPeriod"),
    text("server_name", "@serverName"),
    text("runtime_dir", "@runtimeDir"),
    text("path", "@path"),
    choice("driver", "@driver", "esd alsa arts pulseaudio"),
    yes_no("try_mmap", "@tryMMap"),
    yes_no("exclusive", "@exclusive"),
    whole("dsp_policy", "@dspPolicy"),
    group("input", "input", _STREAM),
    group("output", "output", _STREAM),
)
