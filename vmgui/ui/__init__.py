"""Everything a person sees: Qt panes, one folder per feature."""
