"""What is wrong with a host's certificate: libvirt says only that it is (`Failed to verify peer's certificate`).

So, once it has refused one, the same handshake is made again with OpenSSL, which names the reason.
(https://libvirt.org/kbase/tlscerts.html for where the authority's certificate lies)
"""

from __future__ import annotations

import os
import socket
import ssl
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from vmgui.model.console import TlsFiles

LIMIT_S = 5.0


def authority_file(uri: str) -> Path:
    """The authority's certificate that libvirt uses for this URI."""
    query = parse_qs(urlsplit(uri).query)
    if query.get("pkipath"):
        return Path(query["pkipath"][0]) / "cacert.pem"
    own = Path(os.path.expanduser("~/.pki/libvirt/cacert.pem"))
    return own if os.geteuid() != 0 and os.path.exists(own) else Path("/etc/pki/CA/cacert.pem")


def find_tls_files(uri: str, authority: str = "") -> TlsFiles:
    """What libvirt itself uses for this URI, as far as we can read it, and `authority`; looks at files."""
    query = parse_qs(urlsplit(uri).query)
    own = Path(os.path.expanduser("~/.pki/libvirt"))
    if query.get("pkipath"):
        given = Path(query["pkipath"][0])
        pairs = [(given / "clientcert.pem", given / "clientkey.pem")]
    else:
        system = Path("/etc/pki/libvirt")
        pairs = [
            (own / "clientcert.pem", own / "clientkey.pem"),
            (system / "clientcert.pem", system / "private" / "clientkey.pem"),
        ]
    authorities = [authority_file(uri), *([Path(authority)] if authority else [])]
    found = next((pair for pair in pairs if all(os.access(file, os.R_OK) for file in pair)), None)
    return TlsFiles(
        authorities=tuple(str(file) for file in authorities if os.access(file, os.R_OK)),
        certificate=str(found[0]) if found is not None else "",
        key=str(found[1]) if found is not None else "",
    )


def certificate_problem(uri: str, hostname: str, port: int) -> str:
    """OpenSSL's words for what is wrong; empty where it finds nothing. Blocks for `LIMIT_S` at most each way."""
    try:
        context = ssl.create_default_context(cafile=str(authority_file(uri)))
        with (
            socket.create_connection((hostname, port), LIMIT_S) as way,
            context.wrap_socket(way, server_hostname=hostname),
        ):
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except (OSError, ValueError):
        return ""
