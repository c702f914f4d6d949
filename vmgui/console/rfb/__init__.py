"""Our own RFB (VNC) client: RFC 6143 and the extensions QEMU speaks.

Three parts, each usable without the next: `protocol` turns bytes into events and knows no sockets;
`pump` feeds it from a socket in a worker thread; `session` is what a window talks to.
The registry of messages and encodings is <https://github.com/rfbproto/rfbproto>.
"""
