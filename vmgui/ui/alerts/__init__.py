"""Alerts: the bell in the status bar, the list of what is amiss, the rules, the desktop's notifications."""
