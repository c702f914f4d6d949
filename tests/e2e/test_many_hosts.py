"""A working day with two hosts: find, group, act on many, look at all of it, be told of what is amiss."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.e2e.program import Program
from tests.helpers.hosts_file import write_hosts
from tests.helpers.waiting import eventually_blocking
from tests.lab.lab_host import LabHost

WEB = ("web-1", "web-2", "web-3")
DB = ("db-1", "db-2")
TAGGED = (*WEB, *DB, "db-off")
FILTER = "tag:shop state:running"
VIEWS = ("View", "Grouping, order and saved views")


def test_a_day_with_two_hosts(screen: Desktop, host_a: LabHost, host_b: LabHost, tmp_path: Path) -> None:
    for name in WEB:
        host_a.define_tiny(name, 96, start=True)
    for name in (*DB, "spare"):
        host_b.define_tiny(name, 96, start=True)
    host_b.define_tiny("db-off", 96)
    write_hosts(tmp_path / "config", {"office": host_a.tcp_uri, "annex": host_b.tcp_uri})
    with screen.program(home=tmp_path) as program:
        program.maximize()
        program.wait_row("^web-3, Running")
        program.wait_row("^spare, Running")
        look_at_all(program)
        tag(program)
        find_and_group(program)
        force_off_all_shown(program)
        read_the_log(program, tmp_path / "log.csv")
        see_the_past(program)
        be_told(program)


def look_at_all(program: Program) -> None:
    """The dashboard and the table of all machines."""
    program.wait_text("^2 of 2 hosts connected · 6 running of 7")
    for host, running in (("office", "3 running of 3"), ("annex", "3 running of 4")):
        card = program.find(f"{host}, Connected, ", "list item", starts=True)["name"]
        assert running in card
        assert "Memory " in card
    # Who uses most, with where it is and how much.
    program.find("Most memory", "list")
    program.wait_item(r"^(web|db|spare)\S*, (office|annex), [0-9.]+ MiB$")
    program.click("Virtual machines", "page tab")
    headings = [node["name"] for node in program.all("table column header")]
    assert {"Name", "State", "Host", "CPU", "Memory", "Tags", "Address"} <= set(headings)
    program.find("db-off, Off, annex", "table cell")
    # A column less, by the button's menu, and back.
    for wanted in (False, True):
        program.click("Columns", "push button")
        # A screen reader too finds the menu once an entry has the keyboard.
        program.key("Down")
        program.menu("vCPUs")
        eventually_blocking(lambda on=wanted: program.has("1", "table cell") is on)
    # Enter goes to the machine.
    program.click("spare, Running, annex", "table cell", times=2)
    program.wait_text("^Screen of spare|^spare$")


def tag(program: Program) -> None:
    """Six machines in one go."""
    program.select(TAGGED[0])
    program.holding("ctrl", lambda: [program.select(name) for name in TAGGED[1:]])
    program.wait_text("^6 virtual machines selected")
    program.menu("Virtual machine", "Tags and folder…")
    program.find("Tags and folder of 6 virtual machines", "dialog", starts=True)
    program.wait_focus("New tag")
    program.type("shop")
    program.key("Return")
    program.find("shop", "list item")
    program.press("Save", "push button")
    program.wait_gone("Tags and folder of", "dialog", starts=True)
    for name in TAGGED:
        program.wait_row(f"^{name}, .*Tags: shop")


def find_and_group(program: Program) -> None:
    program.key("ctrl+f")
    program.wait_focus("Filter")
    program.type(FILTER)
    program.wait_text("^5 of 7 virtual machines")
    program.wait_gone("spare, ", "table cell", starts=True)
    # Of what was selected all that is shown still is.
    program.wait_text("^5 virtual machines selected")
    program.menu(*VIEWS, "Group by state")
    program.wait_row("^Running, 5 virtual machines")
    program.menu(*VIEWS, "Group by tag")
    program.wait_row("^shop, 5 virtual machines")
    program.menu(*VIEWS, "Save this view…")
    program.find("Save this view", "dialog", starts=True)
    program.wait_focus("Name")
    program.type("Shop, running")
    program.key("Return")
    program.wait_gone("Save this view", "dialog", starts=True)
    # Back to everything, and there again with the view.
    program.press("Clear the filter", "push button")
    program.menu(*VIEWS, "Group by host")
    program.wait_row("^office, Connected, 3 virtual machines")
    program.menu(*VIEWS, "Shop, running")
    program.wait_row("^shop, 5 virtual machines")
    program.find_text("Filter", FILTER)


def force_off_all_shown(program: Program) -> None:
    program.key("ctrl+f", "Return", "ctrl+a")
    program.wait_text("^5 virtual machines selected")
    program.wait_text("^5 Running")
    program.menu("Virtual machine", "Force off…")
    program.find("Force off 5 virtual machines on 2 hosts?", "dialog", starts=True)
    # "No" is what Enter does.
    program.wait_focus("Cancel", "push button")
    program.key("Tab", "Return")
    program.wait_text("^Nothing matches “tag:shop state:running”")
    program.press("Open the list of jobs")
    program.click("Force off ", "table cell", starts=True)
    log = program.find("Log of the selected job", "text")["text"]
    assert [name for name in (*WEB, *DB) if name not in log] == [], log
    program.press("Close the list of jobs")
    program.press("Clear the filter", "push button")
    program.menu(*VIEWS, "Group by host")
    program.wait_row("^db-2, Off, annex")


def read_the_log(program: Program, file: Path) -> None:
    """Of everything: what was done, with its result; filtered, and taken along."""
    program.menu("View", "Log of tasks and events")
    program.wait_row("Force off .*, Done, .*(web-1|db-1)")
    program.fill("Search in the log", "force off")
    program.wait_gone("Change the tags of", "table cell", contains=True)
    program.wait_row("Force off .*, Done")
    program.click("All results", "combo box")
    program.click("Failed", "list item")
    program.wait_text("^Nothing matches")
    program.press("Clear the filter", "push button", index=0)
    program.wait_row("Notes or tags were changed, Noted")
    program.fill("Search in the log", "force off")
    program.wait_gone("Notes or tags were changed", "table cell", contains=True)
    program.press("Export as CSV", "push button")
    program.find("Export the log", "dialog", starts=True)
    program.fill("File name:", str(file))
    program.key("Return")
    program.wait_text(f"entries written to {file}|entry written to {file}")
    program.key("Escape")
    program.wait_gone("Export as CSV", "push button")
    with file.open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.reader(lines))
    # What was asked for, and what became of each machine.
    assert rows[0][:6] == ["Time", "Kind", "What", "Result", "Name", "Host"]
    done = [row for row in rows if row[3] == "Done"]
    assert [set(row[4].split(", ")) for row in done] == [{*WEB, *DB}]
    stopped = {(row[4], row[5]) for row in rows if row[2] == "Stopped: forced off"}
    assert stopped == {*((name, "office") for name in WEB), *((name, "annex") for name in DB)}


def see_the_past(program: Program) -> None:
    """The graphs of a machine, said in words too."""
    program.select("spare")
    program.click("Performance", "page tab")
    for name in ("Processor", "Memory", "Disk", "Network"):
        program.find(name, "panel")
    eventually_blocking(lambda: "%" in program.find("Processor", "panel")["description"])
    eventually_blocking(lambda: "MiB" in program.find("Memory", "panel")["description"])
    program.press("10 min", "check box")
    eventually_blocking(lambda: "checked" in program.find("10 min", "check box")["states"])


def be_told(program: Program) -> None:
    """A limit that both hosts are over."""
    program.menu("View", "Alerts…")
    program.find("Alerts", "dialog", starts=True)
    program.set_value("Host's memory nearly used up: limit in per cent", 1, "spin button")
    program.set_value("Host's memory nearly used up: for how many minutes", 0, "spin button")
    program.press("Save", "push button")
    program.wait_gone("Alerts", "dialog", starts=True)
    program.find("2 active alerts", "push button")
    program.menu("View", "Active alerts")
    program.find("annex uses ", "list item", starts=True)
    program.click("office uses ", "list item", starts=True)
    program.wait_text("^Name of the host: host-a")
