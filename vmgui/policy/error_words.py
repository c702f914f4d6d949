"""What libvirt, ssh and QEMU say of an error, without the names in it.

Where a number says too little the words decide what went wrong. Names stand among them, and names are anybody's:
"keepalive.qcow2" is no lost connection, a host called "polkit.lan" refuses nobody.
"""

from __future__ import annotations

import re

# In quotes: of a name with an apostrophe the quote that ends it stands before no letter.
_QUOTED = re.compile(
    r"(?<!\w)'(?:[^\n]*?)'(?!\w)|(?<!\w)\"(?!write\"|consistent read\")[^\"\n]*\"|[‘“«][^\n]*?[’”»]"
)
_BRACKETED = re.compile(r"\[[^\]\n]*/[^\]\n]*\]")  # QEMU: "is another process using the image [/a b.qcow2]?"
_SOCKET = re.compile(r"(?:/var)?/run/(?:user/\d+/)?libvirt/(?=(?:libvirt|virt\w+d)-sock(?:-ro)?(?!\S*/))")
# Paths, addresses, files' and hosts' names: with "/" or "@" in them or a dot within.
_NAME = re.compile(r"[^\s:;,'\"()]*(?:[/@]|\.(?=\w))[^\s;,'\"()]*?(?=[:;,'\"()]*(?:\s|$)|[;,'\"()])")
# Hosts by a single word, where OpenSSH, nc and libvirt name them.
_HOST = re.compile(
    r"(?<=could not resolve hostname )\S+?(?=:)|(?<=host key for )\S+(?= has)|(?<=to host )\S+(?= port)"
    r"|(?<=closed by )\S+(?= port)|(?<=reset by )(?!peer)\S+(?= port)|(?<=identity file ).+(?= not accessible)"
)


def without_names(words: str) -> str:
    """The words in lower case; what is quoted, paths, files' and hosts' names are left out.

    Known names are not looked for: of a host called "host" no "host key verification failed" would be left.
    """
    lower = words.lower()
    lower = _BRACKETED.sub("[]", _QUOTED.sub("''", _HOST.sub("", lower)))
    return _NAME.sub("", _SOCKET.sub("", lower))
