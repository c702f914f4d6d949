"""A desktop's clipboard manager, by itself: says what a program that ends leaves it to keep, a line each.

(https://www.freedesktop.org/wiki/ClipboardManager/: who owns the clipboard asks the owner of CLIPBOARD_MANAGER for
SAVE_TARGETS, and answers what that asks back.) Xlib by ctypes: no toolkit offers this side of it.
"""

import ctypes

ulong, Handle = ctypes.c_ulong, ctypes.c_void_p
SELECTION_REQUEST, SELECTION_NOTIFY = 30, 31
_HEAD = [("type", ctypes.c_int), ("serial", ulong), ("sent", ctypes.c_int), ("display", Handle)]
_TAIL = [(name, ulong) for name in ("requestor", "selection", "target", "property", "time")]


class Request(ctypes.Structure):
    _fields_ = [*_HEAD, ("owner", ulong), *_TAIL]


class Notify(ctypes.Structure):
    _fields_ = [*_HEAD, *_TAIL]


class Event(ctypes.Union):
    _fields_ = [
        ("type", ctypes.c_int),
        ("request", Request),
        ("notify", Notify),
        ("room", ctypes.c_long * 24),
    ]


def main() -> None:
    xlib = ctypes.CDLL("libX11.so.6")
    for name in ("XOpenDisplay", "XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow"):
        getattr(xlib, name).restype = Handle if name == "XOpenDisplay" else ulong
    display = Handle(xlib.XOpenDisplay(None))

    def atom(name: str) -> ulong:
        return ulong(xlib.XInternAtom(display, name.encode(), 0))

    root = ulong(xlib.XDefaultRootWindow(display))
    window = ulong(xlib.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, ulong(0), ulong(0)))
    xlib.XSetSelectionOwner(display, atom("CLIPBOARD_MANAGER"), window, ulong(0))
    xlib.XFlush(display)
    print("ready", flush=True)
    event, answer, asker = Event(), Event(), ulong(0)
    while True:
        xlib.XNextEvent(display, ctypes.byref(event))
        if event.type == SELECTION_REQUEST:
            asked = event.request
            asker = ulong(asked.requestor)
            answer.notify = Notify(
                SELECTION_NOTIFY, 0, 1, display, asked.requestor, asked.selection, asked.target,
                asked.property, asked.time,
            )  # fmt: skip
            xlib.XConvertSelection(
                display, atom("CLIPBOARD"), atom("UTF8_STRING"), atom("KEPT"), window, ulong(0)
            )
        elif event.type == SELECTION_NOTIFY:
            kind, size, count, after = ulong(), ctypes.c_int(), ulong(), ulong()
            data = ctypes.c_char_p()
            xlib.XGetWindowProperty(
                display, window, atom("KEPT"), ctypes.c_long(0), ctypes.c_long(1000), 0, ulong(0),
                *(ctypes.byref(one) for one in (kind, size, count, after, data)),
            )  # fmt: skip
            print((data.value or b"").decode(), flush=True)
            xlib.XSendEvent(display, asker, 0, ctypes.c_long(0), ctypes.byref(answer))
        xlib.XFlush(display)


if __name__ == "__main__":
    main()
