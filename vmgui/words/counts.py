"""Counted things in words, for functions outside of widgets.

lupdate understands `%n` only in a method's `self.tr(text, comment, number)`, never in `translate(...)`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


class Counts(QObject):
    """Plurals in the language of the program."""

    def more(self, number: int) -> str:
        """ "9 more"."""
        return self.tr("%n more", "", number)

    def and_more(self, number: int) -> str:
        """ "and 9 more"."""
        return self.tr("and %n more", "", number)

    def others_succeeded(self, number: int) -> str:
        """ "3 others succeeded."."""
        return self.tr("%n other(s) succeeded.", "", number)

    def virtual_cpus(self, number: int) -> str:
        """ "2 virtual CPUs"."""
        return self.tr("%n virtual CPU(s)", "", number)

    def virtual_machines(self, number: int) -> str:
        """ "12 virtual machines"."""
        return self.tr("%n virtual machine(s)", "", number)

    def machines_on_hosts(self, machines: int, hosts: int) -> str:
        """ "12 virtual machines", "12 virtual machines on 3 hosts"."""
        words = self.virtual_machines(machines)
        return words if hosts <= 1 else self.tr("{machines} on %n hosts", "", hosts).format(machines=words)

    def running_machines(self, number: int) -> str:
        """ "12 running"."""
        return self.tr("%n running", "", number)


counts = Counts()
