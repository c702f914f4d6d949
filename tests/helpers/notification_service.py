"""A tiny notification service of a desktop, under the system's python3 (GLib is not on PyPI).

Prints a line of JSON per notification; a line "click N" on stdin invokes its default action, "close N" closes it.
Stands in for GNOME's and others': like them it refuses arguments of any other type than susssasa{sv}i.
"""

from __future__ import annotations

import json
import os
import sys

from gi.repository import Gio, GLib

XML = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal></interface></node>"""
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
count = 0


def say(**what):
    print(json.dumps(what), flush=True)


def on_call(_connection, _sender, _path, _interface, _method, arguments, invocation):
    global count
    count += 1
    app, replaces, icon, summary, body, actions, hints, _timeout = arguments.unpack()
    say(
        id=count,
        app=app,
        replaces=replaces,
        icon=icon,
        summary=summary,
        body=body,
        actions=actions,
        hints=hints,
    )
    invocation.return_value(GLib.Variant("(u)", (count,)))


def on_bus(connection, _name):
    interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
    connection.register_object(PATH, interface, on_call, None, None)

    def on_lines(descriptor, _condition):
        lines = os.read(descriptor, 4096).decode()
        if not lines:
            loop.quit()
            return False
        for line in lines.splitlines():
            word, number = line.split()
            name, more = ("ActionInvoked", GLib.Variant("(us)", (int(number), "default")))
            if word == "close":
                name, more = ("NotificationClosed", GLib.Variant("(uu)", (int(number), 2)))
            connection.emit_signal(None, PATH, NAME, name, more)
        return True

    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, sys.stdin.fileno(), GLib.IOCondition.IN, on_lines)


loop = GLib.MainLoop()
Gio.bus_own_name(
    Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, on_bus, lambda *_: say(ready=True), None
)
loop.run()
