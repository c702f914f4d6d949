"""`<tpm>` (https://libvirt.org/formatdomain.html#tpm-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice, flag, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, optional

if TYPE_CHECKING:
    from vmgui.model.device_machine import TpmBanks, TpmDevice

_BANKS: Kind[TpmBanks] = Kind(
    "active_pcr_banks",
    "device_machine.TpmBanks",
    flag("sha1", "sha1"),
    flag("sha256", "sha256"),
    flag("sha384", "sha384"),
    flag("sha512", "sha512"),
)

TPM: Kind[TpmDevice] = Kind(
    "tpm",
    "device_machine.TpmDevice",
    choice("model", "@model", "tpm-crb tpm-tis tpm-spapr spapr-tpm-proxy"),
    choice("backend", "backend/@type", "emulator passthrough external"),
    choice("version", "backend/@version", "2.0 1.2"),
    yes_no("persistent_state", "backend/@persistent_state"),
    whole("debug_level", "backend/@debug"),
    text("device_path", "backend/device/@path"),
    word("encryption_secret", "backend/encryption/@secret"),
    optional("pcr_banks", "backend/active_pcr_banks", _BANKS),
    choice("source_kind", "backend/source/@type", "file dir unix"),
    choice("source_mode", "backend/source/@mode", "connect"),
    text("source_path", "backend/source/@path"),
    text("profile_name", "backend/profile/@name"),
    text("profile_source", "backend/profile/@source"),
    choice("profile_remove_disabled", "backend/profile/@removeDisabled", "check fips-host"),
    *COMMON,
)
