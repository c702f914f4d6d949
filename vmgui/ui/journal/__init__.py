"""The log of tasks and events: a table with filters, as a tab of hosts and machines and as a window."""
