"""A virtual machine's display in the window."""
