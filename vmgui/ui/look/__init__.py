"""How it looks: theme, icons, painting, and plain widgets that show what they are given and decide nothing."""
