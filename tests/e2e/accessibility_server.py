"""Answers questions about, and works, the windows on the accessibility bus.

Runs under the system's python3 (pyatspi is not on PyPI); speaks JSON lines on stdin/stdout with
tests/e2e/desktop.py. A control is found by role and accessible name, never by its place.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()
focused = []  # what has the keyboard, of whatever program
MAX_NODES = 20000
# What may be known by a label beside it.
FIELDS = ("combo box", "spin button", "text", "list", "table", "tree table")


def fresh(node):
    """Forget what the library cached: the program changes under our eyes."""
    try:
        node.clear_cache()
    except (GLib.Error, AttributeError):
        return


def children(node):
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for index in range(min(count, 2000)):
        try:
            child = node.get_child_at_index(index)
        except GLib.Error:
            continue
        if child is not None:
            yield child


def states(node):
    try:
        found = node.get_state_set().get_states()
    except GLib.Error:
        return set()
    return {Atspi.StateType(state).value_nick for state in found}


def application(pid):
    desktop = Atspi.get_desktop(0)
    fresh(desktop)
    for app in children(desktop):
        try:
            if app.get_process_id() == pid:
                return app
        except GLib.Error:
            continue
    return None


def on_focus(event):
    if event.detail1:
        focused[:] = [event.source]


def popups(pid):
    """What floats above the windows: menus and lists of buttons are no children of the program, so a screen
    reader too finds them only from what has the focus there."""
    node, above = (focused[0] if focused else None), None
    try:
        while node is not None and node.get_role_name() != "application":
            node, above = node.get_parent(), node
        if node is None or above is None or node.get_process_id() != pid:
            return
        if above not in list(children(node)) and "showing" in states(above):
            yield above
    except GLib.Error:
        focused.clear()


def walk(app, only_showing=True):
    yield app
    for top in popups(app.get_process_id()):
        yield from walk_below(top, only_showing)
    for top in children(app):
        if not only_showing or "showing" in states(top):
            yield from walk_below(top, only_showing)


def walk_below(node, only_showing):
    stack = [node]
    seen = 0
    while stack and seen < MAX_NODES:
        here = stack.pop()
        seen += 1
        yield here
        inside = []
        for child in children(here):
            if (
                only_showing
                and not (states(child) & {"showing"})
                and role(child) not in ("menu", "menu item")
            ):
                continue
            inside.append(child)
        stack.extend(reversed(inside))


def role(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def name(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def labels(node):
    """Names of the labels that stand for a control: a combo box's own name is its current text."""
    found = []
    try:
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                found += [name(relation.get_target(i)) for i in range(relation.get_n_targets())]
    except GLib.Error:
        pass
    return found


def text_of(node):
    try:
        text = node.get_text_iface()
        if text is not None:
            return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
    except GLib.Error:
        pass
    return ""


def describe(node):
    answer = {"role": role(node), "name": name(node), "text": text_of(node), "states": sorted(states(node))}
    try:
        answer["description"] = node.get_description() or ""
        if answer["role"] in FIELDS:
            answer["labels"] = labels(node)
        value = node.get_value_iface()
        if value is not None:
            answer["value"] = Atspi.Value.get_current_value(value)
            answer["maximum"] = Atspi.Value.get_maximum_value(value)
            answer["minimum"] = Atspi.Value.get_minimum_value(value)
    except GLib.Error:
        pass
    try:
        component = node.get_component_iface()
        if component is not None:
            box = component.get_extents(Atspi.CoordType.SCREEN)
            answer["box"] = [box.x, box.y, box.width, box.height]
    except GLib.Error:
        pass
    return answer


def fits(here, wanted, request):
    if request.get("contains"):
        return wanted in here
    if request.get("starts"):
        return here.startswith(wanted)
    return here == wanted


def matching(request):
    app = application(request["pid"])
    if app is None:
        return
    fresh(app)
    wanted_role, wanted_name = request.get("role"), request.get("name")
    for node in walk(app, only_showing=not request.get("hidden", False)):
        if wanted_role and role(node) != wanted_role:
            continue
        if wanted_name is not None:
            known_as = [name(node)]
            if role(node) in FIELDS:
                known_as += labels(node)
            if not any(fits(here, wanted_name, request) for here in known_as):
                continue
        yield node


# A label has the name of its field: what cannot be worked the way that is asked for is not meant.
NEEDED = {
    "press": lambda node: node.get_action_iface(),
    "set_text": lambda node: node.get_editable_text_iface(),
    "set_value": lambda node: node.get_value_iface(),
    "select": lambda node: node.get_selection_iface(),
}


def nth(request):
    index = request.get("index", 0)
    needed = NEEDED.get(request.get("needs", request["do"]), lambda _node: True)
    position = 0
    for node in matching(request):
        if not needed(node):
            continue
        if position == index:
            return node
        position += 1
    return None


def do(request):
    command = request["do"]
    if command == "dump":
        app = application(request["pid"])
        if app is None:
            return None
        fresh(app)
        return [describe(node) for node in walk(app)]
    if command == "all":
        return [describe(node) for node in matching(request)]
    node = nth(request)
    if node is None:
        return None
    if command == "find":
        return describe(node)
    if command == "press":
        action = node.get_action_iface()
        wanted = ("press", "click", "toggle", "showmenu")
        names = [
            Atspi.Action.get_action_name(action, i).lower() for i in range(Atspi.Action.get_n_actions(action))
        ]
        for candidate in wanted:
            if candidate in names:
                return Atspi.Action.do_action(action, names.index(candidate))
        return Atspi.Action.do_action(action, 0)
    if command == "focus":
        return node.get_component_iface().grab_focus()
    if command == "set_text":
        return Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), request["value"])
    if command == "set_value":
        return Atspi.Value.set_current_value(node.get_value_iface(), request["value"])
    if command == "select":
        return node.get_selection_iface().select_child(request["child"])
    raise ValueError(command)


def main():
    listener = Atspi.EventListener.new(on_focus)
    listener.register("object:state-changed:focused")
    news = GLib.MainContext.default()
    for line in sys.stdin:
        request = json.loads(line)
        deadline = time.monotonic() + request.get("timeout_s", 0)
        answer = None
        while True:
            while news.iteration(False):
                pass
            try:
                answer = {"ok": do(request)}
            except (GLib.Error, AttributeError, ValueError, TypeError) as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            done = answer.get("ok") not in (None, [])
            if request.get("gone"):
                done = answer.get("ok") in (None, [])
            if done or time.monotonic() >= deadline:
                break
            time.sleep(0.1)
        print(json.dumps(answer), flush=True)


main()
