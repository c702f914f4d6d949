"""Starts, wires and stops everything; the command line."""
