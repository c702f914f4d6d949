"""The tests: unit/ mirrors vmgui/, lab/ needs real hosts, ui/ a screen, e2e/ the whole program."""
