"""The whole XML of a machine: a window in which it is read and written."""
