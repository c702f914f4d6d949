"""Answers questions about, and works, the windows on the accessibility bus.

Runs under the system's python3 (gi is not on PyPI); speaks JSON lines on stdin/stdout with tests/e2e/desktop.py.
A control is found by role and accessible name, never by its place.

A look at a window takes some hundred calls of the bus (AT-SPI2: `org.a11y.atspi.*`). libatspi makes one after the
other and waits for each; here all calls about one level of the tree are under way together.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ATSPI = "org.a11y.atspi."
ACCESSIBLE = ATSPI + "Accessible"
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY = ATSPI + "Registry"
ROOT = "/org/a11y/atspi/accessible/root"
CALL_TIMEOUT_MS = 60_000
MAX_CHILDREN = 2000
# What may be known by a label beside it.
FIELDS = ("combo box", "spin button", "text", "list", "table", "tree table")
# Entries of a menu do not say that they are to be seen.
ALWAYS_SHOWN = ("menu", "menu item")
STATES = [Atspi.StateType(bit).value_nick for bit in range(int(Atspi.StateType.LAST_DEFINED))]
PRESSES = ("press", "click", "toggle", "showmenu")


class Bus:
    """Calls to programs on the accessibility bus; a node is (name on the bus, path of the object)."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        (address,) = session.call_sync(
            *("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress"),
            *(None, None, Gio.DBusCallFlags.NONE, CALL_TIMEOUT_MS, None),
        )
        flags = Gio.DBusConnectionFlags
        self._connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
        )
        self._roles = {}  # a control's does not change, and no two ever have the same path
        self.focused = None  # what has the keyboard, of whatever program
        self._connection.signal_subscribe(
            *(None, ATSPI + "Event.Object", "StateChanged", None, "focused"),
            *(Gio.DBusSignalFlags.NONE, self._on_focus),
        )
        event = GLib.Variant("(sass)", ("object:state-changed:focused", [], ""))
        self.one((REGISTRY, "/org/a11y/atspi/registry"), REGISTRY, "RegisterEvent", event)

    def _on_focus(self, _connection, sender, path, _interface, _signal, arguments):
        if arguments.unpack()[1]:
            self.focused = (sender, path)

    def each(self, calls):
        """The answers to calls (node, interface, method, arguments), all made at once; None: it has failed."""
        answers = [None] * len(calls)
        left = len(calls)

        def keep(connection, result, index):
            nonlocal left
            left -= 1
            try:
                answer = connection.call_finish(result).unpack()
            except GLib.Error:
                return
            answers[index] = answer[0] if len(answer) == 1 else answer

        for index, ((name, path), interface, method, arguments) in enumerate(calls):
            self._connection.call(
                *(name, path, interface, method, arguments, None),
                *(Gio.DBusCallFlags.NONE, CALL_TIMEOUT_MS, None, keep, index),
            )
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def of_each(self, nodes, method, interface=ACCESSIBLE, arguments=None):
        """The answers of several nodes to one call."""
        return self.each([(node, interface, method, arguments) for node in nodes])

    def property_of_each(self, nodes, name, interface=ACCESSIBLE):
        """A property of several nodes."""
        return self.of_each(nodes, "Get", PROPERTIES, GLib.Variant("(ss)", (interface, name)))

    def one(self, node, interface, method, arguments=None):
        """The answer to one call; None: it has failed."""
        return self.each([(node, interface, method, arguments)])[0]

    def names(self, nodes):
        """Their accessible names."""
        return [name or "" for name in self.property_of_each(nodes, "Name")]

    def roles(self, nodes):
        """What kinds of control they are."""
        new = [node for node in nodes if node not in self._roles]
        for node, role in zip(new, self.of_each(new, "GetRole"), strict=True):
            if role is not None:
                self._roles[node] = Atspi.role_get_name(Atspi.Role(role))
        return [self._roles.get(node, "") for node in nodes]

    def states(self, nodes):
        """Each one's states by name."""
        return [
            {name for bit, name in enumerate(STATES) if words[bit // 32] >> bit % 32 & 1}
            for words in (found or (0, 0) for found in self.of_each(nodes, "GetState"))
        ]

    def children(self, nodes):
        """Those right below each of them."""
        return [(found or [])[:MAX_CHILDREN] for found in self.of_each(nodes, "GetChildren")]

    def labels(self, nodes):
        """Names of the labels that stand for each: a combo box's own name is its current text."""
        found = []
        for relations in self.of_each(nodes, "GetRelationSet"):
            labelled_by = int(Atspi.RelationType.LABELLED_BY)
            targets = [node for kind, those in relations or [] if kind == labelled_by for node in those]
            found.append(self.names(targets))
        return found

    def application(self, pid):
        """The root of a program's tree."""
        (programs,) = self.children([(REGISTRY, ROOT)])
        bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
        asked = [
            (bus, bus[0], "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) for name, _ in programs
        ]
        found = zip(programs, self.each(asked), strict=True)
        return next((program for program, its_pid in found if its_pid == pid), None)

    def popup(self, application, tops):
        """What floats above the windows: menus and lists of buttons are no children of the program, so a screen
        reader too finds them only from what has the focus there."""
        node, above = self.focused, None
        if node is None or node[0] != application[0]:
            return None
        while node is not None and self.roles([node]) not in (["application"], [""]):
            (parent,) = self.property_of_each([node], "Parent")
            node, above = parent, node
        return None if node is None or above is None or above in tops else above

    def walk(self, application):
        """All that is on screen, from the outside in."""
        (tops,) = self.children([application])
        popup = self.popup(application, tops)
        below = {application: tops if popup is None else [popup, *tops]}
        parents = [application]
        while parents:
            level = list(dict.fromkeys(node for parent in parents for node in below[parent]))
            looks = zip(level, self.states(level), self.roles(level), strict=True)
            # A window is not shown for being a menu.
            always = () if parents == [application] else ALWAYS_SHOWN
            seen = {node for node, states, role in looks if "showing" in states or role in always}
            shown = seen - below.keys()
            for parent in parents:
                below[parent] = [node for node in below[parent] if node in shown]
            parents = [node for node in level if node in shown]
            below |= zip(parents, self.children(parents), strict=True)
        return in_order(application, below)

    def describe(self, nodes):
        """All that a test may want to know of them."""
        roles, names, states = self.roles(nodes), self.names(nodes), self.states(nodes)
        descriptions = self.property_of_each(nodes, "Description")
        interfaces = [found or [] for found in self.of_each(nodes, "GetInterfaces")]

        def those_with(interface):
            return [node for node, has in zip(nodes, interfaces, strict=True) if ATSPI + interface in has]

        def answers(interface, method, arguments):
            these = those_with(interface)
            return dict(zip(these, self.of_each(these, method, ATSPI + interface, arguments), strict=True))

        texts = answers("Text", "GetText", GLib.Variant("(ii)", (0, -1)))
        boxes = answers("Component", "GetExtents", GLib.Variant("(u)", (int(Atspi.CoordType.SCREEN),)))
        fields = [node for node, role in zip(nodes, roles, strict=True) if role in FIELDS]
        labels = dict(zip(fields, self.labels(fields), strict=True))
        found = []
        for node, role, name, its_states, description in zip(
            nodes, roles, names, states, descriptions, strict=True
        ):
            one = {"role": role, "name": name, "text": texts.get(node) or "", "states": sorted(its_states)}
            one["description"] = description or ""
            if node in labels:
                one["labels"] = labels[node]
            if boxes.get(node) is not None:
                one["box"] = boxes[node]
            found.append(one)
        return found

    def matching(self, request):
        """Those on screen with the role and name asked for, if they can be worked as is asked for."""
        application = self.application(request["pid"])
        if application is None:
            return []
        nodes = self.walk(application)
        wanted_role, wanted_name = request.get("role"), request.get("name")
        if wanted_role:
            nodes = [node for node, role in zip(nodes, self.roles(nodes), strict=True) if role == wanted_role]
        if wanted_name is not None:
            known_as = {node: [name] for node, name in zip(nodes, self.names(nodes), strict=True)}
            fields = [node for node, role in zip(nodes, self.roles(nodes), strict=True) if role in FIELDS]
            for node, labels in zip(fields, self.labels(fields), strict=True):
                known_as[node] += labels
            nodes = [
                node for node in nodes if any(fits(here, wanted_name, request) for here in known_as[node])
            ]
        # A label has the name of its field: what cannot be worked the way that is asked for is not meant.
        needed = {"press": "Action", "set_value": "Value"}.get(request.get("needs", request["do"]))
        if needed is not None:
            able = self.of_each(nodes, "GetInterfaces")
            nodes = [node for node, has in zip(nodes, able, strict=True) if ATSPI + needed in (has or [])]
        return nodes

    def do(self, request):
        """What comes of one request; None or nothing: there is no such control."""
        command = request["do"]
        if command == "dump":
            application = self.application(request["pid"])
            return None if application is None else self.describe(self.walk(application))
        nodes = self.matching(request)
        if command == "all":
            return self.describe(nodes)
        index = request.get("index", 0)
        if index >= len(nodes):
            return None
        node = nodes[index]
        if command == "find":
            return self.describe([node])[0]
        if command == "press":
            return self.press(node)
        if command == "set_value":
            value = GLib.Variant("d", request["value"])
            arguments = GLib.Variant("(ssv)", (ATSPI + "Value", "CurrentValue", value))
            self.one(node, PROPERTIES, "Set", arguments)
            return True
        raise ValueError(command)

    def press(self, node):
        """Do what a press of the control does; whether it has such an action."""
        actions = [name.lower() for name, *_ in self.one(node, ATSPI + "Action", "GetActions") or []]
        index = next((actions.index(name) for name in PRESSES if name in actions), 0)
        return self.one(node, ATSPI + "Action", "DoAction", GLib.Variant("(i)", (index,)))


def in_order(top, below):
    """A tree's nodes, each before those below it."""
    stack, found = [top], []
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(reversed(below[here]))
    return found


def fits(here, wanted, request):
    """Whether a name is the one asked for."""
    if request.get("contains"):
        return wanted in here
    if request.get("starts"):
        return here.startswith(wanted)
    return here == wanted


def main():
    bus = Bus()
    for line in sys.stdin:
        request = json.loads(line)
        deadline = time.monotonic() + request.get("timeout_s", 0)
        while True:
            while GLib.MainContext.default().iteration(False):
                pass
            try:
                answer = {"ok": bus.do(request)}
            except (GLib.Error, AttributeError, ValueError, TypeError) as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            is_there = answer.get("ok") not in (None, [])
            if is_there is not request.get("gone", False) or time.monotonic() >= deadline:
                break
            time.sleep(0.1)
        print(json.dumps(answer), flush=True)


main()
