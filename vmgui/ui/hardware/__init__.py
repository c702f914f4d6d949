"""The Hardware tab of a machine: its devices in a list, a form for each."""
