"""How many bytes, or KiB where libvirt counts in these, are in what a person reads."""

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

KIB_PER_MIB = MIB // KIB
KIB_PER_GIB = GIB // KIB
