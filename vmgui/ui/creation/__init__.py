"""The wizard "New virtual machine"."""
