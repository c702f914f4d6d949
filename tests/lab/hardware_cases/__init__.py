"""What each form about hardware is tried with on a real host: one file for each, its name is the form's `kind`."""
