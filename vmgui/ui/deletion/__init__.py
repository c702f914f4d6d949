"""Deleting a virtual machine."""
