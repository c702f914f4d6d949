"""How it looks: theme, icons, painting; no behaviour."""
