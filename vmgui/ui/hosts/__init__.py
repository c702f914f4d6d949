"""Connecting to hosts."""
