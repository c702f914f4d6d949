"""Where the parts of a disk's `<source>` stand; the same in what it is based on, and in a copy under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import ADDRESS, AUTH, RECONNECT, SECRET, SECURITY_LABEL
from vmgui.libvirtxml.fields import choice, text, whole, word, yes_no
from vmgui.libvirtxml.kind import Kind, listed, optional

if TYPE_CHECKING:
    from vmgui.model.device_disk import (
        Cookie,
        DataFile,
        DiskSource,
        Encryption,
        Reservations,
        Slice,
        StorageHost,
    )

SOURCE_KINDS = "file block dir network volume nvme vhostuser vhostvdpa ctl"
FORMATS = "raw qcow2 qcow qed vmdk vdi vpc vhd dir bochs cloop dmg iso fat ploop luks cow"

STORAGE_HOST: Kind[StorageHost] = Kind(
    "host",
    "device_disk.StorageHost",
    word("name", "@name"),
    word("port", "@port"),
    choice("transport", "@transport", "tcp rdma unix"),
    text("socket", "@socket"),
)

ENCRYPTION: Kind[Encryption] = Kind(
    "encryption",
    "device_disk.Encryption",
    choice("format", "@format", "default qcow luks luks2 luks-any"),
    choice("engine", "@engine", "qemu librbd"),
    listed("secrets", "secret", SECRET),
    word("cipher_name", "cipher/@name"),
    whole("cipher_size_bits", "cipher/@size"),
    word("cipher_mode", "cipher/@mode"),
    word("cipher_hash", "cipher/@hash"),
    word("ivgen_name", "ivgen/@name"),
    word("ivgen_hash", "ivgen/@hash"),
)

_RESERVATIONS: Kind[Reservations] = Kind(
    "reservations",
    "device_disk.Reservations",
    yes_no("managed", "@managed"),
    choice("kind", "source/@type", "unix"),
    text("path", "source/@path"),
    choice("mode", "source/@mode", "client server"),
    optional("reconnect", "source/reconnect", RECONNECT),
)
_SLICE: Kind[Slice] = Kind(
    "slice",
    "device_disk.Slice",
    choice("kind", "@type", "storage"),
    whole("offset_bytes", "@offset"),
    whole("size_bytes", "@size"),
)
_COOKIE: Kind[Cookie] = Kind("cookie", "device_disk.Cookie", text("name", "@name"), text("value", "."))

_PLACE = (
    text("file", "@file"),
    text("device", "@dev"),
    text("directory", "@dir"),
    choice("protocol", "@protocol", "nbd gluster rbd iscsi http https ftp ftps ssh sheepdog tftp vxhs nfs"),
    text("name", "@name"),
    text("query", "@query"),
    text("pool", "@pool"),
    text("volume", "@volume"),
    choice("mode", "@mode", "host direct"),
    choice("kind", "@type", "pci unix"),
    text("path", "@path"),
    yes_no("managed", "@managed"),
    word("namespace", "@namespace"),
    yes_no("tls", "@tls"),
    text("tls_hostname", "@tlsHostname"),
    choice("startup_policy", "@startupPolicy", "mandatory requisite optional"),
    word("fd_group", "@fdgroup"),
    whole("index", "@index"),
    optional("address", "address", ADDRESS),
    listed("hosts", "host", STORAGE_HOST),
    text("snapshot", "snapshot/@name"),
    text("config_path", "config/@file"),
    optional("auth", "auth", AUTH),
    optional("encryption", "encryption", ENCRYPTION),
    optional("reservations", "reservations", _RESERVATIONS),
    text("initiator_iqn", "initiator/iqn/@name"),
    listed("slices", "slices/slice", _SLICE),
    yes_no("ssl_verify", "ssl/@verify"),
    listed("cookies", "cookies/cookie", _COOKIE),
    whole("readahead_bytes", "readahead/@size"),
    whole("timeout_s", "timeout/@seconds"),
    optional("reconnect", "reconnect", RECONNECT),
    word("identity_user", "identity/@user"),
    word("identity_group", "identity/@group"),
    text("identity_username", "identity/@username"),
    text("identity_keyfile", "identity/@keyfile"),
    text("identity_agent_socket", "identity/@agentsock"),
    text("known_hosts_path", "knownHosts/@path"),
    listed("security_labels", "seclabel", SECURITY_LABEL),
)

_DATA_FILE: Kind[DataFile] = Kind(
    "dataStore",
    "device_disk.DataFile",
    choice("source_kind", "@type", SOURCE_KINDS),
    choice("format", "format/@type", "raw"),
    # Without a data file of its own: nobody can nest them so deep that reading ends in a crash.
    optional("source", "source", Kind("source", "device_disk.DiskSource", *_PLACE)),
)

DISK_SOURCE: Kind[DiskSource] = Kind(
    "source", "device_disk.DiskSource", *_PLACE, optional("data_file", "dataStore", _DATA_FILE)
)
