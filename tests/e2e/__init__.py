"""The real program, driven from outside through the accessibility bus."""
