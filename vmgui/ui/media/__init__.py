"""Media of drives: the dialog that chooses one, and the course from the command to the job."""
