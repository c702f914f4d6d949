"""What two or more panes share: theme, icons, formatting, widgets."""
