"""Starting, stopping, renaming: actions and their confirmations."""
