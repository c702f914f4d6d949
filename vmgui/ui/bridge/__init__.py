"""Turns notifications of services into batched Qt signals, on the GUI thread."""
