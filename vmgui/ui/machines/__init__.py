"""The table of virtual machines: of one host or of all, with columns the person chooses."""
