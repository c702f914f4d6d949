"""What a person reads, for the window and the command line: errors, jobs, refusals, sizes, times.

Of Qt only QtCore's translation: no widget, no font, no colour.
"""
