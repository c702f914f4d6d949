"""What several kinds of tests share; nothing here is imported by the program."""
