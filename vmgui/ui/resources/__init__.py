"""The Resources tab of a machine."""
