"""The jobs dock."""
